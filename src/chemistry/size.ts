import type { RouteName } from "./recipeSchema.js";

/** How one laboratory's particles differ from the pooled law, in ln D. */
export interface SizeHabit {
  /** ln of its sizes over the law's. */
  readonly lnSize: number;
  /** Its slopes less the law's: per °C around 165 °C, and per ln(Br:Pb) around 2.5. */
  readonly temperatureSlope: number;
  readonly bromideSlope: number;
}

export interface SizeConditions {
  readonly route: RouteName;
  readonly temperatureCelsius: number;
  readonly timeSecond: number;
  readonly bromideLeadRatio: number;
  /** Oleylamine per lead, mol/mol. */
  readonly oleylamineLeadRatio: number;
}

/** The law of no laboratory in particular. */
export const averageHabit: SizeHabit = { lnSize: 0, temperatureSlope: 0, bromideSlope: 0 };

/**
 * Pooled law of hot injection: ln D = 0.862 + 0.0129 T(°C) - 0.324 ln(Br:Pb) - 0.309 ln(OAm:Pb + 0.5) + 0.065 ln t(s).
 * Least squares on 76 published recipes of 19 papers; residual SD 0.20 within a laboratory and 0.19 between them.
 */
export const hotInjectionLaw = {
  constant: 0.862,
  temperature: 0.0129,
  bromide: -0.324,
  oleylamine: -0.309,
  oleylamineShift: 0.5,
  time: 0.065,
} as const;
/** Slopes of laboratories turn about this point, so that an odd slope does not shift their sizes as a whole. */
export const slopeCentre = { temperatureCelsius: 165, bromideLeadRatio: 2.5 } as const;

/**
 * Reprecipitation at room temperature: D after 1 s is 3.5 nm + 0.025 nm/°C T (five points, doi:10.1021/acsnano.5b08193);
 * then ripening that slows down, 51.4 nm x/(1 + x) with x = √(t/1300 s), which passes within 2 % of 12, 34 and 51 nm after
 * 1, 60 and 3000 min (doi:10.1038/srep37693, a held-out paper: its sizes test nothing). No power law fits all three.
 */
export const reprecipitationLaw = { constant: 3.5, temperature: 0.025, ripening: 51.4, ripeningSecond: 1300 } as const;

/** Three unit cells, nm: the laws' extrapolations to cold and ligand-rich recipes end at about this size. */
export const leastParticle = 1.8;

/**
 * Mean edge length of CsPbBr3 particles, nm. Bulk crystals have none: NaN.
 * Times below 1 s count as 1 s, where both laws begin. Whatever the law says, (D⁴ + 1.8⁴)^¼ keeps particles above
 * three unit cells; from 3 nm on that changes sizes by 3 % at most.
 */
export function particleSize(
  { route, temperatureCelsius, timeSecond, bromideLeadRatio, oleylamineLeadRatio }: SizeConditions,
  habit: SizeHabit,
): number {
  if (route === "bulk antisolvent") return Number.NaN;
  const time = Math.max(timeSecond, 1);
  if (route !== "hot injection") {
    const { constant, temperature, ripening, ripeningSecond } = reprecipitationLaw;
    const share = (second: number): number =>
      Math.sqrt(second / ripeningSecond) / (1 + Math.sqrt(second / ripeningSecond));
    return atLeastCells(
      (constant + temperature * temperatureCelsius + ripening * (share(time) - share(1))) * Math.exp(habit.lnSize),
    );
  }
  const law = hotInjectionLaw;
  const lnBromide = Math.log(bromideLeadRatio);
  const lnSize =
    law.constant +
    law.temperature * temperatureCelsius +
    law.bromide * lnBromide +
    law.oleylamine * Math.log(oleylamineLeadRatio + law.oleylamineShift) +
    law.time * Math.log(time) +
    habit.lnSize +
    habit.temperatureSlope * (temperatureCelsius - slopeCentre.temperatureCelsius) +
    habit.bromideSlope * (lnBromide - Math.log(slopeCentre.bromideLeadRatio));
  return atLeastCells(Math.exp(lnSize));
}

function atLeastCells(size: number): number {
  return Math.sqrt(Math.sqrt(size ** 4 + leastParticle ** 4));
}

/** Growth is complete after about 1 s: between 0.5 and 3 s at 160 to 200 °C (doi:10.1021/nl5048779). */
export const growthSecond = 1;
/** Least and greatest relative dispersion: 0.091 when growth is just complete, below 0.3 however long it ripens. */
export const focusedDispersion = 0.13;
export const greatestDispersion = 0.3;

/**
 * Standard deviation of the size over its mean, in [0.09, 0.30): sharpest as growth completes, then rising as t^0.2
 * and levelling off. Published recipes: median 0.13, 10 to 90 % from 0.07 to 0.26.
 */
export function sizeDispersion(timeSecond: number): number {
  const relative = timeSecond / growthSecond;
  const broad = focusedDispersion * ((relative + 1 / relative) / 2) ** 0.2;
  return (greatestDispersion * broad) / (greatestDispersion + broad);
}
