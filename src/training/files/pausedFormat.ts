import { z } from "zod";
import { type PausingEngineName, pausingEngineNames } from "../engines/TrainingEngine.js";
import type { EpochRecord } from "../EpochRecord.js";

/** What the first line of the bytes says they are. Another layout, or arithmetic of an engine, is another version. */
export const pausedFormat = "cspbbr3-twin paused training";
export const pausedVersion = 1;

/** The second line: a paused training without its large arrays. */
export interface PausedDescription {
  readonly marks: Readonly<Record<string, string>>;
  readonly engine: PausingEngineName;
  readonly history: readonly EpochRecord[];
  readonly bestEpoch: number;
  readonly step: number;
  /** Numbers in each array. */
  readonly parameters: number;
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** Of any version. */
export const anyHeader: z.ZodType<{ readonly version: number }> = z.object({
  format: z.literal(pausedFormat),
  version: z.number(),
});
export const headerShape: z.ZodType<{ readonly sha256: string }> = z.strictObject({
  format: z.literal(pausedFormat),
  version: z.literal(pausedVersion),
  sha256: hash,
});
export const descriptionShape: z.ZodType<PausedDescription> = z.strictObject({
  marks: z.record(z.string(), z.string()),
  engine: z.enum(pausingEngineNames),
  history: z.array(
    z.strictObject({
      epoch: z.int().positive(),
      learningRate: z.number(),
      trainLoss: z.number(),
      tuneLoss: z.number().nullable(),
    }),
  ),
  bestEpoch: z.int().nonnegative(),
  step: z.int().positive(),
  parameters: z.int().positive(),
});
