import { rm } from "node:fs/promises";
import { loadavg } from "node:os";
import { join } from "node:path";
import { predictPhases } from "../dist/commands/predict/predictPhases.js";
import { trainPhaseModel } from "../dist/commands/train/trainPhaseModel.js";
import { makeMatrix, type Matrix } from "../dist/core/Matrix.js";
import { generateExperiments } from "../dist/generation/generateExperiments.js";
import { temporaryFolder } from "../dist/io/temporaryFolder.js";
import { writeTable } from "../dist/io/tables/writeTable.js";
import { activate } from "../dist/training/engines/typescript/activate.js";
import { typescriptOutputs } from "../dist/training/engines/typescript/typescriptOutputs.js";
import { loadModel } from "../dist/training/files/loadModel.js";
import { layersOf } from "../dist/training/layersOf.js";
import type { Network } from "../dist/training/Network.js";

// `twin predict` on 100,000 recipes, in processor time of one process, which other work on the machine disturbs least.
// The network's pass is held against plain loops, row by row, that add in the same order: both must give the same bits.
// The whole answer (file, checks, features, network, sets, distance, table) is told in such plain passes.

const [rows, turns] = [100_000, 3];

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

async function processorSeconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const folder = temporaryFolder();
try {
  const { model } = await trainPhaseModel({ seed: 1, rows: 5_000, epochs: 2, out: folder });
  const [network] = (await loadModel(folder, model!)).members;
  const { table } = await generateExperiments({ rows, seed: 2 });
  const file = join(folder, "recipes.parquet");
  await writeTable(table, file);
  const features = makeMatrix(
    network.features,
    Float32Array.from({ length: rows * network.features.length }, (_, i) => Math.sin(i)),
  );
  if (
    Buffer.compare(
      Buffer.from(plainOutputs(network, features).buffer),
      Buffer.from(typescriptOutputs(network, features).buffer),
    ) !== 0
  )
    throw new Error("the network's pass must give the bits of plain loops");
  const [plain, tiled, whole]: [number[], number[], number[]] = [[], [], []];
  for (let turn = 0; turn < turns; turn++) {
    plain.push(await processorSeconds(() => plainOutputs(network, features)));
    tiled.push(await processorSeconds(() => typescriptOutputs(network, features)));
    whole.push(
      await processorSeconds(() =>
        predictPhases(file, { model: model!, directory: folder, out: join(folder, `answers${turn}.parquet`) }),
      ),
    );
  }
  const [a, b, c] = [plain, tiled, whole].map((all) => all.sort((x, y) => x - y)[Math.floor(turns / 2)]);
  console.log(`100,000 recipes, ${network.weights.length} weights, processor time, load ${loadavg()[0].toFixed(2)}`);
  console.log(`the network: plain loops ${a.toFixed(2)} s, ours ${b.toFixed(2)} s: ${(a / b).toFixed(1)} x`);
  console.log(`the whole answer: ${c.toFixed(2)} s, ${(c / a).toFixed(1)} plain passes (bar: 3 s on 2 quiet cores)`);
} finally {
  await rm(folder, { recursive: true });
}
