import { describe, expect, it } from "vitest";
import { editedNearestNeighbours } from "../../src/balancing/editedNearestNeighbours.js";
import balancing from "../golden/balancing.json" with { type: "json" };
import { golden, matrixOf } from "./someRows.js";

const { features, labels } = golden;

describe("editedNearestNeighbours", () => {
  it("keeps the rows that imbalanced-learn keeps", async () => {
    for (const [name, kept] of Object.entries(balancing.edited)) {
      const [disagree, neighbours, drop] = name.split(" ") as ["all" | "mode", string, "common" | "both"];
      const cleaned = editedNearestNeighbours(features, labels, { neighbours: Number(neighbours), disagree, drop });
      const classesLeft = new Set(kept.map((row) => labels[row])).size;
      if (classesLeft < 3) {
        await expect(cleaned).rejects.toThrow("would drop all 6 rows of class 2");
        continue;
      }
      const ours = await cleaned;
      // With mode, imbalanced-learn lets the lowest class code win a tie; here a tie drops nothing.
      if (disagree === "all") expect(Array.from(ours.kept)).toEqual(kept);
      else expect(kept.every((row) => ours.kept.includes(row))).toBe(true);
    }
  });

  it("refuses to drop a class altogether", async () => {
    const alternating = matrixOf(Array.from({ length: 8 }, (_, row) => [row]));
    await expect(
      editedNearestNeighbours(
        alternating,
        Uint8Array.from({ length: 8 }, (_, row) => row % 2),
        { drop: "both", neighbours: 2 },
      ),
    ).rejects.toThrow("the cleaning would drop all 4 rows of class 0");
    await expect(editedNearestNeighbours(alternating, new Uint8Array(8))).rejects.toThrow(
      "more than one class is needed",
    );
    await expect(
      editedNearestNeighbours(alternating, Uint8Array.of(0, 1, 0, 1, 0, 1, 0, 1), { neighbours: 8 }),
    ).rejects.toThrow("k must be at most 7");
  });
});
