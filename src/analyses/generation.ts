import { designFaults } from "../chemistry/designFault.js";
import { emissionPeak } from "../chemistry/optics.js";
import { phaseNames } from "../chemistry/phases.js";
import { physics } from "../chemistry/physicsParameters.js";
import { averageHabit, hotInjectionLaw, particleSize, slopeCentre, type SizeHabit } from "../chemistry/size.js";
import { photonEnergy } from "../chemistry/units.js";
import type { Conditions } from "../chemistry/Conditions.js";
import { clopperPearson } from "../core/clopperPearson.js";
import { measurement, type EvidenceFile, type Measurement } from "../core/Evidence.js";
import { seededRandom } from "../core/Random.js";
import type { CategoryColumn, Table } from "../core/Table.js";
import { acceptanceCases, acceptanceEmission } from "../experiments/acceptanceCases.js";
import { literatureFacts } from "../experiments/literatureFacts.js";
import type { ClassShares } from "../figures/plotClassShares.js";
import type { PhaseMap } from "../figures/plotPhaseMap.js";
import type { SizeEmission } from "../figures/plotSizeEmission.js";
import type { SizeSeriesPlot } from "../figures/plotSizeSeries.js";
import type { Sweep } from "../figures/plotSweep.js";
import { type DesignName, generateExperiments } from "../generation/generateExperiments.js";
import { laboratoryEffects } from "../generation/laboratories.js";
import { simulatePublished } from "../generation/physicsLoss.js";
import { targetedExperiments } from "../generation/targetedExperiments.js";
import { recordedEvidence } from "../io/evidenceFiles.js";
import { laboratoryInterval, phaseCounts, sumOver } from "./laboratoryInterval.js";
import { reviewCounts } from "./physicsCalibration.js";

const source = "src/analyses/generation.ts";
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
      return simulatePublished({ ...hotInjection, caesiumMolar: caesium, caesiumOleateMolar: caesium, oleylamineMolar: ligand * hotInjection.oleicAcidMolar }, physics).probabilities;
    };
    const grid = ligands.map((ligand) => ratios.map((ratio) => at(ratio, ligand)));
    const likeliest = grid.map((row) => row.map((probabilities) => probabilities.indexOf(Math.max(...probabilities))));
    const cells = likeliest.flat();
    const points = (await literatureFacts()).sizeSeries.flatMap(({ doi, conditions }) => pointOf(doi, conditions));
    return {
      result: {
        title: "Likeliest product of a hot injection, by the twin",
        x: { title: "Cs:Pb ratio in the recipe (mol/mol)", values: ratios },
        y: { title: "Oleylamine : oleic acid (mol/mol)", values: ligands },
        phases: likeliest.map((row) => row.map((phase) => phaseNames[phase])),
        probability: grid.map((row) => row.map((probabilities) => rounded(Math.max(...probabilities)))),
        points,
        condition: `${hotInjection.temperatureCelsius} °C, ${hotInjection.timeSecond} s, 20 mmol/L Pb, 20 oleic acid per Pb`,
      },
      measurements: phaseNames.map((name, phase) => measurement({ id: `map.${name.replaceAll(" ", "-")}`, meaning: `share of the map's area where ${name} is likeliest`, value: cells.filter((cell) => cell === phase).length / cells.length, unit: "share" })),
    };
  });
}

/** Hot-injection series tell their amounts in words: "0.18 mmol Pb, 0.125 mmol Cs, 3.35 mmol oleic acid, 3.04 mmol oleylamine". */
function pointOf(doi: string, conditions: string): PhaseMap["points"] {
  const amount = (what: string): number => Number(new RegExp(`([\\d.]+) mmol ${what}`).exec(conditions)?.[1]);
  const [x, y] = [amount("Cs") / amount("Pb"), amount("oleylamine") / amount("oleic acid")];
  return Number.isFinite(x) && Number.isFinite(y) ? [{ x, y, phase: "CsPbBr3", label: doi }] : [];
}

