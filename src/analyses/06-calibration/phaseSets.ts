import { calibrate } from "../../calibration/calibrate.js";
import { fitTemperature } from "../../calibration/fitTemperature.js";
import { phaseNames } from "../../chemistry/phases.js";
import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import type { Interval } from "../../core/statistics/Interval.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import type { Random } from "../../core/random/Random.js";
import { type Estimate, estimateOf } from "../../core/statistics/Estimate.js";
import { groupBootstrapInterval } from "../../core/statistics/groupBootstrapInterval.js";
import { selectRows, textsOf } from "../../core/Table.js";
import type { EstimatePairs } from "../../figures/plotEstimatePairs.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { batchCodes, batchEstimate, meanOfRows } from "../../problems/phase/batchSums.js";
import { phaseRandom, trueProbabilities } from "../../problems/phase/phaseExperiments.js";
import { labelsOf } from "../../problems/phase/phaseTable.js";
import { quantities } from "../../problems/phase/quantities.js";
import { conformalIntervals } from "../../uncertainty/conformal/conformalIntervals.js";
import { conformalSets } from "../../uncertainty/conformal/conformalSets.js";
import { coverageByStratum } from "../../uncertainty/conformal/coverageByStratum.js";
import { coverageOfIntervals } from "../../uncertainty/conformal/coverageOfIntervals.js";
import { coverageOfSets, type SetCoverage } from "../../uncertainty/conformal/coverageOfSets.js";
import { fitConformalIntervals } from "../../uncertainty/conformal/fitConformalIntervals.js";
import { fitConformalSets, type ConformalSetOptions } from "../../uncertainty/conformal/fitConformalSets.js";
import { holdsClass, setSize } from "../../uncertainty/conformal/labelSets.js";
import { memberTargets, type UncertainModels } from "./uncertainModels.js";
import { uncertaintyEngine } from "./uncertaintyMethods.js";

/** Sets of phases and intervals of quantities that hold the truth nine times in ten, whatever the model is worth. */
export interface PhaseSets {
  readonly kinds: readonly SetKind[];
  /** Coverage of the recommended kind at several levels. */
  readonly levels: readonly { readonly promised: number; readonly coverage: Estimate; readonly meanSize: number }[];
  /** The one that is covered least first; all twelve intervals hold together with 90 % (Bonferroni). */
  readonly laboratories: readonly { readonly name: string; readonly n: number; readonly coverage: Estimate }[];
  readonly intervals: readonly {
    readonly name: string;
    readonly n: number;
    readonly coverage: Estimate;
    readonly relativeWidth: number;
  }[];
  readonly testRows: number;
  readonly classes: Omit<EstimatePairs, "id">;
  readonly tables: { readonly kinds: ShownTable; readonly laboratories: ShownTable; readonly intervals: ShownTable };
}

/** One kind of conformal sets, and how it kept its promise. */
export interface SetKind {
  readonly name: string;
  readonly coverage: Estimate;
  readonly worstClass: Estimate & { readonly phase: string };
  readonly meanSize: number;
  readonly oracleSize: number;
  readonly singletons: number;
  readonly empties: number;
}

const alpha = 0.1;
const kinds: readonly {
  readonly name: string;
  readonly options: Pick<ConformalSetOptions, "score" | "strata">;
  readonly randomised: boolean;
}[] = [
  { name: "likeliest phases (LAC)", options: { score: "lac" }, randomised: false },
  { name: "adaptive (APS), randomised", options: { score: "aps" }, randomised: true },
  { name: "adaptive, regularised (RAPS), randomised", options: { score: "raps" }, randomised: true },
  { name: "LAC within each phase", options: { score: "lac", strata: "class" }, randomised: false },
];
const recommended = kinds[3].name;
/** The sets that notebook 06 recommends, as `fitConformalSets` takes them. */
export const recommendedSets: ConformalSetOptions = { alpha, ...kinds[3].options };

/**
 * Conformal sets and intervals fitted on the second half of the calibrate
 * rows, batches as groups, judged on all test rows; the check MP8.
 */
