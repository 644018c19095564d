import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import {
  emissionLaw,
  focusedDispersion,
  greatestDispersion,
  homogeneousWidth,
  hotInjectionLaw,
  leastParticle,
  neatOleicAcid,
  neatOleylamine,
  quantumYieldLaw,
  reprecipitationLaw,
  slopeCentre,
} from "../dist/chemistry/constants.js";
import { measurementNoise } from "../dist/generation/laboratoryConstants.js";
import { boilingCelsius } from "../dist/chemistry/designFault.js";
import { barrierConstant } from "../dist/chemistry/nucleation.js";
import { compounds } from "../dist/chemistry/phases.js";
import { routeNames } from "../dist/chemistry/recipeSchema.js";
import type { ExperimentEngine, TwinSetup } from "../dist/generation/ExperimentEngine.js";
import {
  CalendarField,
  chunkRows,
  CodeSlot,
  codeSlots,
  DesignAxis,
  designAxes,
  NumberSlot,
  numberSlots,
  operatorsPerLab,
} from "../dist/generation/layout.js";
import { makeEngine } from "../dist/generation/makeEngine.js";
import { twinSetup } from "../dist/generation/twinSetup.js";
import { projectPath } from "../src/io/projectPath.js";
import { missingPeer } from "./missingPeer.js";

// The generator of experiments against NumPy: the same equations, columns, draws and dtype, both chunk after chunk in
// memory that is used again, one thread each. The peer is bench/peers/generate_numpy.py; it needs a Python with numpy
// (python3 -m venv peer && peer/bin/pip install "numpy>=1.22"), named by PEER_PYTHON, or python3.
//
// Where others use the machine too, wall times say little; the rates per second of processor time stand beside them.
//
// What is measured comes from dist, and what starts workers runs in a child without tsx: tsx names every closure anew
// at each call, which halves the speed of the readable engine, and workers inherit its loader, which slows their start.

