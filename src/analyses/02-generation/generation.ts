import { median } from "simple-statistics";
import { designFaults } from "../../chemistry/designFault.js";
import { emissionPeak } from "../../chemistry/optics.js";
import { phaseNames } from "../../chemistry/phases.js";
import { physics } from "../../chemistry/physicsParameters.js";
import { averageHabit, particleSize, type SizeHabit } from "../../chemistry/size.js";
import { photonEnergy } from "../../chemistry/units.js";
import type { Conditions } from "../../chemistry/Conditions.js";
import { clopperPearson } from "../../core/statistics/clopperPearson.js";
import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { seededRandom } from "../../core/random/Random.js";
import type { CategoryColumn, Table } from "../../core/Table.js";
import { acceptanceCases, acceptanceEmission } from "../../experiments/acceptanceCases.js";
import { literatureFacts, type SizeSeries } from "../../experiments/literatureFacts.js";
import type { ClassShares } from "../../figures/plotClassShares.js";
import type { PhaseMap } from "../../figures/plotPhaseMap.js";
import type { SizeEmission } from "../../figures/plotSizeEmission.js";
import type { SizeSeriesPlot } from "../../figures/plotSizeSeries.js";
import type { Sweep } from "../../figures/plotSweep.js";
import { type DesignName, generateExperiments } from "../../generation/generateExperiments.js";
import { laboratoryEffects, publishedHabits } from "../../generation/laboratories.js";
import { simulatePublished } from "../../generation/physicsLoss.js";
import { targetedExperiments } from "../../generation/targetedExperiments.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { laboratoryInterval, phaseCounts, sumOver } from "./laboratoryInterval.js";
import { reviewCounts } from "./physicsCalibration.js";

const source = moduleSource(import.meta.url);
const curated = ["data/literature/acceptance.json", "data/literature/facts.json", "data/literature/series.json"];
const simd = "simd (WebAssembly)";

/** A hot injection in no laboratory in particular; what the phase map varies is laid over it. */
const hotInjection: Conditions = {
  route: "hot injection",
  temperatureCelsius: 160,
  timeSecond: 60,
  mixingSecond: 0.5,
  volumeMillilitre: 10,
  caesiumMolar: 0.01,
  leadMolar: 0.02,
  bromideMolar: 0.04,
  oleicAcidMolar: 0.4,
  oleylamineMolar: 0.4,
  caesiumOleateMolar: 0.01,
  polarSolventFraction: 0,
  waterFraction: 1e-4,
};

/** Which product is likeliest over Cs:Pb and the ratio of the ligands, and published hot injections on the same plane. */
export async function phaseMap(): Promise<EvidenceFile<Omit<PhaseMap, "id">>> {
  return recordedEvidence({ id: "02-generation-phase-map", inputs: curated, source, labels: "simulated" }, async () => {
    const ratios = logGrid(0.1, 10, 41);
    const ligands = logGrid(0.1, 10, 31);
    const at = (ratio: number, ligand: number): readonly number[] => {
      const caesium = hotInjection.leadMolar * ratio;
      return simulatePublished(
        {
          ...hotInjection,
          caesiumMolar: caesium,
          caesiumOleateMolar: caesium,
          oleylamineMolar: ligand * hotInjection.oleicAcidMolar,
        },
        physics,
      ).probabilities;
    };
    const grid = ligands.map((ligand) => ratios.map((ratio) => at(ratio, ligand)));
    const points = (await literatureFacts()).sizeSeries.flatMap(({ doi, conditions }) => pointOf(doi, conditions));
    // By the twin at these ligands themselves, which need not be a row of the map.
    const border = (ligand: number): number =>
      ratios[ratios.findIndex((ratio) => at(ratio, ligand)[1] > at(ratio, ligand)[0])];
    const borderMeasurement = (name: string, ligand: number): Measurement =>
      measurement({
        id: `map.border${name}`,
        meaning: `least Cs:Pb of the map at which the twin makes Cs4PbBr6 rather than CsPbBr3 with ${ligand} oleylamine per oleic acid`,
        value: border(ligand),
        unit: "Cs per Pb",
      });
    return {
      result: {
        title: "Likeliest product of a hot injection, by the twin",
        x: { title: "Cs:Pb ratio in the recipe (mol/mol)", values: ratios },
        y: { title: "Oleylamine : oleic acid (mol/mol)", values: ligands },
        phases: grid.map((row) =>
          row.map((probabilities) => phaseNames[probabilities.indexOf(Math.max(...probabilities))]),
        ),
        probability: grid.map((row) => row.map((probabilities) => rounded(Math.max(...probabilities)))),
        points,
        condition: `${hotInjection.temperatureCelsius} °C, ${hotInjection.timeSecond} s, 20 mmol/L Pb, 20 oleic acid per Pb`,
      },
      measurements: [borderMeasurement("Acid", 0.5), borderMeasurement("Amine", 2)],
    };
  });
}