export async function phaseSets(models: UncertainModels): Promise<EvidenceFile<PhaseSets>> {
  const { data, ensemble, members, targets, fitRows, holdRows } = models;
  const { seed, table, split, features } = data;
  return recordedEvidence(
    {
      id: "06-calibration-sets",
      inputs: [],
      source: moduleSource(import.meta.url),
      seed,
      engine: uncertaintyEngine,
      labels: "simulated",
    },
    async () => {
      const random = phaseRandom(seed, "sets");
      const [fitLabels, holdLabels, labels] = [fitRows, holdRows, split.test].map((rows) =>
        labelsOf(data.labels, rows),
      );
      const [fit, hold, test] = [fitRows, holdRows, split.test].map((rows) => selectMatrixRows(features, rows));
      const temperature = fitTemperature(fitLabels, (await ensemble.predictive(fit)).probabilities);
      const [held, tested] = [
        calibrate(temperature, (await ensemble.predictive(hold)).probabilities),
        calibrate(temperature, (await ensemble.predictive(test)).probabilities),
      ];
      const [holdBatches, testBatches] = [batchCodes(table, holdRows).names, batchCodes(table, split.test)];
      const batches = testBatches.names;
      const truth = trueProbabilities(table, split.test);
      const setsOf = (
        kind: (typeof kinds)[number],
        own: Random,
        level = alpha,
      ): { readonly sets: Uint32Array; readonly report: SetCoverage } => {
        const fitted = fitConformalSets(
          held,
          holdLabels,
          { alpha: level, ...kind.options, groups: holdBatches },
          kind.randomised ? own.fork("fit") : undefined,
        );
        const sets = conformalSets(fitted, tested, {}, kind.randomised ? own.fork("sets") : undefined);
        return { sets, report: coverageOfSets(fitted, sets, labels, { groups: batches, truth }, own.fork("coverage")) };
      };
      const made = kinds.map((kind) => ({ kind, ...setsOf(kind, random.fork(kind.name)) }));
      const [pooled, chosen] = [made[0], made.find(({ kind }) => kind.name === recommended)!];
      const covered = Uint8Array.from(labels, (label, row) => Number(holdsClass(chosen.sets[row], label)));
      const labs = coverageByStratum(
        covered,
        textsOf(selectRows(table, split.test), "lab"),
        { alpha, groups: batches },
        random.fork("laboratories"),
      )
        .map(({ stratum, n, coverage, interval }) => ({
          name: String(stratum),
          n,
          coverage: estimateOf(coverage!, interval!),
        }))
        .sort((a, b) => a.coverage.value - b.coverage.value);
      const meanSize = batchEstimate(
        testBatches.batches,
        meanOfRows(Uint8Array.from(chosen.sets, setSize), testBatches),
        random.fork("sizes"),
      );
      const intervals = await quantityIntervals({
        members,
        targets,
        holdRows,
        testRows: split.test,
        hold,
        test,
        holdBatches,
        batches,
        random: random.fork("quantities"),
      });
      const setKinds = made.map(({ kind, report }) => setKind(kind.name, report));
      return {
        result: {
          kinds: setKinds,
          levels: [0.2, 0.1, 0.05, 0.02].map((level) => {
            const { report } = setsOf(chosen.kind, random.fork(`level ${level}`), level);
            return {
              promised: 1 - level,
              coverage: estimateOf(report.coverage, report.interval!),
              meanSize: report.meanSize,
            };
          }),
          laboratories: labs,
          intervals: intervals.map(({ name, n, coverage, relativeWidth }) => ({ name, n, coverage, relativeWidth })),
          tables: {
            kinds: kindsTable(setKinds, labels.length),
            laboratories: laboratoriesTable(labs),
            intervals: intervalsTable(intervals),
          },
          testRows: labels.length,
          classes: {
            title: "Nine sets in ten hold the phase: of each phase?",
            xTitle: "Sets that hold the phase made (share of test rows)",
            yTitle: "Phase made",
            series: [pooled.kind.name, recommended],
            reference: { at: 1 - alpha, label: "promised" },
            intervals: `90 % intervals, Bonferroni over ${phaseNames.length}`,
            rows: phaseNames.map((phase, k) => ({
              name: phase,
              estimates: [ofClass(pooled.report, k), ofClass(chosen.report, k)],
            })),
          },
        },
        measurements: [
          ...setMeasurements(chosen.report, pooled.report, meanSize, labels.length),
          ...laboratoryMeasurements(labs),
          ...intervalMeasurements(intervals),
        ],
      };
    },
  );
}

interface QuantityIntervals {
  readonly name: string;
  readonly n: number;
  readonly coverage: Estimate;
  readonly interval: Interval;
  readonly relativeWidth: number;
  /** Of the relative width, drawn from held batches: width and marginal width both rest on held rows. */
  readonly widthInterval: () => Interval;
  readonly heldRows: number;
}

interface QuantityRows {
  readonly members: UncertainModels["members"];
  readonly targets: Float64Array;
  readonly holdRows: Uint32Array;
  readonly testRows: Uint32Array;
  readonly hold: ReturnType<typeof selectMatrixRows>;
  readonly test: ReturnType<typeof selectMatrixRows>;
  readonly holdBatches: readonly string[];
  readonly batches: readonly string[];
  readonly random: Random;
}

/**
 * Around the mean of the members, as wide as the residuals of
 * held rows demand; in standard deviations of training rows.
 */
