import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const src = fileURLToPath(new URL("../src", import.meta.url));
/** In the order a row of data travels; none imports another. */
const stages = [
  "generation",
  "experiments",
  "splitting",
  "features",
  "balancing",
  "training",
  "tuning",
  "uncertainty",
  "calibration",
  "validation",
  "monitoring",
  "deployment",
  "acquisition",
  "documentation",
  "scorecard",
];
const ground = ["core", "io", "chemistry"];
const below = [...ground, "neighbours", ...stages];

/** What each folder may import besides itself: rows of data and imports both run one way (DESIGN.md, section 2). */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  io: ["core"],
  chemistry: ["core"],
  // Its search is a WebAssembly program, which is a file.
  neighbours: ["core", "io"],
  ...Object.fromEntries(stages.map((stage) => [stage, ["core", "chemistry"]])),
  // Real tables are files with hashes: the loaders themselves are pure, the store around them is not.
  experiments: ground,
  // Its fast engine is a WebAssembly program, which is a file.
  generation: ground,
  // Likewise its fast engine of training.
  training: ground,
  // Its sort is a WebAssembly program.
  monitoring: ground,
  balancing: ["core", "chemistry", "neighbours"],
  validation: ["core", "chemistry", "neighbours"],
  // Several processes share a study by its folder.
  tuning: ground,
  figures: ground,
  // Applies what was fitted, without files: it runs in a browser.
  predictor: ["core", "chemistry", "features", "training", "uncertainty", "calibration"],
  problems: [...below, "predictor"],
  analyses: [...below, "predictor", "problems", "figures"],
  serving: ["core", "io", "chemistry", "predictor", "deployment", "monitoring"],
  workspace: [...below, "figures"],
  commands: [...below, "predictor", "problems", "analyses", "serving", "figures", "workspace"],
  "index.ts": [...below, "predictor", "problems", "analyses", "serving", "commands", "figures", "workspace"],
  "assure.ts": [...ground, "workspace", "analyses"],
  "cli.ts": [...below, "predictor", "problems", "analyses", "serving", "commands", "figures", "workspace", "index.ts"],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
  readonly lazy: boolean;
}

function importsOf(file: string, code: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean, lazy: boolean): void => {
    if (specifier && ts.isStringLiteral(specifier)) found.push({ from: file, to: specifier.text, typeOnly, lazy });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword, false);
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly, false);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false, true);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, code, ts.ScriptTarget.ES2023, true));
  return found;
}

const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const imports = files.flatMap((file) => importsOf(file, readFileSync(join(src, file), "utf8")));
const folderOf = (file: string): string => file.split(sep)[0];
const target = ({ from, to }: Import): string => relative(src, join(src, dirname(from), to));

function wrongWay(all: readonly Import[]): string[] {
  return all
    .filter(({ to }) => to.startsWith("."))
    .filter(
      (one) =>
        folderOf(target(one)) !== folderOf(one.from) &&
        !allowed[folderOf(one.from)]?.includes(folderOf(target(one)).replace(/\.js$/, ".ts")),
    )
    .map((one) => `${one.from} -> ${target(one)}`);
}

/** Files that reach each other, one line for each circle (Tarjan's strongly connected components). */
function circles(all: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const one of all)
    if (one.to.startsWith("."))
      next.set(one.from, [...(next.get(one.from) ?? []), target(one).replace(/\.js$/, ".ts")]);
  const [order, low, stack, found] = [
    new Map<string, number>(),
    new Map<string, number>(),
    [] as string[],
    [] as string[],
  ];
  const visit = (file: string): void => {
    order.set(file, order.size);
    low.set(file, order.get(file)!);
    stack.push(file);
    for (const other of next.get(file) ?? []) {
      if (!order.has(other)) visit(other);
      if (stack.includes(other)) low.set(file, Math.min(low.get(file)!, low.get(other)!));
    }
    if (low.get(file) !== order.get(file)) return;
    const members = stack.splice(stack.indexOf(file));
    if (members.length > 1)
      found.push(
        members
          .map((member) => member.split(sep).join("/"))
          .sort()
          .join(" "),
      );
  };
  for (const file of next.keys()) if (!order.has(file)) visit(file);
  return found;
}

