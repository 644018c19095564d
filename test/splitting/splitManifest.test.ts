import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { sha256 } from "../../src/io/sha256.js";
import { checkManifest } from "../../src/splitting/checkManifest.js";
import { splitManifest, type SplitManifest } from "../../src/splitting/splitManifest.js";
import { stratifiedSplit } from "../../src/splitting/stratifiedSplit.js";

const labels = Array.from({ length: 50 }, (_, row) => (row % 5 === 0 ? "Cs4PbBr6" : "CsPbBr3"));
const rowIds = labels.map((_, row) => `row ${row}`);
const shares = { train: 0.6, tune: 0.1, calibrate: 0.1, test: 0.2 };
const split = stratifiedSplit(labels, seededRandom(7), { shares });
const data = { rows: 50, hash: sha256, labels, rowIds };
const manifest = splitManifest(split, { ...data, kind: "stratified", seed: 7, shares });

describe("splitManifest", () => {
  it("counts rows and classes of each part, and hashes rows and their names", () => {
    expect(manifest).toMatchObject({
      kind: "stratified",
      seed: 7,
      shares,
      rows: 50,
      parts: { test: { rows: 10, classes: { Cs4PbBr6: 2, CsPbBr3: 8 } } },
    });
    expect(
      splitManifest(
        { train: Uint32Array.of(1, 256), tune: Uint32Array.of(), calibrate: Uint32Array.of(), test: Uint32Array.of() },
        { rows: 300, hash: sha256, kind: "x", seed: null, shares: { train: 1 } },
      ).parts.train,
    ).toEqual({
      rows: 2,
      classes: null,
      sha256: sha256(Uint8Array.of(1, 0, 0, 0, 0, 1, 0, 0)),
    });
  });

  it("refuses labels of another length and rows outside the table", () => {
    expect(() => splitManifest(split, { ...data, labels: ["a"], kind: "x", seed: 1, shares })).toThrow(
      "labels must be one per row, 50; got 1",
    );
    expect(() => splitManifest(split, { rows: 10, hash: sha256, kind: "x", seed: 1, shares })).toThrow(
      /rows must be below 10; train has \d+/,
    );
  });
});

describe("checkManifest", () => {
  it("knows the split again after a trip through JSON", () => {
    expect(checkManifest(split, JSON.parse(JSON.stringify(manifest)) as SplitManifest, data)).toEqual({
      matches: true,
      differences: [],
    });
  });

  it("says what is other: rows, sizes, classes, names, and what is not given", () => {
    const other = stratifiedSplit(labels, seededRandom(8), { shares });
    expect(checkManifest(other, manifest, data).differences).toContain("test has as many rows as recorded, but others");
    expect(checkManifest({ ...split, train: split.train.slice(1) }, manifest, data).differences[0]).toBe(
      "train must have 30 rows; it has 29",
    );
    expect(checkManifest(split, manifest, { ...data, rowIds: [...rowIds].reverse() }).differences).toEqual([
      "the names of the rows, or their order, are others",
    ]);
    expect(
      checkManifest(split, manifest, {
        ...data,
        labels: labels.map((label, row) => (split.test.includes(row) ? "CsPbBr3" : label)),
      }).differences,
    ).toEqual([
      'test must have 2 rows of class "Cs4PbBr6"; it has 0',
      'test must have 8 rows of class "CsPbBr3"; it has 10',
    ]);
    expect(checkManifest(split, manifest, { rows: 50, hash: sha256 }).differences).toEqual([
      "names of rows were recorded, and none are given",
      ...["train", "tune", "calibrate", "test"].map(
        (part) => `classes of ${part} were recorded, and no labels are given`,
      ),
    ]);
  });
});
