import { z } from "zod";
import { InputError } from "../../core/InputError.js";
import type { Parameter } from "../Parameter.js";
import type { SearchSpace } from "../SearchSpace.js";
import type { Trial } from "../Trial.js";
import { parameterShape, plainTrial, trialShape } from "./trialShape.js";

/** A trial that has ended as a line of its process. */
export interface TrialLine {
  readonly trial: Trial;
  /** What its parameters may be, where it said so as it went. */
  readonly named: SearchSpace;
}

const shape = z.object({ ended: trialShape, named: z.record(z.string(), parameterShape) });

/** What a line has besides the number of the trial. */
export function plainTrialLine(
  trial: Trial,
  named: Readonly<Record<string, Parameter>>,
): Readonly<Record<string, unknown>> {
  return { ended: plainTrial(trial), named };
}

/** @throws InputError if it is of another version, or damaged */
export function parseTrialLine(line: unknown, where: string): TrialLine {
  const parsed = shape.safeParse(line);
  if (parsed.success) return { trial: parsed.data.ended, named: parsed.data.named };
  const [{ path, message }] = parsed.error.issues;
  throw new InputError({
    where: `${where}, ${path.join(".")}`,
    must: "must be as this program wrote it",
    got: message,
    mend: "go on with the version of this program that began the study",
  });
}
