import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { goldenTests, type TestFileReport } from "../../../src/workspace/proofs/goldenTests.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const root = temporaryProject({
  "test/golden/a.json": "{}",
  "test/golden/b.json": "{}",
  "test/golden/make.py": "",
  "test/core/direct.test.ts": 'import values from "../golden/a.json" with { type: "json" };\n',
  "test/core/helped.test.ts":
    'import { near } from "../../src/core/near.js";\nimport { values } from "../support/values.js";\n',
  "test/support/values.ts": 'import { again } from "./again.js";\n',
  "test/support/again.ts":
    'import { values } from "./values.js";\nconst file = new URL("../golden/b.json", import.meta.url);\n',
  "test/core/plain.test.ts": 'const program = `import { x } from "./nowhere.js";`;\n',
});
const report = (name: string, ...statuses: readonly string[]): TestFileReport => ({
  name: join(root, "test/core", `${name}.test.ts`),
  status: statuses.includes("failed") || statuses.length === 0 ? "failed" : "passed",
  assertionResults: statuses.map((status) => ({ status })),
});

describe("goldenTests", () => {
  it("counts tests of files that read reference values, also through helpers in a circle, and no others", async () => {
    expect(
      await goldenTests(
        [
          report("direct", "passed", "passed", "pending"),
          report("helped", "passed"),
          report("plain", "passed", "failed"),
        ],
        root,
      ),
    ).toEqual({
      cases: 3,
      failed: 0,
      readers: { "a.json": ["test/core/direct.test.ts"], "b.json": ["test/core/helped.test.ts"] },
    });
  });

  it("counts as failures tests that fail, files that do not load, and values that nothing reads", async () => {
    expect(await goldenTests([report("direct", "passed", "failed"), report("helped", "passed")], root)).toMatchObject({
      cases: 3,
      failed: 1,
    });
    expect(await goldenTests([report("direct", "passed"), report("helped")], root)).toMatchObject({
      cases: 1,
      failed: 1,
    });
    expect(await goldenTests([report("direct", "passed")], root)).toMatchObject({
      cases: 1,
      failed: 1,
      readers: { "b.json": [] },
    });
  });
});
