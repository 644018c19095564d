import { phaseNames } from "../../chemistry/phases.js";
import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { seededRandom } from "../../core/random/Random.js";
import { type GroupedStatistic, groupedStatistic } from "../../core/statistics/groupedStatistic.js";
import { groupedSums } from "../../core/statistics/groupedSums.js";
import { codesOf } from "../../core/Table.js";
import type { ClassShares } from "../../figures/plotClassShares.js";
import { generateExperiments } from "../../generation/generateExperiments.js";
import { targetedExperiments } from "../../generation/targetedExperiments.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { laboratoryInterval, phaseCounts } from "./laboratoryInterval.js";
import { reviewCounts } from "./physicsCalibration.js";

const shareRows = 100_000;

/** Class shares of experiments as laboratories run them, beside the reviewed project's. */
export async function classShares({ seed }: { readonly seed: number }): Promise<EvidenceFile<Omit<ClassShares, "id">>> {
  return recordedEvidence(
    {
      id: "02-generation-classes",
      inputs: [],
      source: moduleSource(import.meta.url),
      seed,
      engine: "simd (WebAssembly)",
      labels: "simulated",
    },
    async () => {
      const { table } = await generateExperiments({ rows: shareRows, seed });
      const { codes: labs, levels } = codesOf(table, "lab");
      const phases = codesOf(table, "phase").codes;
      const counts = phaseNames.map(
        (_, phase) =>
          groupedSums(labs, { rows: (row) => Number(phases[row] === phase) }, { groups: levels.length }).rows,
      );
      const rows = groupedSums(labs, { rows: () => 1 }, { groups: levels.length }).rows;
      const random = seededRandom(seed).fork("class shares");
      const total = reviewCounts.reduce((a, b) => a + b, 0);
      const shareOf = counts.map((hits) =>
        groupedStatistic({ hits, rows }, (totals) => totals.hits / totals.rows, { over: "rows", kind: "share" }),
      );
      const all = Uint32Array.from(rows.keys());
      const shares = phaseNames.map((name, phase) =>
        measurement({
          id: `classes.${name.replaceAll(" ", "-")}`,
          meaning: `share of experiments labelled ${name}`,
          value: shareOf[phase](all),
          unit: "share",
          interval: laboratoryInterval(rows.length, shareOf[phase], random.fork(name)),
          n: shareRows,
          baseline: reviewCounts[phase] / total,
        }),
      );
      // Smallest and largest are chosen anew without each laboratory.
      const leastOverMost = (drawn: Uint32Array): number => {
        const shares = shareOf.map((share) => share(drawn));
        return Math.min(...shares) / Math.max(...shares);
      };
      const ratio: GroupedStatistic = Object.assign(leastOverMost, { sizes: rows, kind: "share" as const });
      const targeted = await targetedExperiments({ seed });
      const targetedCounts = phaseCounts(targeted);
      return {
        result: {
          n: shareRows,
          classes: shares.map(({ value, interval, baseline }, phase) => ({
            name: phaseNames[phase],
            share: value!,
            low: interval!.low,
            high: interval!.high,
            reference: baseline!,
          })),
        },
        measurements: [
          ...shares,
          measurement({
            id: "classes.ratio",
            meaning: "rarest class over commonest, as laboratories run it",
            value: ratio(all),
            unit: "1",
            interval: laboratoryInterval(rows.length, ratio, random.fork("ratio")),
            n: shareRows,
            baseline: Math.min(...reviewCounts) / Math.max(...reviewCounts),
          }),
          measurement({
            id: "classes.targetedRows",
            meaning: "experiments after which every class holds 2,000 when the rare ones are sought",
            value: targeted.numRows,
            unit: "experiments",
          }),
          measurement({
            id: "classes.targetedRatio",
            meaning: "rarest class over commonest among those",
            value: Math.min(...targetedCounts) / Math.max(...targetedCounts),
            unit: "1",
            n: targeted.numRows,
          }),
        ],
      };
    },
  );
}
