import { checkScores } from "../../core/metrics/checkScores.js";

/** Risk over coverage: answering the surest rows first. One point per distinct uncertainty, ascending. */
export interface RiskCoverage {
  /** Rows as uncertain as this or less are answered. */
  readonly uncertainty: Float64Array;
  /** Share of rows answered. */
  readonly coverage: Float64Array;
  /** Share of answers that are wrong. */
  readonly risk: Float64Array;
  /**
   * Area under the curve (AURC): mean over k = 1 .. n of the share of errors among the k surest rows. Rows of equal
   * uncertainty share their errors evenly, so the order of the table does not matter. Smaller is better; without any
   * order it is the share of errors.
   */
  readonly area: number;
  /** `area` less that of an order that puts all errors last: 0 at best. */
  readonly excessArea: number;
}

/**
 * Risk-coverage curve of a model: the share of wrong answers where only the surest rows are answered, and its area.
 *
 * @param errors       1 where the model was wrong, else 0, shape [n], n at least 1
 * @param uncertainty  larger where less sure; any finite numbers, shape [n]
 * @throws RangeError if there are no rows, lengths differ, an error is neither 0 nor 1, or an uncertainty is not finite
 * @see Geifman et al. 2019, arXiv:1805.08206, for AURC and its excess; ties and the mean over k are our definition
 */
export function riskCoverage(errors: ArrayLike<number>, uncertainty: ArrayLike<number>): RiskCoverage {
  checkScores(errors, uncertainty, "riskCoverage");
  const n = errors.length;
  if (n === 0) throw new RangeError("riskCoverage: at least one row is needed; got none");
  const order = byUncertainty(uncertainty);
  const once = new Uint32Array(n).fill(1);
  const points: [number, number, number][] = [];
  let [answered, wrong] = [0, 0];
  order.forEach((row, at) => {
    answered++;
    wrong += errors[row];
    if (at === n - 1 || uncertainty[order[at + 1]] > uncertainty[row])
      points.push([uncertainty[row], answered / n, wrong / answered]);
  });
  const area = areaInOrder(order, errors, uncertainty, once);
  // Errors one after another at the end: no two rows tie.
  const last = byUncertainty(errors);
  const places = new Float64Array(n);
  last.forEach((row, at) => (places[row] = at));
  const best = areaInOrder(last, errors, places, once);
  const column = (of: number): Float64Array => Float64Array.from(points, (point) => point[of]);
  return { uncertainty: column(0), coverage: column(1), risk: column(2), area, excessArea: area - best };
}

/** Rows from the surest on. */
export function byUncertainty(uncertainty: ArrayLike<number>): Uint32Array {
  return Uint32Array.from({ length: uncertainty.length }, (_, row) => row).sort(
    (a, b) => uncertainty[a] - uncertainty[b],
  );
}

/** AURC of rows in ascending order of uncertainty, each counted so many times. */
export function areaInOrder(
  order: Uint32Array,
  errors: ArrayLike<number>,
  uncertainty: ArrayLike<number>,
  counts: ArrayLike<number>,
): number {
  let [answered, wrong, sum] = [0, 0, 0];
  for (let from = 0; from < order.length;) {
    let [tied, tiedWrong, to] = [0, 0, from];
    for (; to < order.length && uncertainty[order[to]] === uncertainty[order[from]]; to++) {
      tied += counts[order[to]];
      tiedWrong += counts[order[to]] * errors[order[to]];
    }
    for (let k = 1; k <= tied; k++) sum += (wrong + (tiedWrong * k) / tied) / (answered + k);
    answered += tied;
    wrong += tiedWrong;
    from = to;
  }
  return sum / answered;
}
