import { inCount } from "../core/inCount.js";
import { InputError } from "../core/InputError.js";
import { bestTrial } from "./bestTrial.js";
import { endOf } from "./endOf.js";
import { openTrial, type OpenTrial, type TrialView } from "./openTrial.js";
import { outcomeOf } from "./outcomeOf.js";
import { paretoFront } from "./paretoFront.js";
import { isSameParameter, type Parameter, type ParameterValues } from "./Parameter.js";
import type { Pruner } from "./pruners/Pruner.js";
import type { Sampler } from "./samplers/Sampler.js";
import { tpeSampler } from "./samplers/tpeSampler.js";
import { checkSpace, type SearchSpace } from "./SearchSpace.js";
import type { Direction, Trial, TrialEnd, TrialOutcome } from "./Trial.js";

/** How a study is led. */
export interface StudyOptions {
  readonly seed: number;
  /** What trials vary (default: each trial says as it goes, by `suggest`). */
  readonly space?: SearchSpace;
  /** One per objective (default minimize). */
  readonly directions?: readonly Direction[];
  /** Default: tpeSampler. */
  readonly sampler?: Sampler;
  /** Default: none is stopped. */
  readonly pruner?: Pruner;
  /**
   * Trials before a trial whose outcomes it does not see, so that one more trial than this may run at a time (default
   * 0). It belongs to the study: whatever the number of workers, proposals are the same.
   */
  readonly window?: number;
  /** Trials of an earlier study, or of another program, that this one goes on from: its first ones, all ended. */
  readonly history?: StudyHistory;
}

/** What a study goes on from. */
export interface StudyHistory {
  /** What the parameters of its trials may be. */
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** By number, without gaps, all ended. */
  readonly trials: readonly Trial[];
}

/** A trial that is asked for. */
export type AskedTrial = Pick<OpenTrial, "number" | "parameters" | "suggest" | "report">;

interface RunningTrial {
  readonly open: OpenTrial;
  readonly view: TrialView;
}

/** Asks and tells, in memory. */
export interface Study {
  readonly trials: readonly Trial[];
  /** What the parameters of the trials that were seen so far may be, by name. */
  readonly parameters: () => Readonly<Record<string, Parameter>>;
  /** Whether the next trial may be asked for: all that it sees have ended. */
  readonly canAsk: () => boolean;
  /** @throws RangeError if one that it sees has not ended */
  readonly ask: () => OpenTrial;
  /** What a trial that was asked for rests on, for openTrial in another thread. */
  readonly viewOf: (number: number) => TrialView;
  /** @throws RangeError if the trial does not run */
  readonly tell: (number: number, end: TrialEnd) => void;
  /**
   * Takes the outcome of a trial that was asked for here and carried out elsewhere: in a thread, by another process, or
   * before this one began.
   *
   * @param named  what its parameters may be, of a study without a space
   * @throws InputError if its values are not those that are proposed here; RangeError if the trial does not run
   *   here, or has not ended there
   */
  readonly restore: (trial: Trial, named?: SearchSpace) => void;
  /** Best of the complete trials that kept all constraints, by the first place; null where there is none. */
  readonly best: () => Trial | null;
  /** Those that no other is better than in all objectives, by number; of one objective the best and its equals. */
  readonly front: () => readonly Trial[];
}

/**
 * A study that asks for trials and is told their outcomes. Trial i is a pure function of the seed and of the outcomes
 * of trials before i - window.
 *
 * @example
 * ```ts
 * import { createStudy } from "cspbbr3-twin";
 *
 * const study = createStudy({ seed: 1, space: { rate: { kind: "float", low: 1e-4, high: 1, log: true } } });
 * for (let trial = 0; trial < 40; trial++) {
 *   const { number, parameters } = study.ask();
 *   const found = Math.abs(Math.log10(Number(parameters.rate)) + 2); // measured elsewhere, by whatever means
 *   study.tell(number, { state: "complete", values: [found] });
 * }
 * console.log(Number(study.best()!.parameters.rate).toFixed(2));
 * // 0.01
 * ```
 *
 * @throws InputError as checkSpace, for a space that the sampler has no values for, and for a seed, a window,
 *   directions or a history that do not fit
 */
