import { describe, expect, it } from "vitest";
import { hotInjectionLaw } from "../../src/chemistry/constants.js";
import { normalQuantile } from "../../src/core/statistics/normalQuantile.js";
import { seededRandom } from "../../src/core/random/Random.js";
import {
  type Laboratories,
  laboratories,
  laboratoryEffects,
  publishedHabits,
} from "../../src/generation/laboratories.js";
import { CalendarField, calendarFields, daysPerWeek, operatorsPerLab } from "../../src/generation/layout.js";

const drawn = (seed: number, count = 12, spread = 1): Laboratories =>
  laboratories(seededRandom(seed), { count, spread });
const read = ({ days, calendar }: Laboratories, lab: number, day: number, field: CalendarField): number =>
  calendar[(lab * days + day) * calendarFields + field];
const numbered = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const twelve = drawn(1);

/**
 * Whether Σ (x/σ)² lies between the 0.01 % and 99.99 % points of chi-squared with so many
 * degrees of freedom (Wilson and Hilferty 1931).
 */
function expectDeviation(residuals: readonly number[], deviation: number, degrees = residuals.length): void {
  const limit = (z: number): number => degrees * (1 - 2 / (9 * degrees) + z * Math.sqrt(2 / (9 * degrees))) ** 3;
  const statistic = residuals.reduce((sum, x) => sum + (x / deviation) ** 2, 0);
  expect(statistic, `SD ${deviation * Math.sqrt(statistic / degrees)} for ${deviation}`).toBeGreaterThan(limit(-3.72));
  expect(statistic, `SD ${deviation * Math.sqrt(statistic / degrees)} for ${deviation}`).toBeLessThan(limit(3.72));
}

/**
 * What is left of ln water when the season is taken out: the mean of ln(1 + sin/2) over a year is ln((1 + √(3/4)) / 2).
 */
function lnWaterOfTheYear(labs: Laboratories, lab: number): number {
  return (
    numbered(365).reduce((sum, day) => sum + read(labs, lab, day, CalendarField.lnWater), 0) / 365 -
    Math.log((1 + Math.sqrt(0.75)) / 2)
  );
}

/** Effects that a laboratory has once and for all, and the standard deviation that the model states for them. */
const constant: Readonly<
  Record<string, { readonly deviation: number; readonly of: (labs: Laboratories, lab: number) => number }>
> = {
  "thermometer, 4 °C": { deviation: 4, of: (labs, lab) => read(labs, lab, 0, CalendarField.temperatureOffset) },
  "ln lead stock, 0.04": { deviation: 0.04, of: (labs, lab) => read(labs, lab, 0, CalendarField.lnLead) },
  "ln water, 0.6": { deviation: 0.6, of: lnWaterOfTheYear },
  "ln mixing time, 0.5": { deviation: 0.5, of: (labs, lab) => read(labs, lab, 0, CalendarField.lnMixing) },
  "ln size, 0.19": { deviation: 0.19, of: (labs, lab) => read(labs, lab, 0, CalendarField.lnSize) },
  "slope with temperature, 0.002 per °C": {
    deviation: 0.002,
    of: (labs, lab) => read(labs, lab, 0, CalendarField.temperatureSlope),
  },
  "slope with bromide, 0.25": { deviation: 0.25, of: (labs, lab) => read(labs, lab, 0, CalendarField.bromideSlope) },
  "quantum yield gain, 0.08": {
    deviation: 0.08,
    of: (labs, lab) => read(labs, lab, 0, CalendarField.quantumYieldGain) - 1,
  },
};

