import { z } from "zod";
import { InputError } from "../../core/InputError.js";
import { optionsOf } from "../optionsOf.js";
import { halvingPruner } from "./halvingPruner.js";
import { medianPruner } from "./medianPruner.js";
import { patiencePruner } from "./patiencePruner.js";
import type { Pruner, PrunerSettings } from "./Pruner.js";
import { wilcoxonPruner } from "./wilcoxonPruner.js";

const count = z.number().int().min(1).optional();
const atLeast0 = z.number().int().min(0).optional();

/** How each is made again from its settings, by name. */
export const prunerMakers: Readonly<Record<string, (settings: PrunerSettings) => Pruner>> = {
  median: made(z.strictObject({ startup: atLeast0, warmup: atLeast0, least: count }), medianPruner),
  halving: made(z.strictObject({ first: count, reduction: z.number().int().min(2).optional() }), halvingPruner),
  patience: made(z.strictObject({ patience: count, least: z.number().min(0).optional() }), patiencePruner),
  wilcoxon: made(z.strictObject({ level: z.number().gt(0).lt(1).optional(), startup: atLeast0 }), wilcoxonPruner),
};

/**
 * A pruner of the settings that a study keeps.
 *
 * @throws InputError if there is none of the name, or an option is none of it
 */
export function prunerOf(settings: PrunerSettings): Pruner {
  if (!Object.hasOwn(prunerMakers, settings.name))
    throw new InputError({
      where: "pruner",
      must: `must be one of ${Object.keys(prunerMakers).join(", ")}`,
      got: `"${settings.name}"`,
      mend: "name one of them, or none",
    });
  return prunerMakers[settings.name](settings);
}

function made<Options>(
  shape: z.ZodType<Options>,
  make: (options: Options) => Pruner,
): (settings: PrunerSettings) => Pruner {
  return (settings) => make(optionsOf("pruner", shape, settings));
}
