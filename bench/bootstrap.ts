import { loadavg } from "node:os";
import { seededRandom } from "../dist/core/random/Random.js";
import { groupBootstrapInterval, groupCountsInterval } from "../dist/core/statistics/groupBootstrapInterval.js";

// A bootstrap of 1,000 groups with 80,000 rows whose statistic asks how often each row was drawn: by counts of groups,
// against lists of rows that are counted, in processor time of one process. Both must give the same interval.

const [rows, groups, draws, rounds] = [80_000, 1_000, 100, 5];

const of = Array.from({ length: rows }, (_, row) => (row * 7919) % groups);
const values = Float64Array.from({ length: rows }, (_, row) => Math.sin(row));
const mean = (counts: Uint32Array): number => {
  let [sum, total] = [0, 0];
  for (let row = 0; row < rows; row++) {
    sum += counts[row] * values[row];
    total += counts[row];
  }
  return sum / total;
};
const byRows = (drawn: Uint32Array): number => {
  const counts = new Uint32Array(rows);
  for (const row of drawn) counts[row]++;
  return mean(counts);
};

function timed<Result>(work: () => Result): { readonly seconds: number; readonly result: Result } {
  const used = process.cpuUsage();
  const result = work();
  return { seconds: process.cpuUsage(used).user / 1e6, result };
}
const turns = Array.from({ length: rounds }, () => ({
  ours: timed(() => groupCountsInterval(of, mean, seededRandom(1), { draws })),
  peer: timed(() => groupBootstrapInterval(of, byRows, seededRandom(1), { draws })),
}));
const same = turns.every(
  ({ ours, peer }) => ours.result.low === peer.result.low && ours.result.high === peer.result.high,
);
const [least, most] = [turns.map(({ ours }) => ours.seconds), turns.map(({ peer }) => peer.seconds)].map((seconds) =>
  Math.min(...seconds),
);
console.log(`bootstrap of ${groups} groups, ${rows} rows, ${draws} draws; load ${loadavg()[0].toFixed(2)}`);
console.log(
  `${least.toFixed(3)} s by counts of groups, ${most.toFixed(3)} s by lists of rows: ` +
    `${(most / least).toFixed(1)} times as fast`,
);
console.log(same ? "both give the same interval" : "THE INTERVALS DIFFER");
if (!same) process.exitCode = 1;
