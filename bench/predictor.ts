import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { availableParallelism, loadavg } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { predictPhases } from "../dist/commands/predict/predictPhases.js";
import { trainPhaseModel } from "../dist/commands/train/trainPhaseModel.js";
import { makeMatrix, type Matrix } from "../dist/core/Matrix.js";
import { selectRows } from "../dist/core/Table.js";
import { experimentSchema } from "../dist/generation/experimentSchema.js";
import { generateExperiments, streamExperiments } from "../dist/generation/generateExperiments.js";
import { temporaryFolder } from "../dist/io/temporaryFolder.js";
import { writeTable } from "../dist/io/tables/writeTable.js";
import { writeTableStream } from "../dist/io/tables/writeTableStream.js";
import { simdTraining } from "../dist/training/engines/simd/simdTraining.js";
import { activate } from "../dist/training/engines/typescript/activate.js";
import { typescriptOutputs } from "../dist/training/engines/typescript/typescriptOutputs.js";
import { loadModel } from "../dist/training/files/loadModel.js";
import { layersOf } from "../dist/training/layersOf.js";
import type { Network } from "../dist/training/Network.js";

// `twin predict`: one recipe, 100,000 rows of a CSV and a Parquet file, and how much more memory a million rows take.
// Times are of whole processes, in wall time and in processor time, which other work on the machine disturbs less; the
// network's pass is held against plain loops, row by row, that add in the same order: both must give the same bits.
// `tsx bench/predictor.ts FOLDER` also runs the built project in FOLDER (a worktree of an earlier version, say) by
// turns with this one, with a model that it trains itself.

const [rows, longRows, advisedRows, turns, starts] = [100_000, 1_000_000, 20_000, 3, 20];
const mostGrowth = 64;

function plainOutputs(network: Network, { values, columns, rows: all }: Matrix): Float32Array {
  const layers = layersOf(network);
  const width = layers.at(-1)!.outputs;
  const outputs = new Float32Array(all * width);
  for (let row = 0; row < all; row++) {
    let own = Float64Array.from(values.subarray(row * columns, (row + 1) * columns));
    layers.forEach(({ inputs, outputs: units, weights, biases }, l) => {
      const sums = Float64Array.from(network.weights.subarray(biases, biases + units));
      for (let i = 0; i < inputs; i++)
        for (let j = 0; j < units; j++) sums[j] += own[i] * network.weights[weights + i * units + j];
      own = l === layers.length - 1 ? sums : sums.map((sum) => activate(network.activation, sum).value);
    });
    outputs.set(own, row * width);
  }
  return outputs;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function secondsOf(work: () => unknown): number {
  const before = performance.now();
  work();
  return (performance.now() - before) / 1000;
}

/** A project with its model. */
interface Version {
  readonly name: string;
  readonly cli: string;
  readonly model: string;
}

function versionOf(name: string, project: string, folder: string): Version {
  const cli = join(project, "dist", "cli.js");
  const out = join(folder, `models of ${name}`);
  const few = ["--rows", "5000", "--epochs", "2", "--seed", "1", "--json", "--out", out];
  const { model } = JSON.parse(
    execFileSync(process.execPath, [cli, "train", ...few], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
  ) as { readonly model: string };
  return { name, cli, model: join(out, model) };
}

/** Runs `twin predict` to its end, with what it prints thrown away. */
function predict({ cli, model }: Version, parameters: readonly string[]): void {
  execFileSync(process.execPath, [cli, "predict", ...parameters, "--model", model], { stdio: "ignore" });
}

/** By turns, so that what else the machine does disturbs all alike; the first version is what others are told in. */
function compare(
  what: string,
  versions: readonly Version[],
  { runs, parameters }: { readonly runs: number; readonly parameters: (version: Version) => readonly string[] },
): void {
  const seconds = versions.map((): number[] => []);
  for (let run = 0; run < runs; run++)
    versions.forEach((version, i) => seconds[i].push(secondsOf(() => predict(version, parameters(version)))));
  const [ours, ...others] = seconds.map(median);
  const told = others.map(
    (other, i) => `${versions[i + 1].name} ${other.toFixed(2)} s, ${(other / ours).toFixed(2)} x`,
  );
  console.log([`${what}: ${ours.toFixed(2)} s`, ...told].join("; "));
}

/** Most memory that a process held while it answered a file, in MiB. */
function peakMegabytes(file: string, { model }: Version): number {
  return Number(
    execFileSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), "--peak", file, model], {
      encoding: "utf8",
    }),
  );
}

