import { z } from "zod";
import { InputError } from "../../core/InputError.js";
import { type Choice, isValueOf, type Parameter, isSameParameter } from "../Parameter.js";
import { isReckonable } from "../outcomeOf.js";
import { checkParameter } from "../SearchSpace.js";
import type { Direction, Trial, TrialOutcome, TrialState } from "../Trial.js";
import { parameterOfOptuna } from "./optunaDistribution.js";
import { constraintPrefix, optunaDirections, optunaOperations, optunaStates } from "./optunaJournal.js";
import type { StudyRecord } from "./StudyRecord.js";

/** A study that was read, and what was left out of the file. */
export interface ReadJournal {
  readonly study: StudyRecord;
  /** In sentences: a last line cut short, trials that have not ended, values that are no finite numbers. */
  readonly warnings: readonly string[];
}

/**
 * Reads a journal of Optuna 3 to 5. Trials that wait or run have no outcome and are left out, as is a last line that
 * was cut short; complete ones without finite values count as failed; all this is said. Numbers are those of the
 * trials that are left.
 *
 * @param where  the file, for messages
 * @param name   of the study, where the journal has several
 * @throws InputError naming the line: one that is no operation of a journal, a parameter that is not the same in all
 *   trials or that we have no kind for, no study or several and no name
 */
export function readOptunaJournal(text: string, where: string, name?: string): ReadJournal {
  const lines = text.split("\n");
  const cut = lines.pop()!;
  const study = chosenStudy(replayed(lines, where), where, name);
  const ended = study.trials.flatMap((trial, number) => {
    const outcome = outcomeOf(trial, study.directions.length, `${where}, trial ${number} of ${study.name}`);
    return outcome === null ? [] : [{ trial, outcome }];
  });
  const running = study.trials.length - ended.length;
  const strange = ended.filter(({ trial, outcome }) => stateOf(trial.state) !== outcome.state).length;
  return {
    study: {
      name: study.name,
      directions: study.directions,
      parameters: sharedParameters(
        ended.map(({ trial }) => trial.parameters),
        where,
      ),
      trials: ended.map(({ trial, outcome }, number): Trial => ({ number, parameters: trial.given, outcome })),
    },
    warnings: [
      ...(cut === "" ? [] : [`line ${lines.length + 1} was cut short and is left out`]),
      ...(running > 0 ? [`trials that had not ended are left out: ${running}`] : []),
      ...(strange > 0 ? [`complete trials without finite values count as failed: ${strange}`] : []),
    ],
  };
}

interface DraftStudy {
  readonly name: string;
  readonly directions: readonly Direction[];
  readonly trials: DraftTrial[];
}

interface DraftTrial {
  state: number;
  values: readonly number[] | null;
  readonly parameters: Record<string, Parameter>;
  readonly given: Record<string, Choice>;
  readonly steps: Map<number, number>;
  readonly attributes: Record<string, unknown>;
}

/**
 * Studies after all lines, as Optuna counts and keeps them: one of a name that is there already, and what is done to a
 * deleted study or an ended trial, is passed over.
 */
function replayed(lines: readonly string[], where: string): readonly DraftStudy[] {
  const studies: (DraftStudy | null)[] = [];
  const trials: DraftTrial[] = [];
  lines.forEach((text, at) => {
    const refuse = (must: string, got: string): InputError => refusal(`${where}, line ${at + 1}`, must, got);
    const entry = operation(text, refuse);
    const { study_id: study, trial_id: trial } = entry;
    if (study !== undefined && study >= studies.length)
      throw refuse("must be of a study that was made before", `study ${study}; was the beginning cut off?`);
    if (trial !== undefined && trial >= trials.length)
      throw refuse("must be of a trial that was made before", `trial ${trial}; was the beginning cut off?`);
    const running = trial === undefined || hasEnded(trials[trial]) ? null : trials[trial];
    switch (entry.op_code) {
      case optunaOperations.createStudy:
        if (studies.every((one) => one?.name !== entry.study_name))
          studies.push({
            name: entry.study_name,
            directions: entry.directions.map((code) => directionOf(code, refuse)),
            trials: [],
          });
        return;
      case optunaOperations.deleteStudy:
        studies[entry.study_id] = null;
        return;
      case optunaOperations.createTrial: {
        const own = studies[entry.study_id];
        if (own === null) return;
        own.trials.push(madeTrial(entry, refuse));
        trials.push(own.trials.at(-1)!);
        return;
      }
      case optunaOperations.setParameter:
        if (running !== null)
          setParameter(running, entry.param_name, entry.distribution, entry.param_value_internal, refuse);
        return;
      case optunaOperations.setStateValues:
        if (running === null) return;
        running.state = checkedState(entry.state, refuse);
        running.values = entry.values?.map(Number) ?? running.values;
        return;
      case optunaOperations.setIntermediateValue:
        running?.steps.set(entry.step, Number(entry.intermediate_value));
        return;
      case optunaOperations.setTrialUserAttribute:
        if (running !== null) Object.assign(running.attributes, entry.user_attr);
        return;
      case optunaOperations.setTrialSystemAttribute:
        if (running !== null) Object.assign(running.attributes, entry.system_attr);
    }
  });
  return studies.filter((study) => study !== null);
}

