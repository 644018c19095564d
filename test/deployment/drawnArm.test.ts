import { describe, expect, it } from "vitest";
import type { Arm } from "../../src/deployment/armEvidence.js";
import { drawnArm } from "../../src/deployment/drawnArm.js";
import { sha256 } from "../../src/io/sha256.js";

const arm = (id: string, challenger: string, share: number): Arm => drawnArm(id, challenger, share, { hash: sha256 });
const ids = Array.from({ length: 20_000 }, (_, i) => `request-${i}`);

describe("drawnArm", () => {
  it("sends the share that is wanted to the canary", () => {
    for (const share of [0.02, 0.1, 0.5]) {
      const drawn = ids.filter((id) => arm(id, "a", share) === "canary").length;
      // Four standard deviations.
      expect(Math.abs(drawn - share * ids.length)).toBeLessThan(4 * Math.sqrt(share * (1 - share) * ids.length));
    }
    expect(ids.some((id) => arm(id, "a", 0) === "canary")).toBe(false);
    expect(ids.every((id) => arm(id, "a", 1) === "canary")).toBe(true);
  });

  it("sends an id the same way again, also when the share grows, and draws anew for another challenger", () => {
    const canary = (challenger: string, share: number): Set<string> =>
      new Set(ids.filter((id) => arm(id, challenger, share) === "canary"));
    const first = canary("a", 0.1);
    expect(canary("a", 0.1)).toEqual(first);
    const grown = canary("a", 0.2);
    expect([...first].every((id) => grown.has(id))).toBe(true);
    const both = [...canary("b", 0.1)].filter((id) => first.has(id)).length;
    expect(both).toBeLessThan(0.02 * ids.length);
  });
});
