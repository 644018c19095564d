import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import type { Matrix } from "../dist/core/Matrix.js";
import { cholesky } from "../dist/core/statistics/cholesky.js";
import { forwardSolve } from "../dist/core/statistics/forwardSolve.js";
import { forwardSolveMany } from "../dist/core/statistics/forwardSolveMany.js";
import { codesOf, numbersOf } from "../dist/core/Table.js";
import { encode } from "../dist/features/encode.js";
import { fitEncoder } from "../dist/features/fitEncoder.js";
import { generateExperiments } from "../dist/generation/generateExperiments.js";
import { trainGaussianClassifier } from "../dist/training/baselines/gaussian/trainGaussianClassifier.js";
import { trainGaussianRegressor } from "../dist/training/baselines/gaussian/trainGaussianRegressor.js";
import { projectPath } from "../src/io/projectPath.js";
import { ratioLine } from "./median.js";
import { missingPeer } from "./missingPeer.js";

// Gaussian processes with a length for each feature on 300 generated recipes: emission peak, and the most frequent
// phase against all others; against scikit-learn on the same rows, one thread each, in processor time. The peer climbs
// from one start, ours from three of which the best goes on; both evidences are shown. The peer needs a Python with
// scikit-learn (python3 -m venv peer && peer/bin/pip install scikit-learn), named by PEER_PYTHON, or python3. Then what
// a prediction solves, of 2,000 rows: several right sides at once against one after another.

const rows = 300;

interface Task {
  readonly features: Matrix;
  readonly answers: Float64Array | Uint8Array;
}

interface Fit {
  /** Of processor time. */
  readonly seconds: number;
  readonly evidence: number;
}

interface Peer {
  readonly sklearn: string;
  readonly regression: Fit;
  readonly classification: Fit;
}

async function main(): Promise<void> {
  const { table } = await generateExperiments({ rows: 4 * rows, seed: 7 });
  const peak = numbersOf(table, "photoluminescencePeakNanometre");
  const measured = Uint32Array.from(peak, (_, row) => row).filter((row) => !Number.isNaN(peak[row]));
  const { codes, levels } = codesOf(table, "phase");
  const counts = levels.map((_, code) => codes.filter((label) => label === code).length);
  const frequent = counts.indexOf(Math.max(...counts));
  const taskOf = (chosen: Uint32Array, answers: Task["answers"]): Task => ({
    features: encode(fitEncoder(table, chosen), table, chosen),
    answers,
  });
  const shown = measured.subarray(0, rows);
  const targets = taskOf(
    shown,
    Float64Array.from(shown, (row) => peak[row]),
  );
  const first = Uint32Array.from({ length: rows }, (_, row) => row);
  const classes = taskOf(
    first,
    Uint8Array.from(first, (row) => Number(codes[row] === frequent)),
  );
  console.log(`Gaussian process, ${rows} x ${targets.features.columns}; load ${loadavg()[0].toFixed(2)}`);
  const regression = timed(
    () => trainGaussianRegressor(targets.features, targets.answers, ["peak"]).processes[0].evidence,
  );
  const classification = timed(
    () =>
      trainGaussianClassifier(classes.features, classes.answers, ["others", "phase"], {
        // The peer's variance may go so far.
        largestVariance: 1e5,
      }).processes[0].evidence,
  );
  const peer = sklearnPeer(targets, classes);
  report("peak", regression, peer?.regression ?? null, peer?.sklearn);
  report(`${levels[frequent]} or not`, classification, peer?.classification ?? null, peer?.sklearn);
  solveSeveral(2000, 200);
}

/** Several right sides of one triangle, together and one after another: equal bytes, or the bench fails. */
function solveSeveral(size: number, count: number): void {
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) lower[i * size + j] = Math.exp(-Math.abs(i - j) / 50) + 0.1 * Number(i === j);
  cholesky(lower, size);
  const right = Float64Array.from({ length: size * count }, (_, i) => Math.sin(i));
  const [together, alone] = [right.slice(), right.slice()];
  const secondsOf = (work: () => void): number => {
    const started = performance.now();
    work();
    return (performance.now() - started) / 1000;
  };
  const ours = secondsOf(() => forwardSolveMany(lower, size, together));
  const before = secondsOf(() => {
    for (let at = 0; at < alone.length; at += size) forwardSolve(lower, size, alone.subarray(at, at + size));
  });
  console.log(ratioLine(`${count} right sides of ${size} rows`, ours, before, "one by one"));
  if (alone.some((value, i) => value !== together[i])) process.exitCode = 1;
}

function timed(evidenceOf: () => number): Fit {
  const used = process.cpuUsage();
  const evidence = evidenceOf();
  const { user, system } = process.cpuUsage(used);
  return { seconds: (user + system) / 1e6, evidence };
}

function report(what: string, ours: Fit, peer: Fit | null, version = ""): void {
  console.log(ratioLine(what, ours.seconds, peer?.seconds ?? null, `scikit-learn ${version}`));
  const beside = peer === null ? "" : `, the peer's ${peer.evidence.toFixed(3)}`;
  console.log(`log marginal likelihood ${ours.evidence.toFixed(3)}${beside}`);
  if (peer !== null && !(ours.evidence > peer.evidence - 1)) process.exitCode = 1;
}

function sklearnPeer(targets: Task, classes: Task): Peer | null {
  const python = process.env.PEER_PYTHON ?? "python3";
  if (spawnSync(python, ["-c", "import sklearn"]).status !== 0) {
    console.log(missingPeer(python, "scikit-learn"));
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), "twin-bench-"));
  try {
    writeFileSync(join(folder, "targets.f32"), targets.features.values);
    writeFileSync(join(folder, "targets.f64"), targets.answers);
    writeFileSync(join(folder, "classes.f32"), classes.features.values);
    writeFileSync(join(folder, "classes.u8"), classes.answers);
    const { status, stdout, stderr } = spawnSync(
      python,
      [projectPath("bench", "peers", "gaussian_sklearn.py"), folder, String(targets.features.columns)],
      { encoding: "utf8", env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" } },
    );
    if (status !== 0) throw new Error(`the peer failed: ${stderr}`);
    return JSON.parse(stdout) as Peer;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
