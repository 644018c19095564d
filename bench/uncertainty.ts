import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { seededRandom } from "../dist/core/random/Random.js";
import { initialWeights } from "../dist/training/initialWeights.js";
import { projectPath } from "../src/io/projectPath.js";
import { missingPeer } from "./missingPeer.js";

// Prediction by an ensemble of ten networks 28-96-96-5 for 100,000 rows, on two threads: the probabilities of every
// member, their mean, and total, aleatoric and epistemic uncertainty by row; against PyTorch with the same weights,
// rows and results. The peer is bench/peers/ensemble_torch.py; it needs a Python with torch
// (python3 -m venv peer && peer/bin/pip install torch numpy), named by PEER_PYTHON, or python3.
//
// Where others use the machine too, wall times say little: processor time stands beside them, and the best run counts.
//
// What is measured comes from dist and runs in a child without tsx, as in bench/generation.ts.

const rows = 100_000;
const members = 10;
const threads = 2;
const runs = 5;
const mostSeconds = 2;
const architecture = {
  features: Array.from({ length: 28 }, (_, i) => `x${i}`),
  hidden: [96, 96],
  activation: "relu" as const,
  classes: ["a", "b", "c", "d", "e"],
  targets: [],
};

interface Measured {
  /** Wall times, in seconds. */
  readonly seconds: readonly number[];
  readonly processorSeconds: readonly number[];
  /** Mean over rows; what both must agree on. */
  readonly epistemic: number;
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), "twin-bench-"));
  try {
    console.log(
      `an ensemble of ${members} networks 28-96-96-5, ${rows} rows, ${threads} threads; ` +
        `load ${loadavg()[0].toFixed(2)}`,
    );
    const random = seededRandom(1).fork("bench");
    writeFileSync(
      join(folder, "features.f32"),
      Float32Array.from(
        { length: rows * architecture.features.length },
        () => 1.7 * (random() + random() + random() + random() - 2),
      ),
    );
    writeFileSync(
      join(folder, "weights.f32"),
      Buffer.concat(
        Array.from({ length: members }, (_, i) => Buffer.from(initialWeights(architecture, random.fork(i)).buffer)),
      ),
    );
    // The peer runs between two halves of ours, so that a slow spell of the machine does not meet one of them alone.
    const [before, peer, after] = [ours(folder), torchPeer(folder), ours(folder)];
    const seconds = [...before.seconds, ...after.seconds];
    report("ours, simd engine", {
      ...before,
      seconds,
      processorSeconds: [...before.processorSeconds, ...after.processorSeconds],
    });
    const [best, processor] = [Math.min(...seconds), Math.min(...before.processorSeconds, ...after.processorSeconds)];
    verdict("best wall time", best);
    verdict(`processor time / ${threads}`, processor / threads);
    if (peer === null) return;
    report(`PyTorch ${peer.torch}, ${peer.how}`, peer);
    if (!(Math.abs(peer.epistemic - before.epistemic) <= 1e-5)) {
      console.log(
        "NO RATIO: the peer does not compute the same: " +
          `mean epistemic uncertainty ${peer.epistemic}, ours ${before.epistemic}`,
      );
      process.exitCode = 1;
      return;
    }
    const wallRatio = (best / Math.min(...peer.seconds)).toFixed(2);
    const processorRatio = (processor / Math.min(...peer.processorSeconds)).toFixed(2);
    console.log(`  ours to PyTorch, best of each: ${wallRatio} x in wall time, ${processorRatio} x in processor time`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ours(folder: string): Measured {
  const compiled = (name: string): string => JSON.stringify(new URL(`../dist/${name}`, import.meta.url).href);
  const module = join(folder, "child.mjs");
  writeFileSync(
    module,
    `
    import { readFileSync } from "node:fs";
    import { predictMany } from ${compiled("training/predictMany.js")};
    import { predictiveEntropy } from ${compiled("uncertainty/predictiveEntropy.js")};
    const bytes = (name) => new Uint8Array(readFileSync(${JSON.stringify(folder)} + "/" + name));
    const read = (name) => new Float32Array(bytes(name).buffer);
    const architecture = ${JSON.stringify(architecture)};
    const given = read("features.f32");
    const values = new Float32Array(new SharedArrayBuffer(given.byteLength));
    values.set(given);
    const features = { rows: ${rows}, columns: architecture.features.length, values, names: architecture.features };
    const weights = read("weights.f32");
    const size = weights.length / ${members};
    const networks = Array.from({ length: ${members} }, (_, i) => {
      return { ...architecture, weights: weights.slice(i * size, (i + 1) * size) };
    });
    const [seconds, processorSeconds] = [[], []];
    let epistemic;
    for (let run = 0; run <= ${runs}; run++) {
      const [started, used] = [performance.now(), process.cpuUsage()];
      const result = predictiveEntropy(await predictMany(networks, features, { workers: ${threads} }), ${rows});
      const { user, system } = process.cpuUsage(used);
      // The first run compiles.
      if (run > 0) seconds.push((performance.now() - started) / 1000);
      if (run > 0) processorSeconds.push((user + system) / 1e6);
      epistemic = result.epistemic.reduce((a, b) => a + b) / ${rows};
    }
    console.log(JSON.stringify({ seconds, processorSeconds, epistemic }));`,
  );
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [module], { encoding: "utf8" });
  if (status !== 0) throw new Error(`a child of the bench failed: ${signal ?? stderr}`);
  return JSON.parse(stdout) as Measured;
}

function torchPeer(folder: string): (Measured & { readonly torch: string; readonly how: string }) | null {
  const python = process.env.PEER_PYTHON ?? "python3";
  if (spawnSync(python, ["-c", "import torch, numpy"]).status !== 0) {
    console.log(missingPeer(python, "torch", "torch numpy"));
    return null;
  }
  const { status, stdout, stderr } = spawnSync(
    python,
    [
      projectPath("bench", "peers", "ensemble_torch.py"),
      folder,
      "--members",
      String(members),
      "--threads",
      String(threads),
      "--runs",
      String(runs),
    ],
    { encoding: "utf8", env: { ...process.env, OMP_NUM_THREADS: String(threads) } },
  );
  if (status !== 0) throw new Error(`the peer failed: ${stderr}`);
  return JSON.parse(stdout) as Measured & { readonly torch: string; readonly how: string };
}

function report(what: string, { seconds, processorSeconds }: Measured): void {
  const median = [...seconds].sort((a, b) => a - b)[Math.floor(seconds.length / 2)];
  const [best, processor] = [Math.min(...seconds), Math.min(...processorSeconds)];
  console.log(
    `${what.padEnd(50)} median ${median.toFixed(2)} s, best ${best.toFixed(2)} s; processor ${processor.toFixed(2)} s`,
  );
}

function verdict(what: string, seconds: number): void {
  const met = seconds <= mostSeconds ? "met" : "MISSED";
  console.log(`  ${what.padEnd(48)} ${seconds.toFixed(2)} s (bar <= ${mostSeconds} s: ${met})`);
}

main();
