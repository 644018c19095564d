import { z } from "zod";
import { InputError } from "../../core/InputError.js";
import { choiceShape } from "../files/trialShape.js";
import { optionsOf } from "../optionsOf.js";
import { type GaussianSamplerOptions, gaussianSampler } from "./gaussianSampler.js";
import { type Grid, gridSampler } from "./gridSampler.js";
import { randomSampler } from "./randomSampler.js";
import type { Sampler, SamplerSettings } from "./Sampler.js";
import { sobolSampler } from "./sobolSampler.js";
import { tpeSampler } from "./tpeSampler.js";

/** What cannot be kept in settings. */
export interface SamplerParts {
  /** Of a Gaussian process: how it learns. */
  readonly fit?: GaussianSamplerOptions["fit"];
}

type Maker = (settings: SamplerSettings, parts: SamplerParts) => Sampler;

const count = z.number().int().min(1).optional();
const startup = z.number().int().min(0).optional();

/** How each is made again from its settings, by name. */
export const samplerMakers: Readonly<Record<string, Maker>> = {
  random: made(z.strictObject({}), () => randomSampler()),
  sobol: made(z.strictObject({}), () => sobolSampler()),
  grid: made(z.strictObject({ grid: z.string() }), ({ grid }) => gridSampler(gridOf(grid))),
  tpe: made(
    z.strictObject({
      startup,
      candidates: count,
      multivariate: z.boolean().optional(),
      grouped: z.boolean().optional(),
    }),
    (options) => tpeSampler(options),
  ),
  "gaussian process": made(
    z.strictObject({ startup: z.number().int().min(2).optional(), candidates: count }),
    (options, { fit }) => {
      if (fit === undefined) throw new RangeError("samplerOf: a Gaussian process needs `fit`, by which it learns");
      return gaussianSampler({ ...options, fit });
    },
  ),
};

/**
 * A sampler of the settings that a study keeps.
 *
 * @throws InputError if there is none of the name, or an option is none of it; RangeError where `fit` is missing
 */
export function samplerOf(settings: SamplerSettings, parts: SamplerParts = {}): Sampler {
  if (!Object.hasOwn(samplerMakers, settings.name))
    throw new InputError({
      where: "sampler",
      must: `must be one of ${Object.keys(samplerMakers).join(", ")}`,
      got: `"${settings.name}"`,
      mend: "name one of them",
    });
  return samplerMakers[settings.name](settings, parts);
}

function made<Options>(shape: z.ZodType<Options>, make: (options: Options, parts: SamplerParts) => Sampler): Maker {
  return (settings, parts) => make(optionsOf("sampler", shape, settings), parts);
}

function gridOf(text: string): Grid {
  const refuse = (): never => {
    throw new InputError({
      where: "sampler grid",
      must: "its grid must be JSON of the values of each parameter",
      got: text.slice(0, 200),
      mend: 'write it as in {"rate":[0.01,0.1]}',
    });
  };
  const shape = z.record(z.string(), z.array(choiceShape));
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    return refuse();
  }
}
