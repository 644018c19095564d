// @ts-nocheck: AssemblyScript; asc checks it

/** Normal score of a run of ties among some rows, by the sum of its first place and its last, counted from 1. */
@external("env", "scoreOf")
declare function scoreOf(places: i32, rows: i32): f64;

/** Score of a number that stands alone at a place, counted from 0; kept for the next walk. */
@inline
function alone(known: usize, place: i32, rows: i32): f64 {
  const at = known + ((<usize>place) << 3);
  const score = load<f64>(at);
  if (score == score) return score;
  const found = scoreOf(2 * place + 2, rows);
  store<f64>(at, found);
  return found;
}

/**
 * One walk through two ascending samples, from one number of the current one to the next, with the results, to
 * the last bit, of kolmogorovSteps and sortedWasserstein.
 *
 * @param there   address of the reference's m numbers
 * @param here    of the current n
 * @param known   of m + n scores by place, NaN where unknown
 * @param scores  of room for m + n: scores of the reference, then those of the current sample
 * @param out     of two numbers: largest distance in steps, Wasserstein distance
 */
export function walk(there: usize, m: i32, here: usize, n: i32, known: usize, scores: usize, out: usize): void {
  const scoresHere = scores + ((<usize>m) << 3);
  let at = min(load<f64>(there), load<f64>(here));
  let area: f64 = 0;
  let most: i64 = 0;
  let i: i32 = 0,
    j: i32 = 0;
  while (i < m || j < n) {
    const next = j < n ? load<f64>(here + ((<usize>j) << 3)) : Infinity;
    const share = <f64>j / <f64>n;
    while (i < m) {
      const value = load<f64>(there + ((<usize>i) << 3));
      if (!(value < next)) break;
      area += abs(<f64>i / <f64>m - share) * (value - at);
      at = value;
      const from = i++;
      if (i < m && load<f64>(there + ((<usize>i) << 3)) == value) {
        while (i < m && load<f64>(there + ((<usize>i) << 3)) == value) i++;
        fill(scores, from, i, scoreOf(from + i + 2 * j + 1, m + n));
      } else store<f64>(scores + ((<usize>from) << 3), alone(known, from + j, m + n));
    }
    most = max(most, distance(i, j, m, n));
    if (j == n) continue;
    area += abs(<f64>i / <f64>m - share) * (next - at);
    at = next;
    const fromThere = i,
      fromHere = j;
    while (i < m && load<f64>(there + ((<usize>i) << 3)) == next) i++;
    while (j < n && load<f64>(here + ((<usize>j) << 3)) == next) j++;
    if (i == fromThere && j == fromHere + 1)
      store<f64>(scoresHere + ((<usize>fromHere) << 3), alone(known, fromThere + fromHere, m + n));
    else {
      const score = scoreOf(fromThere + fromHere + i + j + 1, m + n);
      fill(scores, fromThere, i, score);
      fill(scoresHere, fromHere, j, score);
    }
    most = max(most, distance(i, j, m, n));
  }
  store<f64>(out, <f64>most);
  store<f64>(out, area, 8);
}


@inline
function distance(i: i32, j: i32, m: i32, n: i32): i64 {
  const steps = <i64>i * <i64>n - <i64>j * <i64>m;
  return steps < 0 ? -steps : steps;
}


@inline
function fill(scores: usize, from: i32, to: i32, score: f64): void {
  for (let place = from; place < to; place++) store<f64>(scores + ((<usize>place) << 3), score);
}
