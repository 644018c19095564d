import { innerOf, type Parameter } from "../Parameter.js";
import type { Trial } from "../Trial.js";
import { optunaDistribution } from "./optunaDistribution.js";
import { constraintPrefix, optunaDirections, optunaOperations, optunaStates } from "./optunaJournal.js";
import type { StudyRecord } from "./StudyRecord.js";

/**
 * A study as a journal that Optuna 5 reads with JournalStorage(JournalFileBackend(FILE)). Its times are counted from
 * 1970 on, a second to a trial: when trials ran is not kept. Conditions of parameters are not kept either: which trial
 * has which parameters is.
 *
 * @example
 * ```ts
 * import { optimize, readOptunaJournal, writeOptunaJournal } from "cspbbr3-twin";
 *
 * const study = await optimize(({ parameters }) => Number(parameters.x) ** 2, {
 *   seed: 1,
 *   trials: 10,
 *   space: { x: { kind: "float", low: -5, high: 5 } },
 * });
 * const { trials } = study;
 * const journal = writeOptunaJournal({ name: "x", directions: ["minimize"], parameters: study.parameters(), trials });
 * console.log(readOptunaJournal(journal, "journal").study.trials.length);
 * // 10
 * ```
 *
 * @returns lines of JSON, each closed with a line break
 */
export function writeOptunaJournal({ name, directions, parameters, trials }: StudyRecord): string {
  const worker = "cspbbr3-twin";
  const lines = [
    {
      op_code: optunaOperations.createStudy,
      worker_id: worker,
      study_name: name,
      directions: directions.map((direction) => optunaDirections[direction]),
    },
    ...trials.map((trial) => ({
      op_code: optunaOperations.createTrial,
      worker_id: worker,
      study_id: 0,
      ...trialFields(trial, parameters),
    })),
  ];
  return lines.map((line) => `${bareNumbers(JSON.stringify(line))}\n`).join("");
}

function trialFields(
  { number, parameters: values, outcome }: Trial,
  parameters: Readonly<Record<string, Parameter>>,
): object {
  const names = Object.keys(values);
  const [start, end] = [number, number + 1].map((second) =>
    new Date(1000 * second).toISOString().replace("Z", "+00:00"),
  );
  const told = outcome?.state === "complete" ? outcome.values : [];
  return {
    datetime_start: start,
    ...(outcome === null ? {} : { datetime_complete: end }),
    state: optunaStates[outcome?.state ?? "running"],
    value: told.length === 1 ? told[0] : null,
    values: told.length > 1 ? told : null,
    distributions: Object.fromEntries(names.map((name) => [name, optunaDistribution(parameters[name])])),
    params: Object.fromEntries(names.map((name) => [name, plainInner(parameters[name], values[name])])),
    user_attrs: outcome?.reason == null ? {} : { reason: outcome.reason },
    system_attrs: Object.fromEntries(
      Object.entries(outcome?.constraints ?? {}).map(([name, value]) => [`${constraintPrefix}${name}`, value]),
    ),
    intermediate_values: Object.fromEntries(
      (outcome?.steps ?? []).map(({ step, value }) => [String(step), Number.isFinite(value) ? value : word(value)]),
    ),
  };
}

/** In Optuna the place of a choice, else the value itself, also where ratios count. */
function plainInner(parameter: Parameter, value: Trial["parameters"][string]): number {
  return parameter.kind === "categorical" ? innerOf(parameter, value) : (value as number);
}

/** JSON has no word for it; Python's reader takes the bare one. */
function word(value: number): string {
  return `\u0000${Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity"}\u0000`;
}

function bareNumbers(text: string): string {
  return text.replaceAll(/"\\u0000(NaN|-?Infinity)\\u0000"/g, "$1");
}
