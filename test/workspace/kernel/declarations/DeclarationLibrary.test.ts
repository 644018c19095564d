import { mkdtempSync, rmSync, statSync, truncateSync, utimesSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectPath } from "../../../../src/io/projectPath.js";
import { CellCompiler } from "../../../../src/workspace/kernel/CellCompiler.js";
import { buildDeclarations } from "../../../../src/workspace/kernel/declarations/buildDeclarations.js";
import { DeclarationLibrary, libraryFiles } from "../../../../src/workspace/kernel/declarations/DeclarationLibrary.js";
import { loadTypescript } from "../../../../src/workspace/kernel/loadTypescript.js";

const typescript = loadTypescript();
const folder = projectPath("notebooks");
const library = DeclarationLibrary.read(typescript);

/** One line per cell; what is wrong with each is the compiler's to say, the same with the library and without. */
const cells = [
  "console.log(1)",
  "const wrong: number = 'text'",
  "document.title",
  "new Map([[1, 'a']]).get('b')",
  "[1, 2, 3].toSorted().at(-1).toFixd()",
  "Object.groupBy([1], String)",
  "new Set([1]).union(new Set([2]))",
  "using one = { [Symbol.dispose]() {} };",
  "process.hrtime.bigint() + 1",
  "process.argv.lenght",
  "Buffer.from('x').toString('utf9')",
  "const text: string = await (await fetch('data:,x')).json()",
  "fetch(1)",
  "new Response('x').bdy",
  "setTimeout(() => 1, 'soon').unref().ref().hasRef() + {}",
  "AbortSignal.timeout(1).aborted + structuredClone(new URL('x:y')).href.size",
  "new TextDecoder('utf-8').decode(1)",
  "import { readFileSync } from 'node:fs'; const n: number = readFileSync('x', 'utf8');",
  "import fs from 'fs'; fs.promises.readFile('x').then((b) => b.foo);",
  "import { nothing } from 'node:fs';",
  "import * as path from 'node:path'; path.join(1);",
  "import { createHash } from 'node:crypto'; createHash('sha256').update(1).digest('hex').toFixed();",
  "import { EventEmitter } from 'node:events'; class A extends EventEmitter { emit(): number { return 1; } }",
  "import { Readable } from 'node:stream'; for await (const part of Readable.from(['a'])) part.x;",
  "import { Worker } from 'node:worker_threads'; new Worker(1);",
  "import { fetch } from 'undici-types'; fetch(1);",
  "import { setTimeout as delay } from 'node:timers/promises'; const a: string = await delay(1, 2);",
  "import nothing from 'no-such-package';",
  "import { sampleMean, mean } from 'simple-statistics'; mean('x');",
  "import { Matrix } from 'ml-matrix'; new Matrix(2, 'x').foo;",
  "import { z } from 'zod'; const a: string = z.number().parse(1);",
  "import * as tf from '@tensorflow/tfjs-core'; tf.tensor(1).foo; const s: number = tf.tensor1d([1]).shape;",
  "import { generateExperiments, seededRandom } from 'cspbbr3-twin'; seededRandom('x').fork(1).foo;",
  "import { nothing } from 'cspbbr3-twin';",
  "import * as twin from 'cspbbr3-twin'; const n: number = twin.generateExperiments;",
  "import { generateExperiments } from 'cspbbr3-twin'; (await generateExperiments({ rows: 'x', seed: 1 })).foo;",
  "import type { Table, Matrix } from 'cspbbr3-twin'; const table: Table = { numRows: 1 };",
  "import * as twin from 'cspbbr3-twin'; const all: string = null! as keyof typeof twin | 1;",
  "import { z } from 'zod'; import { readFileSync } from 'node:fs'; z.string().parse(readFileSync('x')).size;",
  "process.getBuiltinModule('http2').connect(1);",
  "const secret: number = process.getBuiltinModule('node:crypto').randomBytes;",
  "let http2: typeof import('node:http2'); http2 = 1;",
  "let session: import('inspector').Session; session = 1;",
  "import http2 = require('node:http2'); const n: never = http2.connect;",
  "import { createServer } from 'node:https'; const n: never = createServer;",
  "const n: never = (await import('node:zlib')).gzipSync;",
] as const;

