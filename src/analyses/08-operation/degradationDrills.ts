import { percent } from "../../core/percent.js";
import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { seededRandom } from "../../core/random/Random.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { degradationMonitors } from "../../monitoring/streams/degradationMonitors.js";
import { averageRunLength } from "../../monitoring/streams/falseAlarms.js";
import { chosenMonitor, degradationTable } from "../../monitoring/streams/degradationTable.js";
import {
  operatingCharacteristics,
  type OperatingCharacteristics,
} from "../../monitoring/streams/operatingCharacteristics.js";
import { errorStream } from "../../monitoring/streams/StreamLaw.js";

/** What monitors of errors cost and find at the settings they are shipped with. */
export interface DegradationDrills {
  readonly monitors: readonly (OperatingCharacteristics & {
    readonly id: string;
    readonly name: string;
    readonly threshold: number;
  })[];
  readonly table: ShownTable;
}

/** Of the check PI3. */
const leastRunLength = 5000;
const options = { streams: 200, stableRows: 10_000 };

/**
 * Notebook 08: every monitor of the shipped table, tried again on streams whose errors rise; the check PI3. Errors rise
 * from 14 to 19 %, batches have 200 rows, outcomes come 200 rows late, and draws are of its own.
 */
export async function degradationDrills({ seed }: { readonly seed: number }): Promise<EvidenceFile<DegradationDrills>> {
  const { degradation, options: shipped, monitors: table } = degradationTable;
  const { before, after, batchSize, batchSpread } = degradation;
  const request = { id: "08-operation-degradation", inputs: [], source: moduleSource(import.meta.url) };
  return recordedEvidence({ ...request, seed, labels: "simulated" }, () => {
    const random = seededRandom(seed).fork("degradation");
    const { changeAfter, within, labelDelay } = shipped;
    const monitors = degradationMonitors.map(({ id, name, at }) => {
      const { threshold } = table.find((one) => one.id === id)!;
      const settings = { ...options, changeAfter, within, labelDelay };
      const law = errorStream(degradation);
      return {
        id,
        name,
        threshold,
        ...operatingCharacteristics(at(threshold, degradation), law, random.fork(id), settings),
      };
    });
    // Chosen by the shipped table, whose draws are others.
    const chosen = chosenMonitor(leastRunLength);
    const answering = monitors.find(({ id }) => id === chosen)!;
    const { detected, falseAlarms, medianDelay } = answering;
    const where = `batches of ${batchSize} that deviate by ${batchSpread} on the logit`;
    const runLength = averageRunLength(falseAlarms);
    const { rows, streams } = falseAlarms;
    return Promise.resolve({
      result: {
        monitors,
        table: shownTable({
          caption:
            `Errors rise from ${percent(before)} to ${percent(after)}, ${where}, ` + `outcomes ${labelDelay} rows late`,
          columns: [
            { name: "monitor", of: ({ name }) => name },
            { name: "threshold", of: ({ threshold }) => threshold },
            { name: "rows to a false alarm", of: (one) => one.falseAlarms.runLength.value },
            { name: "at least", of: (one) => one.falseAlarms.runLength.atLeast },
            { name: `found within ${within} labels`, unit: "share", of: (one) => one.detected.value },
            { name: "at least", unit: "share", of: (one) => one.detected.interval.low },
            { name: "labels to the alarm, median", of: (one) => one.medianDelay },
          ],
          rows: monitors,
        }),
      },
      measurements: [
        measurement({
          id: "PI3.power",
          meaning: `share of rises by 5 points found within ${within} labels received after them, ${where}`,
          value: detected.value,
          unit: "share",
          interval: detected.interval,
          n: detected.changes,
        }),
        measurement({
          id: "PI3.averageRunLength",
          meaning: `rows to a false alarm on average, ${where}`,
          value: runLength?.value ?? null,
          unit: "rows",
          interval: runLength?.interval ?? null,
          reason: runLength === null ? "no alarm in all rows" : null,
          n: rows,
        }),
        measurement({
          id: "degradation.delay",
          meaning: "labels received after the rise up to the alarm, in the middle of all rises",
          value: medianDelay,
          unit: "labels",
          n: streams,
          reason: medianDelay === null ? "under half were found" : null,
        }),
      ],
    });
  });
}
