import { expect, it } from "vitest";
import { groupCodes } from "../../../src/core/statistics/groupCodes.js";

it("groupCodes numbers groups in order of appearance, texts by their tidy form", () => {
  expect(groupCodes(["b", "a", "b\u00a0", "B", "a"])).toEqual({ codes: Uint32Array.of(0, 1, 0, 2, 1), groups: 3 });
  expect(groupCodes([7, 3, 7])).toEqual({ codes: Uint32Array.of(0, 1, 0), groups: 2 });
  expect(groupCodes([])).toEqual({ codes: new Uint32Array(0), groups: 0 });
});