const seed = 7;
const rows = 1_000_000;
const runs = 5;

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "twin-bench-"));
  try {
    const setup = twinSetup({ seed });
    const simd = await makeEngine("simd", setup);
    console.log(
      `generator of experiments: ${numberSlots} number and ${codeSlots} code columns a row; ` +
        `load ${loadavg()[0].toFixed(2)}`,
    );
    await againstNumpy(simd, setup, folder);
    await threads(simd, folder);
    verdict("memory of the WebAssembly of a worker", simd.fill(0, 1).numbers[0].buffer.byteLength / 1e6, "MB", {
      most: 3,
    });
    for (const workers of [1, 2])
      verdict(`growth of memory, streaming 10^7 rows after 10^5, ${workers} worker(s)`, growth(workers, folder), "MB", {
        most: 64,
      });
    const readable = await makeEngine("typescript", setup);
    report("typescript engine, one thread", await rates(3, rows / 20, () => fillAll(readable, rows / 20)));
    toFiles(folder);
    console.log(`load at the end ${loadavg()[0].toFixed(2)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// --- NumPy ------------------------------------------------------------------------------------------------------

/** What is known of many rows, by column. */
interface Distribution {
  readonly means: Readonly<Record<string, number>>;
  /** Share of rows without a value. */
  readonly missing: Readonly<Record<string, number>>;
  /** Share of each code. */
  readonly shares: Readonly<Record<string, readonly number[]>>;
  /** Impossible proposals per row, by code of designFaults. */
  readonly rejectedPerRow: readonly number[];
}

interface Peer extends Distribution {
  readonly numpy: string;
  readonly runs: readonly Run[];
}

interface OurDistribution extends Distribution {
  readonly deviations: Readonly<Record<string, number>>;
}

async function againstNumpy(simd: ExperimentEngine, setup: TwinSetup, folder: string): Promise<void> {
  const expected = distribution(simd);
  // The peer runs between two halves of ours, so that a slow spell of the machine does not meet one of them alone.
  const before = await timed(Math.ceil(runs / 2), () => fillAll(simd, rows));
  const peer = numpyPeer(setup, folder);
  const after = await timed(Math.floor(runs / 2), () => fillAll(simd, rows));
  const ours = ratesOf(rows, [...before, ...after]);
  report("simd engine, one thread", ours);
  if (peer === null) return;
  const theirs = ratesOf(rows, peer.runs);
  report(`NumPy ${peer.numpy}, one thread, chunks of 20,000`, theirs);
  const differences = disagreements(expected, peer);
  if (differences.length > 0) {
    console.log(`NO RATIO: the peer does not compute the same distribution:\n  ${differences.join("\n  ")}`);
    process.exitCode = 1;
    return;
  }
  verdict("simd engine to NumPy, medians (goal 2)", ours.median / theirs.median, "x", { least: 1.3 });
  verdict("simd engine to NumPy, best of each", ours.best / theirs.best, "x", { least: 1.3 });
  verdict("simd engine to NumPy, processor time", ours.processor / theirs.processor, "x", { least: 1.3 });
}

function numpyPeer(setup: TwinSetup, folder: string): Peer | null {
  const python = process.env.PEER_PYTHON ?? "python3";
  if (spawnSync(python, ["-c", "import numpy"]).status !== 0) {
    console.log(missingPeer(python, "numpy"));
    return null;
  }
  writeFileSync(join(folder, "setup.json"), JSON.stringify(peerSetup(setup)));
  writeFileSync(join(folder, "calendar.f32"), setup.laboratories.calendar);
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("OPENBLAS_")));
  const { status, stdout, stderr } = spawnSync(
    python,
    [projectPath("bench", "peers", "generate_numpy.py"), folder, "--rows", String(rows), "--runs", String(runs)],
    { encoding: "utf8", env },
  );
  if (status !== 0) throw new Error(`the peer failed: ${stderr}`);
  return JSON.parse(stdout) as Peer;
}

/** The numbers of a setup as the peer reads them, besides the calendar. */
function peerSetup({ regions, laboratories: { count, days }, physics, noise }: TwinSetup): object {
  const surfaces = {
    CsPbBr3: physics.surfaceEnergyCsPbBr3,
    Cs4PbBr6: physics.surfaceEnergyCs4PbBr6,
    CsPb2Br5: physics.surfaceEnergyCsPb2Br5,
  };
  const names = ["CsPbBr3", "Cs4PbBr6", "CsPb2Br5"] as const;
  return {
    numbers: namesOf(NumberSlot, numberSlots),
    codes: namesOf(CodeSlot, codeSlots),
    axes: namesOf(DesignAxis, designAxes),
    calendarFields: namesOf(CalendarField, Number(CalendarField.threshold) + 1),
    labs: count,
    days,
    operators: operatorsPerLab,
    physics,
    noise,
    barriers: names.map((name) => barrierConstant(surfaces[name], compounds[name].formulaVolume)),
    massPerLead: names.map((name) => compounds[name].molarMass / compounds[name].lead),
    laws: {
      hotInjection: hotInjectionLaw,
      slopeCentre,
      reprecipitation: reprecipitationLaw,
      dispersion: { focused: focusedDispersion, greatest: greatestDispersion, leastParticle },
      ligands: { neatOleicAcid, neatOleylamine },
      emission: { ...emissionLaw, homogeneousWidth },
      quantumYield: quantumYieldLaw,
      noise: measurementNoise,
    },
    regions: regions.map(({ region: { route, caesiumSource, dimethylSulfoxideShare, ranges }, weight }) => ({
      weight,
      route: routeNames.indexOf(route),
      isHot: route === "hot injection",
      isOleate: caesiumSource === "caesium oleate",
      dimethylSulfoxideShare,
      boilingCelsius: boilingCelsius[route],
      ranges,
    })),
  };
}

function namesOf(names: Readonly<Record<number, string>>, count: number): string[] {
  return Array.from({ length: count }, (_, slot) => names[slot]);
}

/** Of the first rows; also the warm-up. */
function distribution(engine: ExperimentEngine): OurDistribution {
  const sums = new Float64Array(numberSlots);
  const squares = new Float64Array(numberSlots);
  const known = new Float64Array(numberSlots);
  const counts = Array.from({ length: codeSlots }, () => new Float64Array(65536));
  const rejected = engine.rejected.slice();
  for (let first = 0; first < rows; first += chunkRows) {
    const { numbers, codes } = engine.fill(first, Math.min(chunkRows, rows - first));
    numbers.forEach((column, slot) => {
      for (const value of column) {
        if (Number.isNaN(value)) continue;
        sums[slot] += value;
        squares[slot] += value * value;
        known[slot]++;
      }
    });
    codes.forEach((column, slot) => {
      for (const code of column) counts[slot][code]++;
    });
  }
  const byNumber = (value: (slot: number) => number): Record<string, number> =>
    Object.fromEntries(Array.from({ length: numberSlots }, (_, slot) => [NumberSlot[slot], value(slot)]));
  return {
    means: byNumber((slot) => sums[slot] / known[slot]),
    deviations: byNumber((slot) =>
      Math.sqrt(Math.max(squares[slot] / known[slot] - (sums[slot] / known[slot]) ** 2, 0)),
    ),
    missing: byNumber((slot) => 1 - known[slot] / rows),
    shares: Object.fromEntries(counts.map((count, slot) => [CodeSlot[slot], Array.from(count, (of) => of / rows)])),
    rejectedPerRow: Array.from(engine.rejected, (count, fault) => (count - rejected[fault]) / rows),
  };
}

const mostShare = 0.005;
const mostRelative = 0.02;
/** Standard errors of a difference; means near 0 cannot agree within a share of themselves. */
const mostErrors = 5;

/** Where the peer's distribution is another than ours, in words. */
function disagreements(expected: OurDistribution, peer: Distribution): string[] {
  const found: string[] = [];
  const compare = (what: string, ours: number, theirs: number, most: number): void => {
    if (!(Math.abs(ours - theirs) <= most))
      found.push(`${what}: ours ${ours.toPrecision(4)}, peer ${theirs.toPrecision(4)}`);
  };
  for (const [name, mean] of Object.entries(expected.means)) {
    compare(
      `mean of ${name}`,
      mean,
      peer.means[name],
      Math.max(mostRelative * Math.abs(mean), mostErrors * expected.deviations[name] * Math.sqrt(2 / rows)),
    );
    compare(`missing share of ${name}`, expected.missing[name], peer.missing[name], mostShare);
  }
  for (const [name, shares] of Object.entries(expected.shares)) {
    shares.forEach((share, code) =>
      compare(`share of ${name} ${code}`, share, peer.shares[name][code] ?? 0, mostShare),
    );
    if (peer.shares[name].length > shares.length) found.push(`codes of ${name} go too far`);
  }
  expected.rejectedPerRow.forEach((rate, fault) =>
    compare(`rejections for fault ${fault}`, rate, peer.rejectedPerRow[fault], mostShare),
  );
  return found;
}

// --- threads, memory, files ----------------------------------------------------------------------------------------

async function threads(simd: ExperimentEngine, folder: string): Promise<void> {
  const alone = await rates(runs, 2 * rows, () => fillAll(simd, 2 * rows));
  const crew = await Promise.all([1, 2].map(() => startGenerating()));
  try {
    const one = await rates(runs, 2 * rows, () => crew[0].generate(0, 2 * rows));
    const two = await rates(runs, 2 * rows, () =>
      Promise.all(crew.map((worker, i) => worker.generate(i * rows, rows))),
    );
    report("generation alone, 2M rows, main thread", alone);
    report("generation alone, 2M rows, one worker thread", one);
    report("generation alone, 2M rows, two worker threads", two);
    verdict("two threads to one, generation alone, medians", two.median / one.median, "x", { least: 1.7 });
    verdict("two threads to one, generation alone, best of each", two.best / one.best, "x", { least: 1.7 });
    const apart = ((2 * two.processor) / one.processor).toFixed(2);
    note(`two threads to one by processor time: ${apart} x if each had a processor to itself`);
    verdict("two threads, generation alone, best", two.best / 1e6, "M rows/s", { least: 5.2 });
  } finally {
    await Promise.all(crew.map((worker) => worker.end()));
  }
  const [one, two] = [1, 2].map((workers) => wholeTable(workers, folder));
  const [single, together] = [one, two].map((table) => ratesOf(2 * rows, table.runs));
  report("whole table of 2M rows in memory, 1 worker", single);
  report("whole table of 2M rows in memory, 2 workers", together);
  note(
    [
      `two workers to one ${(together.median / single.median).toFixed(2)} x`,
      `best of each ${(together.best / single.best).toFixed(2)} x; ` +
        `${two.start.seconds.toFixed(2)} s of it start the two`,
    ].join(", "),
  );
}

/** A thread whose chunks stay in its engine's memory. The engine is made, and warm, when this returns. */
async function startGenerating(): Promise<{
  generate(first: number, count: number): Promise<void>;
  end(): Promise<unknown>;
}> {
  const source = `
    const { parentPort } = require("node:worker_threads");
    const engine = Promise.all([
      import(${compiled("generation/makeEngine.js")}),
      import(${compiled("generation/twinSetup.js")}),
    ]).then(([{ makeEngine }, { twinSetup }]) => makeEngine("simd", twinSetup({ seed: ${seed} })));
    parentPort.on("message", async ([first, count]) => {
      const { fill } = await engine;
      for (let done = 0; done < count; done += ${chunkRows}) fill(first + done, Math.min(${chunkRows}, count - done));
      parentPort.postMessage("done");
    });`;
  const worker = new Worker(source, { eval: true, execArgv: [] });
  const generate = async (first: number, count: number): Promise<void> => {
    worker.postMessage([first, count]);
    await once(worker, "message");
  };
  await generate(0, rows / 10);
  return { generate, end: () => worker.terminate() };
}

/** Each run, and one that has next to nothing to do. */
function wholeTable(workers: number, folder: string): { readonly start: Run; readonly runs: readonly Run[] } {
  return inChild(
    folder,
    `
    const { generateExperiments } = await import(${compiled("generation/generateExperiments.js")});
    const setup = { seed: ${seed}, workers: ${workers} };
    const table = (times, rows) => timed(times, () => generateExperiments({ rows, ...setup }));
    await table(1, ${rows / 10});
    const [start] = await table(1, 1);
    answer({ start, runs: await table(${runs}, ${2 * rows}) });`,
  );
}

/** How much more memory, in MB, a process needs at most to stream 10^7 rows than to have streamed 10^5. */
function growth(workers: number, folder: string): number {
  return inChild(
    folder,
    `
    const { streamExperiments } = await import(${compiled("generation/generateExperiments.js")});
    const stream = async (rows) => {
      for await (const { table } of streamExperiments({ rows, seed: ${seed}, workers: ${workers} }))
        most = Math.max(most, process.memoryUsage.rss());
    };
    // Not resourceUsage().maxRSS: Linux lets a child begin with its parent's.
    let most = 0;
    await stream(1e5);
    const small = most;
    await stream(1e7);
    answer((most - small) / 1e6);`,
  );
}

function toFiles(folder: string): void {
  const nowhere = ratesOf(
    rows,
    inChild<Run[]>(
      folder,
      `
    const { streamExperiments } = await import(${compiled("generation/generateExperiments.js")});
    const stream = async () => {
      for await (const { table } of streamExperiments({ rows: ${rows}, seed: ${seed}, workers: 2 })) void table;
    };
    answer(await timed(3, stream));`,
    ),
  );
  report("streamed to nowhere, 1M rows, 2 workers", nowhere);
  for (const kind of ["arrow", "parquet", "csv"]) {
    const out = join(folder, `rows.${kind}`);
    const written = ratesOf(
      rows,
      inChild<Run[]>(
        folder,
        `
      const { generateToFile } = await import(${compiled("commands/generate/generateToFile.js")});
      const options = { out: ${JSON.stringify(out)}, rows: ${rows}, seed: ${seed}, workers: 2 };
      answer(await timed(3, () => generateToFile(options)));`,
      ),
    );
    report(`the same to a file: ${kind}`, written);
    const beside = (of: (rate: Rates) => number): string => {
      const [whole, generation] = [rows / of(written), rows / of(nowhere)];
      return `${(whole - generation).toFixed(2)} s beside generation's ${generation.toFixed(2)} s`;
    };
    const [wall, processor] = [beside((rate) => rate.best), beside((rate) => rate.processor)];
    note(`${(statSync(out).size / 1e6).toFixed(0)} MB; costs ${wall}; processor ${processor}`);
    rmSync(out);
  }
}

