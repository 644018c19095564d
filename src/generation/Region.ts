import type { caesiumSources, RouteName } from "../chemistry/recipeSchema.js";

/** Ranges of a region; all but temperature and extra bromide are filled evenly in the logarithm. */
export interface RegionRanges {
  readonly temperatureCelsius: Range;
  readonly timeSecond: Range;
  readonly leadMolar: Range;
  readonly caesiumLeadRatio: Range;
  readonly oleicAcidLeadRatio: Range;
  readonly oleylamineLeadRatio: Range;
  /** Bromide per lead that comes as oleylammonium bromide. */
  readonly extraBromideLeadRatio: Range;
  /** Volume of poor solvent per volume of the rest; not used by hot injection. */
  readonly antisolventRatio: Range;
  readonly waterFraction: Range;
  readonly mixingSecond: Range;
  readonly volumeMillilitre: Range;
}

/** Both ends of a range, the lower first. */
export type Range = readonly [number, number];

/** A box in recipe space that somebody would explore. */
export interface Region {
  readonly name: string;
  readonly route: RouteName;
  readonly caesiumSource: (typeof caesiumSources)[number];
  /** Share of its designs in DMSO; the rest is in DMF. Hot injections are in neither. */
  readonly dimethylSulfoxideShare: number;
  readonly ranges: RegionRanges;
}

/** Ranges whose middle is their arithmetic mean; all others are filled evenly in the logarithm. */
export const linearRanges: ReadonlySet<keyof RegionRanges> = new Set(["temperatureCelsius", "extraBromideLeadRatio"]);

/** @throws RangeError unless every range ascends, and those filled in the logarithm from above 0 */
export function checkRegion({ name, ranges, dimethylSulfoxideShare }: Region): void {
  for (const [key, [low, high]] of Object.entries(ranges) as [keyof RegionRanges, Range][]) {
    const least = linearRanges.has(key) ? -Infinity : Number.MIN_VALUE;
    if (!(low >= least && low <= high && Number.isFinite(low) && Number.isFinite(high)))
      throw new RangeError(
        `region "${name}": ${key} must be [low, high] with low <= high${least > 0 ? ", above 0" : ""}; ` +
          `got [${low}, ${high}]`,
      );
  }
  if (!(dimethylSulfoxideShare >= 0 && dimethylSulfoxideShare <= 1))
    throw new RangeError(`region "${name}": dimethylSulfoxideShare must lie in [0, 1]; got ${dimethylSulfoxideShare}`);
}
