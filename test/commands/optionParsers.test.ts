import { describe, expect, it } from "vitest";
import { finiteNumber, isoDate, timeoutSeconds, wholeNumber, wholeNumbers } from "../../src/commands/optionParsers.js";

describe("option parsers", () => {
  it("read what users write", () => {
    expect(wholeNumber("--rows")("1e6")).toBe(1_000_000);
    expect(wholeNumbers("--hidden")("96,8")).toEqual([96, 8]);
    expect(finiteNumber("--noise")("-0.5")).toBe(-0.5);
    expect(isoDate("--as-of")("2024-02-29")).toBe("2024-02-29");
    expect(timeoutSeconds("--cell-timeout")("0.5")).toBe(0.5);
  });

  it.each<readonly [string, () => unknown]>([
    ['--rows: must be a whole number; got "1.5"', () => wholeNumber("--rows")("1.5")],
    ['--rows: must be a whole number; got ""', () => wholeNumber("--rows")("")],
    ['--hidden: must be a whole number; got "wide"', () => wholeNumbers("--hidden")("96,wide")],
    ['--noise: must be a number; got " "', () => finiteNumber("--noise")(" ")],
    ['--as-of: must be a day written YYYY-MM-DD; got "2026-02-30"', () => isoDate("--as-of")("2026-02-30")],
    ["--cell-timeout: must be a number of seconds above 0", () => timeoutSeconds("--cell-timeout")("3000000")],
  ])("refuse the rest: %s", (message, parse) => {
    expect(parse).toThrow(message);
  });
});
