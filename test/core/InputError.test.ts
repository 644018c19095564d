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
});