/** Weight fractions along Cs:Pb at the conditions of the published triad. */
export async function ratioSweep(): Promise<EvidenceFile<Omit<Sweep, "id">>> {
  return recordedEvidence({ id: "02-generation-ratio-sweep", inputs: curated, source, labels: "simulated" }, async () => {
    const triad = (await acceptanceCases()).filter(({ id }) => id.startsWith("triad"));
    const { conditions } = triad.find(({ id }) => id === "triad-even")!;
    const values = logGrid(0.1, 10, 121);
    const fractions = values.map((ratio) => {
      const caesium = conditions.leadMolar * ratio;
      // The published three change bromide with caesium: hydrobromic acid came with it.
      const bromide = conditions.leadMolar * (2 + 0.7 * ratio);
      return simulatePublished({ ...conditions, caesiumMolar: caesium, caesiumOleateMolar: caesium, bromideMolar: bromide }, physics).phaseFractions.weightFractions;
    });
    const right = triad.filter((one) => simulatePublished(one.conditions, physics).label === one.phase).length;
    return {
      result: {
        title: "Products of a reverse microemulsion at 25 °C, by the twin",
        x: { title: "Cs:Pb ratio in the recipe (mol/mol)", values, log: true },
        yTitle: "Weight fraction of the precipitate (1)",
        lines: ([0, 1, 2] as const).map((k) => ({ name: phaseNames[k], values: fractions.map((fraction) => rounded(fraction[k])) })),
        products: triad.map((one) => ({ x: rounded(one.conditions.caesiumMolar / one.conditions.leadMolar), phase: phaseNames[one.phase], label: one.doi })),
      },
      measurements: [measurement({ id: "triad.right", meaning: "products of the published triad that the twin names rightly", value: right, unit: `of ${triad.length} products`, n: triad.length })],
    };
  });
}

/** The size law with the spread between laboratories, over published series. */
export interface SizeLawCurves {
  readonly temperature: SizeSeriesPlot["series"];
  readonly bromide: SizeSeriesPlot["series"];
}

/** Sizes over temperature and Br:Pb: the twin's pooled law with its spread between laboratories, and what one laboratory published. */
export async function sizeLaws(): Promise<EvidenceFile<SizeLawCurves>> {
  return recordedEvidence({ id: "02-generation-size-laws", inputs: curated, source, labels: "simulated" }, async () => {
    const { sizeSeries, facts } = await literatureFacts();
    const seriesOf = (id: string): (typeof sizeSeries)[number] => sizeSeries.find((one) => one.id === id)!;
    const brennan = seriesOf("hot-injection-temperature");
    const cold = seriesOf("reprecipitation-temperature");
    const bromides = [seriesOf("bromide-lead-160"), seriesOf("bromide-lead-180")];
    const hot = (temperature: number, bromide: number, habit: SizeHabit = averageHabit): number => particleSize({ route: "hot injection", temperatureCelsius: temperature, timeSecond: 1, bromideLeadRatio: bromide, oleylamineLeadRatio: 3.04 / 0.18 }, habit);
    const reprecipitated = (temperature: number, second = 1): number => particleSize({ route: "LARP", temperatureCelsius: temperature, timeSecond: second, bromideLeadRatio: 3, oleylamineLeadRatio: 3 }, averageHabit);
    const between = Math.exp(laboratoryEffects.lnSize);
    const band = (x: number, size: number): { x: number; size: number; low: number; high: number } => ({ x, size: rounded(size), low: rounded(size / between), high: rounded(size * between) });
    const pointsOf = (points: readonly (readonly [number, number])[]): { x: number; size: number; sd: null }[] => points.map(([x, size]) => ({ x, size, sd: null }));
    const ownSlope = slopeHabit(brennan.points.map(([x, size]) => [x - slopeCentre.temperatureCelsius, Math.log(size / hot(x, 2))] as const), { temperatureSlope: 0.0168 - hotInjectionLaw.temperature });
    const errors = brennan.points.map(([x, size]) => Math.abs(hot(x, 2, ownSlope) / size - 1)).sort((a, b) => a - b);
    const pooled = brennan.points.map(([x, size]) => Math.abs(hot(x, 2) / size - 1)).sort((a, b) => a - b);
    const ripened = ripeningPoints(facts.find(({ id }) => id === ripeningFact)!.value).map(([minutes, size]) => Math.abs(reprecipitated(25, 60 * minutes) / size - 1));
    return {
      result: {
        temperature: [
          { name: "hot injection, 1 s", doi: brennan.doi, points: pointsOf(brennan.points), fit: grid(120, 210, 31).map((x) => band(x, hot(x, 2))) },
          { name: "LARP, 1 s", doi: cold.doi, points: pointsOf(cold.points), fit: grid(0, 60, 21).map((x) => band(x, reprecipitated(x))) },
        ],
        bromide: bromides.map(({ doi, points }, i) => {
          const temperature = [160, 180][i];
          return { name: `hot injection at ${temperature} °C, 5 s`, doi, points: pointsOf(points), fit: grid(2, 4.7, 28).map((x) => band(x, particleSize({ route: "hot injection", temperatureCelsius: temperature, timeSecond: 5, bromideLeadRatio: x, oleylamineLeadRatio: 7.6 }, averageHabit))) };
        }),
      },
      measurements: [
        measurement({ id: "size.temperatureMedianError", meaning: "median error of a laboratory with the published slope and its own intercept on the temperature series", value: errors[Math.floor(errors.length / 2)], unit: "share", n: errors.length, baseline: pooled[Math.floor(pooled.length / 2)] }),
        measurement({ id: "size.temperatureWorstError", meaning: "largest error of the same", value: errors[errors.length - 1], unit: "share", n: errors.length }),
        measurement({ id: "size.ripeningWorstError", meaning: "largest error of the ripening law at 1, 60 and 3000 min", value: Math.max(...ripened), unit: "share", n: ripened.length }),
      ],
    };
  });
}