describe("laboratories", () => {
  // Laboratory 2, the first without a published habit.
  const many = numbered(400).map((seed) => drawn(seed, 3));

  it.each(Object.entries(constant))(
    "differ by a standard deviation as stated: %s (chi-squared over 400 seeds, 0.01 to 99.99 %%)",
    (_, { deviation, of }) => {
      const effects = many.map((labs) => of(labs, 2));
      expectDeviation(effects, deviation);
      expect(Math.abs(effects.reduce((a, b) => a + b, 0) / effects.length)).toBeLessThan(
        (4 * deviation) / Math.sqrt(effects.length),
      );
    },
  );

  it("differ in amine activity by 0.25, thresholds by 0.10 to 0.22, operators by 0.01", () => {
    // Day 0 carries a batch of 0.05 and ln(1 + 0.001 age), which is uniform
    // over 0 to 182 days: mean 0.0857, variance 0.0024.
    expectDeviation(
      many.map((labs) => read(labs, 2, 0, CalendarField.lnOleylamine) - 0.0857),
      Math.sqrt(0.25 ** 2 + 0.05 ** 2 + 0.0024),
    );
    const thresholds = many.map((labs) =>
      numbered(operatorsPerLab).map((operator) => read(labs, 2, 0, CalendarField.threshold + operator)),
    );
    const middle = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
    // Uniform over 0.12, plus a third of the operators' variance.
    expect(Math.abs(middle(thresholds.map(middle)) - 0.16)).toBeLessThan(4 * Math.sqrt(0.12 ** 2 / 12 / 400));
    expect(
      middle(thresholds.map((values) => (middle(values) - 0.16) ** 2)) / (0.12 ** 2 / 12 + 0.01 ** 2 / 3),
    ).toBeGreaterThan(0.8);
    expect(
      middle(thresholds.map((values) => (middle(values) - 0.16) ** 2)) / (0.12 ** 2 / 12 + 0.01 ** 2 / 3),
    ).toBeLessThan(1.2);
    expect(Math.max(...thresholds.flat())).toBeLessThan(0.22 + 5 * 0.01);
    expectDeviation(
      thresholds.flatMap((values) => values.map((value) => value - middle(values))),
      0.01,
      2 * thresholds.length,
    );
  });

  it.each(Object.entries(constant))(
    "are spread evenly over the distribution of each effect, one of twelve in each twelfth: %s",
    (name, { deviation, of }) => {
      for (const seed of [1, 2, 3]) {
        const labs = drawn(seed);
        const effects = numbered(12)
          .map((lab) => of(labs, lab))
          .filter(
            (_, lab) => !(name.startsWith("slope") && publishedHabits.some(({ laboratory }) => laboratory === lab)),
          );
        const strata = effects.map((effect) =>
          numbered(12).findIndex((k) => effect <= deviation * normalQuantile((k + 1) / 12) + 1e-6),
        );
        expect(new Set(strata).size, strata.join()).toBe(effects.length);
      }
    },
  );

  it("have batches, one a week, that differ by 0.02 in ln caesium and 0.05 in ln amine", () => {
    // 30 weeks are a whole number of stock ages, 26 weeks of amine ages: only batches differ.
    const differences = (field: CalendarField, weeks: number): number[] =>
      numbered(12).flatMap((lab) =>
        numbered(104 - weeks)
          .filter((week) => Math.floor(week / weeks) % 2 === 0)
          .map(
            (week) =>
              read(twelve, lab, daysPerWeek * (week + weeks), field) - read(twelve, lab, daysPerWeek * week, field),
          ),
      );
    expectDeviation(differences(CalendarField.lnCaesium, 30), 0.02 * Math.SQRT2);
    expectDeviation(differences(CalendarField.lnOleylamine, 26), 0.05 * Math.SQRT2);
  });

  it("lose 0.3 % of fresh caesium a day until the stock is made anew, every 30 days: a saw-tooth", () => {
    for (const lab of numbered(12)) {
      const steps = numbered(727)
        .filter((day) => day % daysPerWeek !== daysPerWeek - 1)
        .map((day) => ({
          day,
          step: read(twelve, lab, day + 1, CalendarField.lnCaesium) - read(twelve, lab, day, CalendarField.lnCaesium),
        }));
      const jumps = steps.filter(({ step }) => step > 0);
      expect(jumps.length).toBeGreaterThanOrEqual(18);
      expect(new Set(jumps.map(({ day }) => day % 30)).size).toBe(1);
      // From 29 to 30 days of age back to less than one: by 8.7 %, of what was left.
      for (const { step } of jumps) expect(step > 0.0909 && step < 0.0914, String(step)).toBe(true);
      for (const { step } of steps.filter(({ step }) => step <= 0))
        expect(step < -0.00299 && step > -0.0034, String(step)).toBe(true);
    }
  });

  it("have amine that gains 0.1 % a day for half a year", () => {
    const steps = numbered(12).flatMap((lab) =>
      numbered(727)
        .filter((day) => day % daysPerWeek !== daysPerWeek - 1)
        .map(
          (day) =>
            read(twelve, lab, day + 1, CalendarField.lnOleylamine) - read(twelve, lab, day, CalendarField.lnOleylamine),
        ),
    );
    for (const step of steps)
      expect((step > 0.00084 && step < 0.00101) || (step < -0.165 && step > -0.168), String(step)).toBe(true);
  });

  it("get a new lot of lead bromide on day 450, 6 % weaker in ln, and no other change of lead", () => {
    for (const lab of numbered(12)) {
      const lead = numbered(728).map((day) => read(twelve, lab, day, CalendarField.lnLead));
      expect(new Set(lead).size).toBe(2);
      expect(lead.findIndex((value) => value !== lead[0])).toBe(450);
      expect(lead[450] - lead[449]).toBeCloseTo(-0.06, 6);
    }
  });

  it("have water that swings by 50 % with the season, each at its own time of the year", () => {
    const wettest = numbered(12).map((lab) => {
      const year = numbered(365).map((day) =>
        Math.exp(read(twelve, lab, day, CalendarField.lnWater) - lnWaterOfTheYear(twelve, lab)),
      );
      expect(Math.max(...year)).toBeCloseTo(1.5, 3);
      expect(Math.min(...year)).toBeCloseTo(0.5, 3);
      return year.indexOf(Math.max(...year));
    });
    // One in each twelfth of the year, so the longest gap is below two months.
    const sorted = wettest.sort((a, b) => a - b);
    sorted.forEach((day, i) => expect(((sorted[(i + 1) % 12] - day + 365) % 365) + 0).toBeLessThan(2 * 30.5 + 1));
  });

  it("have spectrometers that drift 0.1 nm in 30 days", () => {
    for (const lab of [0, 11])
      for (const day of [0, 30, 600]) expect(read(twelve, lab, day, CalendarField.peakShift)).toBeCloseTo(day / 300, 5);
  });

  it("follow published series where they state so: laboratory 0 in temperature, laboratory 1 in bromide", () => {
    expect(publishedHabits.map(({ laboratory }) => laboratory)).toEqual([0, 1]);
    for (const seed of [1, 2]) {
      const labs = drawn(seed);
      expect(hotInjectionLaw.temperature + read(labs, 0, 5, CalendarField.temperatureSlope)).toBeCloseTo(0.0168, 7);
      expect(hotInjectionLaw.bromide + read(labs, 1, 5, CalendarField.bromideSlope)).toBeCloseTo(-1.5, 6);
    }
    expect(read(drawn(1), 1, 0, CalendarField.temperatureSlope)).not.toBe(
      read(drawn(2), 1, 0, CalendarField.temperatureSlope),
    );
  });

  it("do not differ at spread 0, from each other or from day to day", () => {
    const same = drawn(3, 4, 0);
    const expected = new Float32Array(calendarFields);
    expected[CalendarField.quantumYieldGain] = 1;
    expected.fill(
      Math.fround((laboratoryEffects.thresholdLow + laboratoryEffects.thresholdHigh) / 2),
      CalendarField.threshold,
      CalendarField.threshold + operatorsPerLab,
    );
    for (let at = 0; at < same.calendar.length; at++)
      if (same.calendar[at] !== expected[at % calendarFields])
        expect.fail(`field ${at % calendarFields}: ${same.calendar[at]}`);
  });

  it("differ in proportion to the spread", () => {
    const [half, whole] = [drawn(4, 3, 0.5), drawn(4, 3, 1)];
    for (const field of [
      CalendarField.temperatureOffset,
      CalendarField.lnCaesium,
      CalendarField.lnOleylamine,
      CalendarField.lnSize,
      CalendarField.peakShift,
    ])
      expect(2 * read(half, 2, 300, field)).toBeCloseTo(read(whole, 2, 300, field), 6);
  });

  it("have two years of days that follow one another from a Monday", () => {
    expect([twelve.count, twelve.days, twelve.dates.length, twelve.calendar.length]).toEqual([
      12,
      728,
      728,
      12 * 728 * calendarFields,
    ]);
    expect([twelve.dates[0], twelve.dates[59], twelve.dates[727]]).toEqual(["2024-01-01", "2024-02-29", "2025-12-28"]);
    expect(new Date(twelve.dates[0]).getUTCDay()).toBe(1);
    expect(new Set(twelve.dates).size).toBe(728);
  });

  it("are the same for the same seed and others for another", () => {
    expect(drawn(5, 2).calendar).toEqual(drawn(5, 2).calendar);
    expect(drawn(5, 2).calendar).not.toEqual(drawn(6, 2).calendar);
  });

  it("are the same ones where some are chosen, as often as they are, also of more than an engine holds", () => {
    const all = laboratories(seededRandom(3), { count: 80 });
    const { count, calendar } = laboratories(seededRandom(3), { count: 80, chosen: [7, 79, 7] });
    const size = all.calendar.length / 80;
    const of = (lab: number): Float32Array => all.calendar.subarray(lab * size, (lab + 1) * size);
    expect(count).toBe(3);
    [7, 79, 7].forEach((lab, place) => expect(calendar.subarray(place * size, (place + 1) * size)).toEqual(of(lab)));
    expect(laboratories(seededRandom(3), { count: 960, chosen: [959] }).count).toBe(1);
  });

  it.each([
    [[80], "got laboratory 80"],
    [[0.5], "got laboratory 0.5"],
    [[], "got 0"],
    [Array.from({ length: 81 }, () => 0), "got 81"],
  ])("refuse a choice that cannot be had: %j", (chosen, got) => {
    expect(() => laboratories(seededRandom(1), { count: 80, chosen })).toThrow(got);
  });

  it.each([0, -1, 1.5, 81, Number.NaN])("refuse a count of %d", (count) => {
    expect(() => drawn(1, count)).toThrow(`must be a whole number from 1 to 80; got ${count}`);
  });

  it.each([-0.1, 5.1, Number.NaN, Infinity])("refuse a spread of %d", (spread) => {
    expect(() => drawn(1, 2, spread)).toThrow(`spread: must lie in [0, 5]; got ${spread}`);
  });
});
