import { expect, it } from "vitest";
import { inCount } from "../../src/core/inCount.js";

it("inCount has one of one, and several of none and of many", () => {
  expect([0, 1, 2].map((count) => inCount(count, "trial"))).toEqual(["0 trials", "1 trial", "2 trials"]);
});