/** How a file of a folder reaches what only Node has, or a package other than those named; lazy imports count. */
function strayPaths(all: readonly Import[], from: readonly string[], packages: readonly string[]): string[] {
  const ways = new Map<string, readonly string[]>(from.map((file) => [file, [file]]));
  const found: string[] = [];
  for (const [file, way] of ways)
    for (const one of all.filter((other) => other.from === file && !other.typeOnly)) {
      const to = one.to.startsWith(".") ? target(one).replace(/\.js$/, ".ts") : one.to;
      if (!one.to.startsWith(".")) {
        if (!packages.includes(to)) found.push([...way, to].join(" -> "));
      } else if (!ways.has(to)) ways.set(to, [...way, to]);
    }
  return found;
}

const reachedFrom = (all: readonly Import[], from: readonly string[]): string[] => {
  const reached = new Set(from);
  for (const file of reached)
    for (const one of all)
      if (one.from === file && !one.typeOnly && one.to.startsWith("."))
        reached.add(target(one).replace(/\.js$/, ".ts"));
  return [...reached];
};

/** Names that only Node knows without an import. */
const nodeGlobals: ReadonlySet<string> = new Set(["Buffer", "process", "require", "createRequire", "__dirname"]);

function nodeGlobalsIn(file: string, code: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && nodeGlobals.has(node.text)) found.push(`${file}: ${node.text}`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, code, ts.ScriptTarget.ES2023, true));
  return found;
}

