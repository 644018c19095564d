import { compareWithModules, compareWithReference, compareWithTsx } from "./comparisons.js";
import type { Comparison } from "./comparisons.js";

/**
 * Compares as many sequences as its parameters say, with modules, with the reference interpreter and with `tsx`; tells
 * those that differ, and the counts as JSON in the last line. `npm run assure -- cells` runs it.
 */
async function compareSequences([modules, reference, tsx]: readonly number[], seed: number): Promise<void> {
  const comparisons: Readonly<Record<string, Comparison>> = {
    modules: await compareWithModules(modules, seed),
    reference: await compareWithReference(reference, seed),
    tsx: await compareWithTsx(tsx, seed),
  };
  for (const [name, { different }] of Object.entries(comparisons))
    for (const { cells, seen, expected } of different.slice(0, 10))
      console.error(`${name}\n${cells.join("\n// %%\n")}\n${JSON.stringify({ seen, expected }, null, 1)}`);
  const counts = Object.entries(comparisons).map(([name, { compared, different }]) => [
    name,
    { compared, different: different.length },
  ]);
  console.log(JSON.stringify(Object.fromEntries(counts)));
}

compareSequences(process.argv.slice(2).map(Number), 1).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
