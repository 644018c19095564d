import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { accuracy } from "../dist/core/metrics/accuracy.js";
import { argmax } from "../dist/core/metrics/argmax.js";
import { logLoss } from "../dist/core/metrics/logLoss.js";
import type { Matrix } from "../dist/core/Matrix.js";
import { seededRandom } from "../dist/core/random/Random.js";
import { codesOf } from "../dist/core/Table.js";
import { encode } from "../dist/features/encode.js";
import { fitEncoder } from "../dist/features/fitEncoder.js";
import { generateExperiments } from "../dist/generation/generateExperiments.js";
import { trainForest } from "../dist/training/baselines/trainForest.js";
import { projectPath } from "../src/io/projectPath.js";
import { medianSeconds, ratioLine } from "./median.js";
import { missingPeer } from "./missingPeer.js";

// A random forest of 200 trees on 12,000 generated recipes against scikit-learn's on the same rows, one thread each,
// and both forests' log loss on 4,000 other rows. The peer needs a Python with scikit-learn
// (python3 -m venv peer && peer/bin/pip install scikit-learn), named by PEER_PYTHON, or python3.

const [trainRows, testRows, trees, runs] = [12_000, 4_000, 200, 3];

interface Peer {
  readonly sklearn: string;
  readonly seconds: readonly number[];
  readonly logLoss: number;
  readonly accuracy: number;
}

interface Part {
  readonly features: Matrix;
  readonly labels: Uint8Array;
}

async function main(): Promise<void> {
  const { table } = await generateExperiments({ rows: trainRows + testRows, seed: 7 });
  const { codes, levels } = codesOf(table, "phase");
  const first = Uint32Array.from({ length: trainRows }, (_, row) => row);
  const encoder = fitEncoder(table, first);
  const part = (rows: Uint32Array): Part => ({
    features: encode(encoder, table, rows),
    labels: Uint8Array.from(rows, (row) => codes[row]),
  });
  const [train, test] = [part(first), part(Uint32Array.from({ length: testRows }, (_, row) => trainRows + row))];
  console.log(
    `random forest, ${trees} trees, ${trainRows} x ${train.features.columns}; load ${loadavg()[0].toFixed(2)}`,
  );

  let probabilities = new Float64Array();
  const ours = await medianSeconds(runs, () => {
    probabilities = trainForest(train.features, train.labels, levels, seededRandom(1), { trees }).predict(
      test.features,
    ) as Float64Array<ArrayBuffer>;
    return Promise.resolve();
  });
  const peer = sklearnPeer(train, test, levels.length);
  console.log(
    ratioLine(
      "training (ours with the prediction)",
      ours,
      peer === null ? null : peer.seconds.slice().sort((a, b) => a - b)[runs >> 1],
      `scikit-learn ${peer?.sklearn ?? ""}`,
    ),
  );
  const [loss, right] = [
    logLoss(test.labels, probabilities),
    accuracy(test.labels, argmax(probabilities, levels.length)),
  ];
  const beside = (theirs: number | undefined): string =>
    theirs === undefined ? "" : `, the peer's ${theirs.toFixed(4)}`;
  console.log(
    `log loss ${loss.toFixed(4)}${beside(peer?.logLoss)}; accuracy ${right.toFixed(4)}${beside(peer?.accuracy)}`,
  );
  if (peer !== null && !(loss < peer.logLoss + 0.02)) process.exitCode = 1;
}

function sklearnPeer(train: Part, test: Part, classes: number): Peer | null {
  const python = process.env.PEER_PYTHON ?? "python3";
  if (spawnSync(python, ["-c", "import sklearn"]).status !== 0) {
    console.log(missingPeer(python, "scikit-learn"));
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), "twin-bench-"));
  try {
    for (const [name, { features, labels }] of Object.entries({ train, test })) {
      writeFileSync(join(folder, `${name}.f32`), features.values);
      writeFileSync(join(folder, `${name}.u8`), labels);
    }
    const { status, stdout, stderr } = spawnSync(
      python,
      [
        projectPath("bench", "peers", "forest_sklearn.py"),
        folder,
        ...[train.features.columns, classes, trees, runs].map(String),
      ],
      { encoding: "utf8", env: { ...process.env, OMP_NUM_THREADS: "1" } },
    );
    if (status !== 0) throw new Error(`the peer failed: ${stderr}`);
    return JSON.parse(stdout) as Peer;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