/** Where each of these texts ends, what may follow and what is told of the name are asked for. */
const places = [
  ["process.", "process"],
  ["Buffer.", "Buffer.from"],
  ["[1].", "[1].map"],
  ["fetch(", "fetch"],
  ["import * as fs from 'node:fs'; fs.", "import { readFileSync } from 'node:fs'; readFileSync"],
  ["import * as twin from 'cspbbr3-twin'; twin.", "import { seededRandom } from 'cspbbr3-twin'; seededRandom"],
  [
    "import * as twin from 'cspbbr3-twin'; twin.seededRandom(1).",
    "import { InputError } from 'cspbbr3-twin'; InputError",
  ],
  ["import { generateExperiments } from 'cspbbr3-twin'; generateExperiments({ ", "new URL('a:b').href"],
  ["Math.", "Math.max"],
  ["import * as http2 from 'node:http2'; http2.", "import { connect } from 'node:http2'; connect"],
  ["import * as crypto from 'crypto'; crypto.webcrypto.", "import { createHash } from 'node:crypto'; createHash"],
  ["import { Session } from 'node:inspector'; new Session().", "import test from 'node:test'; test"],
  ["import assert from 'node:assert/strict'; assert.", "import { promises } from 'node:fs'; promises.readFile"],
] as const;