/** Hot-injection series tell their amounts in words: "0.18 mmol Pb, 0.125 mmol Cs, 3.35 mmol oleic acid, 3.04 mmol oleylamine". */
function pointOf(doi: string, conditions: string): PhaseMap["points"] {
  const amount = (what: string): number => Number(new RegExp(`([\\d.]+) mmol ${what}`).exec(conditions)?.[1]);
  const [x, y] = [amount("Cs") / amount("Pb"), amount("oleylamine") / amount("oleic acid")];
  return Number.isFinite(x) && Number.isFinite(y) ? [{ x, y, phase: "CsPbBr3", label: doi }] : [];
}

/** Weight fractions along Cs:Pb at the conditions of the published triad: two papers with nearly the same recipe, whose three products the fit had to meet. */
export async function ratioSweep(): Promise<EvidenceFile<Omit<Sweep, "id">>> {
  return recordedEvidence(
    { id: "02-generation-ratio-sweep", inputs: curated, source, labels: "simulated" },
    async () => {
      const triad = (await acceptanceCases()).filter(({ id }) => id.startsWith("triad"));
      const { conditions } = triad.find(({ id }) => id === "triad-even")!;
      const values = logGrid(0.1, 10, 121);
      const fractions = values.map((ratio) => {
        const caesium = conditions.leadMolar * ratio;
        // The published three change bromide with caesium: hydrobromic acid came with it.
        const bromide = conditions.leadMolar * (2 + 0.7 * ratio);
        return simulatePublished(
          { ...conditions, caesiumMolar: caesium, caesiumOleateMolar: caesium, bromideMolar: bromide },
          physics,
        ).phaseFractions.weightFractions;
      });
      const right = triad.filter((one) => simulatePublished(one.conditions, physics).label === one.phase).length;
      return {
        result: {
          title: "Products of a reverse microemulsion at 25 °C, by the twin",
          x: { title: "Cs:Pb ratio in the recipe (mol/mol)", values, log: true },
          yTitle: "Precipitate by weight (share)",
          lines: ([0, 1, 2] as const).map((k) => ({
            name: phaseNames[k],
            values: fractions.map((fraction) => rounded(fraction[k])),
          })),
          products: triad.map((one) => ({
            x: rounded(one.conditions.caesiumMolar / one.conditions.leadMolar),
            phase: phaseNames[one.phase],
            label: one.doi,
          })),
        },
        measurements: [
          measurement({
            id: "triad.right",
            meaning: "products of the published triad, which was part of its fit, that the twin names rightly",
            value: right,
            unit: `of ${triad.length} products`,
            n: triad.length,
          }),
        ],
      };
    },
  );
}

/** The size laws over published series, and how far they miss them. */
export interface SizeLawCurves {
  readonly temperature: SizeSeriesPlot["series"];
  readonly bromide: SizeSeriesPlot["series"];
  /** Series, law, points, median and largest error in %, points within the band of the law. */
  readonly errors: readonly (readonly (string | number | null)[])[];
}

type Points = readonly (readonly [x: number, size: number])[];

/**
 * Sizes over temperature and Br:Pb: the twin's pooled law with its spread between laboratories, the laboratory of the
 * twin that was given the published slope, and what was published. All laws were fitted to these or overlapping points.
 */
export async function sizeLaws(): Promise<EvidenceFile<SizeLawCurves>> {
  return recordedEvidence({ id: "02-generation-size-laws", inputs: curated, source, labels: "simulated" }, async () => {
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
            fit: grid(120, 210, 31).map((x) => band(x, hot(averageHabit)(x))),
            own: curveOf(grid(120, 210, 31), hot(steeper)),
          },
          {
            name: "LARP, 1 s",
            doi: cold.doi,
            points: pointsOf(cold.points),
            fit: grid(0, 60, 21).map((x) => band(x, reprecipitated(x))),
          },
        ],
        bromide: bromides.map(({ temperature, series: { doi, points } }) => ({
          name: `hot injection at ${temperature} °C, 5 s`,
          doi,
          points: pointsOf(points),
          fit: grid(2, 4.7, 28).map((x) => band(x, rich(averageHabit, temperature)(x))),
          own: curveOf(grid(2, 4.7, 28), rich(richer, temperature)),
        })),
        errors: Object.values(errors).map(({ row }) => row),
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
  });
}

