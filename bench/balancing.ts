import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { adasyn } from "../dist/balancing/adasyn.js";
import { smote } from "../dist/balancing/smote.js";
import { boxMuller } from "../dist/core/random/boxMuller.js";
import type { Matrix } from "../dist/core/Matrix.js";
import { makeMatrix } from "../dist/core/Matrix.js";
import { seededRandom } from "../dist/core/random/Random.js";
import { textsOf } from "../dist/core/Table.js";
import { encode } from "../dist/features/encode.js";
import { fitEncoder } from "../dist/features/fitEncoder.js";
import { generateExperiments } from "../dist/generation/generateExperiments.js";
import { missingPeer } from "./missingPeer.js";

// SMOTE and ADASYN against imbalanced-learn on the same 100,000 x 20 rows, 9.5 % of the rarer
// class, one thread each: on features of generated recipes, and on independent normal numbers, the
// worst case for any search that leaves rows out.

const rows = 100_000;
const minority = 9_500;
const runs = 3;

interface Rows {
  readonly features: Matrix;
  readonly labels: Uint8Array;
}

interface Run {
  readonly wall: number;
  readonly processor: number;
}

interface Peer {
  readonly imblearn: string;
  readonly sklearn: string;
  readonly methods: Readonly<
    Record<"smote" | "adasyn", { readonly seconds: readonly Run[]; readonly counts: readonly number[] }>
  >;
}

async function main(): Promise<void> {
  console.log(
    `balancing ${rows.toLocaleString("en")} x 20 rows, ${minority.toLocaleString("en")} of the rarer class; ` +
      `load ${loadavg()[0].toFixed(2)}`,
  );
  await compare("features of generated recipes", await recipeRows());
  await compare("independent normal numbers (worst case)", normalRows());
  console.log(`load at the end ${loadavg()[0].toFixed(2)}`);
}

/** 16 recipe features and the route; the rarer class is "no target product". */
async function recipeRows(): Promise<Rows> {
  const { table } = await generateExperiments({ rows: 150_000, seed: 3 });
  const nothing = textsOf(table, "phase").map((phase) => phase === "no target product");
  const room = [rows - minority, minority];
  const chosen = Uint32Array.from({ length: table.numRows }, (_, row) => row).filter(
    (row) => room[Number(nothing[row])]-- > 0,
  );
  const encoder = fitEncoder(table, chosen, { categories: ["route"] });
  return { features: encode(encoder, table, chosen), labels: Uint8Array.from(chosen, (row) => Number(nothing[row])) };
}

function normalRows(): Rows {
  const random = seededRandom(1);
  const labels = Uint8Array.from({ length: rows }, (_, row) => (row < minority ? 1 : 0));
  const values = Float32Array.from(
    { length: rows * 20 },
    (_, i) => boxMuller(random(), random())[0] + 0.3 * labels[Math.floor(i / 20)],
  );
  return {
    features: makeMatrix(
      Array.from({ length: 20 }, (_, column) => `x${column}`),
      values,
    ),
    labels,
  };
}

async function compare(what: string, { features, labels }: Rows): Promise<void> {
  if (features.columns !== 20 || features.rows !== rows)
    throw new Error(`the bench needs ${rows} x 20; got ${features.rows} x ${features.columns}`);
  console.log(what);
  const ours = {
    smote: await timed(() => smote(features, labels, seededRandom(1))),
    adasyn: await timed(() => adasyn(features, labels, seededRandom(1))),
  };
  const peer = imblearnPeer(features, labels);
  for (const [method, bar] of [
    ["smote", 1],
    ["adasyn", 5],
  ] as const) {
    report(`  ${method}, ours`, ours[method].seconds);
    if (peer === null) continue;
    const theirs = peer.methods[method];
    report(`  ${method}, imbalanced-learn ${peer.imblearn}, scikit-learn ${peer.sklearn}`, theirs.seconds);
    if (ours[method].counts.join() !== theirs.counts.join()) {
      console.log(
        `  NO RATIO: ours made [${ours[method].counts.join(", ")}] rows, the peer [${theirs.counts.join(", ")}]`,
      );
      process.exitCode = 1;
      continue;
    }
    for (const kind of ["wall", "processor"] as const) {
      const ratio =
        median(theirs.seconds.map((run) => run[kind])) / median(ours[method].seconds.map((run) => run[kind]));
      console.log(
        `    ${kind} time, peer over ours: ${ratio.toFixed(2)} x (bar >= ${bar}: ${ratio >= bar ? "met" : "MISSED"})`,
      );
    }
  }
}

async function timed(work: () => Promise<Rows>): Promise<{ readonly seconds: Run[]; readonly counts: number[] }> {
  const seconds: Run[] = [];
  let counts: number[] = [];
  // The first run compiles.
  for (let run = 0; run <= runs; run++) {
    const [started, before] = [performance.now(), process.cpuUsage()];
    const { labels } = await work();
    const { user, system } = process.cpuUsage(before);
    if (run > 0) seconds.push({ wall: (performance.now() - started) / 1000, processor: (user + system) / 1e6 });
    counts = [0, 1].map((label) => labels.reduce((sum, one) => sum + Number(one === label), 0));
  }
  return { seconds, counts };
}

function imblearnPeer(features: Matrix, labels: Uint8Array): Peer | null {
  const python = process.env.PEER_PYTHON ?? "python3";
  if (spawnSync(python, ["-c", "import imblearn"]).status !== 0) {
    console.log(missingPeer(python, "imbalanced-learn"));
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), "twin-bench-"));
  try {
    writeFileSync(join(folder, "features.f32"), features.values);
    writeFileSync(join(folder, "labels.u8"), labels);
    const { status, stdout, stderr } = spawnSync(
      python,
      [join(import.meta.dirname, "peers", "balance_imblearn.py"), folder, "--columns", "20", "--runs", String(runs)],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(`the peer failed: ${stderr}`);
    return JSON.parse(stdout) as Peer;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(what: string, seconds: readonly Run[]): void {
  const wall = median(seconds.map((run) => run.wall));
  const processor = median(seconds.map((run) => run.processor));
  console.log(`${what.padEnd(62)} ${wall.toFixed(3)} s wall, ${processor.toFixed(3)} s processor`);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

await main();
