import { z } from "zod";
import { InputError } from "../core/InputError.js";
import type { PrunerSettings } from "./pruners/Pruner.js";
import type { SamplerSettings } from "./samplers/Sampler.js";

/**
 * Options of a sampler or a pruner, from the settings that a study keeps.
 *
 * @param kind  which of the two, for messages
 * @throws InputError if an option is none of it
 */
export function optionsOf<Options>(
  kind: "sampler" | "pruner",
  shape: z.ZodType<Options>,
  { name, ...options }: SamplerSettings | PrunerSettings,
): Options {
  const parsed = shape.safeParse(options);
  if (parsed.success) return parsed.data;
  throw new InputError({
    where: `${kind} ${name}`,
    must: "must have the options that it knows",
    got: `${JSON.stringify(options)}: ${z.prettifyError(parsed.error).split("\n").join(" ")}`,
    mend: "mend or leave out the option",
  });
}