interface PointsAndLaw {
  readonly points: Points;
  readonly law: (x: number) => number;
}

interface SizeErrors {
  readonly series: string;
  readonly law: string;
  readonly points: number;
  readonly median: number;
  readonly worst: number;
  /** Points within the spread between laboratories. */
  readonly inBand: number;
  readonly row: readonly (string | number | null)[];
}

/** One standard deviation between laboratories, as a factor. */
const between = Math.exp(laboratoryEffects.lnSize);

function errorsOf(series: string, law: string, each: readonly PointsAndLaw[]): SizeErrors {
  const factors = each.flatMap(({ points, law: sizeAt }) => points.map(([x, size]) => sizeAt(x) / size));
  const errors = factors.map((factor) => Math.abs(factor - 1));
  const [middle, worst] = [median(errors), Math.max(...errors)];
  const inBand = factors.filter((factor) => factor <= between && factor >= 1 / between).length;
  const percent = (share: number): number => Number((100 * share).toPrecision(2));
  return {
    series,
    law,
    points: errors.length,
    median: middle,
    worst,
    inBand,
    row: [series, law, errors.length, percent(middle), percent(worst), law === "pooled" ? inBand : null],
  };
}

function errorMeasurement(id: string, { series, law, median: value, points }: SizeErrors): Measurement {
  return measurement({
    id,
    meaning: `median error of the ${law === "pooled" ? "pooled law" : law} on ${series}, points that were part of its fit`,
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

/** ± of the emission law in eV: for particles above and below 4 nm. */
const emissionError = { large: 0.015, small: 0.06, borderNanometre: 4 } as const;

/** Emission against size, with the law's uncertainty. */
export async function emissionCurve(): Promise<EvidenceFile<Omit<SizeEmission, "id">>> {
  return recordedEvidence({ id: "02-generation-emission", inputs: curated, source, labels: "simulated" }, async () => {
    const emission = await acceptanceEmission();
    const curve = [...grid(2.5, 20, 71), emissionError.borderNanometre - 1e-3]
      .sort((a, b) => a - b)
      .map((size) => {
        const peak = emissionPeak(size);
        const error = size < emissionError.borderNanometre ? emissionError.small : emissionError.large;
        return {
          size: rounded(size),
          peak: rounded(peak),
          low: rounded(photonEnergy(photonEnergy(peak) + error)),
          high: rounded(photonEnergy(photonEnergy(peak) - error)),
        };
      });
    const errors = emission.map(({ sizeNanometre, photoluminescencePeakNanometre }) =>
      Math.abs(emissionPeak(sizeNanometre) - photoluminescencePeakNanometre),
    );
    return {
      result: {
        curve,
        points: emission.map(({ fact, sizeNanometre, photoluminescencePeakNanometre }) => ({
          size: sizeNanometre,
          peak: photoluminescencePeakNanometre,
          label: `constants of a public lab code, fact ${fact}, no paper`,
          doi: "",
        })),
        bulk: rounded(emissionPeak(Number.NaN)),
        weakBelow: emissionError.borderNanometre,
      },
      measurements: [
        measurement({
          id: "emission.worstError",
          meaning: "largest error of the emission law on three constants of a public lab code, to which it was fitted",
          value: Math.max(...errors),
          unit: "nm",
          n: errors.length,
        }),
      ],
    };
  });
}

const shareRows = 100_000;

/** Class shares of experiments as laboratories run them, beside the reviewed project's. */
export async function classShares({ seed }: { readonly seed: number }): Promise<EvidenceFile<Omit<ClassShares, "id">>> {
  return recordedEvidence(
    { id: "02-generation-classes", inputs: [], source, seed, engine: simd, labels: "simulated" },
    async () => {
      const { table } = await generateExperiments({ rows: shareRows, seed });
      const perLab = labCounts(table);
      const random = seededRandom(seed).fork("class shares");
      const total = reviewCounts.reduce((a, b) => a + b, 0);
      const share =
        (phase: number) =>
        (labs: Uint32Array): number =>
          sumOver(labs, (lab) => perLab[lab][phase]) / sumOver(labs, (lab) => perLab[lab].reduce((a, b) => a + b, 0));
      const all = Uint32Array.from(perLab.keys());
      const shares = phaseNames.map((name, phase) =>
        measurement({
          id: `classes.${name.replaceAll(" ", "-")}`,
          meaning: `share of experiments labelled ${name}`,
          value: share(phase)(all),
          unit: "share",
          interval: laboratoryInterval(perLab.length, share(phase), random.fork(name)),
          n: shareRows,
          baseline: reviewCounts[phase] / total,
        }),
      );
      const ratio = (labs: Uint32Array): number =>
        Math.min(...phaseNames.map((_, phase) => share(phase)(labs))) /
        Math.max(...phaseNames.map((_, phase) => share(phase)(labs)));
      const targeted = await targetedExperiments({ seed });
      const targetedCounts = phaseCounts(targeted);
      return {
        result: {
          n: shareRows,
          classes: shares.map(({ value, interval, baseline }, phase) => ({
            name: phaseNames[phase],
            share: value!,
            low: interval!.low,
            high: interval!.high,
            reference: baseline!,
          })),
        },
        measurements: [
          ...shares,
          measurement({
            id: "classes.ratio",
            meaning: "rarest class over commonest, as laboratories run it",
            value: ratio(all),
            unit: "1",
            interval: laboratoryInterval(perLab.length, ratio, random.fork("ratio")),
            n: shareRows,
            baseline: Math.min(...reviewCounts) / Math.max(...reviewCounts),
          }),
          measurement({
            id: "classes.targetedRows",
            meaning: "experiments after which every class holds 2,000 when the rare ones are sought",
            value: targeted.numRows,
            unit: "experiments",
          }),
          measurement({
            id: "classes.targetedRatio",
            meaning: "rarest class over commonest among those",
            value: Math.min(...targetedCounts) / Math.max(...targetedCounts),
            unit: "1",
            n: targeted.numRows,
          }),
        ],
      };
    },
  );
}

/** What was proposed in vain, design by design. */
export interface RejectedDesigns {
  readonly reasons: readonly string[];
  /** Design, proposed, kept, rejected for each reason. */
  readonly rows: readonly (readonly (string | number)[])[];
}

const rejectionRows = 20_000;

/** How many designs chemistry or glassware forbids, and why. */
export async function rejectedDesigns({ seed }: { readonly seed: number }): Promise<EvidenceFile<RejectedDesigns>> {
  return recordedEvidence(
    { id: "02-generation-rejected", inputs: [], source, seed, engine: simd, labels: "simulated" },
    async () => {
      const names: readonly DesignName[] = ["asRun", "uniform", "latinHypercube", "sobol", "factorial"];
      const designs: {
        readonly name: DesignName;
        readonly proposed: number;
        readonly kept: number;
        readonly counts: readonly number[];
      }[] = [];
      for (const name of names) {
        const { table, rejected } = await generateExperiments({ rows: rejectionRows, seed, design: name });
        designs.push({
          name,
          proposed: rejected.proposed,
          kept: table.numRows,
          counts: rejected.reasons.map(({ count }) => count),
        });
      }
      const share = (name: DesignName): Measurement => {
        const { proposed, counts } = designs.find((one) => one.name === name)!;
        const refused = counts.reduce((a, b) => a + b, 0);
        return measurement({
          id: `rejected.${name}`,
          meaning: `share of ${name} proposals that cannot be carried out`,
          value: refused / proposed,
          unit: "share",
          interval: clopperPearson(refused, proposed),
          n: proposed,
        });
      };
      return {
        result: {
          reasons: designFaults.slice(1),
          rows: designs.map(({ name, proposed, kept, counts }) => [name, proposed, kept, ...counts]),
        },
        measurements: [share("asRun"), share("uniform")],
      };
    },
  );
}

function labCounts(table: Table): number[][] {
  const labs = table.columns.lab as CategoryColumn;
  const phases = table.columns.phase as CategoryColumn;
  const counts = labs.levels.map(() => phaseNames.map(() => 0));
  labs.codes.forEach((lab: number, row) => counts[lab][phases.codes[row]]++);
  return counts;
}

function grid(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => rounded(low + ((high - low) * i) / (count - 1)));
}

function logGrid(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => rounded(low * (high / low) ** (i / (count - 1))));
}

function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
