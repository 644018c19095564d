import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { withTemporaryFolder } from "../src/io/withTemporaryFolder.js";
import { runStudy } from "../src/tuning/runStudy.js";

/** Trials of a second each, that do nothing: what is measured is the study around them. */
const trials = 20;
const objective = `
export const space = { x: { kind: "float", low: -1, high: 1 } };
export const objective = async ({ parameters }) => {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return parameters.x ** 2;
};`;

await withTemporaryFolder(async (folder) => {
  const module = join(folder, "objective.mjs");
  await writeFile(module, objective);
  const secondsOf = async (workers: number): Promise<number> => {
    const started = performance.now();
    await runStudy({
      folder: join(folder, String(workers)),
      ...{ plan: { seed: 1, window: 3 }, objective: { module }, trials, workers },
    });
    return (performance.now() - started) / 1000;
  };
  const one = await secondsOf(1);
  console.log(`studies in a folder: ${trials} trials of 1 s each`);
  console.log(`  1 worker   ${one.toFixed(2)} s, ${(one / trials - 1).toFixed(3)} s a trial beside it`);
  for (const workers of [2, 4]) {
    const seconds = await secondsOf(workers);
    console.log(`  ${workers} workers  ${seconds.toFixed(2)} s, ${(one / seconds).toFixed(2)} x as fast`);
  }
});