describe("imports", () => {
  it("run from core to cli, and stages do not import their siblings", () => {
    expect(imports.length).toBeGreaterThan(20);
    expect(wrongWay(imports)).toEqual([]);
  });

  it("are caught when they run the wrong way (planted)", () => {
    const planted = importsOf(join("core", "planted.ts"), 'import { x } from "../io/readText.js";').concat(
      importsOf(join("scorecard", "planted.ts"), 'const y = await import("../experiments/recipes.js");'),
    );
    expect(wrongWay(planted)).toHaveLength(2);
  });

  it("name the file that holds what they want, never an index: index.ts alone reads those of the folders", () => {
    const ofIndex = (all: readonly Import[]): string[] =>
      all.filter(({ from, to }) => from !== "index.ts" && /^\..*\/index\.js$/.test(to)).map(({ from }) => from);
    expect(ofIndex(imports)).toEqual([]);
    expect(ofIndex(importsOf("cli.ts", 'import { accuracy } from "./core/index.js";'))).toEqual(["cli.ts"]);
    const indexes = files.filter((file) => /^[a-z]+[\\/]index\.ts$/.test(file)).map(folderOf);
    expect(
      imports
        .filter(({ from }) => from === "index.ts")
        .map((one) => folderOf(target(one)))
        .sort(),
    ).toEqual(indexes.sort());
  });

  it("run in no circle of files, imports of types alone included", () => {
    expect(circles(imports)).toEqual([]);
  });

  it("that run in a circle are caught (planted, one of types alone)", () => {
    const planted = importsOf(join("core", "a.ts"), 'import { b } from "./b.js";').concat(
      importsOf(join("core", "b.ts"), 'import type { A } from "./a.js";'),
    );
    expect(circles(planted)).toEqual(["core/a.ts core/b.ts"]);
  });

  it("reach the clock, the file system and DuckDB only in their homes", () => {
    const homes: Readonly<Record<string, readonly string[]>> = {
      "node:fs": ["io", "workspace", "commands"],
      "node:fs/promises": ["io", "workspace", "commands"],
      "@duckdb/node-api": ["io"],
      "apache-arrow": ["io"],
      assemblyscript: ["workspace"],
      "node:worker_threads": ["core", "workspace"],
      "node:child_process": ["io", "workspace", "commands"],
      zeromq: ["workspace"],
      jsdom: ["figures"],
      "@tensorflow/tfjs-core": ["training"],
      "@tensorflow/tfjs-backend-wasm": ["training"],
      "@tensorflow/tfjs-backend-cpu": ["training"],
      "danfojs-node": ["workspace"],
      fastify: ["serving"],
      "prom-client": ["serving"],
    };
    const strays = imports.filter(
      ({ from, to, typeOnly }) => !typeOnly && homes[to]?.includes(folderOf(from)) === false,
    );
    expect(strays.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it("of the package load nothing heavy: a cell that imports it pays for what it calls, not for all there is", () => {
    const light = /^(node:|zod$|simple-statistics$|ml-matrix$)/;
    const reached = new Set<string>();
    const packages = new Set<string>();
    const visit = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const one of imports.filter(({ from, typeOnly, lazy }) => from === file && !typeOnly && !lazy)) {
        if (one.to.startsWith(".")) visit(target(one).replace(/\.js$/, ".ts"));
        else packages.add(one.to);
      }
    };
    visit("index.ts");
    expect(reached.size).toBeGreaterThan(10);
    expect([...packages].filter((name) => !light.test(name))).toEqual([]);
  });

  it("of the command load only what lists the verbs: each verb loads its work when it is called", () => {
    const eager = imports.filter(({ lazy }) => !lazy);
    expect(strayPaths(eager, ["cli.ts"], ["commander"])).toEqual([]);
    expect(reachedFrom(eager, ["cli.ts"]).filter((file) => !file.startsWith(`commands${sep}`))).toEqual([
      "cli.ts",
      join("core", "InputError.ts"),
      join("core", "visibleText.ts"),
    ]);
  });

  it("of the predictor reach no module of Node and no package but zod, so that it runs in a browser", () => {
    const predictor = files.filter((file) => folderOf(file) === "predictor");
    expect(predictor.length).toBeGreaterThan(5);
    expect(strayPaths(imports, predictor, ["zod"])).toEqual([]);
    const code = reachedFrom(imports, predictor).filter((file) => file.endsWith(".ts"));
    expect(code).toContain(join("training", "engines", "typescript", "forwardPass.ts"));
    expect(code.flatMap((file) => nodeGlobalsIn(file, readFileSync(join(src, file), "utf8")))).toEqual([]);
  });

  it("of the predictor reach what applies a network, not what trains one", () => {
    const reached = reachedFrom(
      imports,
      files.filter((file) => folderOf(file) === "predictor"),
    ).map((file) => file.split(sep).join("/"));
    // Thresholds are found where the model is: recipes that tell less have others (limitsWithout).
    const others = reached.filter((file) => !file.startsWith("uncertainty/conformal/"));
    expect(others.filter((file) => /\/(?:fit[A-Z]|train[A-Z]|backward|optimizer)[^/]*$/.test(file))).toEqual([]);
  });

  it("of the predictor that reach Node or a package are caught with their way (planted, one of them lazy)", () => {
    const planted = importsOf(
      join("predictor", "a.ts"),
      'import { b } from "../core/b.js"; import type { T } from "node:stream";',
    ).concat(
      importsOf(join("core", "b.ts"), 'import * as z from "zod"; const fs = await import("node:fs");'),
      importsOf(join("predictor", "c.ts"), 'import { mean } from "simple-statistics";'),
    );
    expect(strayPaths(planted, [join("predictor", "a.ts"), join("predictor", "c.ts")], ["zod"])).toEqual([
      `${join("predictor", "c.ts")} -> simple-statistics`,
      `${join("predictor", "a.ts")} -> ${join("core", "b.ts")} -> node:fs`,
    ]);
    expect(nodeGlobalsIn("a.ts", "export const bytes = Buffer.from(process.argv[0]);")).toEqual([
      "a.ts: Buffer",
      "a.ts: process",
    ]);
  });
});
