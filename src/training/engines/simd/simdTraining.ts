import type { Matrix } from "../../../core/Matrix.js";
import { readWasm } from "../../../io/readWasm.js";
import { dropoutThreshold } from "../../dropoutFactors.js";
import { layersOf, parameterCount } from "../../layersOf.js";
import { activationNames, type Architecture, type Network } from "../../Network.js";
import type { LossSums, SessionState, TrainingEngine, TrainingSession, TrainingTask } from "../TrainingEngine.js";
import { LayerField, mostLayers, TaskField, TaskNumber, TrainingMemory } from "./trainingMemory.js";

interface Kernels {
  scheduleKeys(schedule: number, key0: number, key1: number): void;
  epoch(order: number, count: number, batchSize: number, rate: number): void;
  gradient(rowNumbers: number, rows: number): void;
  loss(rowNumbers: number, count: number, chunk: number): void;
  forward(rows: number, step: number): void;
}

/**
 * The fast engine: WebAssembly SIMD, four float32 numbers at a time. WebAssembly arithmetic is exact by specification,
 * so every machine gives the same bytes.
 *
 * @throws InputError if the program was not built
 */
export async function simdTraining(): Promise<TrainingEngine> {
  const module = await readWasm("train");
  let last: Program | null = null;
  return {
    name: "simd",
    adapter: "WebAssembly",
    open: (task, from) => open(module, task, from),
    outputs(network, features) {
      // Memory is dear to come by, and the same model is asked again and again.
      const needed = (room: Room): Program => (last = last !== null && last.holds(room) ? last : start(module, room));
      return outputs(needed, network, features);
    },
  };
}

/** Rows that go through a network together where no batch is prescribed. */
const chunkRows = 256;

function open(module: WebAssembly.Module, task: TrainingTask, from?: SessionState): TrainingSession {
  const { architecture, features, batchSize, mostRows, optimizer } = task;
  const capacity = Math.min(Math.max(batchSize, chunkRows), mostRows);
  const room = new Room();
  const network = layNetwork(room, architecture, capacity, true);
  const at = {
    gradient: room.take(network.parameters),
    first: room.take(network.parameters),
    second: room.take(network.parameters),
    features: room.take(features.rows * network.featureStride),
    labels: room.take(features.rows),
    targets: room.take(features.rows * architecture.targets.length),
    rowWeights: room.take(features.rows),
    order: room.take(mostRows),
  };
  const { kernels, memory } = start(module, room);
  network.write(memory, at.gradient);
  network.put(memory, network.weights, from?.weights ?? task.weights);
  if (from !== undefined) {
    network.put(memory, at.first, from.first);
    network.put(memory, at.second, from.second);
  }
  putFeatures(memory, at.features, features, network.featureStride, 0, features.rows);
  if (architecture.classes.length > 0) new Int32Array(memory, at.labels, features.rows).set(task.labels);
  if (architecture.targets.length > 0)
    new Float32Array(memory, at.targets, features.rows * architecture.targets.length).set(task.targets);
  new Float32Array(memory, at.rowWeights, features.rows).set(task.rowWeights);
  setFields(memory, {
    ...at,
    classes: architecture.classes.length,
    targetCount: architecture.targets.length,
    dropoutThreshold: dropoutThreshold(task.dropout),
    isAdaptive: Number(optimizer.isAdaptive),
    nesterov: Number(optimizer.nesterov),
    step: from?.step ?? 0,
  });
  setNumbers(memory, {
    ...task,
    ...optimizer,
    power1: powerOf(optimizer.beta1, from?.step ?? 0),
    power2: powerOf(optimizer.beta2, from?.step ?? 0),
  });
  kernels.scheduleKeys(TrainingMemory.maskKeys, ...task.dropoutKey);

  const sums = new Float64Array(memory, TrainingMemory.sums, 4);
  const order = new Uint32Array(memory, at.order, mostRows);
  const summed = (rows: Uint32Array, compute: (from: number, count: number) => void): LossSums => {
    sums.fill(0);
    order.set(rows);
    compute(at.order, rows.length);
    const [crossEntropy, rowWeight, squares, targetWeight] = sums;
    return { crossEntropy, rowWeight, squares, targetWeight };
  };
  return {
    epoch: (rows, rate) => summed(rows, (from, count) => kernels.epoch(from, count, batchSize, rate)),
    loss: (rows) => summed(rows, (from, count) => kernels.loss(from, count, capacity)),
    gradient: (rows) => ({
      sums: summed(rows, (from, count) => kernels.gradient(from, count)),
      values: Float64Array.from(network.unpadded(memory, at.gradient)),
    }),
    weights: () => network.unpadded(memory, network.weights),
    state: () => ({
      step: new Uint32Array(memory, TrainingMemory.task)[TaskField.step],
      weights: network.unpadded(memory, network.weights),
      first: network.unpadded(memory, at.first),
      second: network.unpadded(memory, at.second),
    }),
  };
}