describe("the library of declarations", () => {
  test("is there after a build", () => expect(library).not.toBeNull());

  const plain = new CellCompiler({ typescript, folder });
  const quick = new CellCompiler({ typescript, folder, library });
  const diagnosed = (compiler: CellCompiler, cell: string): unknown => {
    const compiled = compiler.compile(cell);
    return "javascript" in compiled
      ? { javascript: compiled.javascript, imports: compiled.imports }
      : compiled.map((one) => ({ ...one, message: one.message.replace(/import\("[^"]*"\)/g, "import(…)") }));
  };

  test.each(cells)("says the same as the plain files of %s", (cell) => {
    expect(diagnosed(quick, cell)).toEqual(diagnosed(plain, cell));
  });

  test(
    "gives each export of the package the type and the members that the plain files give it",
    { timeout: 60_000 },
    () => {
      const head = 'import * as twin from "cspbbr3-twin";\n';
      const named = (before: string): readonly string[] => quick.complete(before, before.length).candidates;
      const values = named(`${head}twin.`).map((name) => `{ const wrong: never = twin.${name}; }`);
      const types = named(`${head}let one: twin.`).map((name) => `{ const wrong: never = null! as twin.${name}; }`);
      expect(values.length).toBeGreaterThan(100);
      expect(types.length).toBeGreaterThan(100);
      const cell = head + [...values, ...types].join("\n");
      expect(diagnosed(quick, cell)).toEqual(diagnosed(plain, cell));
      const members = named(`${head}let one: twin.`).map((name) => `{ let one: keyof twin.${name}; one = 1; }`);
      expect(diagnosed(quick, head + members.join("\n"))).toEqual(diagnosed(plain, head + members.join("\n")));
    },
  );

  // A cell sees the modules that it imports, unless an earlier one has asked for all of them.
  const alone = new CellCompiler({ typescript, folder, library });

  test("gives each global the type that the plain files give it, with no module imported", { timeout: 60_000 }, () => {
    const head = "globalThis.";
    const names = plain.complete(head, head.length).candidates;
    expect(names.length).toBeGreaterThan(80);
    const cell = names.map((name) => `{ const wrong: never = globalThis.${name}; }`).join("\n");
    expect(diagnosed(alone, cell)).toEqual(diagnosed(plain, cell));
    const members = names.map((name) => `{ let one: keyof typeof globalThis.${name}; one = {}; }`).join("\n");
    expect(diagnosed(alone, members)).toEqual(diagnosed(plain, members));
    const made = names
      .map((name) => `{ let one: keyof InstanceType<typeof globalThis.${name}>; one = {}; }`)
      .join("\n");
    expect(diagnosed(alone, made)).toEqual(diagnosed(plain, made));
  });

  const modules = [...new Set(builtinModules.filter((name) => !/^_|^node:|^sys$/.test(name)).concat("test", "sea"))];
  test.each(modules)(
    "gives each export of node:%s the type that the plain files give it",
    { timeout: 60_000 },
    (name) => {
      const head = `import * as all from "node:${name}";\n`;
      const named = (before: string): readonly string[] => plain.complete(before, before.length).candidates;
      const values = named(`${head}all.`).map((one) => `{ const wrong: never = all.${one}; }`);
      const types = named(`${head}let one: all.`).map((one) => `{ let one: keyof all.${one}; one = {}; }`);
      expect(values.length + types.length).toBeGreaterThan(0);
      const cell = head + [...values, ...types].join("\n");
      expect(diagnosed(alone, cell)).toEqual(diagnosed(plain, cell));
    },
  );

  test("holds but half of Node's modules until one is imported", () => {
    expect(library!.resolve("node:http2", "/cell.ts")).toContain("http2");
    expect(library!.resolve("node:http2", library!.base)).toBeNull();
    expect(library!.resolve("node:stream", "/cell.ts")).toBeUndefined();
    expect(statSync(library!.base).size).toBeLessThan(1_600_000);
  });

  test("is not read by file where it stands in: a cell's program has one file for the package", () => {
    expect(library!.text(projectPath("dist", "index.d.ts"))).toContain("package.d.ts");
    expect(library!.text("/elsewhere/node_modules/@types/node/index.d.ts")).toBe("");
    expect(library!.text(projectPath("dist", "core", "index.d.ts"))).toBeUndefined();
  });

  test("of another compiler, or damaged, is none", async () => {
    const other = mkdtempSync(join(tmpdir(), "twin-library-"));
    try {
      expect(DeclarationLibrary.read(typescript, other)).toBeNull();
      expect(await buildDeclarations(typescript, other)).toBe(true);
      expect(await buildDeclarations(typescript, other)).toBe(false);
      expect(DeclarationLibrary.read(typescript, other)).not.toBeNull();
      expect(DeclarationLibrary.read({ ...typescript, version: "0.0.0" }, other)).toBeNull();
      utimesSync(join(other, libraryFiles.package), 1, 1);
      const older = DeclarationLibrary.read(typescript, other)!;
      expect(older.text(projectPath("dist", "index.d.ts"))).toBeUndefined();
      // The compiler wrote the same declarations again: a build makes nothing, and the library serves.
      expect(await buildDeclarations(typescript, other)).toBe(false);
      const again = DeclarationLibrary.read(typescript, other)!;
      expect(again.text(projectPath("dist", "index.d.ts"))).toBeDefined();
      truncateSync(join(other, libraryFiles.record), 100);
      expect(DeclarationLibrary.read(typescript, other)).toBeNull();
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });

  test.each(places)("completes %s, and tells of %s, as the plain files do", (before, name) => {
    expect(quick.complete(before, before.length)).toEqual(plain.complete(before, before.length));
    const told = (compiler: CellCompiler): unknown => {
      const { displayParts, documentation, tags } = compiler.inspect(name, name.length)!;
      const text = (parts: typeof displayParts): string => (parts ?? []).map((part) => part.text).join("");
      return { display: text(displayParts), documentation: text(documentation), tags: tags?.map(({ name }) => name) };
    };
    expect(told(quick)).toEqual(told(plain));
  });
});
