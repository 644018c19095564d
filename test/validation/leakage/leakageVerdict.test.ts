import { describe, expect, it } from "vitest";
import { leakageVerdict } from "../../../src/validation/leakage/leakageVerdict.js";
import { leakKinds, type LeakageReport } from "../../../src/validation/leakage/leakageAudit.js";

const none = Object.fromEntries(leakKinds.map((kind) => [kind, 0])) as LeakageReport["counts"];

describe("leakageVerdict", () => {
  it("tells how many rows leak of each kind, and of clean splits how many kinds were looked for", () => {
    expect(leakageVerdict({ counts: none })).toBe("clean (none of the 8 kinds of leak that it looked for)");
    expect(leakageVerdict({ counts: { ...none, "time overlap": null } })).toBe(
      "clean (none of the 7 kinds of leak that it looked for)",
    );
    expect(leakageVerdict({ counts: { ...none, "near duplicate rows": 1234, "duplicate rows": 2 } })).toBe(
      "equal recipes across parts: 2; near-equal recipes across parts: 1,234",
    );
  });
});
