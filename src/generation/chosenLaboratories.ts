/**
 * Some laboratories that stand for all, each in proportion to its weight as nearly as can be. One may stand there
 * several times.
 *
 * @param weights  by laboratory, sum to 1
 * @param wanted   1 to 80, as many as recipeSimulator takes
 * @param start    uniform in [0, 1)
 * @returns ascending
 * @see Kitagawa 1996, doi:10.1080/10618600.1996.10474692 (systematic resampling)
 */
export function chosenLaboratories(weights: ArrayLike<number>, wanted: number, start: number): number[] {
  const chosen: number[] = [];
  let [lab, sum] = [0, weights[0]];
  for (let i = 0; i < wanted; i++) {
    const at = (i + start) / wanted;
    while (sum <= at && lab < weights.length - 1) sum += weights[++lab];
    chosen.push(lab);
  }
  return chosen;
}
