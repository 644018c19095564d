import { describe, expect, it } from "vitest";
import { verdictInWords } from "../../../src/commands/train/verdictInWords.js";

describe("verdictInWords", () => {
  const verdict = (gain: number, standardError: number): string =>
    verdictInWords([{ over: "constant", gain, standardError }], "constant")[0];

  it("calls a model better or worse only where it is so by more than a standard error", () => {
    expect(verdict(0.3, 0.1)).toBe('it is better than "constant" by 0.300 ± 0.100 nats');
    expect(verdict(-0.3, 0.1)).toBe('it is WORSE than "constant" by 0.300 ± 0.100 nats: do not use it');
    expect(verdict(0.05, 0.1)).toMatch(/not shown to be better .*\(better by 0\.050 .*: do not rely on it yet$/);
    expect(verdict(-0.05, Infinity)).toMatch(/not shown to be better .*\(worse by 0\.050 ± Infinity nats\)/);
  });

  it("says that a model answers as another does, and what is missing where that is no constant", () => {
    expect(verdict(0, 0)).toBe('it answers as "constant" does');
    expect(verdictInWords([{ over: "twin", gain: 0.1, standardError: 0.2 }], "constant")[0]).toMatch(
      /your rows do not tell more yet$/,
    );
  });
});