/** Runs a module in a process of its own, without tsx; what it gives to `answer`. */
function inChild<Answer>(folder: string, source: string): Answer {
  const module = join(folder, "child.mjs");
  writeFileSync(
    module,
    `
    const answer = (value) => console.log(JSON.stringify(value));
    ${timed.toString()}
    ${source}`,
  );
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [module], { encoding: "utf8" });
  if (status !== 0) throw new Error(`a child of the bench failed: ${signal ?? stderr}`);
  return JSON.parse(stdout) as Answer;
}

/** URL of a compiled module, as a literal. */
function compiled(name: string): string {
  return JSON.stringify(new URL(`../dist/${name}`, import.meta.url).href);
}

// --- rates ---------------------------------------------------------------------------------------------------------

interface Run {
  readonly seconds: number;
  /** Of processor time, of all threads of the process. */
  readonly processorSeconds: number;
}

/** Rows a second. */
interface Rates {
  readonly best: number;
  readonly median: number;
  /** Per second of processor time, the best: others' work on the machine shows least. */
  readonly processor: number;
}

function fillAll(engine: ExperimentEngine, count: number): void {
  for (let first = 0; first < count; first += chunkRows) engine.fill(first, Math.min(chunkRows, count - first));
}

/** Children get its text: no function inside, for which tsx would call a helper that is not there. */
async function timed(times: number, work: () => unknown): Promise<Run[]> {
  const all: Run[] = [];
  for (let run = 0; run < times; run++) {
    const started = performance.now();
    const used = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(used);
    all.push({ seconds: (performance.now() - started) / 1000, processorSeconds: (user + system) / 1e6 });
  }
  return all;
}

