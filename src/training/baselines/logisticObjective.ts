import type { Matrix } from "../../core/Matrix.js";
import { readWasmAtOnce } from "../../io/readWasm.js";

/** What a multinomial logistic regression is fitted to. */
export interface LogisticProblem {
  readonly features: Matrix;
  /** Class codes below `classes`, shape [rows]. */
  readonly labels: ArrayLike<number>;
  readonly classes: number;
  /** Factor of each row's negative log likelihood, C and row weight together, shape [rows]. */
  readonly rowFactors: Float64Array;
  /** Factor of half the squared coefficients; intercepts bear none. */
  readonly ridge: number;
}

interface Program {
  logits(values: number, rows: number, columns: number, pairs: number, parameters: number, out: number): void;
  addGradient(values: number, rows: number, columns: number, pairs: number, residuals: number, gradient: number): void;
}

/** Rows that go through together, a multiple of 4: few enough that all they need stays in the fastest memory. */
const blockRows = 64;

/**
 * Loss and gradient of a multinomial logistic regression, Σ_i factor_i · (-ln p_i,label) + ridge/2 · Σ coefficient²,
 * in float64. Parameters lie class by class, the intercept last: shape [classes, columns + 1].
 *
 * Sums run in WebAssembly, two classes side by side, in the order of plain loops over columns and over rows in fours.
 *
 * @returns a function that gives the loss and writes the gradient; it allocates nothing
 * @throws InputError if the program was not built
 */
export function logisticObjective({
  features,
  labels,
  classes,
  rowFactors,
  ridge,
}: LogisticProblem): (parameters: Float64Array, gradient: Float64Array) => number {
  const { rows, columns } = features;
  const stride = columns + 1;
  const pairs = Math.ceil(classes / 2);
  const wideClasses = 2 * pairs;
  const { program, at, weights, slopes, block } = openMemory(features, pairs);
  return (parameters, gradient) => {
    for (let k = 0; k < classes; k++)
      for (let j = 0; j < stride; j++) weights[j * wideClasses + k] = parameters[k * stride + j];
    slopes.fill(0);
    let loss = 0;
    for (let first = 0; first < rows; first += blockRows) {
      const some = Math.min(blockRows, 4 * Math.ceil((rows - first) / 4));
      const values = at.values + 8 * first * columns;
      program.logits(values, some, columns, pairs, at.weights, at.block);
      const real = Math.min(some, rows - first);
      for (let r = 0; r < real; r++)
        loss += toResiduals(block, r * wideClasses, classes, labels[first + r], rowFactors[first + r]);
      // Past the end the last row stands in; it brings nothing.
      block.fill(0, real * wideClasses, some * wideClasses);
      program.addGradient(values, some, columns, pairs, at.block, at.slopes);
    }
    for (let k = 0; k < classes; k++) {
      for (let j = 0; j < columns; j++) {
        const parameter = parameters[k * stride + j];
        loss += (ridge / 2) * parameter ** 2;
        gradient[k * stride + j] = slopes[j * wideClasses + k] + ridge * parameter;
      }
      gradient[k * stride + columns] = slopes[columns * wideClasses + k];
    }
    return loss;
  };
}

/** A program with memory of its own: where everything stands, and views on what this side reads and writes. */
interface OpenProgram {
  readonly program: Program;
  readonly at: Readonly<Record<"values" | "weights" | "slopes" | "block", number>>;
  /** [columns + 1, 2 pairs], the intercepts last. */
  readonly weights: Float64Array;
  readonly slopes: Float64Array;
  /** Logits, then residuals, of a block of rows: [rows, 2 pairs]. */
  readonly block: Float64Array;
}

function openMemory({ rows, columns, values }: Matrix, pairs: number): OpenProgram {
  const wholeFours = 4 * Math.ceil(rows / 4);
  // Below 64 KiB lie the compiler's constants.
  let top = 65536;
  const room = (bytes: number): number => {
    const address = top;
    top += 64 * Math.ceil(bytes / 64);
    return address;
  };
  const [parameters, blockSize] = [2 * pairs * (columns + 1), 2 * pairs * blockRows];
  const at = {
    weights: room(8 * parameters),
    slopes: room(8 * parameters),
    block: room(8 * blockSize),
    values: room(8 * wholeFours * columns),
  };
  const memory = new WebAssembly.Memory({ initial: Math.ceil(top / 65536) });
  const { exports } = new WebAssembly.Instance(readWasmAtOnce("logistic"), { env: { memory } });
  const view = (address: number, length: number): Float64Array => new Float64Array(memory.buffer, address, length);
  const copy = view(at.values, wholeFours * columns);
  copy.set(values);
  for (let row = rows; row < wholeFours; row++) copy.copyWithin(row * columns, (rows - 1) * columns, rows * columns);
  return {
    program: exports as unknown as Program,
    at,
    weights: view(at.weights, parameters),
    slopes: view(at.slopes, parameters),
    block: view(at.block, blockSize),
  };
}

/** Turns the logits of a row of the block into factor · (probability - truth), and returns the row's loss. */
function toResiduals(block: Float64Array, from: number, classes: number, label: number, factor: number): number {
  let highest = -Infinity;
  for (let at = from; at < from + classes; at++) if (block[at] > highest) highest = block[at];
  const labelLogit = block[from + label] - highest;
  let total = 0;
  for (let at = from; at < from + classes; at++) {
    const odds = Math.exp(block[at] - highest);
    block[at] = odds;
    total += odds;
  }
  for (let at = from; at < from + classes; at++) block[at] *= factor / total;
  block[from + label] -= factor;
  return factor === 0 ? 0 : factor * (Math.log(total) - labelLogit);
}
