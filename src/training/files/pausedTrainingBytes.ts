import { doubleBytes, floatBytes } from "../../core/floatBytes.js";
import { sha256 } from "../../io/sha256.js";
import type { PausedTraining } from "../PausedTraining.js";
import { pausedFormat, pausedVersion, type PausedDescription } from "./pausedFormat.js";

/**
 * A paused training as bytes for a file, that readPausedTraining reads to the last bit.
 *
 * First a line of JSON: format, version and a hash of all that follows. Then a line that tells the training without its
 * large arrays, and these, lowest byte first.
 *
 * @example
 * ```ts
 * import { makeMatrix, pausedTrainingBytes, readPausedTraining, seededRandom, trainClassifier } from "cspbbr3-twin";
 *
 * const features = makeMatrix(["x"], Float32Array.from({ length: 60 }, (_, row) => row / 30 - 1));
 * const labels = Uint8Array.from({ length: 60 }, (_, row) => Number(row >= 30));
 * const train = (options: object) =>
 *   trainClassifier(features, labels, ["low", "high"], seededRandom(1), { hidden: [8], epochs: 9, ...options });
 *
 * const bytes = pausedTrainingBytes((await train({ until: 3 })).paused!);
 * const resumed = await train({ from: readPausedTraining(bytes) });
 * const whole = await train({});
 * console.log(resumed.stoppedEpoch, resumed.network.weights.every((weight, i) => weight === whole.network.weights[i]));
 * // 9 true
 * ```
 */
export function pausedTrainingBytes({
  marks,
  engine,
  history,
  bestEpoch,
  bestWeights,
  state,
}: PausedTraining): Uint8Array {
  const { step, weights, first, second } = state;
  const description: PausedDescription = { marks, engine, history, bestEpoch, step, parameters: weights.length };
  const ofState = engine === "typescript" ? doubleBytes : floatBytes;
  const body = joined([
    new TextEncoder().encode(`${JSON.stringify(description)}\n`),
    floatBytes(bestWeights),
    ...[weights, first, second].map(ofState),
  ]);
  const header = { format: pausedFormat, version: pausedVersion, sha256: sha256(body) };
  return joined([new TextEncoder().encode(`${JSON.stringify(header)}\n`), body]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
