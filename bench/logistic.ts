import { loadavg } from "node:os";
import { makeMatrix } from "../dist/core/Matrix.js";
import { seededRandom } from "../dist/core/random/Random.js";
import { logisticObjective, type LogisticProblem } from "../dist/training/baselines/logisticObjective.js";

// Loss and gradient of logistic regression, 24,000 x 28 rows and 5 classes: in WebAssembly against plain loops that add
// in the same order, in processor time of one process. Both must give the same bits.

const [rows, columns, classes, turns, rounds] = [24_000, 28, 5, 10, 5];

function plainObjective(
  { features: { values }, labels, rowFactors, ridge }: LogisticProblem,
  parameters: Float64Array,
  gradient: Float64Array,
): number {
  const stride = columns + 1;
  const [za, ra] = [new Float64Array(4 * classes), new Float64Array(classes)];
  let loss = 0;
  gradient.fill(0);
  for (let first = 0; first < rows; first += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((r) => (first + r) * columns);
    for (let k = 0; k < classes; k++) {
      let p = parameters[k * stride + columns];
      let [q, r, s] = [p, p, p];
      for (let j = 0; j < columns; j++) {
        const weight = parameters[k * stride + j];
        p += weight * values[a + j];
        q += weight * values[b + j];
        r += weight * values[c + j];
        s += weight * values[d + j];
      }
      za.set([p, q, r, s], 4 * k);
    }
    for (let r = 0; r < 4; r++) {
      const [label, factor] = [labels[first + r], rowFactors[first + r]];
      let [highest, total] = [-Infinity, 0];
      for (let k = 0; k < classes; k++) highest = Math.max(highest, za[4 * k + r]);
      for (let k = 0; k < classes; k++) total += ra[k] = Math.exp(za[4 * k + r] - highest);
      loss += factor * (Math.log(total) - (za[4 * label + r] - highest));
      for (let k = 0; k < classes; k++) za[4 * k + r] = ra[k] * (factor / total) - (k === label ? factor : 0);
    }
    for (let k = 0; k < classes; k++) {
      const [p, q, r, s] = za.subarray(4 * k, 4 * k + 4);
      for (let j = 0; j < columns; j++)
        gradient[k * stride + j] += p * values[a + j] + q * values[b + j] + r * values[c + j] + s * values[d + j];
      gradient[k * stride + columns] += p + q + r + s;
    }
  }
  for (let k = 0; k < classes; k++)
    for (let at = k * stride; at < k * stride + columns; at++) {
      loss += (ridge / 2) * parameters[at] ** 2;
      gradient[at] += ridge * parameters[at];
    }
  return loss;
}

const random = seededRandom(1);
const problem: LogisticProblem = {
  features: makeMatrix(
    Array.from({ length: columns }, (_, j) => `x${j}`),
    Float32Array.from({ length: rows * columns }, () => 4 * random() - 2),
  ),
  labels: Uint8Array.from({ length: rows }, () => Math.floor(classes * random())),
  classes,
  rowFactors: new Float64Array(rows).fill(1),
  ridge: 1,
};
const parameters = Float64Array.from({ length: classes * (columns + 1) }, () => random() - 0.5);
const [ours, plain] = [new Float64Array(parameters.length), new Float64Array(parameters.length)];
const objective = logisticObjective(problem);
const same = objective(parameters, ours) === plainObjective(problem, parameters, plain) && ours.join() === plain.join();

/** Nanoseconds of processor time per row. */
function perRow(work: () => void): number {
  const used = process.cpuUsage();
  for (let turn = 0; turn < turns; turn++) work();
  return (1000 * process.cpuUsage(used).user) / turns / rows;
}
const times = Array.from({ length: rounds }, () => ({
  ours: perRow(() => objective(parameters, ours)),
  plain: perRow(() => plainObjective(problem, parameters, plain)),
}));
const [least, peer] = [Math.min(...times.map((t) => t.ours)), Math.min(...times.map((t) => t.plain))];
console.log(`logistic regression, one evaluation; load ${loadavg()[0].toFixed(2)}`);
console.log(
  `${least.toFixed(0)} ns a row, plain loops ${peer.toFixed(0)} ns: ${(peer / least).toFixed(1)} times as fast`,
);
console.log(same ? "both give the same bits" : "THE BITS DIFFER");
if (!same) process.exitCode = 1;
