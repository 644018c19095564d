import { hotInjectionLaw } from "../chemistry/constants.js";
import { boxMuller } from "../core/random/boxMuller.js";
import { InputError } from "../core/InputError.js";
import { normalQuantile } from "../core/statistics/normalQuantile.js";
import type { Random } from "../core/random/Random.js";
import { stratifiedUniforms } from "../core/random/stratifiedUniforms.js";
import { CalendarField, calendarFields, daysPerWeek, operatorsPerLab } from "./layout.js";

/**
 * Laboratories of the twin and what is true in each on every day: errors of thermometers and stocks, ageing,
 * humidity, habits. Real recipes show these as scatter between papers; here they are known, so that methods
 * against them can be scored.
 */
export interface Laboratories {
  readonly count: number;
  readonly days: number;
  /** ISO date of each day. */
  readonly dates: readonly string[];
  /** Row-major [laboratory][day][calendarFields], see CalendarField. */
  readonly calendar: Float32Array;
}

/** How many laboratories to draw, and how they differ. */
export interface LaboratoriesOptions {
  /** Laboratories that are drawn together: 1 to 80 (default 12), or to 4,096 where some are chosen. */
  readonly count?: number;
  /** Which of them are wanted, counted from 0, at most 80; one may stand there several times (default all). */
  readonly chosen?: ArrayLike<number>;
  /** Scale of all differences between laboratories, batches and days: 1 as stated, 0 none. */
  readonly spread?: number;
}

/** As many as an engine has room for. */
export const mostLaboratories = 80;
const mostDrawn = 4096;

/** Two years, from a Monday. */
const firstDay = Date.UTC(2024, 0, 1);
const weeks = 104;
const days = weeks * daysPerWeek;
const daysPerYear = 365;

type LaboratoryEffect =
  | "temperatureOffset"
  | "lnStock"
  | "lnOleylamine"
  | "lnWater"
  | "lnSize"
  | "temperatureSlope"
  | "bromideSlope"
  | "quantumYieldGain"
  | "lnMixing"
  | "thresholdLow"
  | "thresholdHigh"
  | "operatorThreshold"
  | "batchLnStock"
  | "batchLnOleylamine"
  | "caesiumLossPerDay"
  | "stockDays"
  | "oleylamineAgeingPerDay"
  | "oleylamineDays"
  | "humiditySwing"
  | "peakShiftPerDay"
  | "lotDay"
  | "lotLnLead";

/** Standard deviations and ranges of the effects, in the units of CalendarField. */
export const laboratoryEffects: Readonly<Record<LaboratoryEffect, number>> = {
  temperatureOffset: 4,
  lnStock: 0.04,
  lnOleylamine: 0.25,
  lnWater: 0.6,
  lnSize: 0.19,
  temperatureSlope: 0.002,
  bromideSlope: 0.25,
  quantumYieldGain: 0.08,
  lnMixing: 0.5,
  thresholdLow: 0.1,
  thresholdHigh: 0.22,
  operatorThreshold: 0.01,
  batchLnStock: 0.02,
  batchLnOleylamine: 0.05,
  /** Per day since the caesium stock was made anew, every 30 days. */
  caesiumLossPerDay: 0.003,
  stockDays: 30,
  /** Per day since the amine was bought, every half year. */
  oleylamineAgeingPerDay: 0.001,
  oleylamineDays: 182,
  humiditySwing: 0.5,
  peakShiftPerDay: 0.1 / 30,
  /** A new lot of PbBr2, on one day for all. */
  lotDay: 450,
  lotLnLead: -0.06,
};

/**
 * How a laboratory's slopes of ln D differ from the pooled law, per °C and per ln(Br:Pb); null: drawn like everybody's.
 */
export interface PublishedHabit {
  readonly laboratory: number;
  readonly temperatureSlope: number | null;
  readonly bromideSlope: number | null;
  readonly doi: string;
}

/** Two laboratories follow published series rather than the pooled law. */
export const publishedHabits: readonly PublishedHabit[] = [
  {
    laboratory: 0,
    temperatureSlope: 0.0168 - hotInjectionLaw.temperature,
    bromideSlope: null,
    doi: "10.1021/jacs.7b05683",
  },
  {
    laboratory: 1,
    temperatureSlope: null,
    bromideSlope: -1.5 - hotInjectionLaw.bromide,
    doi: "10.1021/acsenergylett.7b01226",
  },
];

/**
 * Draws the laboratories of the twin. Each kind of effect is spread evenly over its distribution (a Latin hypercube
 * over laboratories), so that a dozen represents the population whichever seed drew it.
 *
 * Effects on amounts are in ln: caesium and lead stocks N(0, 0.04), amine activity N(0, 0.25) (technical grade),
 * water N(0, 0.6), size N(0, 0.19), mixing N(0, 0.5); thermometer N(0, 4 °C); threshold U(0.10, 0.22). Batches, one
 * a week, add N(0, 0.02) to stocks and N(0, 0.05) to the amine. With time: caesium stock loses 0.3 % a day until
 * made anew, amine gains 0.1 % a day, water follows the season by ±50 %, spectrometers drift 0.1 nm a month, and one
 * day a new lot of lead bromide comes.
 *
 * @throws InputError if the count is not a whole number in its range, one is chosen that is not drawn, or the spread is
 *   negative
 */