async function quantityIntervals({
  members,
  targets,
  holdRows,
  testRows,
  hold,
  test,
  holdBatches,
  batches,
  random,
}: QuantityRows): Promise<QuantityIntervals[]> {
  const count = quantities.length;
  const mean = (outputs: readonly Float64Array[]): Float64Array =>
    outputs[0].map((_, i) => outputs.reduce((total, one) => total + one[i] / outputs.length, 0));
  const [holdMeans, testMeans] = [mean(await memberTargets(members, hold)), mean(await memberTargets(members, test))];
  return quantities.map(({ name }, k) => {
    const known = (
      rows: Uint32Array,
      outputs: Float64Array,
      names: readonly string[],
    ): { readonly truth: Float64Array; readonly centre: Float64Array; readonly groups: readonly string[] } => {
      const measured = Array.from(rows.keys()).filter((i) => !Number.isNaN(targets[rows[i] * count + k]));
      return {
        truth: Float64Array.from(measured, (i) => targets[rows[i] * count + k]),
        centre: Float64Array.from(measured, (i) => outputs[i * count + k]),
        groups: measured.map((i) => names[i]),
      };
    };
    const [held, tested] = [known(holdRows, holdMeans, holdBatches), known(testRows, testMeans, batches)];
    const fitted = fitConformalIntervals({ centre: held.centre }, held.truth, { alpha, groups: held.groups });
    const report = coverageOfIntervals(
      conformalIntervals(fitted, { centre: tested.centre }),
      tested.truth,
      { alpha, reference: held.truth, groups: tested.groups },
      random.fork(name),
    );
    return {
      name,
      n: report.n,
      coverage: estimateOf(report.coverage, report.interval!),
      interval: report.interval!,
      relativeWidth: report.relativeWidth!,
      widthInterval: () => relativeWidthInterval(held, random.fork(`${name}, width`)),
      heldRows: held.truth.length,
    };
  });
}

/** All intervals of a quantity are equally wide, so one row tells the width of each draw. */
function relativeWidthInterval(
  {
    centre,
    truth,
    groups,
  }: { readonly centre: Float64Array; readonly truth: Float64Array; readonly groups: readonly string[] },
  random: Random,
): Interval {
  const width = (rows: Uint32Array): number => {
    // A batch that is drawn twice counts as two.
    let copy = 0;
    const copies = Array.from(rows, (row, i) =>
      i > 0 && (groups[row] !== groups[rows[i - 1]] || row <= rows[i - 1]) ? ++copy : copy,
    );
    const [drawnCentre, drawnTruth] = [centre, truth].map((values) => Float64Array.from(rows, (row) => values[row]));
    const fitted = fitConformalIntervals({ centre: drawnCentre }, drawnTruth, { alpha, groups: copies });
    return coverageOfIntervals(
      conformalIntervals(fitted, { centre: drawnCentre.subarray(0, 1) }),
      drawnTruth.subarray(0, 1),
      { alpha, reference: drawnTruth },
    ).relativeWidth!;
  };
  return groupBootstrapInterval(groups, width, random, { draws: 200, unit: "held batch", kind: "mean" });
}

function kindsTable(kinds: readonly SetKind[], testRows: number): ShownTable {
  return shownTable({
    caption: `Sets promised to hold nine in ten, on ${testRows} test rows`,
    columns: [
      { name: "sets", of: ({ name }) => name },
      { name: "coverage", of: ({ coverage }) => coverage.value },
      { name: "worst phase", of: ({ worstClass }) => worstClass.phase },
      { name: "its coverage", of: ({ worstClass }) => worstClass.value },
      { name: "phases per set", of: ({ meanSize }) => meanSize },
      { name: "one phase", of: ({ singletons }) => singletons },
      { name: "no phase", of: ({ empties }) => empties },
    ],
    rows: kinds,
  });
}

function laboratoriesTable(laboratories: PhaseSets["laboratories"]): ShownTable {
  return shownTable({
    caption: "Sets that hold the phase, by laboratory, the least covered first",
    columns: [
      { name: "laboratory", of: ({ name }) => name },
      { name: "test rows", of: ({ n }) => n },
      { name: "coverage", of: ({ coverage }) => coverage.value },
      { name: "low", of: ({ coverage }) => coverage.interval.low },
      { name: "high", of: ({ coverage }) => coverage.interval.high },
    ],
    rows: laboratories,
  });
}

function intervalsTable(intervals: PhaseSets["intervals"]): ShownTable {
  return shownTable({
    caption: "90 % intervals of quantities; width over that without a model",
    columns: [
      { name: "quantity", of: ({ name }) => name },
      { name: "measured", unit: "rows", of: ({ n }) => n },
      { name: "coverage", of: ({ coverage }) => coverage.value },
      { name: "relative width", of: ({ relativeWidth }) => relativeWidth },
    ],
    rows: intervals,
  });
}

