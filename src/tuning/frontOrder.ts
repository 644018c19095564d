import { dominationRanks } from "./dominationRanks.js";
import { hypervolume } from "./hypervolume.js";

/**
 * Order of points by their front; within one, those first that add most to the volume which the ones before them
 * dominate, so that a few of them are spread over the front.
 *
 * @param losses  of each point, one per objective; smaller is better
 * @param most    how many first ones are wanted; those behind stand by their front alone (default all)
 * @returns places in `losses`
 * @see Guerreiro, Fonseca and Paquete 2016, Greedy hypervolume subset selection, doi:10.1162/EVCO_a_00188
 */
export function frontOrder(losses: readonly (readonly number[])[], most: number = losses.length): Uint32Array {
  const ranks = dominationRanks(losses);
  const order: number[] = [];
  for (let rank = 0; order.length < losses.length; rank++) {
    const front = [...losses.keys()].filter((at) => ranks[at] === rank);
    const first = new Set(spread(front, losses, most - order.length));
    order.push(...first, ...front.filter((at) => !first.has(at)));
  }
  return Uint32Array.from(order);
}

function spread(front: readonly number[], losses: readonly (readonly number[])[], most: number): readonly number[] {
  const reference = losses[0].map((_, i) => {
    const worst = front.reduce((greatest, at) => Math.max(greatest, losses[at][i]), -Infinity);
    return Math.max(1.1 * worst, 0.9 * worst) || 1e-12;
  });
  const chosen: number[] = [];
  // What a point adds only falls as others are chosen, so only the most that is left needs to be reckoned anew.
  const left = new Map(front.map((at) => [at, { gain: hypervolume([losses[at]], reference), after: 0 }]));
  let volume = 0;
  while (chosen.length < most && left.size > 0) {
    let best = -1;
    for (const [at, { gain }] of left) if (best === -1 || gain > left.get(best)!.gain) best = at;
    const found = left.get(best)!;
    if (found.after < chosen.length) {
      const gain = hypervolume(
        [...chosen, best].map((at) => losses[at]),
        reference,
      );
      left.set(best, { gain: gain - volume, after: chosen.length });
      continue;
    }
    volume += found.gain;
    chosen.push(best);
    left.delete(best);
  }
  return chosen;
}