/** Sizes after ripening at 25 °C, in the fact's own words: "1 min 12; 60 min 34.3; 3000 min 50.9" nm. */
const ripeningFact = 39;

function ripeningPoints(value: string): (readonly [minutes: number, size: number])[] {
  return Array.from(value.matchAll(/([\d.]+) min ([\d.]+)/g), ([, minutes, size]) => [Number(minutes), Number(size)] as const);
}

/** A laboratory whose slope is published and whose own level is the mean of what is left over. */
function slopeHabit(points: readonly (readonly [number, number])[], { temperatureSlope }: { readonly temperatureSlope: number }): SizeHabit {
  const rest = points.map(([x, y]) => y - temperatureSlope * x);
  return { lnSize: rest.reduce((a, b) => a + b, 0) / rest.length, temperatureSlope, bromideSlope: 0 };
}

/** ± of the emission law in eV: for particles above and below 4 nm. */
const emissionError = { large: 0.015, small: 0.06, borderNanometre: 4 } as const;

/** Emission against size, with the law's uncertainty. */
export async function emissionCurve(): Promise<EvidenceFile<Omit<SizeEmission, "id">>> {
  return recordedEvidence({ id: "02-generation-emission", inputs: curated, source, labels: "simulated" }, async () => {
    const emission = await acceptanceEmission();
    const curve = [...grid(2.5, 20, 71), emissionError.borderNanometre - 1e-3].sort((a, b) => a - b).map((size) => {
      const peak = emissionPeak(size);
      const error = size < emissionError.borderNanometre ? emissionError.small : emissionError.large;
      return { size: rounded(size), peak: rounded(peak), low: rounded(photonEnergy(photonEnergy(peak) + error)), high: rounded(photonEnergy(photonEnergy(peak) - error)) };
    });
    const errors = emission.map(({ sizeNanometre, photoluminescencePeakNanometre }) => Math.abs(emissionPeak(sizeNanometre) - photoluminescencePeakNanometre));
    return {
      result: { curve, points: emission.map(({ fact, sizeNanometre, photoluminescencePeakNanometre }) => ({ size: sizeNanometre, peak: photoluminescencePeakNanometre, label: `published, fact ${fact}`, doi: "" })), bulk: rounded(emissionPeak(Number.NaN)), weakBelow: emissionError.borderNanometre },
      measurements: [measurement({ id: "emission.worstError", meaning: "largest error of the emission law on published peaks", value: Math.max(...errors), unit: "nm", n: errors.length })],
    };
  });
}

