import { describe, expect, it } from "vitest";
import { makeMatrix, type Matrix, selectMatrixRows } from "../../src/core/Matrix.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { makeTable, selectRows, textsOf } from "../../src/core/Table.js";
import { encode } from "../../src/features/encode.js";
import type { Encoder } from "../../src/features/Encoder.js";
import { domainAnswers, type DomainLimits, domainShape } from "../../src/predictor/domainLimits.js";
import { fitDomainLimits } from "../../src/problems/phase/fitDomainLimits.js";
import { trainingExperiments } from "../../src/problems/phase/phaseExperiments.js";
import { featureDistances } from "../../src/uncertainty/domain/featureDistances.js";
import { fitDomainCheck } from "../../src/uncertainty/domain/fitDomainCheck.js";
import { normal } from "../training/tasks.js";

const number = { kind: "number", unit: "1", mean: 0, scale: 1, fill: null } as const;
const columns: Encoder["columns"] = [
  { ...number, name: "temperatureCelsius", source: { feature: "temperatureCelsius" } },
  { ...number, name: "lnBromideLead", source: { feature: "lnBromideLead" } },
  { kind: "category", name: "route = LARP", unit: "1", column: "route", level: "LARP" },
];

/** Of recipes that tell all, one by one. */
function answersOf(
  limits: DomainLimits,
  features: Matrix,
): { readonly outside: readonly string[]; readonly distance: number | null }[] {
  const known = features.names.map((_, place) => place);
  const { outside, distance } = domainAnswers(limits, { known, distance: limits.distance }, features);
  return Array.from(distance, (one, row) => ({
    outside: outside.get(row) ?? [],
    distance: Number.isNaN(one) ? null : one,
  }));
}

function byDistanceAlone({ ranges, distance }: DomainLimits): DomainLimits {
  return { ranges: ranges.map(({ name }) => ({ name, low: -Infinity, high: Infinity })), distance };
}

/** Temperature and a ratio that go together, and a category; phases in turn. */
function someData(
  rows: number,
  seed: number,
  { batchSize }: { readonly batchSize?: number } = {},
): Parameters<typeof fitDomainLimits>[0] {
  const random = seededRandom(seed);
  const values = Float32Array.from(
    Array.from({ length: rows }, () => {
      const first = normal(random);
      return [first, first + 0.1 * normal(random), random() < 0.5 ? 1 : 0];
    }).flat(),
  );
  const part = (from: number, to: number): Uint32Array => Uint32Array.from({ length: to - from }, (_, i) => from + i);
  const half = Math.floor(rows / 2);
  return {
    seed: 1,
    encoder: { version: 1, columns, unseen: "ignore", trainingRows: half },
    features: makeMatrix(["temperatureCelsius", "lnBromideLead", "route = LARP"], values),
    labels: Uint8Array.from({ length: rows }, (_, row) => row % 5),
    split: { train: part(0, half), tune: part(0, 0), calibrate: part(half, rows), test: part(0, 0) },
    groups:
      batchSize === undefined ? null : Array.from({ length: rows }, (_, row) => `b${Math.floor(row / batchSize)}`),
  };
}

const rowsOf = (...rows: readonly (readonly number[])[]): Matrix =>
  makeMatrix(["temperatureCelsius", "lnBromideLead", "route = LARP"], Float32Array.from(rows.flat()));

