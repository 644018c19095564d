import { median } from "simple-statistics";
import { averageHabit, particleSize, type SizeHabit } from "../../chemistry/size.js";
import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { literatureFacts, type SizeSeries } from "../../experiments/literatureFacts.js";
import type { SizeSeriesPlot } from "../../figures/plotSizeSeries.js";
import { laboratoryEffects, publishedHabits } from "../../generation/laboratories.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { curatedFiles } from "./curatedFiles.js";
import { evenGrid, rounded } from "./grids.js";

/** The size laws over published series, and how far they miss them. */
export interface SizeLawCurves {
  readonly temperature: SizeSeriesPlot["series"];
  readonly bromide: SizeSeriesPlot["series"];
  readonly errors: readonly SizeErrors[];
  readonly table: ShownTable;
}

type Points = readonly (readonly [x: number, size: number])[];

/**
 * Sizes over temperature and Br:Pb, by the twin and as published. Shown are the twin's pooled law with its spread
 * between laboratories, the laboratory of the twin that was given the published slope, and what was published. All
 * laws were fitted to these or overlapping points.
 */
export async function sizeLaws(): Promise<EvidenceFile<SizeLawCurves>> {
  return recordedEvidence(
    { id: "02-generation-size-laws", inputs: curatedFiles, source: moduleSource(import.meta.url), labels: "simulated" },
    async () => {
      const { sizeSeries, facts } = await literatureFacts();
      const seriesOf = (id: string): SizeSeries => sizeSeries.find((one) => one.id === id)!;
      const [byTemperature, cold] = [seriesOf("hot-injection-temperature"), seriesOf("reprecipitation-temperature")];
      const bromides = [160, 180].map((temperature) => ({
        temperature,
        series: seriesOf(`bromide-lead-${temperature}`),
      }));
      const hot =
        (habit: SizeHabit) =>
        (temperature: number): number =>
          particleSize(
            {
              route: "hot injection",
              temperatureCelsius: temperature,
              timeSecond: 1,
              bromideLeadRatio: 2,
              oleylamineLeadRatio: 3.04 / 0.18,
            },
            habit,
          );
      const rich =
        (habit: SizeHabit, temperature: number) =>
        (bromide: number): number =>
          particleSize(
            {
              route: "hot injection",
              temperatureCelsius: temperature,
              timeSecond: 5,
              bromideLeadRatio: bromide,
              oleylamineLeadRatio: 7.6,
            },
            habit,
          );
      const reprecipitated = (temperature: number, second = 1): number =>
        particleSize(
          {
            route: "LARP",
            temperatureCelsius: temperature,
            timeSecond: second,
            bromideLeadRatio: 3,
            oleylamineLeadRatio: 3,
          },
          averageHabit,
        );
      const [slopeInTemperature, slopeInBromide] = publishedHabits.map(
        ({ temperatureSlope, bromideSlope }): SizeHabit => ({
          lnSize: 0,
          temperatureSlope: temperatureSlope ?? 0,
          bromideSlope: bromideSlope ?? 0,
        }),
      );
      const steeper = levelled(slopeInTemperature, (habit) => [{ points: byTemperature.points, law: hot(habit) }]);
      // Both series are of one paper: one laboratory with one level.
      const richer = levelled(slopeInBromide, (habit) =>
        bromides.map(({ temperature, series }) => ({ points: series.points, law: rich(habit, temperature) })),
      );
      const bromideOf = (habit: SizeHabit): readonly PointsAndLaw[] =>
        bromides.map(({ temperature, series }) => ({ points: series.points, law: rich(habit, temperature) }));
      const ripening = ripeningPoints(facts.find(({ id }) => id === ripeningFact)!.value).map(
        ([minutes, size]) => [60 * minutes, size] as const,
      );
      const errors = {
        temperaturePooled: errorsOf("hot injection against temperature", "pooled", [
          { points: byTemperature.points, law: hot(averageHabit) },
        ]),
        temperatureOwn: errorsOf("hot injection against temperature", "laboratory with the published slope", [
          { points: byTemperature.points, law: hot(steeper) },
        ]),
        bromidePooled: errorsOf("hot injection against Br:Pb", "pooled", bromideOf(averageHabit)),
        bromideOwn: errorsOf("hot injection against Br:Pb", "laboratory with the published slope", bromideOf(richer)),
        cold: errorsOf("LARP against temperature", "pooled", [{ points: cold.points, law: reprecipitated }]),
        ripening: errorsOf("LARP against time", "pooled", [
          { points: ripening, law: (second) => reprecipitated(25, second) },
        ]),
      };
      const pointsOf = (points: Points): { x: number; size: number; sd: null }[] =>
        points.map(([x, size]) => ({ x, size, sd: null }));
      return {
        result: {
          temperature: [
            {
              name: "hot injection, 1 s",
              doi: byTemperature.doi,
              points: pointsOf(byTemperature.points),
              fit: evenGrid(120, 210, 31).map((x) => band(x, hot(averageHabit)(x))),
              own: curveOf(evenGrid(120, 210, 31), hot(steeper)),
            },
            {
              name: "LARP, 1 s",
              doi: cold.doi,
              points: pointsOf(cold.points),
              fit: evenGrid(0, 60, 21).map((x) => band(x, reprecipitated(x))),
            },
          ],
          bromide: bromides.map(({ temperature, series: { doi, points } }) => ({
            name: `hot injection at ${temperature} °C, 5 s`,
            doi,
            points: pointsOf(points),
            fit: evenGrid(2, 4.7, 28).map((x) => band(x, rich(averageHabit, temperature)(x))),
            own: curveOf(evenGrid(2, 4.7, 28), rich(richer, temperature)),
          })),
          errors: Object.values(errors),
          table: errorsTable(Object.values(errors)),
        },
        measurements: [
          errorMeasurement("size.temperaturePooledError", errors.temperaturePooled),
          errorMeasurement("size.temperatureOwnError", errors.temperatureOwn),
          inBandMeasurement("size.temperatureInBand", errors.temperaturePooled),
          errorMeasurement("size.bromidePooledError", errors.bromidePooled),
          errorMeasurement("size.bromideOwnError", errors.bromideOwn),
          inBandMeasurement("size.bromideInBand", errors.bromidePooled),
          measurement({
            id: "size.ripeningWorstError",
            meaning: "largest error of the ripening law at 1, 60 and 3000 min, to which it was fitted",
            value: errors.ripening.worst,
            unit: "share",
            n: errors.ripening.points,
          }),
        ],
      };
    },
  );
}

