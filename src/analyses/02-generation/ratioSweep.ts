import { phaseNames } from "../../chemistry/phases.js";
import { physics } from "../../chemistry/physicsParameters.js";
import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { acceptanceCases } from "../../experiments/acceptanceCases.js";
import type { Sweep } from "../../figures/plotSweep.js";
import { simulatePublished } from "../../generation/physicsLoss.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { curatedFiles } from "./curatedFiles.js";
import { logGrid, rounded } from "./grids.js";

/**
 * Weight fractions along Cs:Pb at the conditions of the published triad: two
 * papers with nearly the same recipe, whose three products the fit had to meet.
 */
export async function ratioSweep(): Promise<EvidenceFile<Omit<Sweep, "id">>> {
  return recordedEvidence(
    {
      id: "02-generation-ratio-sweep",
      inputs: curatedFiles,
      source: moduleSource(import.meta.url),
      labels: "simulated",
    },
    async () => {
      const triad = (await acceptanceCases()).filter(({ id }) => id.startsWith("triad"));
      const { conditions } = triad.find(({ id }) => id === "triad-even")!;
      const values = logGrid(0.1, 10, 121);
      const fractions = values.map((ratio) => {
        const caesium = conditions.leadMolar * ratio;
        // The published three change bromide with caesium: hydrobromic acid came with it.
        const bromide = conditions.leadMolar * (2 + 0.7 * ratio);
        return simulatePublished(
          { ...conditions, caesiumMolar: caesium, caesiumOleateMolar: caesium, bromideMolar: bromide },
          physics,
        ).phaseFractions.weightFractions;
      });
      const right = triad.filter((one) => simulatePublished(one.conditions, physics).label === one.phase).length;
      return {
        result: {
          title: "Products of a reverse microemulsion at 25 °C, by the twin",
          x: { title: "Cs:Pb ratio in the recipe (mol/mol)", values, log: true },
          yTitle: "Precipitate by weight (share)",
          lines: ([0, 1, 2] as const).map((k) => ({
            name: phaseNames[k],
            values: fractions.map((fraction) => rounded(fraction[k])),
          })),
          products: triad.map((one) => ({
            x: rounded(one.conditions.caesiumMolar / one.conditions.leadMolar),
            phase: phaseNames[one.phase],
            label: one.doi,
          })),
        },
        measurements: [
          measurement({
            id: "triad.right",
            meaning: "products of the published triad, which was part of its fit, that the twin names rightly",
            value: right,
            unit: `of ${triad.length} products`,
            n: triad.length,
          }),
        ],
      };
    },
  );
}
