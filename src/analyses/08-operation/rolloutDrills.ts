import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { seededRandom } from "../../core/random/Random.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { type CanaryDrills, type CanaryFault, drillCanary } from "../../deployment/drillCanary.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { rolloutPlan } from "../../problems/phase/rolloutPlan.js";

/** How canaries that are bad in a known way, and such that are not, were judged. */
export interface RolloutDrills {
  readonly drills: readonly (CanaryDrills & { readonly name: string })[];
  readonly table: ShownTable;
}

/** What is wrong with a version, and how often. Errors are the least that should be noticed: 5 points. */
const faults: readonly { readonly id: string; readonly name: string; readonly fault: CanaryFault }[] = [
  { id: "wrong", name: "5 points more wrong answers", fault: { wrong: 0.05 } },
  { id: "failed", name: "crashes, 5 points", fault: { failed: 0.05 } },
  { id: "invalid", name: "answers that are none (NaN), 5 points", fault: { invalid: 0.05 } },
  { id: "slow", name: "late answers, 5 points", fault: { slow: 0.05 } },
];
const drillsEach = 200;
/** Of the canary in each drill, at least. */
const requests = 3000;

/**
 * Notebook 08: two hundred bad versions of each kind and two hundred that are no worse, each judged by the rule of the
 * rollout; the check PI4.
 */
export async function rolloutDrills({ seed }: { readonly seed: number }): Promise<EvidenceFile<RolloutDrills>> {
  const request = { id: "08-operation-rollouts", inputs: [], source: moduleSource(import.meta.url) };
  return recordedEvidence({ ...request, seed, labels: "simulated" }, () => {
    const random = seededRandom(seed).fork("rollout drills");
    const options = { drills: drillsEach, requests };
    const bad = faults.map(({ id, name, fault }) => ({
      id,
      name,
      ...drillCanary(rolloutPlan, fault, random.fork(id), options),
    }));
    const equal = drillCanary(rolloutPlan, {}, random.fork("equal"), options);
    const all = [...bad, { id: "equal", name: "no worse than the champion (A/A)", ...equal }];
    const worst = bad.reduce((least, one) => (one.aborted.value < least.aborted.value ? one : least));
    return Promise.resolve({
      result: {
        drills: all.map(({ id: _, ...drill }) => drill),
        table: shownTable({
          caption: `Canaries of ${requests} requests each, ${drillsEach} of each kind`,
          columns: [
            { name: "version", of: ({ name }) => name },
            { name: "aborted", of: ({ aborted, drills }) => Math.round(aborted.value * drills) },
            { name: "at least", unit: "share", of: ({ aborted }) => aborted.interval.low },
            { name: "passed", of: ({ passed }) => passed },
            { name: "requests to the abort, median", of: ({ medianRequests }) => medianRequests },
          ],
          rows: all,
        }),
      },
      measurements: [
        measurement({
          id: "PI4.badModelsAbortedShare",
          meaning: `share of versions worse by 5 points that were aborted, of the kind found least (${worst.name})`,
          value: worst.aborted.value,
          unit: "share",
          interval: worst.aborted.interval,
          n: worst.drills,
        }),
        measurement({
          id: "PI4.equalModelsKeptShare",
          meaning: "share of versions no worse than the champion that were not aborted",
          value: equal.kept.value,
          unit: "share",
          interval: equal.kept.interval,
          n: equal.drills,
        }),
        ...bad.map(({ id, name, medianRequests, drills }) =>
          measurement({
            id: `rollouts.${id}.requests`,
            meaning: `requests of the canary up to the abort, in the middle of drills: ${name}`,
            value: medianRequests,
            unit: "requests",
            n: drills,
            reason: medianRequests === null ? "under half of the drills were aborted" : null,
          }),
        ),
      ],
    });
  });
}
