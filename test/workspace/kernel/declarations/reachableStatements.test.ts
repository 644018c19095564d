import { expect, test } from "vitest";
import { reachableStatements } from "../../../../src/workspace/kernel/declarations/reachableStatements.js";
import { loadTypescript } from "../../../../src/workspace/kernel/loadTypescript.js";

const typescript = loadTypescript();

/** The statements that the exports of index.d.ts need, by file. */
function reached(texts: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> {
  const options = { noLib: true, types: [], moduleResolution: typescript.ModuleResolutionKind.Bundler };
  const program = typescript.createProgram(["/index.d.ts"], options, {
    getSourceFile: (path, version) =>
      texts[path.slice(1)] === undefined
        ? undefined
        : typescript.createSourceFile(path, texts[path.slice(1)], version, true),
    getDefaultLibFileName: () => "",
    writeFile: () => undefined,
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (path) => path.slice(1) in texts,
    readFile: (path) => texts[path.slice(1)],
  });
  const inside = program.getSourceFiles();
  const all = reachableStatements({ typescript, program, entry: program.getSourceFile("/index.d.ts")!, inside });
  return Object.fromEntries(
    inside.map((file) => [
      file.fileName.slice(1),
      file.statements.filter((one) => all.has(one)).map((one) => one.getText(file)),
    ]),
  );
}

test("reachableStatements keeps what an export depends on, through files, and leaves out the rest", () => {
  expect(
    reached({
      "index.d.ts": 'export { type Used } from "./a.js";\nexport * as all from "./b.js";\n',
      "a.d.ts":
        'import { Other } from "./c.js";\nimport type { Far } from "./c.js";\n' +
        "export interface Used { far: Far; near: typeof near }\nexport interface Unused { other: Other }\n" +
        "declare const near: 1;\ndeclare const unused: 2;\n",
      "b.d.ts": 'export type Whole = import("./c.js").Third;\ndeclare const hidden: 1;\nexport {};\n',
      "c.d.ts":
        "export interface Far {}\nexport interface Other {}\nexport type Third = Fourth;\ntype Fourth = 4;\n" +
        "declare global { var everywhere: Fifth }\ntype Fifth = 5;\n",
    }),
  ).toEqual({
    "index.d.ts": ['export { type Used } from "./a.js";', 'export * as all from "./b.js";'],
    "a.d.ts": [
      'import type { Far } from "./c.js";',
      "export interface Used { far: Far; near: typeof near }",
      "declare const near: 1;",
    ],
    "b.d.ts": ['export type Whole = import("./c.js").Third;', "export {};"],
    "c.d.ts": [
      "export interface Far {}",
      "export type Third = Fourth;",
      "type Fourth = 4;",
      "declare global { var everywhere: Fifth }",
      "type Fifth = 5;",
    ],
  });
});
