import { spawnSync } from "node:child_process";
import { readRealTable } from "../dist/experiments/dataStore.js";
import { seededRandom } from "../dist/core/random/Random.js";
import { leanFeatures, plateletProblems } from "../dist/problems/platelets/plateletProblems.js";
import { plateletSplits } from "../dist/problems/platelets/plateletSplits.js";
import { judgeRivals } from "../dist/problems/rivals/judgeRivals.js";
import { statisticOf } from "../dist/problems/rivals/scoreRivals.js";
import { judgeComparison } from "../dist/validation/judgeComparison.js";
import { pairedComparison } from "../dist/validation/pairedComparison.js";
import { projectPath } from "../src/io/projectPath.js";
import { missingPeer } from "./missingPeer.js";

// Peak, width and quantum yield of platelets by recipe, for unseen antisolvents and for later dates: R² of what our
// training rows choose, beside ridge, extremely randomised trees and a Matern Gaussian process of scikit-learn, each
// tuned on the same training rows and given the same features and splits. It must not be worse than the best of them,
// chosen on the test rows, by more than 0.10. One question or split alone: tsx bench/platelets.ts peak laterDate. The
// peer needs a Python with scikit-learn (python3 -m venv peer && peer/bin/pip install scikit-learn), named by
// PEER_PYTHON, or python3; the table must be imported.

const mostWorse = 0.1;
const questions = ["peak", "width", "quantumYield"] as const;
const kinds = ["byRecipe", "unseenAntisolvent", "laterDate"] as const;

interface Peers {
  readonly sklearn: string;
  /** Of the tested rows, ascending, by "problem|split|peer, columns". */
  readonly told: Readonly<Record<string, readonly number[]>>;
}

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const among = <Name extends string>(names: readonly Name[]): readonly Name[] =>
    names.some((name) => asked.includes(name)) ? names.filter((name) => asked.includes(name)) : names;
  const problems = await plateletProblems((await readRealTable("nanoplatelets-all")).table, { seed: 1 });
  const tasks = among(questions).map((question) => {
    const own = problems[question];
    const splits = plateletSplits(own);
    return { ...own, question, splits: among(kinds).map((kind) => splits[kind]) };
  });
  const peers = sklearnPeers(
    tasks.map(({ problem: { id, features, truth }, question, splits }) => ({
      id,
      names: features.names,
      values: Array.from(features.values),
      truth: Array.from(truth),
      logarithm: question === "width",
      splits: splits.map(({ name, folds, chosenBy }) => ({
        name,
        chosenBy,
        folds: folds.map(({ train, test }) => ({ train: Array.from(train), test: Array.from(test) })),
      })),
    })),
  );
  for (const { problem, splits } of tasks)
    for (const split of splits) {
      const random = seededRandom(1);
      const answers = await judgeRivals(problem, split, random);
      const truth = Array.from(answers.places, (row) => problem.truth[row]);
      const rows = Uint32Array.from(truth.keys());
      const explained = (told: Float64Array) => statisticOf(problem, truth, told).statistic;
      const ours = explained(answers.chosen);
      console.log(`${problem.what}, ${split.name}: R² ${ours(rows).toFixed(3)} of ${truth.length} rows`);
      if (peers === null) continue;
      const rivals = Object.entries(peers.told)
        .filter(([name]) => name.startsWith(`${problem.id}|${split.name}|`))
        .map(([name, told]) => ({ name: name.split("|")[2], statistic: explained(Float64Array.from(told)) }))
        .sort((a, b) => b.statistic(rows) - a.statistic(rows));
      const shown = rivals.map(({ name, statistic }) => `${name} ${statistic(rows).toFixed(3)}`).join("; ");
      console.log(`  scikit-learn ${peers.sklearn}: ${shown}`);
      const groups = Array.from(answers.places, (row) => split.groups[row]);
      const comparison = pairedComparison(groups, ours, rivals[0].statistic, random.fork("gain"), { unit: split.unit });
      const { verdict, detectable } = judgeComparison(comparison, { margin: mostWorse });
      const { value, interval } = comparison.gain;
      const between = interval === null ? "" : ` [${interval.low.toFixed(3)}, ${interval.high.toFixed(3)}]`;
      console.log(
        `  ours less the best ${value?.toFixed(3)}${between}: ${verdict}; to be seen ${detectable?.toFixed(3)}`,
      );
      if (!(value !== null && value >= -mostWorse)) process.exitCode = 1;
    }
}

function sklearnPeers(problems: readonly object[]): Peers | null {
  const python = process.env.PEER_PYTHON ?? "python3";
  if (spawnSync(python, ["-c", "import sklearn"]).status !== 0) {
    console.log(missingPeer(python, "scikit-learn"));
    return null;
  }
  const { status, stdout, stderr } = spawnSync(python, [projectPath("bench", "peers", "platelets_sklearn.py")], {
    encoding: "utf8",
    input: JSON.stringify({ lean: leanFeatures, problems }),
    env: { ...process.env, OMP_NUM_THREADS: "1" },
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`the peer failed: ${stderr}`);
  return JSON.parse(stdout) as Peers;
}

await main();
