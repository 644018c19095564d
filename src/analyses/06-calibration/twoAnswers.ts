import { calibrate } from "../../calibration/calibrate.js";
import { fitTemperature } from "../../calibration/fitTemperature.js";
import { phaseCode, phaseNames } from "../../chemistry/phases.js";
import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import { percent } from "../../core/percent.js";
import { shownTable, type CellValue, type ShownTable } from "../../core/ShownTable.js";
import { numbersOf, textsOf } from "../../core/Table.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { batchCodes } from "../../problems/phase/batchSums.js";
import { trueProbabilities } from "../../problems/phase/phaseExperiments.js";
import { labelsOf } from "../../problems/phase/phaseTable.js";
import { conformalSets } from "../../uncertainty/conformal/conformalSets.js";
import { fitConformalSets } from "../../uncertainty/conformal/fitConformalSets.js";
import { holdsClass } from "../../uncertainty/conformal/labelSets.js";
import { homeCheck } from "./homeCheck.js";
import { recommendedSets } from "./phaseSets.js";
import type { UncertainModels } from "./uncertainModels.js";
import { uncertaintyEngine } from "./uncertaintyMethods.js";

/** A sure and a doubtful answer, side by side. */
export interface TwoAnswers {
  readonly table: ShownTable;
}

/** All that is said of one recipe. */
interface Answer {
  readonly recipe: readonly (readonly [name: string, value: CellValue])[];
  readonly phase: string;
  readonly oneNetwork: number;
  readonly ensemble: number;
  readonly calibrated: number;
  readonly set: readonly string[];
  readonly atHome: boolean;
  readonly made: string;
  readonly twin: number;
}

/** Calibrate rows among which the two are looked for. */
const lookedAt = 1_000;
const classes = phaseNames.length;

/**
 * The surest answer "CsPbBr3" and the least sure answer of all, among the first calibrate rows of the half on which the
 * temperature is fitted. Sets and the domain check are fitted on the other half, so they have not seen these rows.
 */
export async function twoAnswers(models: UncertainModels): Promise<EvidenceFile<TwoAnswers>> {
  return recordedEvidence(
    {
      id: "06-calibration-answers",
      inputs: [],
      source: moduleSource(import.meta.url),
      seed: models.data.seed,
      engine: uncertaintyEngine,
      labels: "simulated",
    },
    async () => {
      const [sure, doubtful] = await answersOf(models);
      return {
        result: { table: answersTable(sure, doubtful) },
        measurements: [...answerMeasurements("sure", sure), ...answerMeasurements("doubtful", doubtful)],
      };
    },
  );
}

async function answersOf(models: UncertainModels): Promise<[Answer, Answer]> {
  const { data, ensemble, fitRows, holdRows } = models;
  const { table, features, labels } = data;
  const [fit, hold] = [fitRows, holdRows].map((rows) => selectMatrixRows(features, rows));
  const fitted = (await ensemble.predictive(fit)).probabilities;
  const temperature = fitTemperature(labelsOf(labels, fitRows), fitted);
  const held = calibrate(temperature, (await ensemble.predictive(hold)).probabilities);
  const groups = batchCodes(table, holdRows).names;
  const sets = fitConformalSets(held, labelsOf(labels, holdRows), { ...recommendedSets, groups });
  const looked = calibrate(temperature, fitted.subarray(0, lookedAt * classes));
  const places = [surestPlace(looked, phaseCode("CsPbBr3")), leastSurePlace(looked)];
  const rows = Uint32Array.from(places, (place) => fitRows[place]);
  const both = selectMatrixRows(features, rows);
  const { check, strangeness } = await homeCheck(models);
  const strange = await strangeness(both);
  const { inDomain } = check([strange.distance, strange.epistemic]);
  const calibrated = calibrate(temperature, strange.probabilities);
  const setOf = conformalSets(sets, calibrated);
  const single = (await models.models[0].predictive(both)).probabilities;
  const truth = trueProbabilities(table, rows);
  const [sure, doubtful] = Array.from(rows, (row, i): Answer => {
    const own = (values: Float64Array): Float64Array => values.subarray(i * classes, (i + 1) * classes);
    const likeliest = own(calibrated).indexOf(Math.max(...own(calibrated)));
    return {
      recipe: recipeOf(table, row),
      phase: phaseNames[likeliest],
      oneNetwork: own(single)[likeliest],
      ensemble: own(strange.probabilities)[likeliest],
      calibrated: own(calibrated)[likeliest],
      set: phaseNames.filter((_, k) => holdsClass(setOf[i], k)),
      atHome: inDomain[i] === 1,
      made: phaseNames[labels[row]],
      twin: own(truth)[likeliest],
    };
  });
  return [sure, doubtful];
}

