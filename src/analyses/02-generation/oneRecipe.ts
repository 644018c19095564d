import type { Conditions } from "../../chemistry/Conditions.js";
import { phaseNames } from "../../chemistry/phases.js";
import { physics } from "../../chemistry/physicsParameters.js";
import { assumedMixing } from "../../chemistry/PublishedCase.js";
import { molar } from "../../chemistry/units.js";
import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import type { ShownTable } from "../../core/ShownTable.js";
import { literatureFacts, type SizeSeries } from "../../experiments/literatureFacts.js";
import { simulatePublished } from "../../generation/physicsLoss.js";
import type { Simulation } from "../../generation/simulateExperiment.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { curatedFiles } from "./curatedFiles.js";
import { rounded } from "./grids.js";
import { publishedAmount } from "./publishedAmount.js";

/** One published recipe on its way through the twin's equations. */
export interface OneRecipe {
  /** The steps that all compounds share: what goes in, what it is bound to, which particles result. */
  readonly steps: ShownTable;
  /** The steps in which the compounds compete: supersaturation, nucleation, precipitate, label. */
  readonly compounds: ShownTable;
}

const series = "hot-injection-temperature";
const temperatureCelsius = 170;
/** Octadecene, ligands and caesium stock together, to the nearest mL; the fact gives amounts only. */
const volumeMillilitre = 21;

/**
 * A hot injection of the published temperature series (doi:10.1021/jacs.7b05683) from recipe to emission, in no
 * laboratory in particular. Its volume, the speed of mixing and that it was dry are our assumptions.
 */
export async function oneRecipe(): Promise<EvidenceFile<OneRecipe>> {
  return recordedEvidence(
    { id: "02-generation-recipe", inputs: curatedFiles, source: moduleSource(import.meta.url), labels: "simulated" },
    async () => {
      const published = (await literatureFacts()).sizeSeries.find(({ id }) => id === series)!;
      const conditions = conditionsOf(published);
      const simulation = simulatePublished(conditions, physics);
      return {
        result: { steps: stepsTable(conditions, simulation), compounds: compoundsTable(simulation) },
        measurements: recipeMeasurements(published, simulation),
      };
    },
  );
}

function conditionsOf({ conditions }: SizeSeries): Conditions {
  const [lead, caesium, acid, amine] = ["Pb", "Cs", "oleic acid", "oleylamine"].map((what) =>
    molar(publishedAmount(conditions, what), volumeMillilitre),
  );
  return {
    route: "hot injection",
    temperatureCelsius,
    timeSecond: 1,
    mixingSecond: assumedMixing,
    volumeMillilitre,
    caesiumMolar: caesium,
    leadMolar: lead,
    // Lead bromide is the only source of bromide.
    bromideMolar: 2 * lead,
    oleicAcidMolar: acid,
    oleylamineMolar: amine,
    caesiumOleateMolar: caesium,
    polarSolventFraction: 0,
    waterFraction: 0,
  };
}

function stepsTable(c: Conditions, { speciation: s, phaseFractions, outcome }: Simulation): ShownTable {
  const row = (step: string, quantity: string, value: number, unit: string): ShownTable["rows"][number] => [
    step,
    quantity,
    rounded(value),
    unit,
  ];
  return {
    caption: `A hot injection at ${c.temperatureCelsius} °C, quenched after ${c.timeSecond} s, through the equations`,
    columns: [{ name: "step" }, { name: "quantity" }, { name: "value" }, { name: "unit" }],
    rows: [
      row("recipe", "lead, as bromide", 1e3 * c.leadMolar, "mmol/L"),
      row("recipe", "caesium, as oleate", 1e3 * c.caesiumMolar, "mmol/L"),
      row("recipe", "bromide", 1e3 * c.bromideMolar, "mmol/L"),
      row("recipe", "oleic acid", 1e3 * c.oleicAcidMolar, "mmol/L"),
      row("recipe", "oleylamine", 1e3 * c.oleylamineMolar, "mmol/L"),
      row("speciation", "acid and amine paired", 1e3 * s.ionPairMolar, "mmol/L"),
      row("speciation", "free oleylamine", 1e3 * s.freeOleylamineMolar, "mmol/L"),
      row("speciation", "dissolved lead", 1e3 * s.dissolvedLeadMolar, "mmol/L"),
      row("speciation", "activity of lead", 1e3 * s.leadActivity, "mmol/L"),
      row("precipitate", "lead in the precipitate", 1e3 * phaseFractions.precipitatedLeadMolar, "mmol/L"),
      row("precipitate", "yield of lead", 100 * outcome.leadYield, "%"),
      row("size", "edge of a particle", outcome.size, "nm"),
      row("emission", "peak", outcome.peak, "nm"),
      row("emission", "width at half maximum", outcome.width, "nm"),
      row("emission", "quantum yield", 100 * outcome.quantumYield, "%"),
    ],
  };
}

function compoundsTable({ supersaturation: s, nucleation: n, phaseFractions, probabilities }: Simulation): ShownTable {
  const drive = [s.lnCsPbBr3, s.lnCs4PbBr6, s.lnCsPb2Br5];
  const rate = [n.lnRateCsPbBr3, n.lnRateCs4PbBr6, n.lnRateCsPb2Br5];
  const percent = (share: number): number => Math.round(1e4 * share) / 100;
  return {
    caption: "The compounds compete, and an operator writes a label",
    columns: [
      { name: "product" },
      { name: "ln S" },
      { name: "nuclei", unit: "log10 per m³ and s" },
      { name: "precipitate by weight", unit: "%" },
      { name: "probability of the label", unit: "%" },
    ],
    rows: phaseNames.map((phase, k) => {
      const isCompound = k < drive.length;
      return [
        phase,
        isCompound ? rounded(drive[k]) : null,
        // Below saturation there is no rate to speak of.
        isCompound && drive[k] > 0 ? rounded(rate[k] / Math.LN10) : null,
        isCompound ? percent(phaseFractions.weightFractions[k]) : null,
        percent(probabilities[k]),
      ];
    }),
  };
}

function recipeMeasurements({ points, doi }: SizeSeries, { probabilities, outcome }: Simulation): Measurement[] {
  const [, size] = points.find(([temperature]) => temperature === temperatureCelsius)!;
  return [
    measurement({
      id: "recipe.perovskite",
      meaning: `probability that the twin gives to CsPbBr3, which was published, at ${temperatureCelsius} °C`,
      value: probabilities[0],
      unit: "share",
    }),
    measurement({ id: "recipe.size", meaning: "size by the twin's pooled law", value: outcome.size, unit: "nm" }),
    measurement({ id: "recipe.publishedSize", meaning: `size that was published, ${doi}`, value: size, unit: "nm" }),
    measurement({ id: "recipe.peak", meaning: "emission peak by the twin", value: outcome.peak, unit: "nm" }),
  ];
}
