import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { phaseNames } from "../dist/chemistry/phases.js";
import type { Estimate } from "../dist/core/statistics/Estimate.js";
import { studentEstimate } from "../dist/core/statistics/studentEstimate.js";
import { rowsWhere, selectRows, type Table } from "../dist/core/Table.js";
import { encode } from "../dist/features/encode.js";
import { fitEncoder } from "../dist/features/fitEncoder.js";
import { generateExperiments } from "../dist/generation/generateExperiments.js";
import { answerColumns } from "../dist/predictor/answerColumns.js";
import { fitOwnLaboratory } from "../dist/problems/ownLaboratory/fitOwnLaboratory.js";
import { ownModelOf } from "../dist/problems/ownLaboratory/ownModelOf.js";
import { phaseCodes } from "../dist/problems/phase/phaseTable.js";
import { setSize } from "../dist/uncertainty/conformal/labelSets.js";
import { projectPath } from "../src/io/projectPath.js";
import { ratioLine } from "./median.js";
import { missingPeer } from "./missingPeer.js";

// Models of an own laboratory on 60, 150 and 300 rows, as many of each phase, of a laboratory of the twin that nobody
// has seen, against a random forest of scikit-learn on the same rows, in accuracy on 1,000 other rows of the same
// laboratory, and in processor time; 20 laboratories, or as many as are named: tsx bench/ownLaboratory.ts 5. The peer
// needs a Python with scikit-learn (python3 -m venv peer && peer/bin/pip install scikit-learn), named by PEER_PYTHON,
// or python3.

const sizes = [60, 150, 300];
/** Among so many rows are 60 of the rarest phase. */
const [made, testRows, trees] = [20_000, 1_000, 500];
const draws = Number(process.argv[2] ?? 20);
const [fewestPoints, mostPhases, mostSeconds] = [-2, 3, 60];

interface Task {
  readonly train: Table;
  readonly test: Table;
}

interface Score {
  readonly accuracy: number;
  /** Of processor time. */
  readonly seconds: number;
  /** Phases in a set; the peer has no sets. */
  readonly setSize?: number;
}

interface Peer {
  readonly sklearn: string;
  readonly scores: readonly Score[];
}

async function main(): Promise<void> {
  console.log(`own laboratories, ${draws} of them; load ${loadavg()[0].toFixed(2)}`);
  const tasks: Task[] = [];
  for (let draw = 0; draw < draws; draw++) tasks.push(...(await tasksOf(draw)));
  const peer = sklearnPeer(tasks);
  const ours: Score[] = [];
  for (const task of tasks) {
    ours.push(await ownScore(task));
    const { accuracy, seconds } = ours.at(-1)!;
    const beside = peer === null ? "" : `, the peer ${peer.scores[ours.length - 1].accuracy.toFixed(3)}`;
    console.log(`  ${task.train.numRows} rows: ${accuracy.toFixed(3)}${beside}, ${seconds.toFixed(0)} s`);
  }
  sizes.forEach((size, at) => report(size, ofSize(ours, at), peer && ofSize(peer.scores, at), peer?.sklearn));
}

/** One laboratory, from few and from more rows of each phase. */
async function tasksOf(draw: number): Promise<Task[]> {
  const { table } = await generateExperiments({ rows: made, seed: 18_300 + draw, labs: { count: 1 } });
  const labels = phaseCodes(table);
  const test = selectRows(
    table,
    rowsWhere(table, (row) => row >= made - testRows),
  );
  return sizes.map((size) => {
    const counts = phaseNames.map(() => 0);
    const isTaken = (row: number): boolean => row < made - testRows && counts[labels[row]]++ < size / phaseNames.length;
    const train = selectRows(table, rowsWhere(table, isTaken));
    if (train.numRows !== size) throw new Error(`draw ${draw}: ${size} balanced rows are needed; got ${train.numRows}`);
    return { train, test };
  });
}

async function ownScore({ train, test }: Task): Promise<Score> {
  const used = process.cpuUsage();
  const { laboratory } = await fitOwnLaboratory(train, { seed: 1, fileSha256: "" });
  const { user, system } = process.cpuUsage(used);
  const seconds = (user + system) / 1e6;
  const { rows, phase, sets } = answerColumns(await ownModelOf(laboratory), test);
  const labels = phaseCodes(test);
  // A recipe that is refused is not told.
  const right = rows.filter((row, i) => phase[i] === labels[row]).length;
  return {
    accuracy: right / test.numRows,
    seconds,
    setSize: sets.reduce((sum, set) => sum + setSize(set), 0) / sets.length,
  };
}

function ofSize(scores: readonly Score[], at: number): Score[] {
  return scores.filter((_, i) => i % sizes.length === at);
}

function report(size: number, ours: readonly Score[], peer: readonly Score[] | null, version = ""): void {
  const over = { over: "laboratories" };
  const points = (scores: readonly Score[]): Estimate =>
    studentEstimate(
      scores.map(({ accuracy }) => 100 * accuracy),
      over,
    );
  const sets = studentEstimate(
    ours.map((one) => one.setSize!),
    over,
  );
  console.log(`${size} rows: accuracy ${inWords(points(ours))} %, phases in a set ${inWords(sets)}`);
  if (peer !== null) {
    const difference = studentEstimate(
      ours.map(({ accuracy }, i) => 100 * (accuracy - peer[i].accuracy)),
      over,
    );
    console.log(`  scikit-learn ${inWords(points(peer))} %, ours less that ${inWords(difference)} points`);
    if (!(difference.interval.low >= fewestPoints)) process.exitCode = 1;
  }
  const median = (scores: readonly Score[]): number =>
    scores.map(({ seconds }) => seconds).sort((a, b) => a - b)[scores.length >> 1];
  const seconds = median(ours);
  console.log(ratioLine("  the fit", seconds, peer && median(peer), `scikit-learn ${version}`));
  if (size === Math.max(...sizes) && !(sets.value <= mostPhases && seconds <= mostSeconds)) process.exitCode = 1;
}

function inWords({ value, interval }: Estimate): string {
  return `${value.toFixed(2)} [${interval.low.toFixed(2)}, ${interval.high.toFixed(2)}]`;
}

function sklearnPeer(tasks: readonly Task[]): Peer | null {
  const python = process.env.PEER_PYTHON ?? "python3";
  if (spawnSync(python, ["-c", "import sklearn"]).status !== 0) {
    console.log(missingPeer(python, "scikit-learn"));
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), "twin-bench-"));
  try {
    tasks.forEach(({ train, test }, i) => {
      const all = Uint32Array.from({ length: train.numRows }, (_, row) => row);
      const encoder = fitEncoder(train, all, { missing: "median", unseen: "ignore" });
      for (const [name, table] of Object.entries({ train, test })) {
        writeFileSync(join(folder, `${i}.${name}.f32`), encode(encoder, table).values);
        writeFileSync(join(folder, `${i}.${name}.u8`), phaseCodes(table));
      }
    });
    const { status, stdout, stderr } = spawnSync(
      python,
      [projectPath("bench", "peers", "own_laboratory_sklearn.py"), folder, String(tasks.length), String(trees)],
      { encoding: "utf8", env: { ...process.env, OMP_NUM_THREADS: "1" } },
    );
    if (status !== 0) throw new Error(`the peer failed: ${stderr}`);
    return JSON.parse(stdout) as Peer;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
