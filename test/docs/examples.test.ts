import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "node:util";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import * as twin from "../../src/index.js";
import { projectPath } from "../../src/io/projectPath.js";

/** What a user of the package meets first: each has an example in its docstring. */
const metFirst = [
  "accuracy",
  "argmax",
  "balancedAccuracy",
  "calibrate",
  "classWeights",
  "codesOf",
  "conformalSets",
  "confusionMatrix",
  "coverageOfSets",
  "createStudy",
  "deepEnsemble",
  "encode",
  "expectedCalibrationError",
  "fitConformalSets",
  "fitEncoder",
  "fitTemperature",
  "generateExperiments",
  "groupBootstrapInterval",
  "groupedEstimate",
  "groupedSplit",
  "groupedSums",
  "leakageAudit",
  "logLoss",
  "makeMatrix",
  "makeTable",
  "measurement",
  "nearestStoichiometry",
  "optimize",
  "predictProbabilities",
  "qualityReport",
  "reliabilityCurve",
  "scoreReadiness",
  "seededRandom",
  "shownTable",
  "smote",
  "stratifiedKFold",
  "stratifiedSplit",
  "trainClassifier",
  "trainForest",
  "trainLogistic",
  "wilsonInterval",
];

/** One `@example` of a docstring: the function it stands above, and its program. */
interface Example {
  readonly name: string;
  readonly file: string;
  readonly code: string;
}

const docstring = /^\/\*\*\n(?:(?! \*\/\n).*\n)*? \*\/\nexport (?:async )?function\*? (\w+)/gm;
const fence = /^ \* @example\n \* ```ts\n((?: \*.*\n)*?) \* ```$/gm;

/** The examples in the docstrings of exported functions. */
function examplesIn(source: string, file: string): Example[] {
  return Array.from(source.matchAll(docstring)).flatMap(([text, name]) =>
    Array.from(text.matchAll(fence), ([, code]) => ({ name, file, code: code.replace(/^ \* ?/gm, "") })),
  );
}

/** Lines that the example says it prints: comments that begin a line. */
function promisedLines(code: string): string[] {
  return Array.from(code.matchAll(/^\/\/ (.*)$/gm), ([, line]) => line);
}

/** Runs an example on the sources and gives the lines that it printed. */
async function printedLines(code: string): Promise<string[]> {
  const names = importedNames(code);
  const body = ts.transpile(code.replace(/^import .*$/gm, ""), {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
  });
  const lines: string[] = [];
  const log = (...values: readonly unknown[]): void => void lines.push(...format(...values).split("\n"));
  const AsyncFunction = (async () => {}).constructor as new (
    ...texts: string[]
  ) => (...values: unknown[]) => Promise<void>;
  const values = names.map((name) => (twin as Readonly<Record<string, unknown>>)[name]);
  await new AsyncFunction("console", ...names, body)({ log }, ...values);
  return lines;
}

function importedNames(code: string): string[] {
  return Array.from(code.matchAll(/^import \{ (.*) \} from "cspbbr3-twin";$/gm), ([, list]) => list.split(", "))
    .flat()
    .filter((name) => !name.startsWith("type "));
}

/** What the strict compiler says of examples, each a program that imports the built package as its users do. */
function faultsOf(examples: readonly Example[]): string[] {
  const files = new Map(examples.map(({ name, code }) => [projectPath(`${name}.example.mts`), code]));
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
  host.fileExists = (path) => files.has(path) || exists(path);
  host.getSourceFile = (path, version, ...rest) =>
    files.has(path) ? ts.createSourceFile(path, files.get(path)!, version) : source(path, version, ...rest);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([...files.keys()], options, host))
    .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
}

const isBuilt = existsSync(projectPath("dist", "index.d.ts"));
if (!isBuilt) console.warn("examples: compiling is skipped: dist/index.d.ts is missing, run `npm run build`");

const examples = readdirSync(projectPath("src"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .sort()
  .flatMap((file) => examplesIn(readFileSync(join(projectPath("src"), file), "utf8"), file));

describe("examples of docstrings", () => {
  it("stand with every name that users meet first, thirty at least, and all of them are exported", () => {
    expect(metFirst.length).toBeGreaterThanOrEqual(30);
    expect(metFirst.filter((name) => !examples.some((example) => example.name === name))).toEqual([]);
    expect(metFirst.filter((name) => !Object.hasOwn(twin, name))).toEqual([]);
  });

  it.each(examples.map((example) => [example.name, example] as const))(
    "%s prints what its comments say",
    async (name, { code }) => {
      expect(importedNames(code)).toContain(name);
      expect(promisedLines(code)).not.toEqual([]);
      expect(await printedLines(code)).toEqual(promisedLines(code));
    },
  );

  const planted: Example = examplesIn(
    [
      "/**",
      " * Planted.",
      " *",
      " * @example",
      " * ```ts",
      ' * import { accuracy, noSuchThing } from "cspbbr3-twin";',
      " *",
      " * console.log(accuracy([0, 1], [0, 0]));",
      " * // 0.75",
      " * ```",
      " */",
      "export function planted() {}",
    ].join("\n"),
    "planted.ts",
  )[0];

  it("are caught where they print something else (planted)", async () => {
    expect(planted.name).toBe("planted");
    expect(promisedLines(planted.code)).toEqual(["0.75"]);
    expect(await printedLines(planted.code)).toEqual(["0.5"]);
  });

  it.runIf(isBuilt)(
    "compile, strictly, but for one that calls what is not there (planted)",
    () => {
      const faults = faultsOf([...examples, planted]);
      expect(faults).toHaveLength(1);
      expect(faults[0]).toContain("noSuchThing");
    },
    120_000,
  );
});
