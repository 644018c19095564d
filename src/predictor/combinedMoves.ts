import type { Move } from "./candidateTable.js";

/** An input moved alone. */
export interface Effect {
  readonly move: Move;
  /** Above 0. */
  readonly size: number;
  /** To the logarithms of the probabilities of all phases. */
  readonly adds: readonly number[];
}

/** Ahead by so many nats if effects add: they seldom do exactly. */
const slacks = [0, 0.5, 1.5];

/**
 * Combinations of two and three inputs, each moved as it was tried alone, that should make another phase the likeliest
 * if effects on the logarithms of probabilities add: the smallest of those that are ahead by nothing, by a little and
 * by more; where none is, those that come nearest.
 *
 * @param start               logarithms of the probabilities of the recipe as it is
 * @param options.from        its likeliest phase
 * @param options.to          the phase wanted
 * @param options.directions  inputs, up and down apart, that are put together: those with the largest effect for their
 *   size
 * @param options.tries       combinations wanted, about
 * @param options.below       size that is known to do
 */
export function combinedMoves(
  start: readonly number[],
  effects: readonly Effect[],
  {
    from,
    to,
    directions,
    tries,
    below,
  }: {
    readonly from: number;
    readonly to: number;
    readonly directions: number;
    readonly tries: number;
    readonly below: number;
  },
): (readonly Move[])[] {
  const most = Math.ceil(tries / slacks.length);
  const shortlists = slacks.map(() => shortlist(most, below));
  const [loosest] = shortlists;
  const strictest = shortlists[slacks.length - 1];
  const nearest = shortlist(most, Infinity);
  // How far the phase is ahead of each other one; itself never counts.
  const aheadOf = (logs: readonly number[]): number[] => logs.map((log, k) => (k === to ? Infinity : logs[to] - log));
  const groups = helpfulGroups(effects, { from, to, most: directions }).map((group) =>
    group.map(({ move, size, adds }): Gain => ({ move, size, gains: aheadOf(adds) })),
  );
  const base = aheadOf(start);
  const weigh = (one: Gain, two: Gain, three: Gain | null): void => {
    const size = one.size + two.size + (three === null ? 0 : three.size);
    // Whoever is ahead by more is in the other lists too, so the strictest is the last to be full of small ones.
    if (size >= strictest.worst() && size >= loosest.worst()) return;
    let ahead = Infinity;
    for (let k = 0; k < base.length; k++) {
      const over = base[k] + one.gains[k] + two.gains[k] + (three === null ? 0 : three.gains[k]);
      if (over < ahead) ahead = over;
    }
    if (ahead <= 0) nearest.offer(-ahead, one, two, three);
    else for (let i = 0; i < slacks.length; i++) if (ahead > slacks[i]) shortlists[i].offer(size, one, two, three);
  };
  for (let i = 0; i < groups.length; i++)
    for (let j = i + 1; j < groups.length; j++) {
      const [first, second] = [groups[i], groups[j]];
      if (first[0].move.input === second[0].move.input) continue;
      for (const one of first)
        for (const two of second) {
          weigh(one, two, null);
          for (let k = j + 1; k < groups.length; k++) {
            const { input } = groups[k][0].move;
            if (input === one.move.input || input === two.move.input) continue;
            for (const three of groups[k]) weigh(one, two, three);
          }
        }
    }
  const chosen = new Map<string, readonly Move[]>();
  for (const { kept } of shortlists) for (const moves of kept()) chosen.set(JSON.stringify(moves), moves);
  return chosen.size > 0 ? [...chosen.values()] : nearest.kept();
}

interface Gain {
  readonly move: Move;
  readonly size: number;
  /** On each other phase, nats. */
  readonly gains: readonly number[];
}

/** Effects by input and direction, those first that bring the phase nearest for their size. */
function helpfulGroups(
  effects: readonly Effect[],
  { from, to, most }: { readonly from: number; readonly to: number; readonly most: number },
): (readonly Effect[])[] {
  const groups = new Map<number, { gain: number; readonly effects: Effect[] }>();
  for (const one of effects) {
    const key = 2 * one.move.input + Number(one.move.deviations > 0);
    const group = groups.get(key) ?? { gain: 0, effects: [] };
    groups.set(key, group);
    group.effects.push(one);
    group.gain = Math.max(group.gain, (one.adds[to] - one.adds[from]) / one.size);
  }
  return [...groups.values()]
    .filter(({ gain }) => gain > 0)
    .sort((a, b) => b.gain - a.gain)
    .slice(0, most)
    .map((group) => group.effects);
}

interface Shortlist {
  /** Takes a combination in if its key is small enough. */
  readonly offer: (key: number, one: Gain, two: Gain, three: Gain | null) => void;
  /** A key must be below. */
  readonly worst: () => number;
  readonly kept: () => (readonly Move[])[];
}

/** The so many combinations with the smallest keys below a bound. */
function shortlist(most: number, below: number): Shortlist {
  const list: { readonly key: number; readonly gains: readonly (Gain | null)[] }[] = [];
  const worst = (): number => (list.length < most ? below : list[list.length - 1].key);
  return {
    worst,
    kept: () => list.map(({ gains }) => gains.flatMap((one) => (one === null ? [] : [one.move]))),
    offer: (key, one, two, three) => {
      if (key >= worst()) return;
      let place = list.length;
      while (place > 0 && list[place - 1].key > key) place--;
      list.splice(place, 0, { key, gains: [one, two, three] });
      if (list.length > most) list.pop();
    },
  };
}
