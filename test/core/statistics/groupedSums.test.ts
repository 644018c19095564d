import { describe, expect, it } from "vitest";
import { accuracy } from "../../../src/core/metrics/accuracy.js";
import { logLoss } from "../../../src/core/metrics/logLoss.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { groupBootstrapInterval } from "../../../src/core/statistics/groupBootstrapInterval.js";
import { groupCodes } from "../../../src/core/statistics/groupCodes.js";
import { groupedEstimate } from "../../../src/core/statistics/groupedEstimate.js";
import { groupedStatistic } from "../../../src/core/statistics/groupedStatistic.js";
import { groupedSums } from "../../../src/core/statistics/groupedSums.js";

const random = seededRandom(3);
const n = 120;
const papers = Array.from({ length: n }, () => `paper ${Math.floor(9 * random())}`);
const labels = Uint8Array.from({ length: n }, () => Number(random() < 0.5));
const ones = Float64Array.from({ length: n }, () => 0.05 + 0.9 * random());
const predicted = ones.map((p) => Number(p > 0.5));
const target = Float64Array.from({ length: n }, () => random());
const { codes, groups } = groupCodes(papers);

/** Rows of drawn groups, one group after another. */
const rowsOf = (drawn: Uint32Array): number[] =>
  Array.from(drawn).flatMap((group) => Array.from(codes.keys()).filter((row) => codes[row] === group));

describe("groupedSums", () => {
  const drawn = Uint32Array.of(4, 0, 4, 7);
  const rows = rowsOf(drawn);
  const chosen = (values: ArrayLike<number>): number[] => rows.map((row) => values[row]);

  it("gives a draw what the metrics give its rows: accuracy, recall, log loss, RMSE and R²", () => {
    const share = (row: number): number => (labels[row] === 1 ? ones[row] : 1 - ones[row]);
    const sums = groupedSums(
      codes,
      {
        right: (row) => Number(predicted[row] === labels[row]),
        found: (row) => Number(labels[row] === 1 && predicted[row] === 1),
        positive: (row) => labels[row],
        loss: (row) => -Math.log(share(row)),
        error: (row) => (target[row] - ones[row]) ** 2,
        square: (row) => target[row] ** 2,
        value: (row) => target[row],
        rows: () => 1,
      },
      { groups },
    );
    const of = (statistic: Parameters<typeof groupedStatistic<keyof typeof sums>>[1]): number =>
      groupedStatistic(sums, statistic)(drawn);
    const truth = chosen(labels);
    expect(of((one) => one.right / one.rows)).toBeCloseTo(accuracy(truth, chosen(predicted)), 12);
    const found = truth.filter((label, i) => label === 1 && chosen(predicted)[i] === 1).length;
    expect(of((one) => one.found / one.positive)).toBeCloseTo(found / truth.filter((label) => label === 1).length, 12);
    const probabilities = chosen(ones).flatMap((p) => [1 - p, p]);
    expect(of((one) => one.loss / one.rows)).toBeCloseTo(logLoss(truth, probabilities), 12);
    const squared = chosen(target).map((value, i) => (value - chosen(ones)[i]) ** 2);
    const total = squared.reduce((a, b) => a + b, 0);
    expect(of((one) => Math.sqrt(one.error / one.rows))).toBeCloseTo(Math.sqrt(total / rows.length), 12);
    const mean = chosen(target).reduce((a, b) => a + b, 0) / rows.length;
    const spread = chosen(target).reduce((sum, value) => sum + (value - mean) ** 2, 0);
    expect(of((one) => 1 - one.error / (one.square - one.value ** 2 / one.rows))).toBeCloseTo(1 - total / spread, 10);
  });

  it("gives the interval that drawing the rows gives, bit for bit where sums are whole numbers", () => {
    const right = Array.from(labels, (label, row) => Number(label === predicted[row]));
    const byRows = groupBootstrapInterval(
      papers,
      (some) => some.reduce((sum, row) => sum + right[row], 0) / some.length,
      seededRandom(5),
      { unit: "paper", kind: "share" },
    );
    const sums = groupedSums(codes, { right: (row) => right[row], rows: () => 1 });
    const share = groupedStatistic(sums, (totals) => totals.right / totals.rows, { over: "rows", kind: "share" });
    expect(groupedEstimate(groups, share, seededRandom(5), { unit: "paper" })).toEqual({
      value: right.reduce((a, b) => a + b, 0) / n,
      interval: byRows,
    });
  });

  it("takes groups without rows, and refuses a code that is no group", () => {
    expect(groupedSums([0, 2], { rows: () => 1 }, { groups: 4 }).rows).toEqual(Float64Array.of(1, 0, 1, 0));
    expect(() => groupedSums([0, 2], { rows: () => 1 }, { groups: 2 })).toThrow(
      "a group must be an integer in 0..1; row 1 has 2",
    );
  });
});

describe("groupCodes", () => {
  it("counts groups in order of first appearance", () => {
    expect(groupCodes(["b", "a", "b", 7])).toEqual({ codes: Uint32Array.of(0, 1, 0, 2), groups: 3 });
  });
});