export function laboratories(
  random: Random,
  { count = 12, chosen: wanted, spread = 1 }: LaboratoriesOptions = {},
): Laboratories {
  const most = wanted === undefined ? mostLaboratories : mostDrawn;
  if (!(Number.isInteger(count) && count >= 1 && count <= most))
    throw new InputError({
      where: "laboratories, count",
      must: `must be a whole number from 1 to ${most}`,
      got: String(count),
      mend: "write for example 12",
    });
  const chosen = Array.from(wanted ?? { length: count }, (lab: number | undefined, place) => lab ?? place);
  const absent = chosen.find((lab) => !(Number.isInteger(lab) && lab >= 0 && lab < count));
  if (absent !== undefined || chosen.length === 0 || chosen.length > mostLaboratories)
    throw new InputError({
      where: "laboratories, chosen",
      must: `must be 1 to ${mostLaboratories} of the ${count} laboratories, counted from 0`,
      got: absent === undefined ? `${chosen.length}` : `laboratory ${absent}`,
      mend: "choose others, or leave it out for all",
    });
  if (!(spread >= 0 && spread <= 5))
    throw new InputError({
      where: "laboratories, spread",
      must: "must lie in [0, 5]",
      got: String(spread),
      mend: "1 is as stated, 0 none",
    });
  const e = laboratoryEffects;
  const even = (name: string): number[] => stratifiedUniforms(count, random.fork(name));
  const normals = (name: string): number[] => even(name).map(normalQuantile);
  const effects = {
    temperature: normals("temperature"),
    caesium: normals("caesium"),
    lead: normals("lead"),
    oleylamine: normals("oleylamine"),
    water: normals("water"),
    size: normals("size"),
    temperatureSlope: normals("temperatureSlope"),
    bromideSlope: normals("bromideSlope"),
    gain: normals("gain"),
    mixing: normals("mixing"),
    threshold: even("threshold"),
    season: even("season"),
    stockPhase: even("stockPhase"),
    aminePhase: even("aminePhase"),
  };
  const calendar = new Float32Array(chosen.length * days * calendarFields);
  for (let place = 0; place < chosen.length; place++) {
    const lab = chosen[place];
    const own = random.fork("laboratory").fork(lab);
    const operators = Array.from({ length: operatorsPerLab }, () => boxMuller(1 - own(), own())[0]);
    const habit = publishedHabits.find(({ laboratory }) => laboratory === lab);
    for (let week = 0; week < weeks; week++) {
      const batch = own.fork(week);
      const [batchStock, batchAmine] = boxMuller(1 - batch(), batch());
      for (let day = week * daysPerWeek; day < (week + 1) * daysPerWeek; day++) {
        const at = (place * days + day) * calendarFields;
        const set = (field: CalendarField, value: number): void => {
          calendar[at + field] = value;
        };
        const stockAge = (day + effects.stockPhase[lab] * e.stockDays) % e.stockDays;
        const amineAge = (day + effects.aminePhase[lab] * e.oleylamineDays) % e.oleylamineDays;
        const season =
          1 + Math.min(spread, 1) * e.humiditySwing * Math.sin(2 * Math.PI * (day / daysPerYear + effects.season[lab]));
        set(CalendarField.temperatureOffset, spread * e.temperatureOffset * effects.temperature[lab]);
        set(
          CalendarField.lnCaesium,
          spread *
            (e.lnStock * effects.caesium[lab] +
              e.batchLnStock * batchStock +
              Math.log(1 - e.caesiumLossPerDay * stockAge)),
        );
        set(CalendarField.lnLead, spread * (e.lnStock * effects.lead[lab] + (day >= e.lotDay ? e.lotLnLead : 0)));
        set(
          CalendarField.lnOleylamine,
          spread *
            (e.lnOleylamine * effects.oleylamine[lab] +
              e.batchLnOleylamine * batchAmine +
              Math.log(1 + e.oleylamineAgeingPerDay * amineAge)),
        );
        set(CalendarField.lnWater, spread * e.lnWater * effects.water[lab] + Math.log(season));
        set(CalendarField.lnMixing, spread * e.lnMixing * effects.mixing[lab]);
        set(CalendarField.lnSize, spread * e.lnSize * effects.size[lab]);
        set(
          CalendarField.temperatureSlope,
          spread * (habit?.temperatureSlope ?? e.temperatureSlope * effects.temperatureSlope[lab]),
        );
        set(CalendarField.bromideSlope, spread * (habit?.bromideSlope ?? e.bromideSlope * effects.bromideSlope[lab]));
        set(CalendarField.quantumYieldGain, 1 + spread * e.quantumYieldGain * effects.gain[lab]);
        set(CalendarField.peakShift, spread * e.peakShiftPerDay * day);
        for (let operator = 0; operator < operatorsPerLab; operator++) {
          const middle = (e.thresholdLow + e.thresholdHigh) / 2;
          set(
            CalendarField.threshold + operator,
            middle +
              spread *
                ((e.thresholdHigh - e.thresholdLow) * (effects.threshold[lab] - 0.5) +
                  e.operatorThreshold * operators[operator]),
          );
        }
      }
    }
  }
  const dates = Array.from({ length: days }, (_, day) =>
    new Date(firstDay + day * 86_400_000).toISOString().slice(0, 10),
  );
  return { count: chosen.length, days, dates, calendar };
}
