import { describe, expect, it } from "vitest";
import { classRecalls } from "../../../src/core/metrics/classRecalls.js";
import { wilsonInterval } from "../../../src/core/statistics/wilsonInterval.js";
import { labels, metrics, predictions } from "../../support/goldenMetrics.js";

describe("classRecalls", () => {
  it("agrees with scikit-learn, and carries Wilson's interval and the rows behind it", () => {
    classRecalls(labels, predictions).forEach(({ recall, interval, n }, k) => {
      expect(Math.abs(recall! - metrics.expected.recall[k])).toBeLessThan(1e-10);
      expect(n).toBe(metrics.expected.support[k]);
      expect(interval).toEqual(wilsonInterval(metrics.expected.confusion[k][k], n));
    });
  });

  it("is null, not 0, for a class without rows", () => {
    expect(classRecalls([0, 0], [0, 1], { classes: 3 }).slice(1)).toEqual([
      { recall: null, interval: null, n: 0 },
      { recall: null, interval: null, n: 0 },
    ]);
  });
});
