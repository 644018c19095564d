import type { PlottedStudy, PlottedTrial } from "../../src/figures/PlottedStudy.js";

/** A made-up trial of a made-up study: what it tried follows from its number. */
function madeUpTrial(number: number): PlottedTrial {
  const isDeep = number % 3 === 0;
  const rate = Number((10 ** (-5 + ((number * 7) % 17) / 4)).toPrecision(4));
  const parameters = {
    optimizer: number % 4 === 1 ? "sgd" : "adam",
    "learning rate": rate,
    layers: isDeep ? 3 : 2,
    ...(isDeep ? { "units of the third and last hidden layer": 16 + ((number * 29) % 200) } : {}),
    dropout: number % 2 === 0,
  };
  const value = 0.2 + (Math.log10(rate) + 3) ** 2 / 4 + (isDeep ? 0.1 : 0) + 0.3 / (1 + number);
  const steps = [0, 1, 2].map((step) => ({ step, value: value + 0.3 / (1 + step) }));
  if (number % 13 === 5)
    return { number, parameters, outcome: { state: "failed", values: [], steps: [], constraints: {} } };
  if (number % 9 === 7) return { number, parameters, outcome: { state: "pruned", values: [], steps, constraints: {} } };
  const constraints = { memory: number % 10 === 4 ? 1 : -1 };
  return { number, parameters, outcome: { state: "complete", values: [value, 30 / (1 + value)], steps, constraints } };
}

/** A study of some trials, that ended in all ways, with a parameter that is not in all. */
export function madeUpStudy(trials: number): PlottedStudy {
  return {
    directions: ["minimize", "minimize"],
    parameters: {
      optimizer: { kind: "categorical", choices: ["sgd", "adam", "rmsprop"] },
      "learning rate": { kind: "float", low: 1e-5, high: 0.1, log: true },
      layers: { kind: "integer", low: 1, high: 3 },
      "units of the third and last hidden layer": { kind: "integer", low: 16, high: 256, log: true },
      dropout: { kind: "categorical", choices: [false, true] },
    },
    trials: Array.from({ length: trials }, (_, number) => madeUpTrial(number)),
  };
}

/** A small study by hand: two complete trials, one that broke a constraint, a pruned, a failed and a running one. */
export const smallStudy: PlottedStudy = {
  directions: ["minimize"],
  parameters: {
    rate: { kind: "float", low: 0.001, high: 1, log: true },
    layers: { kind: "integer", low: 1, high: 3 },
    kind: { kind: "categorical", choices: ["a", "b"] },
    width: { kind: "float", low: 0, high: 10 },
  },
  trials: [
    complete(0, { rate: 0.1, layers: 1, kind: "a" }, 4),
    complete(1, { rate: 0.01, layers: 3, kind: "b", width: 5 }, 2),
    complete(2, { rate: 0.02, layers: 2, kind: "b", width: 1 }, 1, { memory: 3 }),
    ended(3, "pruned", [{ step: 0, value: 9 }]),
    ended(4, "failed", []),
    { number: 5, parameters: { rate: 0.5, layers: 1, kind: "a" }, outcome: null },
  ],
};

function complete(
  number: number,
  parameters: PlottedTrial["parameters"],
  value: number,
  constraints: Readonly<Record<string, number>> = {},
): PlottedTrial {
  return { number, parameters, outcome: { state: "complete", values: [value], steps: [], constraints } };
}

function ended(
  number: number,
  state: "pruned" | "failed",
  steps: readonly { readonly step: number; readonly value: number }[],
): PlottedTrial {
  return {
    number,
    parameters: { rate: 0.3, layers: 1, kind: "a" },
    outcome: { state, values: [], steps, constraints: {} },
  };
}