function surestPlace(probabilities: Float64Array, phase: number): number {
  const own = Array.from({ length: probabilities.length / classes }, (_, row) => probabilities[row * classes + phase]);
  return own.indexOf(Math.max(...own));
}

function leastSurePlace(probabilities: Float64Array): number {
  const largest = Array.from({ length: probabilities.length / classes }, (_, row) =>
    Math.max(...probabilities.subarray(row * classes, (row + 1) * classes)),
  );
  return largest.indexOf(Math.min(...largest));
}

function recipeOf(table: UncertainModels["data"]["table"], row: number): Answer["recipe"] {
  const number = (name: string): number => numbersOf(table, name)[row];
  const perLead = (name: string): number => number(name) / number("leadMolar");
  return [
    ["route", textsOf(table, "route")[row]],
    ["temperature (°C)", number("temperatureCelsius")],
    ["time (s)", number("timeSecond")],
    ["Cs per Pb", perLead("caesiumMolar")],
    ["Br per Pb", perLead("bromideMolar")],
    ["oleic acid per Pb", perLead("oleicAcidMolar")],
    ["oleylamine per Pb", perLead("oleylamineMolar")],
  ];
}

function answersTable(sure: Answer, doubtful: Answer): ShownTable {
  const inPercent = (share: number): string => percent(share, { significant: 3 });
  const lines: readonly { readonly name: string; readonly of: (answer: Answer) => CellValue }[] = [
    ...sure.recipe.map(([name], i) => ({ name, of: ({ recipe }: Answer) => recipe[i][1] })),
    { name: "likeliest phase", of: ({ phase }) => phase },
    { name: "its probability, one network", of: ({ oneNetwork }) => inPercent(oneNetwork) },
    { name: "its probability, mean of five networks", of: ({ ensemble }) => inPercent(ensemble) },
    { name: "its probability, calibrated", of: ({ calibrated }) => inPercent(calibrated) },
    { name: "set that holds the phase nine times in ten", of: ({ set }) => set.join(", ") || "none" },
    { name: "like the recipes of training?", of: ({ atHome }) => (atHome ? "yes" : "no") },
    { name: "what was made", of: ({ made }) => made },
    { name: "probability of the likeliest phase, by the twin", of: ({ twin }) => inPercent(twin) },
  ];
  return shownTable({
    caption: `The surest CsPbBr3 and the least sure answer of ${lookedAt.toLocaleString("en-US")} calibrate rows`,
    columns: [
      { name: "what is asked", of: ({ name }) => name },
      { name: "sure", align: "left", of: ({ of }) => of(sure) },
      { name: "doubtful", align: "left", of: ({ of }) => of(doubtful) },
    ],
    rows: lines,
  });
}

function answerMeasurements(name: string, { calibrated, oneNetwork, set }: Answer): Measurement[] {
  return [
    measurement({
      id: `answers.${name}`,
      meaning: `calibrated probability of the likeliest phase in the ${name} answer`,
      value: calibrated,
      unit: "share",
    }),
    measurement({
      id: `answers.${name}OneNetwork`,
      meaning: `the same by one network as trained, in the ${name} answer`,
      value: oneNetwork,
      unit: "share",
    }),
    measurement({
      id: `answers.${name}Set`,
      meaning: `phases in the set of the ${name} answer`,
      value: set.length,
      unit: set.length === 1 ? "phase" : "phases",
    }),
  ];
}
