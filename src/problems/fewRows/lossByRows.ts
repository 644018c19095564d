import type { Random } from "../../core/random/Random.js";
import { shuffledRows } from "../../core/random/shuffledRows.js";
import type { Candidate, FewRowsProblem } from "./Candidate.js";

/** How a candidate does with fewer rows, and what more of them would bring. */
export interface LossByRows {
  /** Mean loss on rows it had not seen, by the mean number of rows it learned from, ascending. */
  readonly points: readonly { readonly rows: number; readonly loss: number }[];
  /** By how much the loss of all rows would fall with so many more, and the standard error over folds. */
  readonly more: { readonly rows: number; readonly gain: number; readonly standardError: number };
}

const shares = [0.25, 0.5, 0.75, 1];
/** Rows that might be added. */
const more = 30;

/**
 * Learning curve of a candidate: loss = a + b / n, fitted by least squares to the mean losses of parts of the rows,
 * whole groups drawn at random. The standard error is the jackknife's over folds: it knows the luck of rows, and not
 * whether the law holds beyond them.
 *
 * @param foldOf  fold of each row, from 0: each is judged by fits on parts of the others
 * @see Cortes et al. 1993, Learning curves: asymptotic values and rate of convergence (NIPS 6): a power law of the
 *   rows; the power 1 is that of a parametric model (Amari 1993, doi:10.1016/0893-6080(93)90013-M)
 */
export async function lossByRows<Rows>(
  { rows, select, groups, losses }: FewRowsProblem<Rows>,
  candidate: Candidate<Rows>,
  random: Random,
  foldOf: readonly number[],
): Promise<LossByRows> {
  const all = Uint32Array.from({ length: rows }, (_, row) => row);
  const folds = Math.max(...foldOf) + 1;
  const parts: { readonly fold: number; readonly share: number; readonly rows: number; readonly loss: number }[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const test = all.filter((row) => foldOf[row] === fold);
    const order = shuffledGroups(
      all.filter((row) => foldOf[row] !== fold),
      groups,
      random.fork(fold),
    );
    for (const share of shares) {
      const own = order.slice(0, Math.max(1, Math.round(share * order.length))).flat();
      const train = Uint32Array.from(own).sort();
      const learned = await candidate.fit(select(train), random.fork(fold).fork(String(share)));
      const loss = losses(candidate.answerer(learned as never)(select(test)), test);
      parts.push({ fold, share, rows: train.length, loss: loss.reduce((a, b) => a + b, 0) / test.length });
    }
  }
  const gainOf = (some: readonly (typeof parts)[number][]): number =>
    slopeOverRows(some) * (1 / rows - 1 / (rows + more));
  const gain = gainOf(parts);
  const left = Array.from({ length: folds }, (_, fold) => gainOf(parts.filter((part) => part.fold !== fold)));
  const mean = left.reduce((a, b) => a + b, 0) / folds;
  const squares = left.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return {
    points: shares.map((share) => {
      const own = parts.filter((part) => part.share === share);
      const meanOf = (of: "rows" | "loss"): number => own.reduce((sum, part) => sum + part[of], 0) / own.length;
      return { rows: meanOf("rows"), loss: meanOf("loss") };
    }),
    more: { rows: more, gain, standardError: Math.sqrt(((folds - 1) / folds) * squares) },
  };
}

function shuffledGroups(rows: Uint32Array, groups: readonly string[] | null, random: Random): number[][] {
  if (groups === null) return Array.from(shuffledRows(rows, random), (row) => [row]);
  const members = new Map<string, number[]>();
  for (const row of rows) {
    const own = members.get(groups[row]);
    if (own === undefined) members.set(groups[row], [row]);
    else own.push(row);
  }
  const all = [...members.values()];
  return Array.from(shuffledRows(Uint32Array.from(all.keys()), random), (group) => all[group]);
}

/** b of loss = a + b / rows, by least squares. */
function slopeOverRows(parts: readonly { readonly rows: number; readonly loss: number }[]): number {
  const x = parts.map(({ rows }) => 1 / rows);
  const meanX = x.reduce((a, b) => a + b, 0) / x.length;
  const meanLoss = parts.reduce((sum, { loss }) => sum + loss, 0) / parts.length;
  let [covariance, variance] = [0, 0];
  parts.forEach(({ loss }, i) => {
    covariance += (x[i] - meanX) * (loss - meanLoss);
    variance += (x[i] - meanX) ** 2;
  });
  return variance === 0 ? 0 : covariance / variance;
}
