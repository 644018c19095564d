import type { StudyRecord } from "../../src/tuning/files/StudyRecord.js";
import type { Trial, TrialOutcome } from "../../src/tuning/Trial.js";

const complete = (values: readonly number[], memory = -1): TrialOutcome => ({
  state: "complete",
  values,
  steps: [],
  constraints: { memory },
  reason: null,
});

/** A made-up trial; every third has a third layer, and some end in other ways. */
function trialOf(number: number, objectives: number): Trial {
  const layers = 1 + (number % 3);
  const rate = 10 ** (-4 + ((number * 7) % 23) / 8);
  const parameters = {
    rate,
    layers,
    kind: number % 2 === 0 ? "relu" : "tanh",
    ...(layers === 3 ? { third: number } : {}),
  };
  const loss = 0.5 + (Math.log10(rate) + 2) ** 2 + (layers === 2 ? 0 : 0.2);
  if (number % 8 === 3)
    return {
      number,
      parameters,
      outcome: { ...complete([]), state: "failed", reason: 'the loss became NaN at "epoch" 3 <b>' },
    };
  if (number % 8 === 5)
    return {
      number,
      parameters,
      outcome: { ...complete([]), state: "pruned", steps: [{ step: 4, value: loss }], reason: "above the median" },
    };
  const values = [loss, 10 / loss, layers].slice(0, objectives);
  return { number, parameters, outcome: complete(values, number % 8 === 6 ? 2 : -1) };
}

/** A study as it is kept, made up. */
export function exampleRecord({
  trials = 40,
  objectives = 1,
}: { readonly trials?: number; readonly objectives?: number } = {}): StudyRecord {
  return {
    name: 'network & "twin"',
    directions: (["minimize", "maximize", "minimize"] as const).slice(0, objectives),
    parameters: {
      rate: { kind: "float", low: 1e-4, high: 1e-1, log: true },
      layers: { kind: "integer", low: 1, high: 3 },
      kind: { kind: "categorical", choices: ["relu", "tanh"] },
      third: { kind: "integer", low: 0, high: 500, step: 1 },
    },
    trials: Array.from({ length: trials }, (_, number) => trialOf(number, objectives)),
  };
}

/** The same, of which nothing came. */
export function failedRecord(): StudyRecord {
  const record = exampleRecord();
  return { ...record, trials: record.trials.slice(3, 4).map((trial) => ({ ...trial, number: 0 })) };
}
