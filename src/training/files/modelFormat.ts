import { z } from "zod";
import { InputError } from "../../core/InputError.js";
import { parameterCount } from "../layersOf.js";
import type { Model } from "./Model.js";
import { activationNames, type Activation, type Architecture } from "../Network.js";

/**
 * What `model.json` says it is. Another layout of files is another version:
 * in version 1 `limits` was called `calibrator`.
 */
export const modelFormat = "cspbbr3-twin model";
export const modelVersion = 2;

/** `model.json`: a model without its weights, and what they must be. */
export interface ModelDescription extends Omit<Model, "members"> {
  readonly format: typeof modelFormat;
  readonly version: typeof modelVersion;
  readonly architecture: Architecture;
  readonly members: number;
  /** Of `weights.bin`: the members' weights one after the other, float32, lowest byte first. */
  readonly weights: { readonly bytes: number; readonly sha256: string };
}

const text = z.string();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const header = z.object({ format: z.literal(modelFormat), version: z.number() });
const shape: z.ZodType<ModelDescription> = z.strictObject({
  format: z.literal(modelFormat),
  version: z.literal(modelVersion),
  architecture: z.strictObject({
    features: z.array(text).min(1),
    hidden: z.array(z.int().positive()),
    activation: z.enum(activationNames as [Activation, ...Activation[]]),
    classes: z.array(text),
    targets: z.array(text),
  }),
  members: z.int().positive(),
  targetScales: z.array(z.strictObject({ mean: z.number(), scale: z.number().positive() })),
  encoder: z.unknown(),
  limits: z.unknown(),
  manifest: z.strictObject({
    options: z.unknown(),
    seed: z.int().nonnegative(),
    engine: text,
    splitSha256: sha256.nullable(),
    dataSha256: sha256.nullable(),
    histories: z.array(
      z.array(
        z.strictObject({
          epoch: z.int().positive(),
          learningRate: z.number(),
          trainLoss: z.number(),
          tuneLoss: z.number().nullable(),
        }),
      ),
    ),
    metrics: z.record(text, z.number().nullable()),
    leakage: z
      .strictObject({
        clean: z.boolean(),
        verdict: text,
        counts: z.record(text, z.int().nonnegative().nullable()),
      })
      .optional(),
  }),
  weights: z.strictObject({ bytes: z.int().positive(), sha256 }),
});

/**
 * A model's description from its JSON.
 *
 * @param where  file that the message names
 * @throws InputError if it is none, of another version, or does not fit itself (the place inside is named)
 */
export function parseModelDescription(json: string, where: string): ModelDescription {
  const refuse = (must: string, got: string, mend = "restore the folder, or train and save the model again"): never => {
    throw new InputError({ where, must, got, mend });
  };
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return refuse("must hold JSON", (error as Error).message);
  }
  const known = header.safeParse(value);
  if (!known.success)
    return refuse("must be the model.json of a saved model", "another file", "name the folder that saveModel made");
  if (known.data.version !== modelVersion)
    return refuse(
      `must be of version ${modelVersion}, which this program reads`,
      `version ${known.data.version}`,
      known.data.version < modelVersion
        ? "train the model again: an earlier program wrote it"
        : "read it with the program that wrote it, or train the model again",
    );
  const parsed = shape.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse("must describe a model", `${issue.path.join(".")}: ${issue.message}`);
  }
  const { architecture, members, targetScales, manifest, weights } = parsed.data;
  const bytes = 4 * parameterCount(architecture) * members;
  if (architecture.classes.length + architecture.targets.length === 0)
    refuse("must have classes or targets", "neither");
  if (targetScales.length !== architecture.targets.length)
    refuse(`must have a scale for each of ${architecture.targets.length} targets`, String(targetScales.length));
  if (manifest.histories.length !== members)
    refuse(`must have a history for each of ${members} members`, String(manifest.histories.length));
  if (weights.bytes !== bytes)
    refuse(`${members} networks of this architecture have ${bytes} bytes of weights`, String(weights.bytes));
  return parsed.data;
}
