import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { makeTable } from "../../../src/core/Table.js";
import { encode } from "../../../src/features/encode.js";
import { domainAnswers, type DomainLimits } from "../../../src/predictor/domainLimits.js";
import { knownFeatures } from "../../../src/predictor/knownFeatures.js";
import { recipeColumns } from "../../../src/predictor/recipeColumns.js";
import { ownDomain } from "../../../src/problems/ownLaboratory/ownDomain.js";
import { ownEncoder } from "../../../src/problems/ownLaboratory/ownEncoder.js";

const { caesiumMolar, leadMolar, bromideMolar } = recipeColumns;
const recipesOf = (amounts: readonly (readonly [number, number])[]): ReturnType<typeof makeTable> =>
  makeTable(
    { caesiumMolar, leadMolar, bromideMolar },
    {
      caesiumMolar: Float64Array.from(amounts, ([caesium]) => caesium),
      leadMolar: Float64Array.from(amounts, ([, lead]) => lead),
      bromideMolar: Float64Array.from(amounts, ([, lead]) => 3 * lead),
    },
  );
const random = seededRandom(2);
const rows = 60;
const recipes = recipesOf(Array.from({ length: rows }, () => [0.01 + 0.01 * random(), 0.01 + 0.01 * random()]));
const encoder = ownEncoder(
  recipes,
  Uint32Array.from({ length: rows }, (_, row) => row),
);
const foldOf = Array.from({ length: rows }, (_, row) => row % 5);
const labels = Uint8Array.from({ length: rows }, (_, row) => row % 2);
const domainOf = (groups: readonly number[] | null): DomainLimits =>
  ownDomain(encoder, encode(encoder, recipes), labels, { foldOf, groups });

describe("ownDomain", () => {
  it("holds nearly all of its rows, each measured from the others, and not what is far from them", () => {
    const domain = domainOf(null);
    if ("reason" in domain.distance) throw new Error(domain.distance.reason);
    const { fitted, threshold, falseAlarm } = domain.distance;
    const outside = (table: ReturnType<typeof makeTable>): number =>
      domainAnswers(
        domain,
        { known: knownFeatures(encoder, []), distance: { fitted, threshold, falseAlarm } },
        encode(encoder, table),
      ).outside.size;
    expect(outside(recipes)).toBeLessThanOrEqual(0.1 * rows);
    expect(outside(recipesOf([[0.1, 0.01]]))).toBe(1);
  });

  it("tells of the ranges alone where rows come in fewer batches than a distance needs", () => {
    const { distance, ranges } = domainOf(foldOf);
    expect(distance).toEqual({ reason: "alpha = 0.05 needs at least 19 calibration groups; got 5" });
    expect(ranges.length).toBeGreaterThan(0);
  });
});
