import { existsSync } from "node:fs";
import type { Random } from "../../core/random/Random.js";
import { shuffledRows } from "../../core/random/shuffledRows.js";
import { filesBelow } from "../../io/filesBelow.js";
import { projectPath } from "../../io/projectPath.js";
import { readText } from "../../io/readText.js";
import { ownTest } from "./mutationScore.js";

/** Folders of pure code whose tests need no browser, no kernel and no threads. */
const folders = ["core", "scorecard"];

/**
 * Source files to plant faults in: drawn at random from those that have a test of their name, until they hold enough
 * lines.
 *
 * @param random         which files are drawn
 * @param options.lines  fewest lines of the files together
 * @returns paths from the project root, sorted
 */
export async function mutationSample(
  random: Random,
  { lines = 400 }: { readonly lines?: number } = {},
): Promise<readonly string[]> {
  const paths = (await Promise.all(folders.map(sourcePaths))).flat().sort();
  const own = paths.filter((path) => existsSync(projectPath(ownTest(path))) && !/worker|threads/i.test(path));
  const drawn: string[] = [];
  let held = 0;
  for (const at of shuffledRows(Uint32Array.from(own.keys()), random)) {
    if (held >= lines) break;
    drawn.push(own[at]);
    held += (await readText(projectPath(own[at]))).split("\n").length;
  }
  return drawn.sort();
}

/** Sources below a folder of src, however deep. */
async function sourcePaths(folder: string): Promise<string[]> {
  const names = await filesBelow(projectPath("src", folder));
  return names.filter((name) => name.endsWith(".ts")).map((name) => `src/${folder}/${name}`);
}
