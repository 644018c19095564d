import { InputError } from "../../../core/InputError.js";
import type { TensorflowBackend } from "./TensorflowBackend.js";

const size = 64;
const greatestError = 1e-4;

/**
 * Drivers have been known to compute wrongly.
 *
 * @throws InputError if a product of
 * two 64 x 64 matrices is off by more than 1e-4
 */
export async function checkProduct({ tf, adapter, compute }: TensorflowBackend): Promise<void> {
  const [a, b] = [1, 2].map((seed) => Float32Array.from({ length: size * size }, (_, i) => Math.sin(seed * (i + 1))));
  const [got] = await compute(() => [tf.matMul(tf.tensor2d(a, [size, size]), tf.tensor2d(b, [size, size]))]);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += a[i * size + k] * b[k * size + j];
      const error = Math.abs(got[i * size + j] - sum);
      if (!(error <= greatestError))
        throw new InputError({
          where: "training, engine tensorflow",
          must: `${adapter} must multiply matrices within ${greatestError}`,
          got: `an error of ${error}`,
          mend: "update the driver, or choose simd",
        });
    }
  }
}