type Refuse = (must: string, got: string) => InputError;

function refusal(where: string, must: string, got: string): InputError {
  return new InputError({ where, must, got, mend: "export it again from Optuna, or take it out" });
}

const spoken = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"])]);
const place = z.int().min(0);
const attributes = z.record(z.string(), z.unknown());
const ofStudy = { study_id: place, trial_id: z.undefined() };
const ofTrial = { study_id: z.undefined(), trial_id: place };
const shape = z.discriminatedUnion("op_code", [
  z.object({
    op_code: z.literal(optunaOperations.createStudy),
    study_name: z.string(),
    directions: z.array(z.number()).min(1),
    study_id: z.undefined(),
    trial_id: z.undefined(),
  }),
  z.object({ op_code: z.literal(optunaOperations.deleteStudy), ...ofStudy }),
  z.object({ op_code: z.literal(optunaOperations.setStudyUserAttribute), ...ofStudy }),
  z.object({ op_code: z.literal(optunaOperations.setStudySystemAttribute), ...ofStudy }),
  z.object({
    op_code: z.literal(optunaOperations.createTrial),
    ...ofStudy,
    state: z.number().optional(),
    value: spoken.nullish(),
    values: z.array(spoken).nullish(),
    distributions: z.record(z.string(), z.string()).optional(),
    params: z.record(z.string(), z.number()).optional(),
    intermediate_values: z.record(z.string(), spoken).optional(),
    user_attrs: attributes.optional(),
    system_attrs: attributes.optional(),
  }),
  z.object({
    op_code: z.literal(optunaOperations.setParameter),
    ...ofTrial,
    param_name: z.string(),
    param_value_internal: z.number(),
    distribution: z.string(),
  }),
  z.object({
    op_code: z.literal(optunaOperations.setStateValues),
    ...ofTrial,
    state: z.number(),
    values: z.array(spoken).nullish(),
  }),
  z.object({
    op_code: z.literal(optunaOperations.setIntermediateValue),
    ...ofTrial,
    step: place,
    intermediate_value: spoken,
  }),
  z.object({ op_code: z.literal(optunaOperations.setTrialUserAttribute), ...ofTrial, user_attr: attributes }),
  z.object({ op_code: z.literal(optunaOperations.setTrialSystemAttribute), ...ofTrial, system_attr: attributes }),
  z.object({ op_code: z.literal(optunaOperations.discardTrials), study_id: z.undefined(), trial_id: z.undefined() }),
]);
type Operation = z.infer<typeof shape>;

function operation(text: string, refuse: Refuse): Operation {
  let value: unknown;
  try {
    // Python writes numbers that are none bare; what stands in quotes is left as it is.
    value = JSON.parse(
      text.replaceAll(/"(?:[^"\\]|\\.)*"|NaN|-?Infinity/g, (one) => (one.startsWith('"') ? one : `"${one}"`)),
    );
  } catch {
    value = null;
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const code = (value as { readonly op_code?: unknown } | null)?.op_code;
  if (typeof code === "number" && !(Object.values(optunaOperations) as readonly number[]).includes(code))
    throw refuse("must be an operation of Optuna 3 to 5", `operation ${code}, of another version`);
  throw refuse("must be an operation of an Optuna journal", text.slice(0, 60) || "an empty line");
}

function directionOf(code: number, refuse: Refuse): Direction {
  if (code === optunaDirections.minimize) return "minimize";
  if (code === optunaDirections.maximize) return "maximize";
  throw refuse("directions must be 1 (minimize) or 2 (maximize)", String(code));
}

function checkedState(code: number, refuse: Refuse): number {
  if ((Object.values(optunaStates) as readonly number[]).includes(code)) return code;
  throw refuse("must have a state from 0 to 4", String(code));
}

/** Null where it has not ended. */
function stateOf(code: number): TrialState | null {
  return (["complete", "pruned", "failed"] as const).find((state) => optunaStates[state] === code) ?? null;
}

function hasEnded({ state }: DraftTrial): boolean {
  return stateOf(state) !== null;
}

