import { describe, expect, it } from "vitest";
import { InputError } from "../../src/core/InputError.js";

describe("InputError", () => {
  it("says where, what must hold, what came, and the mend, in that order", () => {
    const error = new InputError({
      where: "a.csv, row 12",
      must: "must be a number",
      got: '"hot"',
      mend: "write it in °C",
    });
    expect(error.message).toBe('a.csv, row 12: must be a number; got "hot"; write it in °C');
    expect(error.name).toBe("InputError");
    expect(error).toBeInstanceOf(RangeError);
  });

  it("is one line that can be seen, whatever a file holds: escape sequences in a cell reached the terminal raw", () => {
    const fault = {
      where: "a\x1b[2J.csv",
      must: "must be\na number",
      got: '"\x1b]0;pwned\x07"',
      mend: "see \u202ecod",
    };
    const error = new InputError(fault);
    expect(error.message).toBe(
      String.raw`a\u001b[2J.csv: must be\na number; got "\u001b]0;pwned\u0007"; see \u202ecod`,
    );
    expect(error.fault).toEqual(fault);
  });

  it("names a cell of megabytes by its beginning and its length", () => {
    const error = new InputError({ where: "a.csv", must: "must be short", got: "x".repeat(3e6), mend: "cut it" });
    expect(error.message).toBe(`a.csv: must be short; got ${"x".repeat(200)}… (3,000,000 characters); cut it`);
  });
});
