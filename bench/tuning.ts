import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { projectPath } from "../src/io/projectPath.js";
import { missingPeer } from "./missingPeer.js";

// What a trial costs beside its objective: processor time to propose one and to take in its outcome, in memory, after
// 20 trials, by our default sampler and by Optuna's, at 100 and 1,000 trials; and by our Gaussian process and its
// GPSampler, at 60. Of the four objectives of test/golden/f_tuning.json (their own cost is microseconds), the mean
// counts. The peer is bench/peers/tune_optuna.py; it needs a Python with optuna 5.0.0, scipy and torch
// (python3 -m venv peer && peer/bin/pip install optuna==5.0.0 scipy torch), named by PEER_PYTHON, or python3.
//
// Where others use the machine too, wall times say little: processor times are compared, on one thread each.
//
// What is measured comes from dist and runs in a child without tsx, as in bench/generation.ts.

interface Comparison {
  readonly sampler: "default" | "gp";
  readonly trials: number;
  /** Studies of which the median counts, after one that compiles. */
  readonly studies: number;
  /** That ours may cost, as a share of the peer's. */
  readonly most: number;
}

const warmUp = 20;
const comparisons: readonly Comparison[] = [
  { sampler: "default", trials: 100, studies: 5, most: 0.15 },
  { sampler: "default", trials: 1000, studies: 3, most: 0.25 },
  { sampler: "gp", trials: 60, studies: 3, most: 0.25 },
];

/** Processor milliseconds a trial, by objective. */
type Milliseconds = Readonly<Record<string, number>>;

function main(): void {
  console.log(`processor ms a trial, after ${warmUp} trials; load ${loadavg()[0].toFixed(2)}`);
  const python = process.env.PEER_PYTHON ?? "python3";
  const hasPeer = spawnSync(python, ["-c", "import optuna, scipy, torch"]).status === 0;
  if (!hasPeer) console.log(missingPeer(python, "optuna, scipy or torch", "optuna==5.0.0 scipy torch"));
  for (const comparison of comparisons) {
    const what = `${comparison.sampler}, ${comparison.trials} trials`;
    const mine = ours(comparison);
    report(`ours, ${what}`, mine);
    if (!hasPeer) continue;
    const peer = optunaPeer(python, comparison);
    report(`Optuna ${peer.optuna}, ${what}`, peer.milliseconds);
    const ratio = mean(mine) / mean(peer.milliseconds);
    const met = ratio <= comparison.most ? "met" : "MISSED";
    console.log(`  ours to Optuna's: ${ratio.toFixed(3)} x (bar <= ${comparison.most} x: ${met})`);
  }
}

function ours({ sampler, trials, studies }: Comparison): Milliseconds {
  const folder = mkdtempSync(join(tmpdir(), "twin-bench-"));
  const compiled = (name: string): string => JSON.stringify(new URL(`../dist/${name}`, import.meta.url).href);
  const module = join(folder, "child.mjs");
  writeFileSync(
    module,
    `
    import { createStudy } from ${compiled("tuning/Study.js")};
    import { gaussianSampler } from ${compiled("tuning/samplers/gaussianSampler.js")};
    import { tpeSampler } from ${compiled("tuning/samplers/tpeSampler.js")};
    import { gaussianSurrogate } from ${compiled("training/baselines/gaussian/gaussianSurrogate.js")};
    import { tunedObjectives } from ${compiled("workspace/proofs/tuning/tunedObjectives.js")};
    const sampler = ${sampler === "gp" ? "gaussianSampler({ fit: gaussianSurrogate })" : "tpeSampler()"};
    const spent = ({ space, value }, seed) => {
      const study = createStudy({ seed, space, sampler });
      let used = process.cpuUsage();
      for (let number = 0; number < ${warmUp + trials}; number++) {
        if (number === ${warmUp}) used = process.cpuUsage();
        study.tell(number, { state: "complete", values: [value(study.ask().parameters)] });
      }
      const { user, system } = process.cpuUsage(used);
      return (user + system) / 1000 / ${trials};
    };
    const of = (objective) => {
      const all = Array.from({ length: ${studies + 1} }, (_, seed) => spent(objective, seed)).slice(1);
      return all.sort((a, b) => a - b)[${Math.floor(studies / 2)}];
    };
    const entries = Object.entries(tunedObjectives).map(([name, objective]) => [name, of(objective)]);
    console.log(JSON.stringify(Object.fromEntries(entries)));`,
  );
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [module], { encoding: "utf8" });
  rmSync(folder, { recursive: true, force: true });
  if (status !== 0) throw new Error(`a child of the bench failed: ${signal ?? stderr}`);
  return JSON.parse(stdout) as Milliseconds;
}

function optunaPeer(
  python: string,
  { sampler, trials }: Comparison,
): { readonly optuna: string; readonly milliseconds: Milliseconds } {
  const script = projectPath("bench", "peers", "tune_optuna.py");
  const { status, stdout, stderr } = spawnSync(python, [script, "time", sampler, String(trials), String(warmUp)], {
    encoding: "utf8",
    env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
  });
  if (status !== 0) throw new Error(`the peer failed: ${stderr}`);
  return JSON.parse(stdout) as { readonly optuna: string; readonly milliseconds: Milliseconds };
}

function mean(spent: Milliseconds): number {
  const all = Object.values(spent);
  return all.reduce((sum, one) => sum + one, 0) / all.length;
}

function report(what: string, spent: Milliseconds): void {
  const parts = Object.entries(spent).map(([name, one]) => `${name} ${one.toFixed(2)}`);
  console.log(`${what.padEnd(34)} mean ${mean(spent).toFixed(2)}: ${parts.join(", ")}`);
}

main();
