import { describe, expect, it } from "vitest";
import { withoutTomekLinks } from "../../src/balancing/withoutTomekLinks.js";
import balancing from "../golden/balancing.json" with { type: "json" };
import { golden } from "./someRows.js";

const { features, labels } = golden;

describe("withoutTomekLinks", () => {
  it("keeps the rows that imbalanced-learn keeps", async () => {
    for (const drop of ["common", "both"] as const) {
      const { kept, dropped } = await withoutTomekLinks(features, labels, { drop });
      expect(Array.from(kept)).toEqual(balancing.tomek[drop]);
      expect([...kept, ...dropped].sort((a, b) => a - b)).toEqual(Array.from(labels.keys()));
    }
  });
});