export function createStudy({
  seed,
  space,
  directions = ["minimize"],
  sampler = tpeSampler(),
  pruner,
  window = 0,
  history = { parameters: {}, trials: [] },
}: StudyOptions): Study {
  if (space !== undefined) checkSpace(space);
  checkOptions({ seed, space, directions, sampler, pruner, window, history });
  const rules = { seed, space, directions, sampler, pruner };
  const trials: Trial[] = [...history.trials];
  // What rests on all trials before it is let go when it has ended: else thousands of them would hold millions.
  const opened = new Map<number, RunningTrial>();
  const asked = new Map<number, Pick<OpenTrial, "proposed" | "named">>();
  const known: Record<string, Parameter> = { ...history.parameters, ...space };
  const seenBy = (number: number): number => Math.max(history.trials.length, number - window);
  let endedFrom = trials.length;
  let knownFrom = trials.length;
  const learn = (upTo: number): void => {
    for (; knownFrom < upTo; knownFrom++)
      for (const [name, parameter] of Object.entries(asked.get(knownFrom)!.named))
        if (!Object.hasOwn(known, name)) known[name] = parameter;
  };
  const canAsk = (): boolean => {
    while (endedFrom < trials.length && trials[endedFrom].outcome !== null) endedFrom++;
    return endedFrom >= seenBy(trials.length);
  };
  const running = (caller: string, number: number): RunningTrial => {
    const trial = number >= 0 ? trials.at(number) : undefined;
    if (trial === undefined)
      throw new RangeError(`Study.${caller}: trial ${number} must have been asked for; ${trials.length} were`);
    if (trial.outcome !== null)
      throw new RangeError(`Study.${caller}: trial ${number} must run; it is ${trial.outcome.state} already`);
    return opened.get(number)!;
  };
  /** From here on nothing changes it: an objective that was given up may still name parameters, or report. */
  const end = ({ open: { number, parameters, proposed, named } }: RunningTrial, outcome: TrialOutcome): void => {
    trials[number] = { number, parameters: { ...parameters }, outcome };
    asked.set(number, { proposed, named: { ...named } });
    opened.delete(number);
  };

  return {
    trials,
    parameters: () => {
      learn(endedFrom);
      return { ...known };
    },
    canAsk,
    ask: () => {
      const number = trials.length;
      const first = seenBy(number);
      if (!canAsk())
        throw new RangeError(
          `Study.ask: trials before ${first} must have ended; trial ${endedFrom} has not; tell its outcome`,
        );
      if (space === undefined) learn(first);
      const view: TrialView = {
        number,
        ended: trials.slice(0, first),
        running: Array.from({ length: number - first }, (_, k) => asked.get(first + k)!.proposed),
        known: space ?? { ...known },
      };
      const open = openTrial(rules, view);
      trials.push({ number, parameters: open.parameters, outcome: null });
      opened.set(number, { open, view });
      asked.set(number, open);
      return open;
    },
    viewOf: (number) => running("viewOf", number).view,
    tell: (number, told) => {
      const trial = running("tell", number);
      end(trial, outcomeOf(endOf(told), trial.open.steps, directions.length));
    },
    restore: ({ number, parameters, outcome }, named = {}) => {
      const trial = running("restore", number);
      if (outcome === null) throw new RangeError(`Study.restore: trial ${number} must have ended; tell it when it has`);
      if (space === undefined)
        for (const name of Object.keys(parameters))
          trial.open.suggest(name, (Object.hasOwn(named, name) ? named : known)[name]);
      if (!isSame(trial.open.parameters, parameters))
        throw new InputError({
          where: `trial ${number} of a study`,
          must: "must have the values that its seed, window and sampler propose",
          got: `${JSON.stringify(parameters)}; proposed are ${JSON.stringify(trial.open.parameters)}`,
          mend: "begin a new study: this one was led by another version or other settings",
        });
      end(trial, outcome);
    },
    best: () => bestTrial(trials, directions),
    front: () => paretoFront(trials, directions),
  };
}

function isSame(one: ParameterValues, other: ParameterValues): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && one[name] === other[name])
  );
}

function checkOptions({
  seed,
  space,
  directions,
  sampler,
  pruner,
  window,
  history,
}: Required<Pick<StudyOptions, "seed" | "directions" | "sampler" | "window" | "history">> &
  Pick<StudyOptions, "space" | "pruner">): void {
  const refuse = (must: string, got: string, mend: string): never => {
    throw new InputError({ where: "createStudy", must, got, mend });
  };
  if (!Number.isSafeInteger(seed)) refuse("the seed must be a whole number", String(seed), "give for example 1");
  if (!Number.isSafeInteger(window) || window < 0)
    refuse(
      "the window must be a whole number, at least 0",
      String(window),
      "give one less than the number of trials that run at a time",
    );
  if (directions.length === 0)
    refuse("there must be at least one objective", "no direction", "give minimize or maximize for each objective");
  const { mostObjectives = Infinity, settings } = sampler;
  if (directions.length > mostObjectives)
    refuse(
      `the sampler "${settings.name}" must be given at most ${inCount(mostObjectives, "objective")}`,
      String(directions.length),
      "take tpeSampler, or tune one at a time",
    );
  if (pruner !== undefined && directions.length > 1)
    refuse(
      "trials are stopped by one objective",
      `${directions.length} objectives and a pruner`,
      "leave the pruner out",
    );
  const { parameters, trials } = history;
  const strange = trials.find(
    ({ number, outcome }, at) =>
      number !== at ||
      outcome === null ||
      (outcome.state === "complete" && outcome.values.length !== directions.length),
  );
  if (strange !== undefined)
    refuse(
      "trials to go on from must have ended, be numbered from 0 on, and have one value per objective",
      `trial ${strange.number}, ${strange.outcome?.state ?? "running"}, with ${strange.outcome?.values.length ?? 0} ` +
        `values for ${directions.length}`,
      "give those that have ended, with the directions of their study",
    );
  if (space === undefined) return;
  sampler.check?.(space);
  const other = Object.keys(parameters).find(
    (name) => !Object.hasOwn(space, name) || !isSameParameter(parameters[name], plain(space[name])),
  );
  if (other !== undefined)
    refuse(
      "trials to go on from must be of the same space",
      `parameter ${other}: ${JSON.stringify(parameters[other])} beside ${JSON.stringify(space[other]) ?? "none"}`,
      "give the space that they were of",
    );
}

/** Without the condition: another program keeps none. */
function plain({ when: _, ...parameter }: SearchSpace[string]): Parameter {
  return parameter;
}
