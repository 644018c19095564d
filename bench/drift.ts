import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { boxMuller } from "../dist/core/random/boxMuller.js";
import { seededRandom } from "../dist/core/random/Random.js";
import { projectPath } from "../src/io/projectPath.js";
import { missingPeer } from "./missingPeer.js";

// Kolmogorov-Smirnov and population stability over 50 features, 100,000 rows against 100,000, on one thread: against
// SciPy's ks_2samp with NumPy's quantiles and histogram (bar 4 x), and, with the reference sorted before the watch
// starts, against a NumPy that does so too (bar 1 x). Same rows, same results: statistics to 1e-12, probabilities to
// 1e-9 (SciPy's own p of Kolmogorov-Smirnov is by another approximation; how far off is printed). The peer is
// bench/peers/drift_scipy.py; it needs a Python with SciPy (python3 -m venv peer && peer/bin/pip install scipy), named
// by PEER_PYTHON, or python3. Radix sort is held against Float64Array.prototype.sort.
//
// Ours comes from dist and runs in a child without tsx, half before the peer and half after, so that a slow spell of
// the machine does not meet one of them alone; the best run of each counts.

const [features, rows, runs] = [50, 100_000, 5];

interface Tests {
  readonly seconds: readonly number[];
  /** By feature: statistic and p of Kolmogorov-Smirnov, index and p of population stability. */
  readonly found: readonly (readonly number[])[];
}

interface Ours {
  readonly usual: Tests;
  readonly sortedOnce: Tests;
  readonly radix: readonly number[];
  readonly native: readonly number[];
}

