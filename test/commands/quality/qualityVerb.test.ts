import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { qualityVerb } from "../../../src/commands/quality/qualityVerb.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const file = join(await temporaryFolder(), "rows.csv");

describe("qualityVerb", () => {
  it("gives code the data and the text that the command prints, and says whether the file passed", async () => {
    await writeFile(file, "caesiumMolar,leadMolar,bromideMolar\n0.01,0.03,0.06\n0.01,-1,0.06\n");
    const { text, data, passed } = await qualityVerb.run({ file });
    expect(passed).toBe(false);
    expect(data).toMatchObject({ rows: 2, violationCount: 1 });
    expect(text).toContain("  row 2, column leadMolar: must be at least 0 mol/L; got -1 mol/L");
  });
});
