import type { ParameterValues } from "../../../tuning/Parameter.js";
import type { SearchSpace } from "../../../tuning/SearchSpace.js";

/** An objective that samplers are compared on, to be minimised. */
export interface TunedObjective {
  readonly space: SearchSpace;
  /** Without noise. */
  readonly value: (parameters: ParameterValues) => number;
  readonly noise: (seed: number, trial: number) => number;
}

const hartmannWeights = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const hartmannCentres = [
  [1312, 1696, 5569, 124, 8283, 5886],
  [2329, 4135, 8307, 3736, 1004, 9991],
  [2348, 1451, 3522, 2883, 3047, 6650],
  [4047, 8828, 8732, 5743, 1091, 381],
];
const hartmannHeights = [1, 1.2, 3, 3.2];

const number = (parameters: ParameterValues, name: string): number => parameters[name] as number;
const none = (): number => 0;

/** Objectives of the reference (test/golden/f_tuning.json), by its names. */
export const tunedObjectives: Readonly<Record<string, TunedObjective>> = {
  branin: {
    space: { x1: { kind: "float", low: -5, high: 10 }, x2: { kind: "float", low: 0, high: 15 } },
    value: (p) => {
      const [x, y] = [number(p, "x1"), number(p, "x2")];
      const bend = y - (5.1 / (4 * Math.PI ** 2)) * x * x + (5 / Math.PI) * x - 6;
      return bend ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    },
    noise: none,
  },
  hartmann6: {
    space: Object.fromEntries([0, 1, 2, 3, 4, 5].map((i) => [`x${i}`, { kind: "float", low: 0, high: 1 }])),
    value: (p) =>
      -hartmannHeights.reduce(
        (sum, height, i) =>
          sum +
          height *
            Math.exp(
              -hartmannWeights[i].reduce(
                (all, weight, j) => all + weight * (number(p, `x${j}`) - hartmannCentres[i][j] / 1e4) ** 2,
                0,
              ),
            ),
        0,
      ),
    noise: none,
  },
  mixed_conditional: {
    space: {
      opt: { kind: "categorical", choices: ["sgd", "adam", "rmsprop"] },
      lr: { kind: "float", low: 1e-5, high: 1e-1, log: true },
      momentum: { kind: "float", low: 0, high: 0.99, when: { parameter: "opt", is: ["sgd"] } },
      beta2: { kind: "float", low: 0.9, high: 0.9999, when: { parameter: "opt", is: ["adam", "rmsprop"] } },
      layers: { kind: "integer", low: 1, high: 3 },
      w0: { kind: "integer", low: 16, high: 256, log: true },
      w1: { kind: "integer", low: 16, high: 256, log: true, when: { parameter: "layers", is: [2, 3] } },
      w2: { kind: "integer", low: 16, high: 256, log: true, when: { parameter: "layers", is: [3] } },
      drop: { kind: "categorical", choices: [false, true] },
      rate: { kind: "float", low: 0, high: 0.6, when: { parameter: "drop", is: [true] } },
    },
    value: (p) => {
      const rate = Math.log10(number(p, "lr"));
      const layers = number(p, "layers");
      const first = {
        sgd: () => 0.35 * (rate + 1.5) ** 2 + 1.2 * (number(p, "momentum") - 0.9) ** 2 + 0.1,
        adam: () => 0.3 * (rate + 3) ** 2 + 8 * (number(p, "beta2") - 0.99) ** 2,
        rmsprop: () => 0.4 * (rate + 3.3) ** 2 + 8 * (number(p, "beta2") - 0.95) ** 2 + 0.05,
      }[p.opt as "sgd" | "adam" | "rmsprop"]();
      const depth = [0.12, 0, 0.04][layers - 1];
      const wanted = [96, 64, 48].slice(0, layers);
      const widths = wanted.reduce((sum, width, i) => sum + Math.log2(number(p, `w${i}`) / width) ** 2, 0);
      const dropped = p.drop === true ? 1.5 * (number(p, "rate") - 0.15) ** 2 : 0.06;
      return first + depth + (0.08 * widths) / layers + dropped;
    },
    noise: none,
  },
  noisy_mlp: {
    space: {
      lr: { kind: "float", low: 1e-4, high: 1e-1, log: true },
      l2: { kind: "float", low: 1e-6, high: 1e-1, log: true },
      drop: { kind: "float", low: 0, high: 0.6 },
      width: { kind: "integer", low: 16, high: 256, log: true },
      batch: { kind: "categorical", choices: [32, 64, 128, 256] },
    },
    value: (p) => {
      const [rate, decay] = [Math.log10(number(p, "lr")), Math.log10(number(p, "l2"))];
      const [width, batch] = [Math.log2(number(p, "width")), Math.log2(number(p, "batch"))];
      const best = -2.6 + 0.15 * (batch - 6);
      const diverged = rate > -1.4 ? 0.25 : 0;
      const dropped = 0.6 * (number(p, "drop") - 0.2) ** 2 * (width / 6.6);
      const rest = 0.02 * (decay + 3.5) ** 2 + 0.015 * (width - 6.6) ** 2 + 0.008 * (batch - 6) ** 2;
      return Math.min(0.3 + 0.1 * (rate - best) ** 2 + diverged + dropped + rest, 1.6);
    },
    noise: (seed, trial) => {
      const [u, v] = [1, 2].map((part) => (splitMix((seed * 100_003 + trial * 2 + part) >>> 0) + 0.5) / 2 ** 32);
      return 0.02 * Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
    },
  },
};

/** splitmix32, as the reference draws its noise. */
function splitMix(seed: number): number {
  const a = (seed + 0x9e3779b9) >>> 0;
  let t = Math.imul(a ^ (a >>> 16), 0x21f0aaad);
  t = Math.imul(t ^ (t >>> 15), 0x735a2d97);
  return (t ^ (t >>> 15)) >>> 0;
}
