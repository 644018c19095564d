import { type EvidenceFile, measurement, type Measurement } from "../../core/Evidence.js";
import { percent } from "../../core/percent.js";
import { type Random, seededRandom } from "../../core/random/Random.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import type { VariantPlan } from "../../deployment/compareVariants.js";
import { drillVariants, type VariantDrills } from "../../deployment/drillVariants.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { drillDrift, type DriftDrillOptions, type DriftDrills } from "../../monitoring/drillDrift.js";
import { cusum, startCusum } from "../../monitoring/streams/cusum.js";
import { degradationMonitors } from "../../monitoring/streams/degradationMonitors.js";
import { chosenMonitor, degradationTable } from "../../monitoring/streams/degradationTable.js";
import { falseAlarms, type FalseAlarms } from "../../monitoring/streams/falseAlarms.js";
import {
  operatingCharacteristics,
  type OperatingCharacteristics,
} from "../../monitoring/streams/operatingCharacteristics.js";
import { type RatedThreshold, settingsForRate } from "../../monitoring/streams/settingsForRate.js";
import { errorStream, valueStream } from "../../monitoring/streams/StreamLaw.js";
import { batchMeanMonitor, type StreamMonitor } from "../../monitoring/streams/StreamMonitor.js";
import { type DetectorTrials, detectorTrials, trialSettings } from "./detectorTrials.js";
import type { Proof } from "./Proof.js";

/** False alarms and power of monitors, measured on streams and windows of which all is known. */
export const monitoringProof: Proof = {
  name: "monitoring",
  id: "assure-monitoring",
  about: "false alarms, power and delay of drift detection, degradation monitors and peeked comparisons",
  record: monitoringEvidence,
};

const seed = 1;

/** How much is tried. */
export interface MonitoringEffort {
  /** Windows without a shift, and with one. */
  readonly windows: number;
  readonly drills: number;
  /** Of detectors in each setting: without a change, and with each. */
  readonly cleanTrials: number;
  readonly changedTrials: number;
  /** Streams of degradation monitors, and of inputs. */
  readonly streams: number;
  /** Comparisons of two equal variants. */
  readonly variants: number;
}

/** How two variants are compared. */
const variantPlan: VariantPlan = { alpha: 0.05, difference: 0.03, planned: 4000 };

/** Some minutes of one core. */
const effort: MonitoringEffort = {
  windows: 1000,
  // In batches of ten 94 % are found: 200 drills would bound that by 90 % only by luck.
  drills: 600,
  cleanTrials: 400,
  changedTrials: 200,
  streams: 200,
  variants: 2000,
};

/** A monitor at its threshold under one rise of errors, one point of its curve. */
interface DegradationPoint {
  readonly id: string;
  readonly batchSpread: number;
  readonly after: number;
  readonly detected: OperatingCharacteristics["detected"];
  readonly medianDelay: number | null;
}

interface DegradationCurves {
  readonly alarms: readonly { readonly id: string; readonly batchSpread: number; readonly falseAlarms: FalseAlarms }[];
  readonly points: readonly DegradationPoint[];
}

/** What the proof found. */
export interface MonitoringResult {
  readonly effort: MonitoringEffort;
  readonly windows: readonly (DriftDrills & { readonly setting: string; readonly alpha: number })[];
  readonly detectors: readonly DetectorTrials[];
  readonly inputs: readonly (RatedThreshold & { readonly setting: string })[];
  readonly degradation: DegradationCurves;
  readonly variants: VariantDrills;
}

function monitoringEvidence(): Promise<EvidenceFile<MonitoringResult>> {
  return recordedEvidence(
    {
      id: monitoringProof.id,
      inputs: ["package-lock.json"],
      source: "src/workspace/proofs/monitoringProof.ts",
      seed,
      madeBy: "assure",
    },
    async () => {
      const result = await monitoringResult(effort, seededRandom(seed));
      return { result, measurements: monitoringMeasurements(result) };
    },
  );
}

