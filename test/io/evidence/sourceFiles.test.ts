import { relative } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { sourceFiles } from "../../../src/io/evidence/sourceFiles.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ root: "" }));
vi.mock("../../../src/io/projectPath.js", async () => {
  const path = await import("node:path");
  return {
    projectPath: (...parts: string[]): string => path.join(place.root, ...parts),
    projectName: (file: string): string => path.relative(place.root, file),
  };
});

beforeEach(() => {
  place.root = temporaryProject({
    "src/index.ts": 'export * from "./core/a.js";\nexport { judge } from "./scorecard/judge.js";\n',
    "src/core/a.ts":
      '/**\n * new URL("name.ts", import.meta.url)\n */\nconst worker = new URL("worker.ts", import.meta.url).href;\n',
    "src/core/worker.ts": 'import { pass } from "./pass.js";\n',
    "src/core/pass.ts": "",
    "src/scorecard/judge.ts": 'import "../core/judged.js";\nimport "../core/pass.js";\n',
    "src/core/judged.ts": "",
    "notebooks/01-a.nb.ts": 'import { a } from "package";\nimport { helper } from "./helper.js";\n',
    "notebooks/99-scorecard.nb.ts": "",
    "notebooks/01-a.ipynb": "{}",
    "notebooks/helper.ts": "",
  });
});

const named = async (...sources: readonly string[]): Promise<string[]> =>
  Array.from(await sourceFiles(sources), (file) => relative(place.root, file)).sort();

describe("sourceFiles", () => {
  it("follows what a source gives to threads, which it never imports", async () => {
    expect(await named("src/core/a.ts")).toEqual(["src/core/a.ts", "src/core/pass.ts", "src/core/worker.ts"]);
  });

  it("takes the files of an ending with what they import, and not what is made from them", async () => {
    expect(await named("notebooks/*.nb.ts")).toEqual([
      "notebooks/01-a.nb.ts",
      "notebooks/99-scorecard.nb.ts",
      "notebooks/helper.ts",
    ]);
  });

  it("leaves out what is named so, with what only that imports", async () => {
    const all = await named("src/index.ts");
    const left = await named("src/index.ts", "!src/scorecard", "!src/nowhere");
    expect(all.filter((file) => !left.includes(file))).toEqual(["src/core/judged.ts", "src/scorecard/judge.ts"]);
    expect(await named("notebooks/*.nb.ts", "!notebooks/99-scorecard.nb.ts")).not.toContain(
      "notebooks/99-scorecard.nb.ts",
    );
    expect(await named("src", "!src/scorecard")).toEqual(left.concat("src/core/judged.ts").sort());
  });

  it("names a source that is not there", async () => {
    await expect(sourceFiles(["src/gone.ts"])).rejects.toThrow("src/gone.ts: the file must be readable; got ENOENT");
    await expect(sourceFiles(["gone/*.nb.ts"])).rejects.toThrow("gone: the file must be readable; got ENOENT");
  });
});