interface PointsAndLaw {
  readonly points: Points;
  readonly law: (x: number) => number;
}

export interface SizeErrors {
  readonly series: string;
  readonly law: string;
  readonly points: number;
  readonly median: number;
  readonly worst: number;
  /** Points within the spread between laboratories. */
  readonly inBand: number;
}

/** One standard deviation between laboratories, as a factor. */
const between = Math.exp(laboratoryEffects.lnSize);

function errorsOf(series: string, law: string, each: readonly PointsAndLaw[]): SizeErrors {
  const factors = each.flatMap(({ points, law: sizeAt }) => points.map(([x, size]) => sizeAt(x) / size));
  const errors = factors.map((factor) => Math.abs(factor - 1));
  const [middle, worst] = [median(errors), Math.max(...errors)];
  const inBand = factors.filter((factor) => factor <= between && factor >= 1 / between).length;
  return {
    series,
    law,
    points: errors.length,
    median: middle,
    worst,
    inBand,
  };
}

function errorsTable(errors: readonly SizeErrors[]): ShownTable {
  const percent = (share: number): number => Number((100 * share).toPrecision(2));
  return shownTable({
    caption: "Errors of the size laws on points of their own fit",
    columns: [
      { name: "series", of: ({ series }) => series },
      { name: "law", of: ({ law }) => law },
      { name: "points", of: ({ points }) => points },
      { name: "median error", unit: "%", of: (one) => percent(one.median) },
      { name: "largest", unit: "%", of: ({ worst }) => percent(worst) },
      // The band is that of the pooled law.
      { name: "points in the band", of: ({ law, inBand }) => (law === "pooled" ? inBand : null) },
    ],
    rows: errors,
  });
}

function errorMeasurement(id: string, { series, law, median: value, points }: SizeErrors): Measurement {
  return measurement({
    id,
    meaning:
      `median error of the ${law === "pooled" ? "pooled law" : law} on ${series}, ` +
      "points that were part of its fit",
    value,
    unit: "share",
    n: points,
  });
}

function inBandMeasurement(id: string, { series, inBand, points }: SizeErrors): Measurement {
  return measurement({
    id,
    meaning: `published points of ${series} within one standard deviation between laboratories of the pooled law`,
    value: inBand,
    unit: `of ${points} points`,
  });
}

function band(x: number, size: number): { x: number; size: number; low: number; high: number } {
  return { x, size: rounded(size), low: rounded(size / between), high: rounded(size * between) };
}

function curveOf(places: readonly number[], law: (x: number) => number): { x: number; size: number }[] {
  return places.map((x) => ({ x, size: rounded(law(x)) }));
}

/** The laboratory's own level: the mean of ln(size) that its slopes leave over. */
function levelled(habit: SizeHabit, each: (habit: SizeHabit) => readonly PointsAndLaw[]): SizeHabit {
  const rest = each(habit).flatMap(({ points, law }) => points.map(([x, size]) => Math.log(size / law(x))));
  return { ...habit, lnSize: rest.reduce((a, b) => a + b, 0) / rest.length };
}

/** Sizes after ripening at 25 °C, in the fact's own words: "1 min 12; 60 min 34.3; 3000 min 50.9" nm. */
const ripeningFact = 39;

function ripeningPoints(value: string): (readonly [minutes: number, size: number])[] {
  return Array.from(
    value.matchAll(/([\d.]+) min ([\d.]+)/g),
    ([, minutes, size]) => [Number(minutes), Number(size)] as const,
  );
}
