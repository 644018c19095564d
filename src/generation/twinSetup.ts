import { physics } from "../chemistry/physicsParameters.js";
import type { PhysicsValues } from "../chemistry/physicsParameters.js";
import { InputError } from "../core/InputError.js";
import { philoxKey } from "../core/random/philoxKey.js";
import { seededRandom } from "../core/random/Random.js";
import { asRunCampaigns, type WeightedRegion } from "./campaigns.js";
import type { TwinSetup } from "./ExperimentEngine.js";
import { laboratories, type LaboratoriesOptions } from "./laboratories.js";
import { checkRegion } from "./Region.js";

/** What a generated row depends on besides its number; plain data that travels to worker threads. */
export interface TwinOptions {
  /** Integer in [0, 2^53). */
  readonly seed: number;
  /** Regions of recipe space and their shares (default: the campaigns as laboratories run them). */
  readonly regions?: readonly WeightedRegion[];
  readonly labs?: LaboratoriesOptions;
  /** Scale of measurement noise (default 1); 0 is none, and the label is the noise-free one. */
  readonly noise?: number;
  readonly physics?: PhysicsValues;
  /** Seed of laboratories and of who does what and when, for the same recipes in other hands (default: `seed`). */
  readonly labsSeed?: number;
  /** Seed of the readings alone, for replicates of the same experiments (default: `seed`). */
  readonly noiseSeed?: number;
}

/**
 * @throws InputError if noise is outside [0, 10], or as laboratories
 * @throws RangeError if a seed is not an integer in [0, 2^53), or regions and weights make no sense
 */
export function twinSetup({
  seed,
  regions = asRunCampaigns,
  labs = {},
  noise = 1,
  physics: values = physics,
  labsSeed = seed,
  noiseSeed = seed,
}: TwinOptions): TwinSetup {
  if (!(noise >= 0 && noise <= 10))
    throw new InputError({
      where: "generateExperiments, noise",
      must: "must lie in [0, 10]",
      got: String(noise),
      mend: "1 is as measured, 0 none",
    });
  if (regions.length === 0 || regions.length > 256)
    throw new RangeError(`generateExperiments: there must be 1 to 256 regions; got ${regions.length}`);
  regions.forEach(({ region }) => checkRegion(region));
  const total = regions.reduce((sum, { weight }) => sum + weight, 0);
  if (!(Math.abs(total - 1) < 1e-6) || regions.some(({ weight }) => !(weight >= 0)))
    throw new RangeError(
      `generateExperiments: weights of regions must be at least 0 and sum to 1; got a sum of ${total}`,
    );
  const random = seededRandom(seed);
  const others = seededRandom(labsSeed);
  return {
    regions,
    weights: regions.map(({ weight }) => weight),
    laboratories: laboratories(others.fork("laboratories"), labs),
    physics: values,
    noise,
    keys: {
      design: philoxKey(random.fork("design")),
      people: philoxKey(others.fork("people")),
      noise: philoxKey(seededRandom(noiseSeed).fork("noise")),
    },
  };
}
