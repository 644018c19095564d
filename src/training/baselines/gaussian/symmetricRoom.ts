import { readWasmAtOnce } from "../../../io/readWasm.js";

/** A symmetric positive definite matrix to fill, factor and invert again and again, for one thread. */
export interface SymmetricRoom {
  /** Rows that stand apart in the arrays: the size, rounded up to a multiple of 4. */
  readonly stride: number;
  /** Row-major [stride, stride]; only its lower triangle is read. Beyond the size it is the identity. */
  readonly matrix: Float64Array;
  /** As `matrix`; holds the inverse after `invert`. */
  readonly inverse: Float64Array;
  /**
   * Turns the lower triangle of `matrix` into that of L with A = L Lᵀ.
   *
   * @returns false if a pivot is lost to rounding: then `matrix` is of no use
   */
  readonly factor: () => boolean;
  /** Writes the lower triangle of A⁻¹ into `inverse`; to be called after `factor`. */
  readonly invert: () => void;
}

interface Program {
  factor(matrix: number, size: number, spare: number): number;
  invert(lower: number, size: number, spare: number, inverse: number): void;
}

/**
 * Room for a matrix of `size` rows and columns in WebAssembly: its factor and its inverse take n³/2 products, which
 * plain loops do at a fifth of the speed, and ml-matrix at a tenth.
 *
 * @throws InputError if the program was not built
 */
export function symmetricRoom(size: number): SymmetricRoom {
  const stride = 4 * Math.ceil(size / 4);
  const bytes = 8 * stride * stride;
  // Below 64 KiB lie the compiler's constants.
  const [matrixAt, inverseAt, spareAt] = [0, 1, 2].map((place) => 65536 + place * bytes);
  const memory = new WebAssembly.Memory({ initial: Math.ceil((spareAt + bytes) / 65536) });
  const { exports } = new WebAssembly.Instance(readWasmAtOnce("gaussian"), { env: { memory } });
  const program = exports as unknown as Program;
  const matrix = new Float64Array(memory.buffer, matrixAt, stride * stride);
  const fillMargin = (): void => {
    for (let row = size; row < stride; row++) {
      matrix.fill(0, row * stride, (row + 1) * stride);
      matrix[row * stride + row] = 1;
    }
  };
  return {
    stride,
    matrix,
    inverse: new Float64Array(memory.buffer, inverseAt, stride * stride),
    factor: () => {
      fillMargin();
      return program.factor(matrixAt, stride, spareAt) < 0;
    },
    invert: () => program.invert(matrixAt, stride, spareAt, inverseAt),
  };
}
