import type { Matrix } from "../../core/Matrix.js";

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

/**
 * Loss and gradient of a multinomial logistic regression, Σ_i factor_i · (-ln p_i,label) + ridge/2 · Σ coefficient²,
 * in float64. Parameters lie class by class, the intercept last: shape [classes, columns + 1].
 *
 * Rows go through in fours, class by class: each parameter is read once per four rows, and four sums run side by side.
 *
 * @returns a function that gives the loss and writes the gradient; it allocates nothing
 */
export function logisticObjective({
  features,
  labels,
  classes,
  rowFactors,
  ridge,
}: LogisticProblem): (parameters: Float64Array, gradient: Float64Array) => number {
  const { rows, columns, values } = features;
  const stride = columns + 1;
  // Logits, then residuals, of four rows: [class * 4 + row].
  const block = new Float64Array(4 * classes);
  return (parameters, gradient) => {
    gradient.fill(0);
    let loss = 0;
    for (let first = 0; first < rows; first += 4) {
      const a = first * columns;
      // Past the end the last row stands in; its residual stays 0.
      const b = Math.min(first + 1, rows - 1) * columns;
      const c = Math.min(first + 2, rows - 1) * columns;
      const d = Math.min(first + 3, rows - 1) * columns;
      for (let k = 0; k < classes; k++) {
        const offset = k * stride;
        let za = parameters[offset + columns];
        let [zb, zc, zd] = [za, za, za];
        for (let j = 0; j < columns; j++) {
          const weight = parameters[offset + j];
          za += weight * values[a + j];
          zb += weight * values[b + j];
          zc += weight * values[c + j];
          zd += weight * values[d + j];
        }
        block[4 * k] = za;
        block[4 * k + 1] = zb;
        block[4 * k + 2] = zc;
        block[4 * k + 3] = zd;
      }
      for (let r = 0; r < 4; r++)
        loss += toResiduals(
          block,
          r,
          classes,
          first + r < rows ? labels[first + r] : 0,
          first + r < rows ? rowFactors[first + r] : 0,
        );
      for (let k = 0; k < classes; k++) {
        const offset = k * stride;
        const [ra, rb, rc, rd] = [block[4 * k], block[4 * k + 1], block[4 * k + 2], block[4 * k + 3]];
        for (let j = 0; j < columns; j++)
          gradient[offset + j] += ra * values[a + j] + rb * values[b + j] + rc * values[c + j] + rd * values[d + j];
        gradient[offset + columns] += ra + rb + rc + rd;
      }
    }
    for (let k = 0; k < classes; k++) {
      for (let at = k * stride; at < k * stride + columns; at++) {
        loss += (ridge / 2) * parameters[at] ** 2;
        gradient[at] += ridge * parameters[at];
      }
    }
    return loss;
  };
}

/** Turns the logits of row r of the block into factor · (probability - truth), and returns the row's loss. */
function toResiduals(block: Float64Array, r: number, classes: number, label: number, factor: number): number {
  let highest = -Infinity;
  for (let at = r; at < 4 * classes; at += 4) if (block[at] > highest) highest = block[at];
  const labelLogit = block[4 * label + r] - highest;
  let total = 0;
  for (let at = r; at < 4 * classes; at += 4) {
    const odds = Math.exp(block[at] - highest);
    block[at] = odds;
    total += odds;
  }
  for (let at = r; at < 4 * classes; at += 4) block[at] *= factor / total;
  block[4 * label + r] -= factor;
  return factor === 0 ? 0 : factor * (Math.log(total) - labelLogit);
}
