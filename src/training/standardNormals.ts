import { boxMuller } from "../core/random/boxMuller.js";
import type { Random } from "../core/random/Random.js";

/** Independent standard normal numbers. */
export function standardNormals(count: number, random: Random): Float32Array {
  const numbers = new Float32Array(count);
  for (let i = 0; i < count; i += 2) numbers.set(boxMuller(1 - random(), random()).slice(0, count - i), i);
  return numbers;
}
