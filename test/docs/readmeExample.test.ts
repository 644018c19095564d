import { existsSync, readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { projectPath } from "../../src/io/projectPath.js";

const isBuilt = existsSync(projectPath("dist", "index.d.ts"));
if (!isBuilt) console.warn("readmeExample: skipped: dist/index.d.ts is missing, run `npm run build`");

const examples = Array.from(
  readFileSync(projectPath("README.md"), "utf8").matchAll(/^```ts\n([\s\S]*?)^```/gm),
  ([, code]) => code,
);

/** What the strict compiler says of a program that imports the package as its users do. */
function faultsOf(code: string): string[] {
  const file = projectPath("example.mts");
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    skipLibCheck: true,
    types: ["node"],
  };
  const host = ts.createCompilerHost(options);
  const [exists, source] = [host.fileExists.bind(host), host.getSourceFile.bind(host)];
  host.fileExists = (path) => path === file || exists(path);
  host.getSourceFile = (path, version, ...rest) =>
    path === file ? ts.createSourceFile(path, code, version) : source(path, version, ...rest);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([file], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

describe.runIf(isBuilt)("TypeScript of the README", () => {
  it("compiles, strictly, against the built package", () => {
    expect(examples.length).toBeGreaterThan(0);
    for (const code of examples) expect(faultsOf(code)).toEqual([]);
  }, 60_000);

  it("is caught where it calls what is not there (planted)", () => {
    expect(faultsOf('import { noSuchThing } from "cspbbr3-twin";\nnoSuchThing();\n')).toHaveLength(1);
  }, 60_000);
});
