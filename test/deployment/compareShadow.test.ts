import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { compareShadow, type ShadowCounts } from "../../src/deployment/compareShadow.js";

const none: ShadowCounts = {
  requests: 0,
  unanswered: 0,
  alike: 0,
  outcomes: 0,
  onlyChampionRight: 0,
  onlyChallengerRight: 0,
};
const some: ShadowCounts = { ...none, requests: 2000, alike: 1700, outcomes: 1000 };

describe("compareShadow", () => {
  it("calls an equal challenger better or worse in at most alpha of streams, looked at after every outcome", () => {
    const called = Array.from({ length: 200 }, (_, stream) => {
      const random = seededRandom(51).fork(stream);
      let [lost, won] = [0, 0];
      for (let outcome = 0; outcome < 300; outcome++) {
        if (random() < 0.5) lost++;
        else won++;
        const counts = { ...some, onlyChampionRight: lost, onlyChallengerRight: won };
        if (compareShadow(counts).verdict !== "undecided") return true;
      }
      return false;
    }).filter(Boolean).length;
    expect(called / 200).toBeLessThanOrEqual(0.05);
  });

  it("says which is right where the other is not, and that a challenger which crashes is worse", () => {
    expect(compareShadow({ ...some, onlyChampionRight: 20, onlyChallengerRight: 60 }).verdict).toBe("better");
    expect(compareShadow({ ...some, onlyChampionRight: 60, onlyChallengerRight: 20 }).verdict).toBe("worse");
    const crashing = compareShadow({ ...some, unanswered: 20, onlyChampionRight: 20, onlyChallengerRight: 60 });
    expect(crashing.verdict).toBe("worse");
    expect(crashing.reason).toContain("20 of 2000 requests unanswered (at most 0.001 allowed)");
    expect(crashing.agreement).toBe(0.85);
  });

  it("is unknown without an outcome that tells, however many requests were answered alike", () => {
    expect(compareShadow(none)).toMatchObject({ verdict: "unknown", agreement: null, wins: { low: 0, high: 1 } });
    expect(compareShadow({ ...some, alike: 2000 }).verdict).toBe("unknown");
  });

  it("refuses counts that exceed each other or are none, by name", () => {
    for (const bad of [
      { ...some, requests: 10 },
      { ...some, outcomes: 3000 },
      { ...some, onlyChampionRight: 1001 },
      { ...some, unanswered: NaN },
      { ...some, alike: -1 },
    ])
      expect(() => compareShadow(bad)).toThrow("compareShadow: counts must be whole numbers");
  });
});
