import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join, sep } from "node:path";
import { canonicalJson } from "../../core/canonicalJson.js";
import type { Random } from "../../core/random/Random.js";
import { shuffledRows } from "../../core/random/shuffledRows.js";
import { projectPath } from "../../io/projectPath.js";
import { readJson, readText } from "../../io/readText.js";
import { writeAtomic } from "../../io/writeAtomic.js";

/** Mutants of one source file: small faults planted in it, one at a time. */
export interface MutatedFile {
  readonly path: string;
  /** Mutants that its own tests noticed, by failing or by not coming to an end. */
  readonly killed: number;
  readonly mutants: number;
}

/** Folders of pure code whose tests need no browser, no kernel and no threads. */
const folders = ["core", "scorecard"];

/**
 * Plants faults in source files and counts those that the files' own tests notice (Stryker).
 *
 * Files are drawn at random from those that have a test of their name, until they hold enough lines. Each mutant sees
 * only the tests named after the drawn files: a fault that some distant test would notice does not count as noticed.
 *
 * @param random         which files are drawn
 * @param options.lines  fewest lines of the files together
 * @returns null where Stryker is not installed
 * @throws Error if Stryker gives no report: its own words
 */
export async function mutationScore(
  random: Random,
  { lines = 400 }: { readonly lines?: number } = {},
): Promise<readonly MutatedFile[] | null> {
  const program = projectPath("node_modules", "@stryker-mutator", "core", "bin", "stryker.js");
  if (!existsSync(program)) return null;
  const paths = await drawnFiles(random, lines);
  const folder = projectPath(".twin", "mutation");
  await rm(folder, { recursive: true, force: true });
  const include = paths.map((path) => path.replace(/^src\/(.*)\.ts$/, "test/$1.test.ts"));
  await writeAtomic(
    join(folder, "vitest.config.mjs"),
    `export default ${canonicalJson({ test: { include, testTimeout: 30_000, env: { TZ: "UTC" } } })}`,
  );
  const report = join(folder, "report.json");
  const settings = {
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner"],
    vitest: { configFile: join(folder, "vitest.config.mjs") },
    mutate: paths,
    coverageAnalysis: "perTest",
    concurrency: 2,
    reporters: ["json"],
    jsonReporter: { fileName: report },
    tempDirName: ".twin/mutation/sandbox",
    ignorePatterns: ["/.twin", "/data/real", "/dist", "/docs", "/figures", "/notebooks", "/site"],
    allowEmpty: false,
  };
  await writeAtomic(join(folder, "stryker.json"), canonicalJson(settings));
  const output = await run(program, "run", join(folder, "stryker.json"));
  if (!existsSync(report))
    throw new Error(
      `mutationScore: Stryker must leave a report; got ${output.trim().split("\n").slice(-5).join("\n")}`,
    );
  return mutatedFiles(await readJson(report));
}

/** Counts of a report in the mutation testing elements format. Mutants that do not compile or run are no test of the tests. */
export function mutatedFiles(report: unknown): MutatedFile[] {
  const { files } = report as {
    readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
  };
  const tested = ["Killed", "Timeout", "Survived", "NoCoverage"];
  return Object.keys(files)
    .sort()
    .map((path) => {
      const statuses = files[path].mutants.map(({ status }) => status).filter((status) => tested.includes(status));
      return {
        path,
        killed: statuses.filter((status) => status === "Killed" || status === "Timeout").length,
        mutants: statuses.length,
      };
    });
}

async function drawnFiles(random: Random, lines: number): Promise<string[]> {
  const names = (await Promise.all(folders.map(sourceNames))).flat().sort();
  const own = names.filter(
    (name) => existsSync(projectPath("test", `${name}.test.ts`)) && !/worker|threads/i.test(name),
  );
  const drawn: string[] = [];
  let held = 0;
  for (const at of shuffledRows(Uint32Array.from(own.keys()), random)) {
    if (held >= lines) break;
    drawn.push(`src/${own[at]}.ts`);
    held += (await readText(projectPath("src", `${own[at]}.ts`))).split("\n").length;
  }
  return drawn.sort();
}

/** Sources below a folder of src, however deep, as paths from src without their ending. */
async function sourceNames(folder: string): Promise<string[]> {
  const paths = await readdir(projectPath("src", folder), { recursive: true });
  return paths
    .filter((path) => path.endsWith(".ts"))
    .map((path) => `${folder}/${path.split(sep).join("/").slice(0, -".ts".length)}`);
}

function run(...parameters: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, parameters, { cwd: projectPath(), maxBuffer: 1 << 28 }, (_, stdout, stderr) =>
      resolve(`${stdout}\n${stderr}`),
    );
  });
}
