import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { readText } from "../../io/readText.js";

/** What vitest's JSON reporter says of a test file. */
export interface TestFileReport {
  /** Absolute path. */
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

/** How the code stands against reference values of its peers. */
export interface GoldenTests {
  /** Tests, run to their end, of test files that read reference values, by themselves or through a helper. */
  readonly cases: number;
  /** Tests of those that fail, test files that could not be loaded, and reference files that no test reads. */
  readonly failed: number;
  /** Test files read for each reference file under test/golden. */
  readonly readers: Readonly<Record<string, readonly string[]>>;
}

/**
 * Counts the tests that compare with reference values.
 *
 * @param report  of a whole run of the suite
 * @param root    of the project
 */
export async function goldenTests(report: readonly TestFileReport[], root: string): Promise<GoldenTests> {
  const goldens = (await readdir(join(root, "test", "golden"))).filter((name) => name.endsWith(".json")).sort();
  const read = await Promise.all(report.map(async (file) => ({ file, goldens: await goldensRead(file.name) })));
  const judged = read.filter(({ goldens: names }) => names.size > 0).map(({ file }) => file);
  const count = (status: string): number =>
    judged.reduce(
      (total, { assertionResults }) => total + assertionResults.filter((test) => test.status === status).length,
      0,
    );
  const broken = judged.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.every((test) => test.status !== "failed"),
  ).length;
  const readers = Object.fromEntries(
    goldens.map((name) => [
      name,
      read
        .filter(({ goldens: names }) => names.has(name))
        .map(({ file }) => relative(root, file.name).replaceAll("\\", "/"))
        .sort(),
    ]),
  );
  const unread = goldens.filter((name) => readers[name].length === 0).length;
  return { cases: count("passed") + count("failed"), failed: count("failed") + broken + unread, readers };
}

/** Names of the reference files that a test file reads, with all helpers that it imports from the tests. */
async function goldensRead(path: string, seen: Set<string> = new Set()): Promise<Set<string>> {
  if (seen.has(path)) return new Set();
  seen.add(path);
  const code = await readText(path);
  const names = new Set(Array.from(code.matchAll(/\bgolden\/([\w-]+\.json)"/g), ([, name]) => name));
  for (const [, imported] of code.matchAll(/\bfrom "(\.{1,2}\/[^"]+)\.js"/g)) {
    const helper = join(dirname(path), `${imported}.ts`);
    // What it tests lies outside the tests, and holds no reference values;
    // a program in a text imports what is not there.
    if (imported.includes("/src/") || !existsSync(helper)) continue;
    for (const name of await goldensRead(helper, seen)) names.add(name);
  }
  return names;
}