/** Runs everything; each part says when it begins. */
export async function monitoringResult(effort: MonitoringEffort, random: Random): Promise<MonitoringResult> {
  const say = (what: string): void => console.log(`… ${what}`);
  say(`${effort.windows} windows of 50 features without drift, ${effort.drills} with, in each setting`);
  const windows = driftWindows(effort, random.fork("windows"));
  say(`${effort.cleanTrials} samples of three features without drift, ${effort.changedTrials} with each change`);
  const detectors = [
    ...(await detectorTrials("nothing", random.fork("detectors"), { trials: effort.cleanTrials })),
    ...(await detectorTrials("mean", random.fork("detectors"), { trials: effort.changedTrials })),
    ...(await detectorTrials("together", random.fork("detectors"), { trials: effort.changedTrials })),
  ];
  say(`${effort.streams} streams of inputs, and of errors under each rise`);
  const inputs = inputMonitors(effort, random.fork("inputs"));
  const degradation = degradationCurves(effort, random.fork("degradation"));
  say(`${effort.variants} comparisons of equal variants, looked at after every batch`);
  const alike = { a: degradationTable.degradation.before, b: degradationTable.degradation.before };
  const variants = drillVariants(variantPlan, alike, random.fork("variants"), { streams: effort.variants });
  return { effort, windows, detectors, inputs, degradation, variants };
}

/** At the alpha whose bound holds, and at the one that detectDrift has by itself. */
function driftWindows({ windows, drills }: MonitoringEffort, random: Random): MonitoringResult["windows"] {
  const asked: readonly (DriftDrillOptions & { readonly setting: string; readonly alpha: number })[] = [
    ...trialSettings.map(({ name, ...setting }) => ({ ...setting, setting: name, alpha: 0.03 })),
    { ...trialSettings[0], setting: trialSettings[0].name, alpha: 0.05 },
  ];
  return asked.map(({ setting, alpha, batchRows, betweenDeviation }) => ({
    ...drillDrift(random.fork(`${setting} ${alpha}`), { windows, drills, alpha, batchRows, betweenDeviation }),
    setting,
    alpha,
  }));
}

const inputBatch = 10;

/** CUSUM of means of ten rows, set for 0.8 false alarms in 10,000 rows: the bound on fresh rows is to be one. */
function inputMonitors({ streams }: MonitoringEffort, random: Random): MonitoringResult["inputs"] {
  return trialSettings.map(({ name, betweenDeviation }) => {
    const sd = Math.hypot(betweenDeviation, 1 / Math.sqrt(inputBatch));
    const monitorAt = (threshold: number): StreamMonitor =>
      batchMeanMonitor(() => startCusum({ mean: 0, sd, slack: 0.5, threshold }), cusum);
    const law = valueStream({ shift: 0, batchSize: inputBatch, batchSpread: betweenDeviation });
    const wanted = { per10000Rows: 0.8, from: 2, to: 30, streams, steps: 8 };
    return { setting: name, ...settingsForRate(monitorAt, law, random.fork(name), wanted) };
  });
}

const rises = [0.15, 0.16, 0.17, 0.19, 0.22, 0.25];
const spreads = [0.2, 0.3];

/** Every monitor at its threshold of the degradation table: false alarms, and what it finds of each rise. */
function degradationCurves({ streams }: MonitoringEffort, random: Random): DegradationCurves {
  const { degradation, options } = degradationTable;
  const { before, batchSize } = degradation;
  const { within, labelDelay, changeAfter } = options;
  const monitors = degradationMonitors.map(({ id, at }) => ({
    id,
    monitor: at(degradationTable.monitors.find((one) => one.id === id)!.threshold, degradation),
  }));
  const settings = monitors.flatMap((one) => spreads.map((batchSpread) => ({ ...one, batchSpread })));
  return {
    alarms: settings.map(({ id, monitor, batchSpread }) => ({
      id,
      batchSpread,
      falseAlarms: falseAlarms(
        monitor,
        errorStream({ before, after: before, batchSize, batchSpread }),
        random.fork(`${id} ${batchSpread}`),
        { streams },
      ),
    })),
    points: settings.flatMap(({ id, monitor, batchSpread }) =>
      rises.map((after) => {
        const law = errorStream({ before, after, batchSize, batchSpread });
        // What is stable was measured above.
        const options = { streams, stableRows: batchSize, changeAfter, within, labelDelay };
        const own = random.fork(`${id} ${batchSpread} ${after}`);
        const { detected, medianDelay } = operatingCharacteristics(monitor, law, own, options);
        return { id, batchSpread, after, detected, medianDelay };
      }),
    ),
  };
}

const leastRunLength = 5000;

