import { phaseNames } from "../../chemistry/phases.js";
import { physics } from "../../chemistry/physicsParameters.js";
import type { Conditions } from "../../chemistry/Conditions.js";
import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { literatureFacts } from "../../experiments/literatureFacts.js";
import type { PhaseMap } from "../../figures/plotPhaseMap.js";
import { simulatePublished } from "../../generation/physicsLoss.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { curatedFiles } from "./curatedFiles.js";
import { logGrid, rounded } from "./grids.js";
import { publishedAmount } from "./publishedAmount.js";

/**
 * Which product is likeliest over Cs:Pb and the ratio of the ligands, and published hot injections on the same plane.
 */
export async function phaseMap(): Promise<EvidenceFile<Omit<PhaseMap, "id">>> {
  return recordedEvidence(
    { id: "02-generation-phase-map", inputs: curatedFiles, source: moduleSource(import.meta.url), labels: "simulated" },
    async () => {
      const ratios = logGrid(0.1, 10, 41);
      const ligands = logGrid(0.1, 10, 31);
      const at = (ratio: number, ligand: number): readonly number[] => {
        const caesium = hotInjection.leadMolar * ratio;
        return simulatePublished(
          {
            ...hotInjection,
            caesiumMolar: caesium,
            caesiumOleateMolar: caesium,
            oleylamineMolar: ligand * hotInjection.oleicAcidMolar,
          },
          physics,
        ).probabilities;
      };
      const grid = ligands.map((ligand) => ratios.map((ratio) => at(ratio, ligand)));
      const points = (await literatureFacts()).sizeSeries.flatMap(({ doi, conditions }) => pointOf(doi, conditions));
      // By the twin at these ligands themselves, which need not be a row of the map.
      const border = (ligand: number): number =>
        ratios[ratios.findIndex((ratio) => at(ratio, ligand)[1] > at(ratio, ligand)[0])];
      const borderMeasurement = (name: string, ligand: number): Measurement =>
        measurement({
          id: `map.border${name}`,
          meaning:
            "least Cs:Pb of the map at which the twin makes Cs4PbBr6 " +
            `rather than CsPbBr3 with ${ligand} oleylamine per oleic acid`,
          value: border(ligand),
          unit: "Cs per Pb",
        });
      return {
        result: {
          title: "Likeliest product of a hot injection, by the twin",
          x: { title: "Cs:Pb ratio in the recipe (mol/mol)", values: ratios },
          y: { title: "Oleylamine : oleic acid (mol/mol)", values: ligands },
          phases: grid.map((row) =>
            row.map((probabilities) => phaseNames[probabilities.indexOf(Math.max(...probabilities))]),
          ),
          probability: grid.map((row) => row.map((probabilities) => rounded(Math.max(...probabilities)))),
          points,
          condition:
            `${hotInjection.temperatureCelsius} °C, ` +
            `${hotInjection.timeSecond} s, 20 mmol/L Pb, 20 oleic acid per Pb`,
        },
        measurements: [borderMeasurement("Acid", 0.5), borderMeasurement("Amine", 2)],
      };
    },
  );
}

/** A hot injection in no laboratory in particular; what the phase map varies is laid over it. */
const hotInjection: Conditions = {
  route: "hot injection",
  temperatureCelsius: 160,
  timeSecond: 60,
  mixingSecond: 0.5,
  volumeMillilitre: 10,
  caesiumMolar: 0.01,
  leadMolar: 0.02,
  bromideMolar: 0.04,
  oleicAcidMolar: 0.4,
  oleylamineMolar: 0.4,
  caesiumOleateMolar: 0.01,
  polarSolventFraction: 0,
  waterFraction: 1e-4,
};

function pointOf(doi: string, conditions: string): PhaseMap["points"] {
  const amount = (what: string): number => publishedAmount(conditions, what);
  const [x, y] = [amount("Cs") / amount("Pb"), amount("oleylamine") / amount("oleic acid")];
  return Number.isFinite(x) && Number.isFinite(y) ? [{ x, y, phase: "CsPbBr3", label: doi }] : [];
}
