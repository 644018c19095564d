import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { canonicalJson } from "../../core/canonicalJson.js";
import { moduleSource } from "../../io/moduleSource.js";
import { projectPath } from "../../io/projectPath.js";
import { readJson } from "../../io/readText.js";
import { writeAtomic } from "../../io/writeAtomic.js";

/** Mutants of one source file: small faults planted in it, one at a time. */
export interface MutatedFile {
  readonly path: string;
  /** Mutants that its own tests noticed, by failing or by not coming to an end. */
  readonly killed: number;
  readonly mutants: number;
}

/**
 * Plants faults in source files and counts those that the files' own tests notice (Stryker).
 *
 * Each mutant sees only the tests named after the files: a fault that some distant test would notice does not count
 * as noticed.
 *
 * @param paths  of the source files, from the project root
 * @returns null where Stryker is not installed
 * @throws Error if Stryker gives no report: its own words
 */
export async function mutationScore(paths: readonly string[]): Promise<readonly MutatedFile[] | null> {
  const program = projectPath("node_modules", "@stryker-mutator", "core", "bin", "stryker.js");
  if (!existsSync(program)) return null;
  const folder = projectPath(".twin", "mutation");
  await rm(folder, { recursive: true, force: true });
  const test = { include: paths.map(ownTest), testTimeout: 30_000, env: { TZ: "UTC" } };
  await writeAtomic(join(folder, "vitest.config.mjs"), `export default ${canonicalJson({ test })}`);
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
    ignorePatterns: ["/.twin", "/.venv", "/data/real", "/dist", "/docs", "/figures", "/notebooks", "/site"],
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

/** This file, as evidence names it. */
export const mutationScoreSource: string = moduleSource(import.meta.url);

/** The test file named after a source file, both as paths from the project root. */
export function ownTest(path: string): string {
  return path.replace(/^src\/(.*)\.ts$/, "test/$1.test.ts");
}

/**
 * Counts of a report in the mutation testing elements format. Mutants that do not compile or run are no test of the
 * tests.
 */
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

function run(...parameters: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, parameters, { cwd: projectPath(), maxBuffer: 1 << 28 }, (_, stdout, stderr) =>
      resolve(`${stdout}\n${stderr}`),
    );
  });
}
