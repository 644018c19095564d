import { boxMuller } from "../core/random/boxMuller.js";
import type { Random } from "../core/random/Random.js";

/** Independent standard normal numbers. */
export function standardNormals(count: number, random: Random): Float32Array {
  const numbers = new Float32Array(count);
  for (let i = 0; i < count; i += 2) {
    const pair = boxMuller(1 - random(), random());
    numbers[i] = pair[0];
    // Beyond an odd end nothing is written.
    numbers[i + 1] = pair[1];
  }
  return numbers;
}