function madeTrial(
  entry: Extract<Operation, { readonly op_code: typeof optunaOperations.createTrial }>,
  refuse: Refuse,
): DraftTrial {
  const trial: DraftTrial = {
    state: checkedState(entry.state ?? optunaStates.running, refuse),
    values: entry.values?.map(Number) ?? (entry.value == null ? null : [Number(entry.value)]),
    parameters: {},
    given: {},
    steps: new Map(),
    attributes: { ...entry.user_attrs, ...entry.system_attrs },
  };
  for (const [key, distribution] of Object.entries(entry.distributions ?? {}))
    setParameter(trial, key, distribution, entry.params?.[key], refuse);
  for (const [step, value] of Object.entries(entry.intermediate_values ?? {})) {
    if (!place.safeParse(Number(step)).success) throw refuse("steps must be whole numbers, at least 0", step);
    trial.steps.set(Number(step), Number(value));
  }
  return trial;
}

function setParameter(
  trial: DraftTrial,
  name: string,
  distribution: string,
  inner: number | undefined,
  refuse: Refuse,
): void {
  const parameter = parameterOfOptuna(distribution);
  if (parameter === null)
    throw refuse(`parameter ${name} must be a float, an integer or a choice of plain values`, distribution);
  try {
    checkParameter(name, parameter);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw refuse(`parameter ${name}: ${error.fault.must}`, error.fault.got);
  }
  const value = parameter.kind === "categorical" ? parameter.choices[inner ?? -1] : inner;
  if (value === undefined || !isValueOf(parameter, value))
    throw refuse(`parameter ${name} must have a value of its range`, `${inner ?? "none"} of ${distribution}`);
  trial.parameters[name] = parameter;
  trial.given[name] = value;
}

/** Null where it has not ended. */
function outcomeOf(
  { state: code, values, steps, attributes: told }: DraftTrial,
  objectives: number,
  where: string,
): TrialOutcome | null {
  const state = stateOf(code);
  if (state === null) return null;
  const reached = [...steps].map(([step, value]) => ({ step, value })).sort((a, b) => a.step - b.step);
  const none = { values: [], steps: reached };
  const constraints = constraintsOf(told);
  if (state !== "complete")
    return { ...none, state, constraints, reason: typeof told.reason === "string" ? told.reason : "in Optuna" };
  if (values?.length !== objectives)
    throw refusal(where, `must have one value per objective, ${objectives}`, String(values?.length ?? "none"));
  const strange = [...values, ...Object.values(constraints)].find((value) => !isReckonable(value));
  if (strange !== undefined)
    return { ...none, state: "failed", constraints: {}, reason: `it found ${strange} in Optuna` };
  return { state, values, steps: reached, constraints, reason: null };
}

function constraintsOf(told: Readonly<Record<string, unknown>>): Readonly<Record<string, number>> {
  const list = told[constraintPrefix.slice(0, -1)];
  const named = Object.entries(told).flatMap(([key, value]) =>
    key.startsWith(constraintPrefix) ? [[key.slice(constraintPrefix.length), value] as const] : [],
  );
  const all = [
    ...(Array.isArray(list) ? list.map((value: unknown, at) => [String(at), value] as const) : []),
    ...named,
  ];
  return Object.fromEntries(all.map(([key, value]) => [key, Number(value)]));
}

function chosenStudy(studies: readonly DraftStudy[], where: string, name: string | undefined): DraftStudy {
  const found = name === undefined ? studies : studies.filter((study) => study.name === name);
  if (found.length === 1) return found[0];
  throw new InputError({
    where,
    must: name === undefined ? "must hold one study, or be read with its name" : `must hold a study ${name}`,
    got: studies.length === 0 ? "none" : studies.map((study) => study.name).join(", "),
    mend: studies.length === 0 ? "give a journal of Optuna with a study in it" : "name one of them",
  });
}

/** Optuna lets a range change from trial to trial; a study of ours has one space. */
function sharedParameters(
  all: readonly Readonly<Record<string, Parameter>>[],
  where: string,
): Readonly<Record<string, Parameter>> {
  const known: Record<string, Parameter> = {};
  for (const own of all)
    for (const [name, parameter] of Object.entries(own)) {
      if (!Object.hasOwn(known, name)) known[name] = parameter;
      if (!isSameParameter(known[name], parameter))
        throw new InputError({
          where: `${where}, parameter ${name}`,
          must: "must be the same in all trials",
          got: `${JSON.stringify(parameter)} beside ${JSON.stringify(known[name])}`,
          mend: "take the trials of one of the two",
        });
    }
  return known;
}
