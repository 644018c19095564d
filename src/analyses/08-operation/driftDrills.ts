import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { percent } from "../../core/percent.js";
import { seededRandom } from "../../core/random/Random.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { smallestDetectable } from "../../monitoring/detectors/smallestDetectable.js";
import { type DriftDrills, drillDrift } from "../../monitoring/drillDrift.js";

/** Whether a shift in one of many features is found, and how often there is an alarm for nothing. */
export interface DriftDrillReport {
  readonly drills: readonly (DriftDrills & { readonly name: string })[];
  readonly table: ShownTable;
  /** The smallest shift found nine times of ten, by size of batches and window. */
  readonly detectable: ShownTable;
}

/** Standard deviations of rows. */
const shift = 0.2;
/** Of any false alarm in a window: at 0.05 a thousand windows (`npm run assure`) would not bound their share by 5 %. */
const alpha = 0.03;
const [features, reference, window] = [50, 10_000, 1000];
const betweenDeviation = 0.2;
const laws = [
  { id: "rows", name: "rows that are independent", batchRows: 1, betweenDeviation: 0, windows: 200 },
  { id: "batches", name: "batches of 10 rows", batchRows: 10, betweenDeviation, windows: 200 },
] as const;

/**
 * Notebook 08: windows with a shift of 0.2 standard deviations in one of 50 features, and such without; the check PI1.
 */
export async function driftDrills({ seed }: { readonly seed: number }): Promise<EvidenceFile<DriftDrillReport>> {
  const request = { id: "08-operation-drift", inputs: [], source: moduleSource(import.meta.url) };
  return recordedEvidence({ ...request, seed, labels: "simulated" }, () => {
    const random = seededRandom(seed).fork("drift drills");
    const drills = laws.map(({ id, ...law }) => ({
      id,
      ...law,
      ...drillDrift(random.fork(id), { ...law, shift, features, window, reference, drills: 200, alpha }),
    }));
    const [least] = [...drills].sort((a, b) => a.detected.interval.low - b.detected.interval.low);
    const [most] = [...drills].sort((a, b) => b.falseAlarms.interval.high - a.falseAlarms.interval.high);
    const per10000 = 10_000 / window;
    const { value, interval } = most.falseAlarms;
    const scaled = { ...interval, low: per10000 * interval.low, high: per10000 * interval.high };
    const inLargeBatches = smallestDetectable(
      { reference, current: window },
      { batchRows: 200, betweenDeviation, features, alpha },
    );
    return Promise.resolve({
      result: {
        drills: drills.map(({ id: _, ...drill }) => drill),
        table: shownTable({
          caption:
            `A shift of ${shift} standard deviations in one of ${features} features, ` +
            `windows of ${window} rows against ${reference}, alpha ${percent(alpha)}`,
          columns: [
            { name: "rows come as", of: ({ name }) => name },
            { name: "found", unit: "share", of: ({ detected }) => detected.value },
            { name: "at least", unit: "share", of: ({ detected }) => detected.interval.low },
            { name: "false alarms", unit: "share of windows", of: ({ falseAlarms }) => falseAlarms.value },
            { name: "at most", unit: "share of windows", of: ({ falseAlarms }) => falseAlarms.interval.high },
          ],
          rows: drills,
        }),
        detectable: detectableTable(),
      },
      measurements: [
        measurement({
          id: "PI1.detection",
          meaning: `share of windows in which the shift was found, where rows are harder to judge: ${least.name}`,
          value: least.detected.value,
          unit: "share",
          interval: least.detected.interval,
          n: least.detected.drills,
        }),
        measurement({
          id: "PI1.falseAlarmsPer10000",
          meaning: `false alarms in 10,000 rows, in windows of ${window}, where there are more of them: ${most.name}`,
          value: per10000 * value,
          unit: "false alarms per 10,000 rows",
          interval: scaled,
          n: most.falseAlarms.windows,
        }),
        measurement({
          id: "drift.falseAlarms",
          meaning: `share of windows without a shift in which any feature was called drifted: ${most.name}`,
          value,
          unit: "share",
          interval,
          n: most.falseAlarms.windows,
        }),
        measurement({
          id: "drift.detectableInLargeBatches",
          meaning: "smallest shift found in nine windows of ten where rows come in batches of 200",
          value: inLargeBatches.shift,
          unit: "standard deviations",
          n: window,
          reason: inLargeBatches.reason,
        }),
      ],
    });
  });
}

function detectableTable(): ShownTable {
  const windows = [200, 1000, 5000];
  return shownTable({
    caption: `Smallest shift found nine times of ten, in standard deviations, reference of ${reference} rows`,
    columns: [
      { name: "rows of a batch", of: (batchRows) => batchRows },
      ...windows.map((current) => ({
        name: `window of ${current} rows`,
        of: (batchRows: number): number | string =>
          smallestDetectable(
            { reference, current },
            { batchRows, betweenDeviation: batchRows === 1 ? 0 : betweenDeviation, features, alpha },
          ).shift ?? "none",
      })),
    ],
    rows: [1, 10, 50, 200],
  });
}
