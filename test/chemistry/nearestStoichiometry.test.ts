import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearestStoichiometry, stoichiometryBorders } from "../../src/chemistry/nearestStoichiometry.js";

describe("nearestStoichiometry", () => {
  it("gives each compound at its own ratio, on both scales", () => {
    for (const scale of ["log", "linear"] as const)
      expect([0.5, 1, 4].map((ratio) => nearestStoichiometry(ratio, { scale }))).toEqual([
        "CsPb2Br5",
        "CsPbBr3",
        "Cs4PbBr6",
      ]);
  });

  it("is the nearest of the three nodes by distance", () => {
    const nodes = [
      ["CsPb2Br5", 0.5],
      ["CsPbBr3", 1],
      ["Cs4PbBr6", 4],
    ] as const;
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 20, noNaN: true }),
        fc.constantFrom("log" as const, "linear" as const),
        (ratio, scale) => {
          const place = scale === "log" ? Math.log : (x: number) => x;
          const distances = nodes.map(([, node]) => Math.abs(place(node) - place(ratio)));
          const sorted = [...distances].sort((a, b) => a - b);
          fc.pre(sorted[1] - sorted[0] > 1e-9);
          expect(nearestStoichiometry(ratio, { scale })).toBe(nodes[distances.indexOf(sorted[0])][0]);
        },
      ),
    );
  });

  it("says CsPbBr3 on the borders: 0.71 and 2 on the log scale, 0.75 and 2.5 on the linear", () => {
    for (const ratio of [Math.sqrt(0.5), 2]) expect(nearestStoichiometry(ratio)).toBe("CsPbBr3");
    expect([stoichiometryBorders(), stoichiometryBorders({ scale: "linear" })]).toEqual([
      [Math.sqrt(0.5), 2],
      [0.75, 2.5],
    ]);
    for (const ratio of [0.75, 2.5]) expect(nearestStoichiometry(ratio, { scale: "linear" })).toBe("CsPbBr3");
  });

  it("refuses what is not a ratio", () => {
    for (const bad of [0, -1, Number.NaN, Infinity])
      expect(() => nearestStoichiometry(bad)).toThrow("must be a number above 0");
  });
});