function setKind(
  name: string,
  { coverage, interval, worstClass, meanSize, oracleSize, singletons, empties }: SetCoverage,
): SetKind {
  return {
    name,
    coverage: estimateOf(coverage, interval!),
    worstClass: { ...estimateOf(worstClass!.coverage, worstClass!.interval), phase: phaseNames[worstClass!.label] },
    meanSize,
    oracleSize: oracleSize!,
    singletons,
    empties,
  };
}

/** With thousands of rows of every class and batch there is always a coverage and an interval. */
function ofClass({ classes }: SetCoverage, k: number): Estimate {
  return estimateOf(classes[k].coverage!, classes[k].interval!);
}

function setMeasurements(chosen: SetCoverage, pooled: SetCoverage, meanSize: Estimate, n: number): Measurement[] {
  const worst = (
    id: string,
    meaning: string,
    { classes, worstClass }: SetCoverage,
    baseline: number | null,
  ): Measurement =>
    measurement({
      id,
      meaning:
        `${meaning}: of the five phases the one that is covered least (${phaseNames[worstClass!.label]}); the ` +
        "interval is of the least of five, between the least of their low and the least of their high ends",
      value: worstClass!.coverage,
      unit: "share",
      interval: worstClass!.interval,
      n: classes[worstClass!.label].n,
      baseline,
    });
  return [
    measurement({
      id: "MP8.coverage",
      meaning: "share of test rows whose set of phases holds the true one, promised nine in ten",
      value: chosen.coverage,
      unit: "share",
      interval: chosen.interval,
      n,
      baseline: 1 - alpha,
    }),
    worst("MP8.worstClassCoverage", "share of sets that hold the true phase", chosen, pooled.worstClass!.coverage),
    measurement({
      id: "MP8.meanSetSize",
      meaning: "phases per set",
      value: meanSize.value,
      unit: "phases",
      interval: meanSize.interval,
      n,
      baseline: chosen.oracleSize,
    }),
    measurement({
      id: "sets.pooledSize",
      meaning: "phases per set where all phases share one threshold",
      value: pooled.meanSize,
      unit: "phases",
      n,
      baseline: pooled.oracleSize,
    }),
    worst("sets.pooledWorst", "the same where all phases share one threshold", pooled, null),
    measurement({
      id: "sets.oracleSize",
      meaning: "phases per set of one who knows the true probabilities, for nine in ten; some of those sets are empty",
      value: chosen.oracleSize!,
      unit: "phases",
      n,
    }),
    measurement({
      id: "sets.singletons",
      meaning: "share of sets that name one phase",
      value: chosen.singletons,
      unit: "share",
      n,
    }),
  ];
}

function laboratoryMeasurements(laboratories: PhaseSets["laboratories"]): Measurement[] {
  const [{ name, n, coverage }] = laboratories;
  // The worst was chosen: it lies between the least of the low and the least of the high ends, if all twelve hold.
  const least = (end: "low" | "high"): number =>
    Math.min(...laboratories.map(({ coverage: { interval } }) => interval[end]));
  const below = laboratories.filter(({ coverage: { interval } }) => interval.high < 1 - alpha);
  return [
    measurement({
      id: "sets.worstLaboratory",
      meaning:
        "share of sets that hold the true phase in the laboratory that " +
        `is covered least (${name}), Bonferroni over the laboratories`,
      value: coverage.value,
      unit: "share",
      interval: { ...coverage.interval, low: least("low"), high: least("high") },
      n,
      baseline: 1 - alpha,
    }),
    measurement({
      id: "sets.laboratoriesBelow",
      meaning: "laboratories whose interval of coverage lies below the nine in ten that are promised",
      value: below.length,
      unit: `of ${laboratories.length} laboratories`,
    }),
  ];
}

function intervalMeasurements(intervals: readonly QuantityIntervals[]): Measurement[] {
  const widest = intervals.reduce((a, b) => (b.relativeWidth > a.relativeWidth ? b : a));
  return [
    measurement({
      id: "MP8.relativeWidth",
      meaning:
        "width of the 90 % interval over that without a model, " +
        `of the quantity where it is widest (${widest.name})`,
      value: widest.relativeWidth,
      unit: "1",
      interval: widest.widthInterval(),
      n: widest.heldRows,
      baseline: 1,
    }),
    ...intervals.map(({ name, n, coverage, interval, relativeWidth }) =>
      measurement({
        id: `intervals.${name.replaceAll(" ", "-")}`,
        meaning:
          `share of test rows whose 90 % interval holds the ${name}; it ` +
          `is ${relativeWidth.toFixed(2)} times as wide as without a model`,
        value: coverage.value,
        unit: "share",
        interval,
        n,
        baseline: 1 - alpha,
      }),
    ),
  ];
}
