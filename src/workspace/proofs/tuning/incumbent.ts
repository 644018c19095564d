import { createStudy } from "../../../tuning/Study.js";
import type { Sampler } from "../../../tuning/samplers/Sampler.js";
import type { TunedObjective } from "./tunedObjectives.js";

/** Value, without its noise, of the trial that seems best after some trials. */
export function incumbent(
  { space, value, noise }: TunedObjective,
  sampler: Sampler,
  { seed, trials = 60 }: { readonly seed: number; readonly trials?: number },
): number {
  const study = createStudy({ seed, space, sampler });
  let [least, found] = [Infinity, Infinity];
  for (let number = 0; number < trials; number++) {
    const free = value(study.ask().parameters);
    const seen = free + noise(seed, number);
    if (seen < least) [least, found] = [seen, free];
    study.tell(number, { state: "complete", values: [seen] });
  }
  return found;
}
