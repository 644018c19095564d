import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packNumbers } from "../../../src/core/packNumbers.js";
import { type OwnLaboratory, ownFormat, ownVersion } from "../../../src/problems/ownLaboratory/OwnLaboratory.js";
import { loadOwnLaboratory, saveOwnLaboratory } from "../../../src/problems/ownLaboratory/storedLaboratory.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();
const laboratory: OwnLaboratory = {
  format: ownFormat,
  version: ownVersion,
  seed: 3,
  fileSha256: "ab",
  rows: { numbers: {}, texts: {} },
  phases: [0, 1],
  labs: ["", ""],
  groups: [0, 1],
  unit: "row",
  noTwin: "no reason",
  model: { kept: "constant", learned: [0.5, 0.5], steps: [], losses: { constant: 0.7 }, foldOf: [0, 1], folds: [] },
  outOfFold: packNumbers(Float64Array.of(0.1, 1 / 3)),
  encoder: { version: 1, columns: [], unseen: "ignore", trainingRows: 2 },
  domain: { ranges: [], distance: { reason: "few" } },
  rules: [],
  quantities: [],
};

describe("saveOwnLaboratory", () => {
  it("writes one folder named after its file, which is read back the same", async () => {
    const name = await saveOwnLaboratory(join(folder, "one"), laboratory);
    expect(name).toMatch(/^[0-9a-f]{64}$/);
    expect(await loadOwnLaboratory(join(folder, "one"), name)).toEqual(laboratory);
    expect(await saveOwnLaboratory(join(folder, "one"), { ...laboratory })).toBe(name);
    expect(await readdir(join(folder, "one"))).toEqual([name]);
    expect(await saveOwnLaboratory(join(folder, "one"), { ...laboratory, seed: 4 })).not.toBe(name);
  });
});

describe("loadOwnLaboratory", () => {
  it("refuses a file that was changed by one byte", async () => {
    const name = await saveOwnLaboratory(join(folder, "changed"), laboratory);
    const path = join(folder, "changed", name, "laboratory.json");
    await writeFile(
      path,
      (await readFile(path, "utf8")).replace('"seed":3', '"seed":4').replace('"seed": 3', '"seed": 4'),
    );
    await expect(loadOwnLaboratory(join(folder, "changed"), name)).rejects.toThrow(
      "the file was changed after it was saved",
    );
    await expect(saveOwnLaboratory(join(folder, "changed"), laboratory)).rejects.toThrow("was changed");
  });

  it("refuses a model of another version or kind, and says which it is", async () => {
    const later = { ...laboratory, version: 99 } as unknown as OwnLaboratory;
    const name = await saveOwnLaboratory(join(folder, "later"), later);
    await expect(loadOwnLaboratory(join(folder, "later"), name)).rejects.toThrow(
      `must be a "${ownFormat}" of version ${ownVersion}; got "${ownFormat}" of version 99`,
    );
    const other = { ...laboratory, format: "another" } as unknown as OwnLaboratory;
    const strange = await saveOwnLaboratory(join(folder, "later"), other);
    await expect(loadOwnLaboratory(join(folder, "later"), strange)).rejects.toThrow('got "another" of version 1');
  });
});
