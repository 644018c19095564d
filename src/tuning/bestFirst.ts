import { brokenBy } from "./brokenBy.js";
import { frontOrder } from "./frontOrder.js";
import { isKept } from "./isKept.js";
import { lossesOf } from "./lossesOf.js";
import type { Direction, Trial, TrialOutcome } from "./Trial.js";

/**
 * Trials that did not fail, best first: complete ones by their value, or by their front where there are several; then
 * those that were pruned, the later the better and then by what they had reached; last those that broke a constraint,
 * by how much. Of equals the one that came first stands first.
 *
 * @param most  how many of them are wanted (default all)
 */
export function bestFirst(
  ended: readonly Trial[],
  directions: readonly Direction[],
  most: number = ended.length,
): readonly Trial[] {
  const sign = directions[0] === "minimize" ? 1 : -1;
  const places = directions.length === 1 ? null : placesByFront(ended, directions, most);
  const ranked: Ranked[] = [];
  for (const trial of ended)
    if (trial.outcome !== null && trial.outcome.state !== "failed")
      ranked.push(rankOf(trial, trial.outcome, sign, places?.get(trial.number)));
  return firstOf(ranked, most).map(({ trial }) => trial);
}

/** The smaller the better: first by kind, then by one number, then by the other. */
interface Ranked {
  readonly trial: Trial;
  readonly kind: number;
  readonly first: number;
  readonly second: number;
}

function rankOf(
  trial: Trial,
  { state, values, steps, constraints }: TrialOutcome,
  sign: number,
  place: number = sign * values[0],
): Ranked {
  const broken = brokenBy(constraints);
  if (broken > 0) return { trial, kind: 2, first: broken, second: 0 };
  if (state === "complete") return { trial, kind: 0, first: place, second: 0 };
  const last = steps.at(-1);
  if (last === undefined) return { trial, kind: 1, first: 1, second: 0 };
  // A step that is no number is the worst of its kind.
  return { trial, kind: 1, first: -last.step, second: Number.isNaN(last.value) ? Infinity : sign * last.value };
}

function compared(a: Ranked, b: Ranked): number {
  if (a.kind !== b.kind) return a.kind - b.kind;
  if (a.first !== b.first) return a.first - b.first;
  if (a.second !== b.second) return a.second - b.second;
  return a.trial.number - b.trial.number;
}

/** Few of many without sorting all. */
function firstOf(ranked: readonly Ranked[], most: number): readonly Ranked[] {
  if (most >= ranked.length) return ranked.toSorted(compared);
  const kept: Ranked[] = [];
  for (const one of ranked) {
    if (kept.length === most && (most === 0 || compared(one, kept[most - 1]) > 0)) continue;
    if (kept.length === most) kept.pop();
    let at = kept.length;
    while (at > 0 && compared(one, kept[at - 1]) < 0) at--;
    kept.splice(at, 0, one);
  }
  return kept;
}

/** By the numbers of complete trials that kept their constraints. */
function placesByFront(
  ended: readonly Trial[],
  directions: readonly Direction[],
  most: number,
): ReadonlyMap<number, number> {
  const kept = ended.filter(isKept);
  const losses = kept.map(({ outcome }) => lossesOf(outcome, directions));
  return new Map(Array.from(frontOrder(losses, most), (at, place) => [kept[at].number, place]));
}