const shareRows = 100_000;

/** Class shares of experiments as laboratories run them, beside the reviewed project's. */
export async function classShares({ seed }: { readonly seed: number }): Promise<EvidenceFile<Omit<ClassShares, "id">>> {
  return recordedEvidence({ id: "02-generation-classes", inputs: [], source, seed, engine: simd, labels: "simulated" }, async () => {
    const { table } = await generateExperiments({ rows: shareRows, seed });
    const perLab = labCounts(table);
    const random = seededRandom(seed).fork("class shares");
    const total = reviewCounts.reduce((a, b) => a + b, 0);
    const share = (phase: number) => (labs: Uint32Array): number => sumOver(labs, (lab) => perLab[lab][phase]) / sumOver(labs, (lab) => perLab[lab].reduce((a, b) => a + b, 0));
    const all = Uint32Array.from(perLab.keys());
    const shares = phaseNames.map((name, phase) =>
      measurement({ id: `classes.${name.replaceAll(" ", "-")}`, meaning: `share of experiments labelled ${name}`, value: share(phase)(all), unit: "share", interval: laboratoryInterval(perLab.length, share(phase), random.fork(name)), n: shareRows, baseline: reviewCounts[phase] / total }),
    );
    const ratio = (labs: Uint32Array): number => Math.min(...phaseNames.map((_, phase) => share(phase)(labs))) / Math.max(...phaseNames.map((_, phase) => share(phase)(labs)));
    const targeted = await targetedExperiments({ seed });
    const targetedCounts = phaseCounts(targeted);
    return {
      result: { n: shareRows, classes: shares.map(({ value, interval, baseline }, phase) => ({ name: phaseNames[phase], share: value!, low: interval!.low, high: interval!.high, reference: baseline! })) },
      measurements: [
        ...shares,
        measurement({ id: "classes.ratio", meaning: "rarest class over commonest, as laboratories run it", value: ratio(all), unit: "1", interval: laboratoryInterval(perLab.length, ratio, random.fork("ratio")), n: shareRows, baseline: Math.min(...reviewCounts) / Math.max(...reviewCounts) }),
        measurement({ id: "classes.targetedRows", meaning: "experiments after which every class holds 2,000 when the rare ones are sought", value: targeted.numRows, unit: "experiments" }),
        measurement({ id: "classes.targetedRatio", meaning: "rarest class over commonest among those", value: Math.min(...targetedCounts) / Math.max(...targetedCounts), unit: "1", n: targeted.numRows }),
      ],
    };
  });
}

/** What was proposed in vain, design by design. */
export interface RejectedDesigns {
  readonly reasons: readonly string[];
  readonly designs: readonly { readonly name: DesignName; readonly proposed: number; readonly kept: number; readonly counts: readonly number[] }[];
}

const rejectionRows = 20_000;

/** How many designs chemistry or glassware forbids, and why. */
export async function rejectedDesigns({ seed }: { readonly seed: number }): Promise<EvidenceFile<RejectedDesigns>> {
  return recordedEvidence({ id: "02-generation-rejected", inputs: [], source, seed, engine: simd, labels: "simulated" }, async () => {
    const names: readonly DesignName[] = ["asRun", "uniform", "latinHypercube", "sobol", "factorial"];
    const designs: RejectedDesigns["designs"][number][] = [];
    for (const name of names) {
      const { table, rejected } = await generateExperiments({ rows: rejectionRows, seed, design: name });
      designs.push({ name, proposed: rejected.proposed, kept: table.numRows, counts: rejected.reasons.map(({ count }) => count) });
    }
    const share = (name: DesignName): Measurement => {
      const { proposed, counts } = designs.find((one) => one.name === name)!;
      const refused = counts.reduce((a, b) => a + b, 0);
      return measurement({ id: `rejected.${name}`, meaning: `share of ${name} proposals that cannot be carried out`, value: refused / proposed, unit: "share", interval: clopperPearson(refused, proposed), n: proposed });
    };
    return { result: { reasons: designFaults.slice(1), designs }, measurements: [share("asRun"), share("uniform")] };
  });
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
