import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../../src/core/random/Random.js";
import { initialWeights } from "../../../../src/training/initialWeights.js";
import { layersOf } from "../../../../src/training/layersOf.js";
import { activationNames, type Architecture } from "../../../../src/training/Network.js";
import { backwardPass } from "../../../../src/training/engines/typescript/backwardPass.js";
import { forwardPass, type Masks } from "../../../../src/training/engines/typescript/forwardPass.js";
import { type Answers, outputLoss } from "../../../../src/training/engines/typescript/outputLoss.js";
import { meanLoss } from "../../../../src/training/engines/TrainingEngine.js";
import { flat, golden, goldenAnswers, goldenArchitecture, goldenInputs, goldenWeights } from "../../goldenNetwork.js";

const { input, expected } = golden.cases.mlp_gradients;
const plain = { labelSmoothing: 0, targetShare: 1 };

function gradientOf(
  architecture: Architecture,
  weights: ArrayLike<number>,
  inputs: Float64Array,
  answers: Answers,
  { masks = null, ...settings }: { masks?: Masks; labelSmoothing: number; targetShare: number },
): { outputs: Float64Array; loss: number; gradient: Float64Array } {
  const pass = forwardPass(architecture, weights, inputs, masks);
  const outputs = pass.values.at(-1)!;
  const { sums, slopes } = outputLoss(architecture, outputs, answers, settings);
  return {
    outputs,
    loss: meanLoss(sums, settings.targetShare),
    gradient: backwardPass(architecture, weights, pass, slopes),
  };
}

const largest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

describe("backwardPass", () => {
  it.each([
    ["relu", "relu"],
    ["tanh", "tanh"],
    ["gelu", "gelu_tanh"],
    ["silu", "silu"],
  ] as const)("gives PyTorch's logits, loss and gradient to 1e-10 with %s", (activation, name) => {
    const { logits, loss_mean_ce, dW, db } = expected[name];
    const { outputs, loss, gradient } = gradientOf(
      goldenArchitecture(activation),
      goldenWeights,
      goldenInputs,
      goldenAnswers,
      plain,
    );
    expect(largest(outputs, logits!.flat())).toBeLessThan(1e-10);
    expect(Math.abs(loss - loss_mean_ce!)).toBeLessThan(1e-10);
    expect(largest(gradient, flat(dW, db))).toBeLessThan(1e-10);
  });

  it("gives PyTorch's gradient to 1e-10 with a dropout mask, class weights, and penalties on weights alone", () => {
    const {
      loss: wanted,
      dW,
      db,
    } = expected["relu+dropout(mask given, keep .7)+class weights+L2 1e-2/2+L1 1e-3 on weights only"];
    const architecture = goldenArchitecture("relu");
    const weights = Float64Array.from(input.y, (label) => input.class_weights[label]);
    const masks: Masks = (layer, row) =>
      layer === 0 ? input.dropout_mask_layer1[row].map((kept) => kept / 0.7) : new Float64Array(5).fill(1);
    const { loss, gradient } = gradientOf(
      architecture,
      goldenWeights,
      goldenInputs,
      { ...goldenAnswers, weights },
      { ...plain, masks },
    );
    let penalty = 0;
    for (const layer of layersOf(architecture)) {
      for (let i = layer.weights; i < layer.biases; i++) {
        penalty += 1e-3 * Math.abs(goldenWeights[i]) + (1e-2 / 2) * goldenWeights[i] ** 2;
        gradient[i] += 1e-3 * Math.sign(goldenWeights[i]) + 1e-2 * goldenWeights[i];
      }
    }
    expect(Math.abs(loss + penalty - wanted!)).toBeLessThan(1e-10);
    expect(largest(gradient, flat(dW, db))).toBeLessThan(1e-10);
  });

  it("has PyTorch's loss with label smoothing to 1e-10", () => {
    const { loss } = gradientOf(goldenArchitecture("relu"), goldenWeights, goldenInputs, goldenAnswers, {
      ...plain,
      labelSmoothing: 0.1,
    });
    expect(Math.abs(loss - expected["label_smoothing_0.1_loss"])).toBeLessThan(1e-10);
  });

  it("agrees with finite differences for any shape, with masks, weights and missing targets", () => {
    const shape = fc.record({
      seed: fc.integer({ min: 0, max: 1e6 }),
      features: fc.integer({ min: 1, max: 5 }),
      hidden: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
      classes: fc.constantFrom(0, 2, 4),
      targets: fc.integer({ min: 0, max: 3 }),
      activation: fc.constantFrom(...activationNames),
      labelSmoothing: fc.constantFrom(0, 0.2),
      targetShare: fc.constantFrom(1, 0.3),
      drops: fc.boolean(),
    });
    fc.assert(
      fc.property(
        shape.filter(({ classes, targets }) => classes + targets > 0),
        ({ seed, activation, labelSmoothing, targetShare, drops, ...sizes }) => {
          const random = seededRandom(seed);
          const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `${i}`);
          const architecture: Architecture = {
            features: names(sizes.features),
            hidden: sizes.hidden,
            activation,
            classes: names(sizes.classes),
            targets: names(sizes.targets),
          };
          const rows = 7;
          const normalish = (): number => 2 * (random() + random() - 1);
          const inputs = Float64Array.from({ length: rows * sizes.features }, normalish);
          const weights = Float64Array.from(
            initialWeights(architecture, random),
            (weight) => weight + 0.1 * normalish(),
          );
          const answers = {
            labels: Array.from({ length: rows }, () => Math.floor(random() * sizes.classes)),
            targets: Float64Array.from({ length: rows * sizes.targets }, () => (random() < 0.3 ? NaN : normalish())),
            weights: Float64Array.from({ length: rows }, random),
          };
          const kept = sizes.hidden.map((width) =>
            Array.from({ length: rows }, () =>
              Float64Array.from({ length: width }, () => (random() < 0.3 ? 0 : 1 / 0.7)),
            ),
          );
          const settings = {
            labelSmoothing,
            targetShare,
            masks: drops ? (layer: number, row: number): Float64Array => kept[layer][row] : null,
          };
          const { gradient } = gradientOf(architecture, weights, inputs, answers, settings);
          const step = 1e-6;
          for (let i = 0; i < weights.length; i++) {
            const at = (shift: number): number =>
              gradientOf(
                architecture,
                weights.map((weight, j) => (j === i ? weight + shift : weight)),
                inputs,
                answers,
                settings,
              ).loss;
            const [below, here, above] = [at(-step), at(0), at(step)];
            // Within a step of a kink of relu the two sides differ, and so may what lies between.
            const isKink = Math.abs(above - 2 * here + below) > 1e-3 * step;
            if (!isKink)
              expect(Math.abs(gradient[i] - (above - below) / (2 * step))).toBeLessThan(
                1e-7 + 1e-5 * Math.abs(gradient[i]),
              );
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