async function peak(file: string, model: string): Promise<void> {
  // Not resourceUsage().maxRSS, which begins with the memory of the process that started this one.
  let most = 0;
  const looking = setInterval(() => void (most = Math.max(most, process.memoryUsage.rss())), 10);
  const kind = file.slice(file.lastIndexOf("."));
  await predictPhases(file, { model, out: `${file}.answers${kind}`, mostRows: 0 });
  clearInterval(looking);
  console.log(most / 2 ** 20);
}

async function benchNetwork(folder: string): Promise<void> {
  const { model } = await trainPhaseModel({ seed: 1, rows: 5_000, epochs: 2, out: folder });
  const [network] = (await loadModel(folder, model!)).members;
  const features = makeMatrix(
    network.features,
    Float32Array.from({ length: rows * network.features.length }, (_, i) => Math.sin(i)),
  );
  const [plainBytes, ownBytes] = [plainOutputs, typescriptOutputs].map((outputs) =>
    Buffer.from(outputs(network, features).buffer),
  );
  if (!plainBytes.equals(ownBytes)) throw new Error("the network's pass must give the bits of plain loops");
  const engine = await simdTraining();
  const timed = [plainOutputs, typescriptOutputs, engine.outputs.bind(engine)].map((outputs) =>
    median(Array.from({ length: turns }, () => secondsOf(() => outputs(network, features)))),
  );
  const [plain, tiled, simd] = timed;
  console.log(
    `the network on 100,000 recipes: plain loops ${plain.toFixed(2)} s, ` +
      `readable engine ${(plain / tiled).toFixed(1)} x, simd ${simd.toFixed(2)} s, ${(plain / simd).toFixed(1)} x`,
  );
}

async function main(): Promise<void> {
  const [given, file, model] = process.argv.slice(2);
  if (given === "--peak") return peak(file, model);
  const folder = temporaryFolder();
  try {
    const own = versionOf("this version", resolve("."), folder);
    const versions = [own, ...(given === undefined ? [] : [versionOf(given, resolve(given), folder)])];
    console.log(`${availableParallelism()} processors, load ${loadavg()[0].toFixed(2)}; medians by wall time`);
    const recipe = {
      ...{ route: "hot injection", temperatureCelsius: 170, timeSecond: 5, mixingSecond: 0.3, volumeMillilitre: 12 },
      ...{ caesiumMolar: 0.008, leadMolar: 0.03, bromideMolar: 0.06, oleicAcidMolar: 0.25, oleylamineMolar: 0.2 },
      ...{ polarSolventFraction: 0, waterFraction: 0.0001, antisolventRatio: 0, caesiumSource: "caesium oleate" },
      ...{ bromideSource: "lead bromide", polarSolvent: "" },
    };
    const one = join(folder, "recipe.json");
    await writeFile(one, JSON.stringify(recipe));
    compare(`one recipe, ${starts} starts`, versions, { runs: starts, parameters: () => [one] });
    const all = ["--explain", "--second-opinion"];
    compare("one recipe with everything (bar 0.4 s)", [own], { runs: starts, parameters: () => [one, ...all] });
    const { table } = await generateExperiments({ rows, seed: 2 });
    for (const kind of ["csv", "parquet"]) {
      const short = join(folder, `recipes.${kind}`);
      await writeTable(table, short);
      compare(`100,000 rows of a .${kind} (bar 3 s on 2 quiet cores)`, versions, {
        runs: turns,
        parameters: () => [short, "--out", join(folder, `answers.${kind}`)],
      });
      const long = join(folder, `long.${kind}`);
      const tables = async function* (): AsyncGenerator<typeof table> {
        for await (const chunk of streamExperiments({ rows: longRows, seed: 2 })) yield chunk.table;
      };
      await writeTableStream(long, experimentSchema, tables());
      const [less, more] = [short, long].map((path) => peakMegabytes(path, own));
      const growth = `grows by ${(more - less).toFixed(0)} MiB (bar: at most ${mostGrowth})`;
      console.log(`.${kind}: 100,000 rows ${less.toFixed(0)} MiB, a million ${more.toFixed(0)} MiB: ${growth}`);
      await rm(long);
    }
    const some = join(folder, "some.csv");
    await writeTable(
      selectRows(
        table,
        Uint32Array.from({ length: advisedRows }, (_, row) => row),
      ),
      some,
    );
    compare("20,000 rows of a .csv with everything (bar 12 s: a minute for 100,000)", [own], {
      runs: 1,
      parameters: () => [some, ...all, "--out", join(folder, "advice.csv")],
    });
    await benchNetwork(folder);
  } finally {
    if (existsSync(folder)) await rm(folder, { recursive: true });
  }
}

await main();
