import { describe, expect, it } from "vitest";
import { licenceFiles } from "../../../src/experiments/exchange/licenceFiles.js";
import { repositoryAddress } from "../../../src/experiments/exchange/repositoryAddress.js";
import { realTables } from "../../../src/experiments/manifest.js";
import { example } from "../../support/exchangeExample.js";

describe("licenceFiles", () => {
  it("gives the text that copies under MIT must carry, with whose it is, and of others the identifier", () => {
    const { "LICENCE.txt": text } = licenceFiles({ ...example, licence: "MIT" });
    expect(text).toMatch(/^MIT License\n\nThe authors of somebody\/repository, table\.csv \(Somebody 2026\)/);
    expect(text).toContain("The above copyright notice and this permission notice shall be included in all\ncopies");
    expect(licenceFiles(example)["LICENCE.txt"]).toContain("SPDX-License-Identifier: CC-BY-4.0\n");
  });
});

describe("repositoryAddress", () => {
  it("is that of the repository that an origin of the manifest begins with", () => {
    expect(repositoryAddress("leoluber/synthesizer at fb86090, 326 of its spectra")).toBe(
      "https://github.com/leoluber/synthesizer",
    );
    for (const { origin } of realTables)
      expect(repositoryAddress(origin)).toMatch(/^https:\/\/github\.com\/[^/]+\/[^/]+$/);
    expect(repositoryAddress(null)).toBeNull();
    expect(repositoryAddress("a colleague of mine")).toBeNull();
  });
});