describe("fitDomainLimits", () => {
  const data = someData(4_000, 1);
  const limits = fitDomainLimits(data);
  if ("reason" in limits.distance) throw new Error(limits.distance.reason);
  const { fitted, threshold } = limits.distance;

  it("calls rows in every range that break what features share unusual combinations, and rows that keep it not", () => {
    const [kept, broken] = answersOf(limits, rowsOf([1.5, 1.5, 1], [1.5, -1.5, 1]));
    expect(kept.outside).toEqual([]);
    expect(kept.distance).toBeLessThan(threshold);
    expect(broken.outside).toEqual([
      `unusual combination: distance ${broken.distance!.toFixed(2)} above the ${threshold.toFixed(2)} that 95 % ` +
        "of recipes like those of training keep to",
    ]);
    expect(broken.distance).toBeGreaterThan(threshold);
  });

  it("names the features that leave their range, and the side, and says that such a row is far only if it is", () => {
    const [above, below] = answersOf(limits, rowsOf([9, 9, 1], [0, -40, 2]));
    expect(above.outside.slice(0, 2)).toEqual([
      "temperature (temperatureCelsius) above the training range",
      "Br:Pb (lnBromideLead) above the training range",
    ]);
    expect(above.outside[2]).toMatch(/^far as a whole: distance \d+\.\d\d above/);
    expect(below.outside.slice(0, 2)).toEqual([
      "Br:Pb (lnBromideLead) below the training range",
      "route = LARP above the training range",
    ]);
    const { low, high } = limits.ranges[0];
    const edges = answersOf(
      { ...limits, distance: { reason: "not asked" } },
      rowsOf([low, 0, 0], [high, 0, 0], [high + 0.001, 0, 0]),
    );
    expect(edges).toEqual([
      { outside: [], distance: null },
      { outside: [], distance: null },
      { outside: ["temperature (temperatureCelsius) above the training range"], distance: null },
    ]);
  });

  it("gives the verdicts of fitDomainCheck on the distance alone, where each row stands for itself", () => {
    const { features: fresh } = someData(3_000, 2);
    const check = fitDomainCheck([featureDistances(fitted, selectMatrixRows(data.features, data.split.calibrate))], {
      falseAlarm: 0.05,
    });
    const { inDomain } = check([featureDistances(fitted, fresh)]);
    const far = answersOf(byDistanceAlone(limits), fresh).map(({ outside }) => outside.length);
    expect(far).toEqual(Array.from(inDomain, (inside) => 1 - inside));
    expect(far.filter((one) => one === 1).length).toBeGreaterThan(50);
  });

  it("calls fresh rows unusual at the stated rate, with batches and without", () => {
    for (const batchSize of [undefined, 2]) {
      let alarms = 0;
      for (let draw = 0; draw < 100; draw++) {
        const own = fitDomainLimits(someData(160, 100 + draw, { batchSize }));
        alarms +=
          answersOf(byDistanceAlone(own), someData(100, 900 + draw).features).filter(
            ({ outside }) => outside.length > 0,
          ).length / 10_000;
      }
      // Standard error: of 100 calibrations of 80 rows √(0.05 · 0.95 / 80 / 100) = 0.0024, of 10,000 rows 0.002.
      expect(alarms).toBeLessThan(0.06);
      expect(alarms).toBeGreaterThan(0.025);
    }
  });

  it("takes the threshold from calibrate rows alone, the ranges and the distance from training rows alone", () => {
    const values = data.features.values.slice();
    const [train, calibrate] = [data.split.train[0], data.split.calibrate[0]];
    values.set([50, -50, 0], calibrate * 3);
    const withStray = fitDomainLimits({ ...data, features: { ...data.features, values } });
    expect({ ...withStray, distance: { ...withStray.distance, threshold } }).toEqual(limits);
    values.set([50, 50, 0], train * 3);
    expect(fitDomainLimits({ ...data, features: { ...data.features, values } }).ranges[0].high).toBe(50);
  });

  it("lets in what has none of an additive, and short times (regression: water 0 and 1 s were outside)", async () => {
    const experiments = await trainingExperiments({ seed: 1, rows: 3_000 });
    const { ranges } = fitDomainLimits({ ...experiments, groups: textsOf(experiments.table, "batch") });
    const row = selectRows(experiments.table, experiments.split.train.slice(0, 1));
    const additives = [
      "oleicAcidMolar",
      "oleylamineMolar",
      "polarSolventFraction",
      "waterFraction",
      "antisolventRatio",
    ];
    const without = makeTable(row.schema, {
      ...row.columns,
      ...Object.fromEntries(additives.map((name) => [name, Float64Array.of(0)])),
      timeSecond: Float64Array.of(1),
    });
    const [{ outside }] = answersOf({ ranges, distance: { reason: "" } }, encode(experiments.encoder, without));
    expect(outside.filter((one) => !/supersaturation|quotient|ln S/i.test(one))).toEqual([]);
    const hot = makeTable(row.schema, { ...row.columns, temperatureCelsius: Float64Array.of(290) });
    expect(answersOf({ ranges, distance: { reason: "" } }, encode(experiments.encoder, hot))[0].outside.join()).toMatch(
      /temperature \(temperatureCelsius\) above/,
    );
  });

  it("checks ranges alone, and says why, where batches are too few or nothing varies", () => {
    const few = fitDomainLimits(someData(400, 3, { batchSize: 20 }));
    expect(few.distance).toEqual({ reason: "alpha = 0.05 needs at least 19 calibration groups; got 10" });
    expect(answersOf(few, rowsOf([1.5, -1.5, 1]))).toEqual([{ outside: [], distance: null }]);
    const constant = {
      ...data,
      features: {
        ...data.features,
        values: data.features.values.map((_, i) => Number(Math.floor(i / 3) % 5 === i % 3)),
      },
    };
    expect(fitDomainLimits(constant).distance).toEqual({
      reason: expect.stringContaining("some feature must vary within a class") as string,
    });
  });

  it("gives the same bits from its JSON, which is small", () => {
    const { features: fresh } = someData(500, 4);
    const text = JSON.stringify(limits);
    expect(answersOf(domainShape.parse(JSON.parse(text)), fresh)).toEqual(answersOf(limits, fresh));
    expect(text.length).toBeLessThan(2_000);
    expect(domainShape.safeParse({ ...limits, distance: {} }).success).toBe(false);
  });
});
