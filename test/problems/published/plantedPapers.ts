import { recipeSchema } from "../../../src/chemistry/recipeSchema.js";
import { boxMuller } from "../../../src/core/random/boxMuller.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import type { Table } from "../../../src/core/Table.js";
import { tableFromRows } from "../../../src/core/tableFromRows.js";

/** What is planted in made-up hot injections. */
export interface Planted {
  readonly papers?: number;
  readonly perPaper?: number;
  /** Of ln size about the law, within a paper and between papers. */
  readonly within?: number;
  readonly between?: number;
  /** What caesium adds to ln size, per ln(Cs:Pb): the law does not know of it. */
  readonly beyond?: number;
}

/** Hot injections of CsPbBr3 whose ln sizes follow a law with slopes 0.012, -0.4, -0.3 and 0.06. */
export function plantedPapers({
  papers = 14,
  perPaper = 5,
  within = 0.05,
  between = 0,
  beyond = 0,
}: Planted = {}): Table {
  const random = seededRandom(5).fork("planted papers");
  const normal = (): number => boxMuller(random(), random())[0];
  const rows = Array.from({ length: papers }, (_, paper) => {
    const offset = between * normal();
    return Array.from({ length: perPaper }, () => {
      const [temperature, bromide, amine, time] = [
        120 + 80 * random(),
        2 + 2 * random(),
        6 * random(),
        1 + 60 * random(),
      ];
      const caesium = 0.15 + 0.8 * random();
      const ln =
        0.9 +
        0.012 * temperature -
        0.4 * Math.log(bromide) -
        0.3 * Math.log(amine + 0.5) +
        0.06 * Math.log(time) +
        beyond * Math.log(caesium) +
        offset +
        within * normal();
      return {
        route: "hot injection",
        temperatureCelsius: temperature,
        timeSecond: time,
        caesiumMolar: 0.03 * caesium,
        leadMolar: 0.03,
        bromideMolar: 0.03 * bromide,
        caesiumLeadRatio: caesium,
        bromideLeadRatio: bromide,
        oleicAcidMolar: 0.3,
        oleylamineMolar: 0.03 * amine,
        otherAcidMolar: 0,
        otherAmineMolar: 0,
        polarSolventFraction: 0,
        waterFraction: 0,
        antisolventRatio: 0,
        volumeMillilitre: 15,
        caesiumSource: "Cs2CO3",
        bromideSource: "PbBr2",
        antisolvent: "",
        phase: "CsPbBr3",
        sizeNanometre: Math.exp(ln),
        doi: `10.0/paper.${paper}`,
      };
    });
  });
  return tableFromRows(recipeSchema, rows.flat());
}
