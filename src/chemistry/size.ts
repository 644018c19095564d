import {
  dispersionPower,
  firstSecond,
  focusedDispersion,
  greatestDispersion,
  growthSecond,
  hotInjectionLaw,
  leastParticle,
  reprecipitationLaw,
  slopeCentre,
} from "./constants.js";
import type { RouteName } from "./recipeSchema.js";

/** How one laboratory's particles differ from the pooled law, in ln D. */
export interface SizeHabit {
  /** ln of its sizes over the law's. */
  readonly lnSize: number;
  /** Its slopes less the law's: per °C around 165 °C, and per ln(Br:Pb) around 2.5. */
  readonly temperatureSlope: number;
  readonly bromideSlope: number;
}

/** What the size of particles depends on. */
export interface SizeConditions {
  readonly route: RouteName;
  readonly temperatureCelsius: number;
  readonly timeSecond: number;
  readonly bromideLeadRatio: number;
  /** Oleylamine per lead, mol/mol. */
  readonly oleylamineLeadRatio: number;
}

/** Habit of no laboratory in particular: its particles follow the pooled law. */
export const averageHabit: SizeHabit = { lnSize: 0, temperatureSlope: 0, bromideSlope: 0 };

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
  const time = Math.max(timeSecond, firstSecond);
  if (route !== "hot injection") {
    const { constant, temperature, ripening } = reprecipitationLaw;
    return atLeastCells(
      (constant + temperature * temperatureCelsius + ripening * (ripened(time) - ripened(firstSecond))) *
        Math.exp(habit.lnSize),
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

/** Share of all ripening that has happened after this time, in [0, 1): x/(1 + x) with x = √(t/1300 s). */
export function ripened(second: number): number {
  const x = Math.sqrt(second / reprecipitationLaw.ripeningSecond);
  return x / (1 + x);
}

function atLeastCells(size: number): number {
  return Math.sqrt(Math.sqrt(size ** 4 + leastParticle ** 4));
}

/**
 * Standard deviation of the size over its mean, in [0.09, 0.30): sharpest as growth completes, then rising as t^0.2
 * and levelling off. Published recipes: median 0.13, 10 to 90 % from 0.07 to 0.26.
 */
export function sizeDispersion(timeSecond: number): number {
  const relative = timeSecond / growthSecond;
  const broad = focusedDispersion * ((relative + 1 / relative) / 2) ** dispersionPower;
  return (greatestDispersion * broad) / (greatestDispersion + broad);
}
