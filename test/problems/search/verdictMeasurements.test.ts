import { describe, expect, it } from "vitest";
import type { EstimateOrReason } from "../../../src/core/statistics/Estimate.js";
import { verdictMeasurements } from "../../../src/problems/search/verdictMeasurements.js";

const gain = (value: number): EstimateOrReason => ({ value, interval: null, reason: "one batch" });
const verdict = { promised: gain(3), kept: gain(1), gap: gain(2) };
const of = (rows: { readonly chose: number; readonly fresh: number | null }) =>
  verdictMeasurements("forest", "the forest", verdict, { unit: "nats", rows }).map(
    ({ id, value, n, unit, baseline }) => ({
      ...{ id, value, n, unit, baseline },
    }),
  );

describe("verdictMeasurements", () => {
  it("measures what was promised, kept and not kept, with the rows behind each", () => {
    const more = { unit: "nats", baseline: 0 };
    expect(of({ chose: 10, fresh: 40 })).toEqual([
      { id: "forest.promised", value: 3, n: 10, ...more },
      { id: "forest.kept", value: 1, n: 40, ...more },
      { id: "forest.gap", value: 2, n: 50, ...more },
    ]);
  });

  it("counts rows once that chose and were judged by a choice without them", () => {
    expect(of({ chose: 10, fresh: null }).map(({ n }) => n)).toEqual([10, 10, 10]);
  });
});
