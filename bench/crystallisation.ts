import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import type { EstimateOrReason } from "../dist/core/statistics/Estimate.js";
import { argmax } from "../dist/core/metrics/argmax.js";
import { seededRandom } from "../dist/core/random/Random.js";
import { meanOfRows } from "../dist/core/statistics/meanOfRows.js";
import { readRealTable } from "../dist/experiments/dataStore.js";
import {
  crystallisationProblem,
  crystallisationSplits,
  type CrystallisationProblem,
} from "../dist/problems/crystallisation/crystallisationProblem.js";
import { scoreRivals } from "../dist/problems/crystallisation/scoreCandidates.js";
import { type JudgedQuestion, judgeQuestions } from "../dist/problems/questions/judgeQuestions.js";
import { judgeComparison } from "../dist/validation/judgeComparison.js";
import { pairedComparison } from "../dist/validation/pairedComparison.js";
import { missingPeer } from "./missingPeer.js";

// Our forest for the score of crystallisations, under every split or those that are named (tsx bench/crystallisation.ts
// "by plate" "later date"), against ExtraTrees, a random forest and logistic regression of scikit-learn on the same
// rows, features and splits, tuned on training rows. It needs the imported table of campaigns (twin data import), some
// twenty minutes on two cores, and a Python with scikit-learn (python3 -m venv peer && peer/bin/pip install
// scikit-learn), named by PEER_PYTHON, or python3. PEERS=ExtraTrees asks that one alone.

const margin = 0.1;
const peerNames = process.env.PEERS?.split(",") ?? ["ExtraTrees", "random forest", "logistic"];

interface PeerAnswer {
  readonly split: string;
  readonly sklearn: string;
  /** By peer, of each fold row-major [test rows, classes]. */
  readonly peers: Readonly<Record<string, readonly (readonly number[])[]>>;
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const splits = crystallisationSplits.filter((name) => wanted.length === 0 || wanted.includes(name));
  console.log(`score of crystallisations; load ${loadavg()[0].toFixed(2)}`);
  const problem = crystallisationProblem((await readRealTable("crystallisation-campaigns")).table);
  const started = performance.now();
  const only = [scoreRivals.constant, scoreRivals.forest];
  const requests = splits.map((split) => ({ question: "crystallisation" as const, split, only }));
  const judged = await judgeQuestions(requests, { seed: 1 });
  console.log(`our rivals took ${((performance.now() - started) / 1000).toFixed(0)} s in two threads`);
  const peers = peerAnswers(problem, judged);
  for (const one of judged) report(problem, one, peers.find(({ split }) => split === one.split.name) ?? null);
}

function peerAnswers(problem: CrystallisationProblem, judged: readonly JudgedQuestion[]): readonly PeerAnswer[] {
  const folder = mkdtempSync(join(tmpdir(), "crystallisation-"));
  try {
    writeFileSync(join(folder, "features.f32"), new Uint8Array(problem.features.values.buffer));
    const tasks = {
      classes: problem.classes!.length,
      labels: Array.from(problem.truth),
      peers: peerNames,
      splits: judged.map(({ split: { name, chosenBy, folds } }) => ({
        name,
        chosenBy,
        folds: folds.map(({ train, test }) => ({ train: Array.from(train), test: Array.from(test) })),
      })),
    };
    writeFileSync(join(folder, "tasks.json"), JSON.stringify(tasks));
    const python = process.env.PEER_PYTHON ?? "python3";
    const script = new URL("peers/crystallisation_sklearn.py", import.meta.url).pathname;
    const { status, stdout, stderr } = spawnSync(python, [script, folder], { encoding: "utf8", maxBuffer: 1 << 30 });
    if (status === 0) {
      const lines = stdout.trim().split("\n");
      return lines.map((line) => JSON.parse(line) as PeerAnswer);
    }
    if (!stderr.includes("No module named")) throw new Error(stderr);
    console.log(missingPeer(python, "scikit-learn"));
    return [];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function report(
  problem: CrystallisationProblem,
  { split, answers, scores }: JudgedQuestion,
  peer: PeerAnswer | null,
): void {
  if (answers === null || scores === null) return console.log(`${split.name}: ${split.reason}`);
  console.log(`${split.name}: ${scores.rows} wells on ${scores.groups} plates, split ${split.sha256.slice(0, 12)}`);
  for (const { name, score, loss } of [...scores.rivals, scores.chosen])
    console.log(`  ${name.padEnd(34)} accuracy ${told(score)}, log loss ${told(loss)}`);
  const kept = Object.entries(scores.choices).map(([name, folds]) => `${name} in ${folds}`);
  console.log(`  training rows chose ${kept.join(", ")}`);
  const { limits, domain } = scores;
  console.log(`  sets hold ${told(limits.coverage)} of wells, ${told(limits.overGroups)} over plates`);
  console.log(
    `  of size ${limits.width!.toFixed(2)}; outside ${domain.outside!.toFixed(3)}, area ${told(domain.area)}`,
  );
  if (peer === null) return;
  const plates = Array.from(answers.places, (row) => split.groups[row]);
  const truth = Array.from(answers.places, (row) => problem.truth[row]);
  const rightOf = (values: ArrayLike<number>): Float64Array => {
    const likeliest = argmax(values, problem.classes!.length);
    return Float64Array.from(truth, (code, at) => Number(likeliest[at] === code));
  };
  const ours = rightOf(answers.byRival[scoreRivals.forest]);
  for (const [name, byFold] of Object.entries(peer.peers)) {
    const values = placed(problem, split, byFold, answers.places);
    const theirs = rightOf(values);
    const losses = truth.map((code, at) => -Math.log(Math.max(1e-3, values[at * problem.classes!.length + code])));
    const comparison = pairedComparison(plates, meanOfRows(ours), meanOfRows(theirs), seededRandom(1).fork(name), {
      unit: "plate",
    });
    const { verdict, power, detectable } = judgeComparison(comparison, { margin });
    const all = Uint32Array.from(truth.keys());
    console.log(
      `  scikit-learn ${peer.sklearn} ${name}: accuracy ${meanOfRows(theirs)(all).toFixed(3)}, ` +
        `log loss ${meanOfRows(losses)(all).toFixed(3)}; our forest's gain ${told(comparison.gain)}: ${verdict}, ` +
        `power ${power?.toFixed(2) ?? "unknown"} at ${margin}, detectable ${detectable?.toFixed(3) ?? "unknown"}`,
    );
  }
}

/** What peers told of each test row, in the order of our answers. */
function placed(
  problem: CrystallisationProblem,
  { folds }: JudgedQuestion["split"],
  byFold: readonly (readonly number[])[],
  places: Uint32Array,
): Float64Array {
  const width = problem.classes!.length;
  const at = new Map(Array.from(places, (row, i) => [row, i]));
  const values = new Float64Array(places.length * width);
  folds.forEach(({ test }, k) => {
    test.forEach((row, i) => {
      values.set(byFold[k].slice(i * width, (i + 1) * width), at.get(row)! * width);
    });
  });
  return values;
}

function told({ value, interval, reason }: EstimateOrReason): string {
  if (interval === null) return `${value?.toFixed(3) ?? "unknown"} (${reason})`;
  return `${value.toFixed(3)} [${interval.low.toFixed(3)}, ${interval.high.toFixed(3)}]`;
}

await main();
