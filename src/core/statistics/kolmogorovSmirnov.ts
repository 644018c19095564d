/** Two samples of numbers held against each other. */
export interface KolmogorovSmirnov {
  /** Largest distance of the two distribution functions, in [0, 1]. */
  readonly statistic: number;
  /** Probability of as large a distance if both came from one distribution. */
  readonly pValue: number;
  readonly method: "exact" | "asymptotic";
}

/**
 * Products of sizes up to this are counted exactly; beyond it the
 * limit law is right to two percent and the count would take seconds.
 */
const mostExact = 4e6;

/**
 * Two-sample Kolmogorov-Smirnov test, two-sided. The exact probability counts the
 * paths of a random walk (for continuous numbers; with ties it errs to the safe
 * side). For large samples it is Kolmogorov's limit law at Stephens's argument.
 *
 * @param a,b  numbers without NaN, at least one each
 * @throws RangeError if a sample is empty or has a NaN
 * @see Hodges 1958, doi:10.1007/BF02589501; Stephens 1970, doi:10.1111/j.2517-6161.1970.tb00821.x
 */
export function kolmogorovSmirnov(a: ArrayLike<number>, b: ArrayLike<number>): KolmogorovSmirnov {
  const [one, other] = [Float64Array.from(a).sort(), Float64Array.from(b).sort()];
  // NaN sorts to the end.
  if (one.length === 0 || other.length === 0 || Number.isNaN(one.at(-1)) || Number.isNaN(other.at(-1)))
    throw new RangeError(
      "kolmogorovSmirnov: two samples of numbers without NaN are needed; got " +
        `${one.length} and ${other.length} numbers; leave missing values out`,
    );
  return sortedKolmogorovSmirnov(one, other);
}

/** kolmogorovSmirnov of samples that are sorted and known to have a number and no NaN. */
export function sortedKolmogorovSmirnov(one: Float64Array, other: Float64Array): KolmogorovSmirnov {
  return kolmogorovOfSteps(kolmogorovSteps(one, other), one.length, other.length);
}

/** What a statistic in steps says of samples of two sizes. */
export function kolmogorovOfSteps(steps: number, m: number, n: number): KolmogorovSmirnov {
  const statistic = steps / (m * n);
  if (m * n <= mostExact) return { statistic, pValue: exactTail(m, n, steps), method: "exact" };
  const root = Math.sqrt((m * n) / (m + n));
  return { statistic, pValue: kolmogorovTail((root + 0.12 + 0.11 / root) * statistic), method: "asymptotic" };
}

/** The statistic of sorted samples times both sizes: a whole number, so that comparisons are exact. */
export function kolmogorovSteps(one: Float64Array, other: Float64Array): number {
  const [m, n] = [one.length, other.length];
  let [i, j, most] = [0, 0, 0];
  // The distance is largest where the next number is of the other sample, or where numbers of both are equal.
  while (i < m && j < n) {
    while (i < m && one[i] < other[j]) i++;
    most = Math.max(most, i * n - j * m);
    if (i === m) break;
    const value = one[i];
    while (j < n && other[j] < value) j++;
    most = Math.max(most, j * m - i * n);
    if (j === n || other[j] !== value) continue;
    while (i < m && one[i] === value) i++;
    while (j < n && other[j] === value) j++;
    most = Math.max(most, Math.abs(i * n - j * m));
  }
  return most;
}

/**
 * Share of the paths from (0, 0) to (m, n) that anywhere stray as far as that
 * from the diagonal. Only positive numbers are added: tiny shares are right too.
 */
function exactTail(m: number, n: number, steps: number): number {
  if (steps === 0) return 1;
  const strayed = new Float64Array(n + 1);
  for (let i = 0; i <= m; i++) {
    for (let j = 0; j <= n; j++) {
      // Of the random paths that reach (i, j), i / (i + j) come from (i - 1, j).
      if (Math.abs(i * n - j * m) >= steps) strayed[j] = 1;
      else if (i + j > 0) strayed[j] = (i * strayed[j] + (j > 0 ? j * strayed[j - 1] : 0)) / (i + j);
    }
  }
  return Math.min(strayed[n], 1);
}

/** Where the series for small arguments becomes the shorter one. */
const turn = 1.18;

/**
 * Probability that the supremum of a Brownian bridge is at least x (Kolmogorov 1933).
 *
 * @see Feller 1948, doi:10.1214/aoms/1177730243
 */
export function kolmogorovTail(x: number): number {
  if (x <= 0) return 1;
  const terms = [1, 2, 3, 4, 5, 6];
  if (x < turn)
    return Math.max(
      0,
      1 -
        (Math.sqrt(2 * Math.PI) / x) *
          terms.reduce((sum, k) => sum + Math.exp(-(((2 * k - 1) * Math.PI) ** 2) / (8 * x * x)), 0),
    );
  return 2 * terms.reduce((sum, k) => sum + (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * x * x), 0);
}
