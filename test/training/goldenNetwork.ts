import { readFileSync } from "node:fs";
import type { Activation, Architecture } from "../../src/training/Network.js";
import { layersOf, parameterCount } from "../../src/training/layersOf.js";

interface Expected {
  readonly logits?: readonly (readonly number[])[];
  readonly loss_mean_ce?: number;
  readonly loss?: number;
  readonly dW: readonly (readonly (readonly number[])[])[];
  readonly db: readonly (readonly number[])[];
}

export interface Path {
  readonly loss_before_each_step: readonly number[];
  readonly W0_row0_after: readonly number[];
  readonly b2_after: readonly number[];
}

interface Golden {
  readonly cases: {
    readonly mlp_gradients: {
      readonly input: {
        readonly X: number[][];
        readonly y: number[];
        readonly W: number[][][];
        readonly b: number[][];
        readonly class_weights: number[];
        readonly dropout_mask_layer1: number[][];
      };
      readonly expected: Readonly<Record<string, Expected>> & { readonly "label_smoothing_0.1_loss": number };
    };
    readonly optimisers: { readonly expected: Readonly<Record<string, Path>> };
  };
}

/** See `maker` in the file. */
export const golden = JSON.parse(readFileSync(new URL("../golden/h_mlp.json", import.meta.url), "utf8")) as Golden;

const { input } = golden.cases.mlp_gradients;
export const goldenRows = input.X.length;
export const goldenInputs = Float64Array.from(input.X.flat());
export const goldenAnswers = { labels: input.y, targets: [], weights: new Float64Array(goldenRows).fill(1) };

export function goldenArchitecture(activation: Activation): Architecture {
  return { features: ["a", "b", "c", "d"], hidden: [6, 5], activation, classes: ["x", "y", "z"], targets: [] };
}

/** Numbers given as W [out][in] and b, in the layout of Network. */
export function flat(W: readonly (readonly (readonly number[])[])[], b: readonly (readonly number[])[]): Float64Array {
  const architecture = goldenArchitecture("relu");
  const numbers = new Float64Array(parameterCount(architecture));
  layersOf(architecture).forEach(({ inputs, outputs, weights, biases }, l) => {
    for (let j = 0; j < outputs; j++) {
      numbers[biases + j] = b[l][j];
      for (let i = 0; i < inputs; i++) numbers[weights + i * outputs + j] = W[l][j][i];
    }
  });
  return numbers;
}

export const goldenWeights = flat(input.W, input.b);