interface Peer {
  readonly scipy: string;
  readonly numpy: string;
  readonly usual: Tests;
  readonly sortedOnce: Tests;
  readonly sort: readonly number[];
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), "twin-bench-"));
  try {
    console.log(`KS and PSI, ${features} features, ${rows} against ${rows} rows; load ${loadavg()[0].toFixed(2)}`);
    const random = seededRandom(1).fork("bench");
    for (const [name, shift] of [
      ["reference", 0],
      ["current", 0.004],
    ] as const)
      writeFileSync(join(folder, `${name}.f64`), normals(random.fork(name), shift));
    const [before, peer, after] = [ours(folder), scipyPeer(folder), ours(folder)];
    const best = (of: (one: Ours) => readonly number[]): number => Math.min(...of(before), ...of(after));
    const [radix, native] = [best((one) => one.radix), best((one) => one.native)];
    console.log(
      `radix sort: ${(native / radix).toFixed(2)} x Float64Array.prototype.sort ` +
        `(${milliseconds(radix)} and ${milliseconds(native)} a feature)`,
    );
    if (peer === null) return;
    console.log(`  NumPy's sort takes ${milliseconds(Math.min(...peer.sort))}`);
    check("KS and PSI", before.usual, peer.sortedOnce);
    check("KS and PSI, the reference sorted before", before.sortedOnce, peer.sortedOnce);
    check("KS and PSI by SciPy", { ...before.usual, found: before.usual.found.map(withoutP) }, withoutPs(peer.usual));
    const apart = peer.usual.found.map(([, p], i) => Math.abs(p - before.usual.found[i][1]));
    console.log(`  p of ks_2samp differs from ours by ${Math.max(...apart).toExponential(1)} at most`);
    const [all, once] = [best((one) => one.usual.seconds), best((one) => one.sortedOnce.seconds)];
    verdict(`SciPy ${peer.scipy} and NumPy ${peer.numpy}`, {
      ours: all,
      peer: Math.min(...peer.usual.seconds),
      bar: 4,
    });
    verdict("NumPy, the reference sorted before", { ours: once, peer: Math.min(...peer.sortedOnce.seconds), bar: 1 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function normals(random: () => number, shift: number): Float64Array {
  const values = new Float64Array(features * rows);
  for (let i = 0; i < values.length; i += 2) {
    const [one, other] = boxMuller(1 - random(), random());
    values[i] = one + shift;
    values[i + 1] = other + shift;
  }
  return values;
}

function ours(folder: string): Ours {
  const compiled = (name: string): string => JSON.stringify(new URL(`../dist/${name}`, import.meta.url).href);
  const module = join(folder, "child.mjs");
  writeFileSync(
    module,
    `
    import { readFileSync } from "node:fs";
    import { seededRandom } from ${compiled("core/random/Random.js")};
    import { kolmogorovSmirnovDrift } from ${compiled("monitoring/detectors/kolmogorovSmirnovDrift.js")};
    import { populationStabilityIndex } from ${compiled("monitoring/detectors/populationStabilityIndex.js")};
    import { sortSample } from ${compiled("monitoring/detectors/SortedSample.js")};
    const bytes = (name) => new Uint8Array(readFileSync(${JSON.stringify(folder)} + "/" + name));
    const read = (name) => new Float64Array(bytes(name).buffer);
    const [reference, current] = ["reference.f64", "current.f64"].map((name) => {
      const values = read(name);
      return Array.from({ length: ${features} }, (_, i) => values.slice(i * ${rows}, (i + 1) * ${rows}));
    });
    const random = seededRandom(1);
    const compare = (before, now) => {
      const [ks, psi] = [kolmogorovSmirnovDrift, populationStabilityIndex].map((test) => test(before, now, { random }));
      return [ks.statistic, ks.pValue, psi.statistic, psi.pValue];
    };
    const timed = (work) => {
      const seconds = [];
      let found;
      for (let run = 0; run <= ${runs}; run++) {
        const started = performance.now();
        found = current.map(work);
        // The first run compiles.
        if (run > 0) seconds.push((performance.now() - started) / 1000);
      }
      return { seconds, found };
    };
    const fitted = reference.map((values) => sortSample(values));
    console.log(JSON.stringify({
      usual: timed((values, i) => compare(sortSample(reference[i]), sortSample(values))),
      sortedOnce: timed((values, i) => compare(fitted[i], sortSample(values))),
      radix: timed((values) => sortSample(values).sorted[0]).seconds,
      native: timed((values) => values.slice().sort()[0]).seconds,
    }));`,
  );
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [module], { encoding: "utf8" });
  if (status !== 0) throw new Error(`a child of the bench failed: ${signal ?? stderr}`);
  return JSON.parse(stdout) as Ours;
}

function scipyPeer(folder: string): Peer | null {
  const python = process.env.PEER_PYTHON ?? "python3";
  if (spawnSync(python, ["-c", "import scipy, numpy"]).status !== 0) {
    console.log(missingPeer(python, "scipy"));
    return null;
  }
  const { status, stdout, stderr } = spawnSync(
    python,
    [projectPath("bench", "peers", "drift_scipy.py"), folder, ...[features, rows, runs].map(String)],
    { encoding: "utf8", env: { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" } },
  );
  if (status !== 0) throw new Error(`the peer failed: ${stderr}`);
  return JSON.parse(stdout) as Peer;
}

function withoutP([statistic, , index, p]: readonly number[]): readonly number[] {
  return [statistic, NaN, index, p];
}

function withoutPs(tests: Tests): Tests {
  return { ...tests, found: tests.found.map(withoutP) };
}

/** Statistics agree to 1e-12, probabilities to 1e-9; what is NaN is not compared. */
function check(what: string, mine: Tests, theirs: Tests): void {
  mine.found.forEach((row, feature) => {
    row.forEach((value, i) => {
      const apart = Math.abs(value - theirs.found[feature][i]);
      if (Number.isNaN(value) || apart <= (i % 2 === 0 ? 1e-12 : 1e-9)) return;
      console.log(`NO RATIO: ${what}, feature ${feature}: ours ${value}, the peer's ${theirs.found[feature][i]}`);
      process.exitCode = 1;
    });
  });
}

function milliseconds(seconds: number): string {
  return `${((1000 * seconds) / features).toFixed(2)} ms`;
}

function verdict(peerName: string, { ours, peer, bar }: Readonly<Record<"ours" | "peer" | "bar", number>>): void {
  const ratio = peer / ours;
  const met = ratio >= bar ? "met" : "MISSED";
  console.log(
    `ours ${ours.toFixed(3)} s, ${peerName} ${peer.toFixed(3)} s: ${ratio.toFixed(2)} x (bar >= ${bar} x: ${met})`,
  );
  if (ratio < bar) process.exitCode = 1;
}

main();
