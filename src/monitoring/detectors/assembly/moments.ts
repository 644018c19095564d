// @ts-nocheck: AssemblyScript; asc checks it

/** A number and its score, side by side. */
@inline
function pair(values: usize, scores: usize, at: usize): v128 {
  return v128.load64_lane(scores + at, v128.load64_zero(values + at), 1);
}

/**
 * Means of both samples, and squares around their own mean and around that of all, of numbers and of their scores at
 * once: each is one sum, in the order and with the result of differenceOfMeans, and four of them take no longer.
 *
 * @param there   address of the reference's m numbers, and @param here of the current n
 * @param scores  of m + n numbers
 * @param out     of means of either sample, squares within them, squares around all: a number and a score each
 */
export function moments(there: usize, m: i32, here: usize, n: i32, scores: usize, out: usize): void {
  const endThere = (<usize>m) << 3;
  const endHere = (<usize>n) << 3;
  const scoresHere = scores + endThere;
  let sum = f64x2.splat(0);
  for (let at: usize = 0; at < endThere; at += 8) sum = f64x2.add(sum, pair(there, scores, at));
  const own = f64x2.div(sum, f64x2.splat(<f64>m));
  let sumHere = f64x2.splat(0);
  for (let at: usize = 0; at < endHere; at += 8) {
    const one = pair(here, scoresHere, at);
    sum = f64x2.add(sum, one);
    sumHere = f64x2.add(sumHere, one);
  }
  const ownHere = f64x2.div(sumHere, f64x2.splat(<f64>n));
  const middle = f64x2.div(sum, f64x2.splat(<f64>(m + n)));
  let within = f64x2.splat(0),
    withinHere = f64x2.splat(0),
    around = f64x2.splat(0);
  for (let at: usize = 0; at < endThere; at += 8) {
    const one = pair(there, scores, at);
    within = f64x2.add(within, square(f64x2.sub(one, own)));
    around = f64x2.add(around, square(f64x2.sub(one, middle)));
  }
  for (let at: usize = 0; at < endHere; at += 8) {
    const one = pair(here, scoresHere, at);
    withinHere = f64x2.add(withinHere, square(f64x2.sub(one, ownHere)));
    around = f64x2.add(around, square(f64x2.sub(one, middle)));
  }
  v128.store(out, own);
  v128.store(out, ownHere, 16);
  v128.store(out, f64x2.add(within, withinHere), 32);
  v128.store(out, around, 48);
}


@inline
function square(a: v128): v128 {
  return f64x2.mul(a, a);
}