async function rates(times: number, count: number, work: () => unknown): Promise<Rates> {
  return ratesOf(count, await timed(times, work));
}

function ratesOf(count: number, all: readonly Run[]): Rates {
  const seconds = all.map((run) => run.seconds).sort((a, b) => a - b);
  return {
    best: count / seconds[0],
    median: count / seconds[Math.floor(seconds.length / 2)],
    processor: count / Math.min(...all.map((run) => run.processorSeconds)),
  };
}

const width = 62;

function report(what: string, { best, median, processor }: Rates): void {
  const million = (rate: number): string => `${(rate / 1e6).toFixed(3)}M`;
  console.log(
    `${what.padEnd(width)} ${million(median)} rows/s, best ${million(best)}; ${million(processor)} a processor second`,
  );
}

function note(text: string): void {
  console.log(`${"".padEnd(width)} ${text}`);
}

function verdict(
  what: string,
  value: number,
  unit: string,
  { least = -Infinity, most = Infinity }: { readonly least?: number; readonly most?: number },
): void {
  const bar = least > -Infinity ? `>= ${least}` : `<= ${most}`;
  const met = value >= least && value <= most ? "met" : "MISSED";
  console.log(`${`  ${what}`.padEnd(width)} ${value.toFixed(2)} ${unit} (bar ${bar}: ${met})`);
}

await main();