/** Factor by factor, as the program multiplies it: Math.pow rounds otherwise. */
function powerOf(beta: number, step: number): number {
  let power = 1;
  for (let i = 0; i < step && power > 0; i++) power *= beta;
  return power;
}

function outputs(programFor: (room: Room) => Program, network: Network, features: Matrix): Float32Array {
  const capacity = Math.min(chunkRows, features.rows);
  const room = new Room();
  const laid = layNetwork(room, network, capacity, false);
  const { kernels, memory } = programFor(room);
  // What another network left there is no padding.
  new Uint8Array(memory, TrainingMemory.free, room.end - TrainingMemory.free).fill(0);
  laid.write(memory, 0);
  laid.put(memory, laid.weights, network.weights);
  const width = network.classes.length + network.targets.length;
  const stride = roundUp(width, 8);
  const all = new Float32Array(features.rows * width);
  for (let first = 0; first < features.rows; first += capacity) {
    const rows = Math.min(capacity, features.rows - first);
    putFeatures(memory, laid.inputs, features, laid.featureStride, first, rows);
    kernels.forward(roundUp(rows, 4), 0);
    const values = new Float32Array(memory, laid.outputs, rows * stride);
    for (let row = 0; row < rows; row++)
      all.set(values.subarray(row * stride, row * stride + width), (first + row) * width);
  }
  return all;
}

const pageBytes = 65536;
/** Addresses have 32 bits. */
const mostPages = 65536;

/** The kernels, and what they work on. */
interface Program {
  readonly kernels: Kernels;
  readonly memory: ArrayBuffer;
  readonly holds: (room: Room) => boolean;
}

function start(module: WebAssembly.Module, room: Room): Program {
  if (room.end > mostPages * pageBytes)
    throw new RangeError(
      "simdTraining: rows, network and batch must fit into 4 GiB; " +
        `they need ${(room.end / 2 ** 30).toFixed(1)} GiB; take fewer rows or smaller batches`,
    );
  const memory = new WebAssembly.Memory({ initial: Math.ceil(room.end / pageBytes) });
  const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Kernels;
  return { kernels, memory: memory.buffer, holds: ({ end }) => end <= memory.buffer.byteLength };
}

/** Hands out memory from TrainingMemory.free on, each piece on a cache line of its own. */
class Room {
  end: number = TrainingMemory.free;

  /** Address of room for so many numbers of four bytes. */
  take(numbers: number): number {
    const address = this.end;
    this.end += roundUp(4 * numbers, 64);
    return address;
  }
}

function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step;
}

interface LaidNetwork {
  readonly featureStride: number;
  /** With padding. */
  readonly parameters: number;
  readonly weights: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Fills in the table of layers and the task's fields about the network. */
  write(memory: ArrayBuffer, gradient: number): void;
  /** Numbers laid out like the weights, to an address, with the padding. */
  put(memory: ArrayBuffer, address: number, values: Float32Array | Float64Array): void;
  /** Numbers laid out like the weights, from an address, without the padding. */
  unpadded(memory: ArrayBuffer, from: number): Float32Array;
}

/**
 * Takes room for a network and one batch. Widths are padded to multiples of 8, features to one of 4; padded weights
 * begin at 0 and get no gradient, so they stay 0.
 */
