import { InputError } from "../core/InputError.js";
import { shownValue } from "../core/shownValue.js";
import { seededRandom } from "../core/random/Random.js";
import { type Choice, isSameParameter, isValueOf, type Parameter, type ParameterValues } from "./Parameter.js";
import type { Pruner } from "./pruners/Pruner.js";
import type { Sampler, SamplerView } from "./samplers/Sampler.js";
import { checkParameter, isActive, type SearchSpace } from "./SearchSpace.js";
import type { Direction, Trial, TrialStep } from "./Trial.js";

/** What a trial rests on: plain data, so that it may be carried out in another thread. */
export interface TrialView {
  readonly number: number;
  /** Trials before the window, all of them ended, in their order. */
  readonly ended: readonly Trial[];
  /** Of trials within the window what was proposed when they were asked for. */
  readonly running: readonly ParameterValues[];
  /** What the parameters of a space, or of the ended trials, may be; by name. */
  readonly known: SearchSpace;
}

/** How values are proposed and trials are stopped. */
export interface TrialRules {
  readonly seed: number;
  /** Undefined where each trial says as it goes what it varies. */
  readonly space?: SearchSpace;
  readonly directions: readonly Direction[];
  readonly sampler: Sampler;
  readonly pruner?: Pruner;
}

/** A trial under way. */
export interface OpenTrial {
  readonly number: number;
  /** Of a space, all; of a study without one, those that were suggested so far. */
  readonly parameters: ParameterValues;
  /** Known before it starts: of a study without a space what is proposed together. */
  readonly proposed: ParameterValues;
  /** What its parameters may be, by name. */
  readonly named: SearchSpace;
  /** What was reported so far. */
  readonly steps: readonly TrialStep[];
  /**
   * Value of a parameter that is named as the trial goes; the same again for the same name.
   *
   * @throws InputError if the parameter is none, is not of the study's space, or is not what it was in trials that are
   *   seen
   */
  readonly suggest: (name: string, parameter: Parameter) => Choice;
  /**
   * Keeps what was reached at a step, which must come after those reported before.
   *
   * @returns whether the pruner says to stop
   * @throws RangeError if the step is no whole number or comes not after the last one, or what was reached is no number
   */
  readonly report: (step: number, value: number) => boolean;
}

/**
 * Opens a trial: its values and whether it is stopped are a pure function of the rules and of what it rests on, in
 * whatever thread.
 *
 * @param steps  reported before, by a trial that goes on
 */
export function openTrial(
  { seed, space, directions, sampler, pruner }: TrialRules,
  { number, ended, running, known }: TrialView,
  steps: readonly TrialStep[] = [],
): OpenTrial {
  const named: Record<string, Parameter> = {};
  const all: Record<string, Parameter> = { ...known };
  const parameters: Record<string, Choice> = {};
  const reported = [...steps];
  const view: SamplerView = {
    number,
    ended,
    running,
    directions,
    known: all,
    random: seededRandom(seed).fork("trials").fork(number),
    shared: seededRandom(seed).fork("shared"),
  };
  let together: ParameterValues | null = null;
  const valueOf = (name: string): Choice => {
    together ??= sampler.together(view);
    return Object.hasOwn(together, name) ? together[name] : sampler.alone(view, name);
  };
  const give = (name: string, parameter: Parameter): Choice => {
    const value = valueOf(name);
    // Kept, it could not be read again.
    if (!isValueOf(parameter, value))
      throw new InputError({
        where: `trial ${number}, parameter ${name}`,
        must: `the sampler "${sampler.settings.name}" must propose one of its values`,
        got: `${shownValue(value)} of ${JSON.stringify(parameter)}`,
        mend: "mend what the sampler was given, or the parameter",
      });
    named[name] = parameter;
    // Fixed, so that what is kept is what was proposed, whatever an objective does to it.
    Object.defineProperty(parameters, name, { value, enumerable: true });
    return value;
  };
  const suggest = (name: string, parameter: Parameter): Choice => {
    checkParameter(name, parameter);
    if (space !== undefined && !Object.hasOwn(named, name))
      throw new InputError({
        where: `trial ${number}, parameter ${name}`,
        must: "must be one that the space of the study has for this trial",
        got: `none of ${Object.keys(named).join(", ")}`,
        mend: "add it to the space, or give the study none",
      });
    if (Object.hasOwn(all, name) && !isSameParameter(all[name], parameter))
      throw new InputError({
        where: `trial ${number}, parameter ${name}`,
        must: "must be what it was in trials before",
        got: `${JSON.stringify(parameter)}; it was ${JSON.stringify(all[name])}`,
        mend: "give what changed another name",
      });
    if (Object.hasOwn(named, name)) return parameters[name];
    if (Object.hasOwn(all, name)) return give(name, all[name]);
    // A copy: an objective may change its own.
    all[name] = structuredClone(parameter);
    try {
      return give(name, all[name]);
    } catch (error) {
      // What the sampler refused was never named: one that reads the trial again does not know of it.
      delete all[name];
      throw error;
    }
  };
  if (space !== undefined) {
    for (const [name, parameter] of Object.entries(space)) if (isActive(parameter, parameters)) give(name, parameter);
    Object.freeze(parameters);
  }
  const proposed = space === undefined ? (together ??= sampler.together(view)) : { ...parameters };
  const report = (step: number, value: number): boolean => {
    const last = reported.at(-1)?.step ?? -1;
    if (!Number.isSafeInteger(step) || step <= last)
      throw new RangeError(`trial ${number}: a step must be a whole number above ${last}; got ${step}`);
    if (typeof value !== "number")
      throw new RangeError(`trial ${number}: what is reported must be a number; got ${shownValue(value)}`);
    reported.push({ step, value });
    return pruner?.stops({ steps: reported, ended, direction: directions[0] }) ?? false;
  };
  return { number, parameters, proposed, named, steps: reported, suggest, report };
}
