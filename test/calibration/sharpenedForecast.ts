import { boxMuller } from "../../src/core/random/boxMuller.js";
import type { Random } from "../../src/core/random/Random.js";
import { softmax } from "./anyForecasts.js";

export interface SharpenedForecast {
  readonly labels: Uint8Array;
  /** Row-major, shape [rows, 3]. */
  readonly probabilities: Float64Array;
}

/**
 * Labels of three classes drawn from softmax(z), forecast as softmax(z / temperature): calibrated at 1, overconfident
 * below, by random logits of standard deviation 1.5.
 */
export function sharpenedForecast(rows: number, temperature: number, random: Random): SharpenedForecast {
  const labels = new Uint8Array(rows);
  const probabilities = new Float64Array(3 * rows);
  for (let row = 0; row < rows; row++) {
    const logits = [...boxMuller(1 - random(), random()), boxMuller(1 - random(), random())[0]].map(
      (normal) => 1.5 * normal,
    );
    const [first, second] = softmax(logits);
    const u = random();
    labels[row] = u < first ? 0 : u < first + second ? 1 : 2;
    probabilities.set(softmax(logits.map((logit) => logit / temperature)), 3 * row);
  }
  return { labels, probabilities };
}
