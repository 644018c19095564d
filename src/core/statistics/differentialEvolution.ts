import type { Random } from "../random/Random.js";

export interface Minimum {
  readonly values: readonly number[];
  readonly loss: number;
  /** Best loss after each generation; never rises. */
  readonly history: readonly number[];
}

export interface DifferentialEvolutionOptions {
  readonly population?: number;
  readonly generations?: number;
  /** Points that join the first population (at most its size). */
  readonly start?: readonly (readonly number[])[];
  /** Called after each generation, for progress. */
  readonly onGeneration?: (generation: number, loss: number) => void;
}

/**
 * Global minimum of a function over a box, by differential evolution (current-to-pbest/1/bin:
 * towards one of the best fifth, so that one lucky member does not draw all to itself; F drawn
 * from [0.4, 0.9) for each trial, crossover 0.9). Steps that leave the box end half way to the
 * bound, so that bounds are approached but not piled up on unless the minimum lies there.
 *
 * @param loss  finite for all points of the box; smaller is better
 * @param box   [low, high] of each coordinate
 * @throws RangeError if the box is empty, a start lies outside, or the loss is not finite
 * @see Storn and Price 1997, doi:10.1023/A:1008202821328; Zhang
 *   and Sanderson 2009 (JADE), doi:10.1109/TEVC.2009.2014613
 */
export function differentialEvolution(
  loss: (values: readonly number[]) => number,
  box: readonly (readonly [number, number])[],
  random: Random,
  {
    population = 10 * box.length,
    generations = 200,
    start = [],
    onGeneration = () => undefined,
  }: DifferentialEvolutionOptions = {},
): Minimum {
  if (box.length === 0 || box.some(([low, high]) => !(low <= high)))
    throw new RangeError("differentialEvolution: the box needs at least one coordinate, each with low <= high");
  if (population < 4)
    throw new RangeError(`differentialEvolution: the population must be at least 4; got ${population}`);
  const stray = start.find(
    (point) => point.length !== box.length || point.some((value, d) => !(value >= box[d][0] && value <= box[d][1])),
  );
  if (stray !== undefined)
    throw new RangeError(`differentialEvolution: points to start from must lie in the box; got [${stray.join(", ")}]`);
  const evaluate = (values: readonly number[]): number => {
    const value = loss(values);
    if (!Number.isFinite(value))
      throw new RangeError(`differentialEvolution: the loss must be finite; got ${value} at [${values.join(", ")}]`);
    return value;
  };
  const members = Array.from(
    { length: population },
    (_, i) => start[i] ?? box.map(([low, high]) => low + (high - low) * random()),
  );
  const losses = members.map(evaluate);
  let best = losses.indexOf(Math.min(...losses));
  const history = [losses[best]];
  for (let generation = 0; generation < generations; generation++) {
    const leaders = losses
      .map((_, i) => i)
      .sort((i, j) => losses[i] - losses[j])
      .slice(0, Math.ceil(population / 5));
    for (let i = 0; i < population; i++) {
      const [a, b] = [Math.floor(random() * population), Math.floor(random() * population)];
      const leader = members[leaders[Math.floor(random() * leaders.length)]];
      const step = 0.4 + 0.5 * random();
      const always = Math.floor(random() * box.length);
      const trial = members[i].map((value, d) => {
        const crossed = random() < 0.9 || d === always;
        if (!crossed) return value;
        const moved = value + step * (leader[d] - value) + step * (members[a][d] - members[b][d]);
        const [low, high] = box[d];
        return moved < low ? (value + low) / 2 : moved > high ? (value + high) / 2 : moved;
      });
      const trialLoss = evaluate(trial);
      if (trialLoss > losses[i]) continue;
      members[i] = trial;
      losses[i] = trialLoss;
      if (trialLoss < losses[best]) best = i;
    }
    history.push(losses[best]);
    onGeneration(generation, losses[best]);
  }
  return { values: members[best], loss: losses[best], history };
}
