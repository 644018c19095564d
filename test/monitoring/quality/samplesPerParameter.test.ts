import { expect, it } from "vitest";
import { samplesPerParameter } from "../../../src/monitoring/quality/samplesPerParameter.js";

it("samplesPerParameter counts training rows per parameter, and asks for ten", () => {
  expect(samplesPerParameter(2000, 50_000)).toEqual({
    parameters: 50_000,
    value: 0.024,
    trainRows: 1200,
    wanted: 10,
    enough: false,
  });
  expect(samplesPerParameter(250_000, 15_000)).toMatchObject({ value: 10, enough: true });
  expect(samplesPerParameter(249_983, 15_000).enough).toBe(false);
});

it.each([0, -1, 1.5, Number.NaN])("samplesPerParameter refuses %f parameters", (parameters) => {
  expect(() => samplesPerParameter(10, parameters)).toThrow(
    `parameters must be a whole number of at least 1; got ${parameters}`,
  );
});
