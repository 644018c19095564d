import type { Matrix } from "../../../core/Matrix.js";
import { readWasmAtOnce } from "../../../io/readWasm.js";
import type { KernelSmoothness } from "./maternKernel.js";

/**
 * Where a Gaussian process of some rows is computed again and again, for one thread. Of symmetric matrices, row-major
 * [stride, stride], the lower triangle counts; rows and columns beyond the last row are a margin.
 */
export interface KernelRoom {
  /** The number of rows, rounded up to a multiple of 4. */
  readonly stride: number;
  /** Covariances of the rows. */
  readonly prior: Float64Array;
  /** To be factored; in the margin it is the identity. */
  readonly matrix: Float64Array;
  /** Inverse of `matrix`, after `invert`. */
  readonly inverse: Float64Array;
  /** Vectors of 0, shape [rows], with a margin of their own. */
  readonly vectors: readonly Float64Array[];
  /** Writes `prior` for a variance and lengths. */
  readonly fillPrior: (variance: number, lengths: ArrayLike<number>) => void;
  /** out = `prior` · x, of two of the vectors. */
  readonly timesPrior: (x: Float64Array, out: Float64Array) => void;
  /**
   * Turns the lower triangle of `matrix` into that of L with A = L Lᵀ.
   *
   * @returns false if a pivot is lost to rounding: then `matrix` is of no use
   */
  readonly factor: () => boolean;
  /** Turns one of the vectors into A⁻¹ times it, after `factor`. */
  readonly solve: (vector: Float64Array) => void;
  /** Writes A⁻¹ into `inverse`, after `factor`. */
  readonly invert: () => void;
  /**
   * Derivatives of Σ_ij G_ij prior_ij by the logs of variance and lengths; G, of no margin, stands in `inverse`.
   *
   * @param gradient  written from the first element on
   */
  readonly addUpSlopes: (gradient: Float64Array) => void;
}

interface Program {
  factor(matrix: number, size: number, spare: number): number;
  invert(lower: number, size: number, spare: number, inverse: number): void;
  solve(lower: number, size: number, vector: number): void;
  product(matrix: number, size: number, x: number, out: number): void;
  covariances(points: number, size: number, columns: number, variance: number, isRough: boolean, out: number): void;
  kernelSlopes(
    points: number,
    size: number,
    rows: number,
    columns: number,
    variance: number,
    isRough: boolean,
    share: number,
    spare: number,
    gradient: number,
  ): void;
}

/**
 * Room for the rows of `features` in WebAssembly. The factor and the inverse take n³/2 products: 0.8 s for 2,000 rows,
 * where core's plain loops take 1 s for the factor alone.
 *
 * @param vectors  how many are needed
 * @param options.smoothness  of the kernel (default 2.5)
 * @throws InputError if the program was not built
 */
export function kernelRoom(
  { rows, columns, values }: Matrix,
  vectors: number,
  { smoothness = 2.5 }: { readonly smoothness?: KernelSmoothness } = {},
): KernelRoom {
  const stride = 4 * Math.ceil(rows / 4);
  const bytes = 8 * stride;
  // Below 64 KiB lie the compiler's constants.
  let top = 65536;
  const room = (size: number): number => {
    const address = top;
    top += 16 * Math.ceil(size / 16);
    return address;
  };
  const [priorAt, matrixAt, inverseAt, spareAt] = [0, 1, 2, 3].map(() => room(bytes * stride));
  const pointsAt = room(bytes * columns);
  const gradientAt = room(8 * (columns + 1));
  const vectorsAt = Array.from({ length: vectors }, () => room(bytes));
  const memory = new WebAssembly.Memory({ initial: Math.ceil(top / 65536) });
  const { exports } = new WebAssembly.Instance(readWasmAtOnce("gaussian"), { env: { memory } });
  const program = exports as unknown as Program;
  const view = (address: number, length: number): Float64Array => new Float64Array(memory.buffer, address, length);
  const matrix = view(matrixAt, stride * stride);
  const points = view(pointsAt, stride * columns);
  let variance = NaN;
  return {
    stride,
    matrix,
    prior: view(priorAt, stride * stride),
    inverse: view(inverseAt, stride * stride),
    vectors: vectorsAt.map((address) => view(address, rows)),
    fillPrior: (given, lengths) => {
      variance = given;
      for (let j = 0; j < columns; j++)
        for (let row = 0; row < rows; row++) points[j * stride + row] = values[row * columns + j] / lengths[j];
      program.covariances(pointsAt, stride, columns, variance, smoothness === 0.5, priorAt);
    },
    timesPrior: (x, out) => program.product(priorAt, stride, x.byteOffset, out.byteOffset),
    factor: () => {
      for (let row = rows; row < stride; row++) {
        matrix.fill(0, row * stride, (row + 1) * stride);
        matrix[row * (stride + 1)] = 1;
      }
      return program.factor(matrixAt, stride, spareAt) < 0;
    },
    solve: (vector) => program.solve(matrixAt, stride, vector.byteOffset),
    invert: () => program.invert(matrixAt, stride, spareAt, inverseAt),
    addUpSlopes: (gradient) => {
      program.kernelSlopes(
        pointsAt,
        stride,
        rows,
        columns,
        variance,
        smoothness === 0.5,
        inverseAt,
        spareAt,
        gradientAt,
      );
      gradient.set(view(gradientAt, columns + 1));
    },
  };
}