/** The measurements of the proof; those that the issue sets a bar for have it as their threshold. */
export function monitoringMeasurements(result: MonitoringResult): Measurement[] {
  return [
    ...windowMeasurements(result),
    ...detectorMeasurements(result),
    ...result.inputs.map(({ setting, measured: { per10000Rows, streams } }) =>
      known(
        `monitoring.inputAlarms.${idOf(setting)}`,
        `false alarms per 10,000 rows of a CUSUM of input means, ${setting}`,
        per10000Rows,
        { unit: "per 10,000 rows", n: streams, threshold: 1, direction: "atMost" },
      ),
    ),
    ...degradationMeasurements(result),
    known(
      "monitoring.peekedTypeOne",
      "equal variants that a comparison at 5 % ever called different, looked at after every batch",
      result.variants.called,
      { n: result.variants.streams, threshold: variantPlan.alpha, direction: "atMost" },
    ),
    peekingMargin(result.variants),
  ];
}

/** What the scorecard asks for: the error of the first kind less the alpha that was stated. */
function peekingMargin({ called: { value, interval }, streams }: VariantDrills): Measurement {
  const { alpha } = variantPlan;
  const { low, high } = interval;
  return known(
    "PI5.typeIErrorMargin",
    `how much oftener than ${percent(alpha)} equal variants are ever called different, looked at after every batch`,
    { value: value - alpha, interval: { ...interval, low: low - alpha, high: high - alpha } },
    { n: streams, unit: "share difference" },
  );
}

type Known = Pick<Measurement, "n"> & Partial<Pick<Measurement, "unit" | "threshold" | "direction">>;

function known(id: string, meaning: string, { value, interval }: Estimate, rest: Known): Measurement {
  return measurement({ unit: "share", ...rest, id, meaning, value, interval });
}

function windowMeasurements({ windows }: MonitoringResult): Measurement[] {
  return windows.flatMap(({ setting, alpha, falseAlarms: alarms, detected }) => {
    const at = `${setting}, alpha ${alpha}`;
    const id = `${idOf(setting)}.${String(alpha).slice(2)}`;
    // The bar is for the alpha that a window is judged at; at 5 % no bound of 5 % can hold.
    const bar = alpha < 0.05;
    return [
      known(`monitoring.windowAlarms.${id}`, `windows of 50 features without drift called drifted, ${at}`, alarms, {
        n: alarms.windows,
        threshold: bar ? 0.05 : null,
        direction: bar ? "atMost" : null,
      }),
      known(
        `monitoring.windowDetected.${id}`,
        `shifts of 0.2 SD in one of 50 features that were found, ${at}`,
        detected,
        {
          n: detected.drills,
          threshold: bar ? 0.9 : null,
          direction: bar ? "atLeast" : null,
        },
      ),
    ];
  });
}

const changes: Readonly<Record<DetectorTrials["change"], string>> = {
  nothing: "samples without drift that it called drifted at 5 %",
  mean: "shifts of 0.5 SD in one of three features that it found",
  together: "samples of two features that no longer go together that it found",
};

function detectorMeasurements({ detectors }: MonitoringResult): Measurement[] {
  return detectors.map(({ detector, setting, change, alarmed, trials }) =>
    known(
      `monitoring.detector.${idOf(detector)}.${idOf(setting)}.${change}`,
      `${detector}, ${setting}: ${changes[change]}`,
      alarmed,
      { n: trials },
    ),
  );
}

function degradationMeasurements({ degradation: { alarms, points } }: MonitoringResult): Measurement[] {
  const { after, batchSpread } = degradationTable.degradation;
  const id = chosenMonitor(leastRunLength);
  const { runLength, streams } = alarms.find((one) => one.id === id && one.batchSpread === batchSpread)!.falseAlarms;
  const point = points.find((one) => one.id === id && one.batchSpread === batchSpread && one.after === after)!;
  return [
    measurement({
      id: "monitoring.degradationRunLength",
      meaning: `rows to a false alarm of ${id}, at least, with ${100 * runLength.level} % confidence`,
      value: runLength.atLeast,
      unit: "rows",
      n: streams,
      threshold: leastRunLength,
      direction: "atLeast",
    }),
    known(
      "monitoring.degradationPower",
      `rises from 14 to 19 % errors that ${id} found within 1,000 labels`,
      point.detected,
      {
        n: point.detected.changes,
        threshold: 0.8,
        direction: "atLeast",
      },
    ),
  ];
}

function idOf(text: string): string {
  return text.replace(/[^\w]+(\w)/g, (_, letter: string) => letter.toUpperCase());
}
