import type { Sampler } from "./Sampler.js";
import { valueAt } from "./valueAt.js";

/** Any value as likely as any other: of logarithms where ratios count. */
export function randomSampler(): Sampler {
  return {
    settings: { name: "random" },
    together: () => ({}),
    alone: ({ known, random }, name) => valueAt(known[name], random.fork(name)()),
  };
}
