import { boxMuller } from "../../core/random/boxMuller.js";
import type { Random } from "../../core/random/Random.js";

/** Rows in groups of a population that is known, to count how often an interval over groups holds its statistic. */
export interface IntervalScenario {
  /** "share 2.5 ± 2, 21 papers". */
  readonly name: string;
  readonly statistic: "mean" | "share" | "r2";
  readonly population: string;
  readonly layout: string;
  /** Rows of each group. */
  readonly sizes: readonly number[];
  /** The statistic in the population, of which each group is a draw and each row a draw of its group. */
  readonly truth: number;
  /** One sample: sums over the rows of each group. */
  readonly sample: (random: Random) => ScenarioSums;
}

/** Per group: rows, the sum and the sum of squares of a value, and that of a model's squared errors (for R²). */
export interface ScenarioSums {
  readonly rows: Float64Array;
  readonly values: Float64Array;
  readonly squares: Float64Array;
  readonly errors: Float64Array;
}

/** A row's value, and a model's error on it; a call per group, then one per row. */
type GroupRows = (random: Random) => () => { readonly value: number; readonly error: number };

/**
 * Groups as ours come: equal ones; uneven ones, of which the k-th has 1/k of the rows of the first; the papers of the
 * published recipes that name a phase, and those that name a size; and laboratories.
 */
const layouts: readonly { readonly layout: string; readonly sizes: readonly number[] }[] = [
  ...[2, 3, 5, 8, 12, 20, 30, 40].map((groups) => ({ layout: `${groups} equal`, sizes: repeated(10, groups) })),
  ...[3, 5, 8, 12, 20, 40].map((groups) => ({
    layout: `${groups} uneven`,
    sizes: Array.from({ length: groups }, (_, k) => Math.max(1, Math.round(40 / (k + 1)))),
  })),
  { layout: "21 papers", sizes: [19, 12, 11, 6, 6, 5, 4, 4, 4, 3, 2, 2, ...repeated(1, 9)] },
  { layout: "13 papers", sizes: [19, 12, 11, 6, 4, ...repeated(1, 8)] },
  { layout: "12 laboratories", sizes: repeated(100, 12) },
];

/** Correlation of a value between rows of a group, for means. */
const meanCorrelations = [0, 0.1, 0.5, 0.9];

/** Logits of groups, mean and standard deviation, for shares: from groups alike to many all right or all wrong. */
const shareLogits: readonly (readonly [number, number])[] = [
  [1.4, 0.3],
  [0, 1],
  [1.5, 2],
  [2.5, 2],
  [-2, 2],
];

/** Correlations between rows of a group, for R²: of the value, and of the model's error. */
const r2Correlations: readonly (readonly [number, number])[] = [
  [0.1, 0.1],
  [0.1, 0.5],
  [0.5, 0.1],
  [0.5, 0.5],
];

/** Variance of the model's error over that of the value: the true R² is one less this. */
const unexplained = 0.3;

/**
 * The grid that decides how intervals over groups are made and where: fixed before methods were compared, so that none
 * could be chosen for the scenarios, nor scenarios for it.
 */
export const intervalScenarios: readonly IntervalScenario[] = layouts.flatMap(({ layout, sizes }) => [
  ...meanCorrelations.map((correlation) =>
    scenario("mean", `correlation ${correlation}`, layout, sizes, 0, normalRows(correlation, 0)),
  ),
  ...shareLogits.map(([mean, spread]) =>
    scenario("share", `logit ${mean} ± ${spread}`, layout, sizes, shareOf(mean, spread), shareRows(mean, spread)),
  ),
  ...r2Correlations.map(([ofValue, ofError]) =>
    scenario(
      "r2",
      `correlations ${ofValue} and ${ofError}`,
      layout,
      sizes,
      1 - unexplained,
      normalRows(ofValue, ofError),
    ),
  ),
]);

function scenario(
  statistic: IntervalScenario["statistic"],
  population: string,
  layout: string,
  sizes: readonly number[],
  truth: number,
  groupRows: GroupRows,
): IntervalScenario {
  const sample = (random: Random): ScenarioSums => {
    const [values, squares, errors] = [0, 1, 2].map(() => new Float64Array(sizes.length));
    sizes.forEach((size, group) => {
      const row = groupRows(random);
      for (let i = 0; i < size; i++) {
        const { value, error } = row();
        values[group] += value;
        squares[group] += value ** 2;
        errors[group] += error ** 2;
      }
    });
    return { rows: Float64Array.from(sizes), values, squares, errors };
  };
  return { name: `${statistic}, ${population}, ${layout}`, statistic, population, layout, sizes, truth, sample };
}

/** Value of variance 1 and error of variance `unexplained`; of each so much is common to the rows of a group. */
function normalRows(ofValue: number, ofError: number): GroupRows {
  return (random) => {
    const [commonValue, commonError] = normals(random);
    return () => {
      const [value, error] = normals(random);
      return {
        value: Math.sqrt(ofValue) * commonValue + Math.sqrt(1 - ofValue) * value,
        error: Math.sqrt(unexplained) * (Math.sqrt(ofError) * commonError + Math.sqrt(1 - ofError) * error),
      };
    };
  };
}

/** Hits and misses, as likely in each group as its own logit says. */
function shareRows(mean: number, spread: number): GroupRows {
  return (random) => {
    const chance = logistic(mean + spread * normals(random)[0]);
    return () => ({ value: Number(random() < chance), error: 0 });
  };
}

/** The mean chance of groups, by the trapezoid rule, which is exact to rounding for a smooth and falling integrand. */
function shareOf(mean: number, spread: number): number {
  const step = 0.01;
  let [sum, mass] = [0, 0];
  for (let z = -8; z <= 8; z += step) {
    const density = Math.exp(-(z ** 2) / 2);
    sum += density * logistic(mean + spread * z);
    mass += density;
  }
  return sum / mass;
}

function logistic(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

function normals(random: Random): readonly [number, number] {
  return boxMuller(1 - random(), random());
}

function repeated(size: number, groups: number): number[] {
  return Array.from({ length: groups }, () => size);
}