function layNetwork(room: Room, architecture: Architecture, rows: number, isTrained: boolean): LaidNetwork {
  const layers = layersOf(architecture);
  if (layers.length > mostLayers)
    throw new RangeError(
      `simdTraining: at most ${mostLayers - 1} hidden layers are possible; got ${layers.length - 1}`,
    );
  const batch = roundUp(rows, 4);
  const featureStride = roundUp(architecture.features.length, 4);
  const widths = [featureStride, ...layers.map(({ outputs }) => roundUp(outputs, 8))];
  let parameters = 0;
  const laid = layers.map((layer, l) => {
    const [inputs, outputs] = [widths[l], widths[l + 1]];
    const weights = parameters;
    const biases = weights + inputs * outputs;
    parameters = biases + outputs;
    const scratch = isTrained
      ? {
          slopes: room.take(batch * outputs),
          errors: room.take(batch * outputs),
          transposed: room.take(inputs * outputs),
        }
      : { slopes: room.take(batch * outputs), errors: 0, transposed: 0 };
    return { layer, inputs, outputs, weights, biases, values: room.take(batch * outputs), ...scratch };
  });
  const weights = room.take(parameters);
  const inputs = room.take(batch * featureStride);
  const losses = isTrained
    ? {
        exponentials: room.take(batch * roundUp(architecture.classes.length, 4)),
        greatest: room.take(batch),
        totals: room.take(batch),
      }
    : {};
  /** Each row of weights and the biases: where it stands without padding, and with it. */
  const pieces = laid.flatMap(({ layer, outputs, weights: from, biases }) => [
    ...Array.from({ length: layer.inputs }, (_, i) => ({
      plain: layer.weights + i * layer.outputs,
      laid: from + i * outputs,
      length: layer.outputs,
    })),
    { plain: layer.biases, laid: biases, length: layer.outputs },
  ]);
  return {
    featureStride,
    parameters,
    weights,
    inputs,
    outputs: laid[laid.length - 1].values,
    write(memory, gradient) {
      laid.forEach(({ inputs: steps, outputs, weights: from, biases, values, slopes, errors, transposed }, l) => {
        const fields = new Uint32Array(
          memory,
          TrainingMemory.layers + l * TrainingMemory.layerBytes,
          TrainingMemory.layerBytes / 4,
        );
        fields[LayerField.inputs] = steps;
        fields[LayerField.outputs] = outputs;
        fields[LayerField.weights] = weights + 4 * from;
        fields[LayerField.biases] = weights + 4 * biases;
        fields[LayerField.weightGradient] = gradient + 4 * from;
        fields[LayerField.biasGradient] = gradient + 4 * biases;
        fields[LayerField.values] = values;
        fields[LayerField.slopes] = slopes;
        fields[LayerField.errors] = errors;
        fields[LayerField.transposed] = transposed;
      });
      setFields(memory, {
        layers: layers.length,
        parameters,
        weights,
        featureStride,
        inputs,
        ...losses,
        activation: activationNames.indexOf(architecture.activation),
        dropoutThreshold: dropoutThreshold(0),
      });
    },
    put(memory, address, values) {
      const to = new Float32Array(memory, address, parameters);
      for (const { plain, laid: at, length } of pieces) to.set(values.subarray(plain, plain + length), at);
    },
    unpadded(memory, from) {
      const source = new Float32Array(memory, from, parameters);
      const values = new Float32Array(parameterCount(architecture));
      for (const { plain, laid: at, length } of pieces) values.set(source.subarray(at, at + length), plain);
      return values;
    },
  };
}

function putFeatures(
  memory: ArrayBuffer,
  address: number,
  { columns, values }: Matrix,
  stride: number,
  first: number,
  rows: number,
): void {
  const to = new Float32Array(memory, address, rows * stride);
  for (let row = 0; row < rows; row++)
    to.set(values.subarray((first + row) * columns, (first + row + 1) * columns), row * stride);
}

function setFields(memory: ArrayBuffer, values: Partial<Record<keyof typeof TaskField, number>>): void {
  const fields = new Uint32Array(memory, TrainingMemory.task);
  for (const [name, value] of Object.entries(values)) {
    if (name in TaskField) fields[TaskField[name as keyof typeof TaskField]] = value;
  }
}

function setNumbers(memory: ArrayBuffer, values: Readonly<Record<keyof typeof TaskNumber, number>>): void {
  const numbers = new Float64Array(memory, TrainingMemory.numbers);
  for (const name of Object.keys(values) as (keyof typeof TaskNumber)[]) {
    if (name in TaskNumber) numbers[TaskNumber[name]] = values[name];
  }
}
