import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededRandom } from "../dist/core/random/Random.js";
import { readRealTable } from "../dist/experiments/dataStore.js";
import { heldOutPapers } from "../dist/experiments/heldOutPapers.js";
import { cadmiumSelenideProblem } from "../dist/problems/published/cadmiumSelenideProblem.js";
import type { PublishedProblem } from "../dist/problems/published/PublishedProblem.js";
import { sizeRivals } from "../dist/problems/published/sizeCandidates.js";
import { sizeProblem } from "../dist/problems/published/sizeProblem.js";
import { judgeRivals } from "../dist/problems/rivals/judgeRivals.js";
import { scoreRivals } from "../dist/problems/rivals/scoreRivals.js";
import { projectPath } from "../src/io/projectPath.js";
import { missingPeer } from "./missingPeer.js";

// Sizes of published hot injections, CsPbBr3 and CdSe, against scikit-learn's ExtraTrees, Matern Gaussian process and
// ridge: the same rows, features and folds, each peer tuned on the training rows of a fold by its papers. R2 of ln size
// on rows that none had seen. Needs the imported tables, and a Python with scikit-learn
// (python3 -m venv peer && peer/bin/pip install scikit-learn), named by PEER_PYTHON, or python3.

const rivals = [sizeRivals.law, sizeRivals.trees];
const seed = 7;

async function main(): Promise<void> {
  const random = seededRandom(seed);
  const problems = [
    sizeProblem((await readRealTable("recipes")).table, await heldOutPapers()),
    cadmiumSelenideProblem((await readRealTable("cadmium-selenide")).table, random),
  ];
  for (const published of problems)
    for (const split of published.splits) {
      if (split.reason !== null) continue;
      const answers = await judgeRivals(published.problem, split, random.fork("judge"), { only: rivals });
      const scores = scoreRivals(published.problem, split, answers, random.fork("score"));
      console.log(`${scores.problem}, ${scores.split}: ${scores.rows} rows, ${scores.groups} papers`);
      for (const { name, score } of scores.rivals) console.log(`  ${name}: ${score.value?.toFixed(3)}`);
      console.log(peerLines(published, split));
    }
}

function peerLines({ problem }: PublishedProblem, split: PublishedProblem["splits"][number]): string {
  const python = process.env.PEER_PYTHON ?? "python3";
  const folder = mkdtempSync(join(tmpdir(), "published-sizes-"));
  try {
    const { values, columns } = problem.features;
    const task = {
      columns,
      features: Array.from(values),
      truth: Array.from(problem.truth),
      groups: split.chosenBy,
      folds: split.folds.map(({ train, test }) => ({ train: Array.from(train), test: Array.from(test) })),
    };
    writeFileSync(join(folder, "task.json"), JSON.stringify(task));
    const peer = projectPath("bench", "peers", "published_sizes_sklearn.py");
    const { status, stdout } = spawnSync(python, [peer, join(folder, "task.json")], { encoding: "utf8" });
    return status === 0 ? stdout.trimEnd() : missingPeer(python, "scikit-learn");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await main();
