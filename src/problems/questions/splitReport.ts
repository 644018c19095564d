import { measurement, type Measurement } from "../../core/Evidence.js";
import type { EstimateOrReason } from "../../core/statistics/Estimate.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { seededRandom } from "../../core/random/Random.js";
import type { JudgedQuestion } from "./judgeQuestions.js";
import type { ProbabilityScores } from "../rivals/scoreProbabilities.js";
import { type RivalScore, type SplitScores, statisticOf } from "../rivals/scoreRivals.js";
import { type ComparisonVerdict, judgeComparison } from "../../validation/judgeComparison.js";
import { type PairedComparison, pairedComparison } from "../../validation/pairedComparison.js";

/** The chosen rival beside another under one split. */
export interface RivalGain {
  readonly against: string;
  readonly comparison: PairedComparison;
  readonly verdict: ComparisonVerdict;
}

/** Loss of R² or accuracy that would not matter, as the bars were written down. */
export const margin = 0.1;

/** One question under one split, as tables and targets read it: plain data. */
export interface SplitReport {
  readonly question: string;
  readonly what: string;
  /** Of the quantity; of classes "". */
  readonly unit: string;
  readonly split: string;
  /** Null where the split says nothing; `reason` says why. */
  readonly scores: SplitScores | null;
  readonly reason: string | null;
  /** Of the chosen rival, by which others it is to be compared with. */
  readonly gains: readonly RivalGain[];
}

/**
 * What came of a question under a split, with the chosen rival compared with others on the same rows.
 *
 * @param against  names of rivals, those that came
 */
export function splitReport(judged: JudgedQuestion, against: readonly string[], seed: number): SplitReport {
  const { request, asked, split, answers, scores, reason } = judged;
  const { what, unit } = asked.problem;
  const known = { question: request.question, what, unit, split: request.split, reason };
  if (answers === null || scores === null) return { ...known, scores: null, gains: [] };
  const random = seededRandom(seed).fork("gains").fork(request.question).fork(split.name);
  const groups = Array.from(answers.places, (row) => split.groups[row]);
  const truth = Array.from(answers.places, (row) => asked.problem.truth[row]);
  const statistic = (told: Float64Array): ((rows: Uint32Array) => number) =>
    statisticOf(asked.problem, truth, told).statistic;
  return {
    ...known,
    scores: { ...scores, limits: { ...scores.limits, byGroup: fewGroups(scores.limits.byGroup) } },
    gains: against.map((name) => {
      const comparison = pairedComparison(
        groups,
        statistic(answers.chosen),
        statistic(answers.byRival[name]),
        random.fork(name),
        { unit: split.unit },
      );
      return { against: name, comparison, verdict: judgeComparison(comparison, { margin }) };
    }),
  };
}

/** Of hundreds of recipes nobody reads one by one. */
const mostListed = 40;

function fewGroups<Group>(groups: readonly Group[]): readonly Group[] {
  return groups.length <= mostListed ? groups : [];
}

/** Reports under one another: what each split leaves of a question. Splits that say nothing are in the caption. */
export function splitsTable(caption: string, reports: readonly SplitReport[]): ShownTable {
  const said = reports.flatMap(({ what, split, scores }) => (scores === null ? [] : [{ what, split, scores }]));
  const silent = reports.flatMap(({ what, split, reason }) =>
    reason === null ? [] : [`UNKNOWN is ${what}, ${split}: ${reason}`],
  );
  return shownTable({
    caption: [`${caption}: R² of quantities, accuracy of classes`, ...silent].join(". "),
    columns: [
      { name: "question", of: ({ what }) => what },
      { name: "left out", of: ({ split }) => split },
      { name: "rows", of: ({ scores }) => scores.rows },
      { name: "groups", of: ({ scores: { groups, unit } }) => `${groups}, each ${unit}` },
      { name: "constant", of: ({ scores: { rivals } }) => rounded(rivals.find(isConstant)?.score) },
      { name: "chosen", of: ({ scores: { chosen } }) => rounded(chosen.score) },
      { name: "95 % interval", align: "right", of: ({ scores: { chosen } }) => range(chosen.score) },
      {
        name: "90 % limits hold",
        unit: "share",
        of: ({ scores: { limits } }) => (limits.width === null ? null : rounded(limits.overGroups)),
      },
      {
        name: "strange",
        unit: "share",
        of: ({ scores: { domain } }) => (domain.outside === null ? null : Number(domain.outside.toFixed(2))),
      },
    ],
    rows: said,
  });
}

/**
 * How far probabilities of the chosen rival are from what they say, before and after a temperature of the training rows
 * mended them: class questions whose training rows were divided.
 */
export function probabilitiesTable(caption: string, reports: readonly SplitReport[]): ShownTable {
  const said = reports.flatMap(({ what, split, scores }) =>
    scores?.calibration == null ? [] : [{ what, split, rows: scores.rows, ...scores.calibration }],
  );
  const silent = said.flatMap(({ what, split, raw: { error } }) =>
    error.reason === null ? [] : [`UNKNOWN is ${what}, ${split}: ${error.reason}`],
  );
  return shownTable({
    caption: [
      `${caption}: log loss, and calibration error of the likeliest class with its 95 % interval, as told and as ` +
        "calibrated on training rows",
      "Below 2,000 rows an error is no verdict",
      ...silent,
    ].join(". "),
    columns: [
      { name: "question", of: ({ what }) => what },
      { name: "left out", of: ({ split }) => split },
      { name: "rows", of: ({ rows }) => rows },
      { name: "loss as told", unit: "nats", of: ({ raw }) => rounded(raw.loss) },
      { name: "loss calibrated", unit: "nats", of: ({ calibrated }) => rounded(calibrated.loss) },
      { name: "error as told", align: "right", of: ({ raw }) => withRange(raw.error) },
      { name: "error calibrated", align: "right", of: ({ calibrated }) => withRange(calibrated.error) },
      { name: "by chance", of: ({ calibrated: { chance } }) => (chance === null ? null : Number(chance.toFixed(3))) },
    ],
    rows: said,
  });
}

function isConstant({ name }: RivalScore): boolean {
  return name === "constant";
}

/**
 * Measurements of reports: `question.split.score` and so on.
 *
 * @param options.within  goes before, so that a proof and a notebook may measure the same under ids of their own
 */
export function splitMeasurements(
  reports: readonly SplitReport[],
  { within = "" }: { readonly within?: string } = {},
): readonly Measurement[] {
  return reports.flatMap(({ question, what, unit, split, scores, gains, reason }): Measurement[] => {
    const id = `${within}${question}.${split.replaceAll(" ", "-")}`;
    if (scores === null)
      return [
        measurement({ id: `${id}.score`, meaning: `${what}, ${split}`, value: null, unit: "1", reason: reason! }),
      ];
    const { chosen, rivals, limits, domain, measure, rows, unit: group, calibration } = scores;
    const isShare = measure === "accuracy";
    const constant = rivals.find(isConstant)?.score.value ?? null;
    return [
      told(`${id}.score`, `${measure} of the chosen rival: ${what}, ${split}`, chosen.score, {
        unit: isShare ? "share" : "1",
        n: rows,
        baseline: constant,
      }),
      told(
        `${id}.loss`,
        `${isShare ? "log loss" : "mean absolute error"} of the chosen rival: ${what}, ${split}`,
        chosen.loss,
        {
          unit: isShare ? "nats" : unit,
          n: rows,
          baseline: rivals.find(isConstant)?.loss.value ?? null,
        },
      ),
      ...(calibration === null ? [] : calibrationMeasurements(id, `${what}, ${split}`, calibration, rows)),
      ...(limits.width === null
        ? []
        : [
            told(
              `${id}.coverage`,
              `share of outcomes within their 90 % limits, a mean over groups (each ${group}): ${what}, ${split}`,
              limits.overGroups,
              { unit: "share", n: rows, baseline: limits.promised },
            ),
            told(
              `${id}.seenComing`,
              `how likely a row whose limits failed is stranger than one whose limits held: ${what}, ${split}`,
              domain.area,
              { unit: "1", n: rows, baseline: 0.5 },
            ),
          ]),
      ...gains.map(({ against, comparison, verdict: { verdict, power } }) =>
        told(
          `${id}.gainOn-${against.replaceAll(/[^a-zA-Z]+/g, "-")}`,
          `${measure} of the chosen rival less that of ${against}: ${what}, ${split}; ${verdict}` +
            (power === null ? "" : `, power for a margin of ${margin} ${power.toFixed(2)}`),
          comparison.gain,
          { unit: isShare ? "share difference" : "1", n: rows, baseline: 0 },
        ),
      ),
    ];
  });
}

function calibrationMeasurements(
  id: string,
  of: string,
  { raw, calibrated, gain }: ProbabilityScores,
  n: number,
): readonly Measurement[] {
  const byChance = calibrated.chance === null ? "" : `; ${calibrated.chance.toFixed(3)} by chance`;
  const few = calibrated.error.value !== null && calibrated.underpowered ? "; too few rows for a verdict" : "";
  return [
    told(
      `${id}.calibratedLoss`,
      `log loss of the chosen rival, its probabilities calibrated on training rows: ${of}`,
      calibrated.loss,
      { unit: "nats", n, baseline: raw.loss.value },
    ),
    told(`${id}.calibrationGain`, `log loss as told less that of calibrated probabilities: ${of}`, gain, {
      unit: "nats",
      n,
      baseline: 0,
    }),
    told(
      `${id}.calibrationError`,
      `calibration error of the likeliest class of the chosen rival, calibrated on training rows: ${of}` +
        `${byChance}${few}`,
      calibrated.error,
      { unit: "share", n, baseline: raw.error.value },
    ),
  ];
}

/** A measurement of an estimate, or of why there is none. */
export function told(
  id: string,
  meaning: string,
  { value, interval, reason }: EstimateOrReason,
  more: Pick<Measurement, "unit"> & Partial<Measurement>,
): Measurement {
  return measurement({ id, meaning, value, interval, reason: value === null ? reason : null, ...more });
}

function rounded(estimate: EstimateOrReason | undefined): number | null {
  return estimate?.value == null ? null : Number(estimate.value.toFixed(3));
}

function withRange(estimate: EstimateOrReason): string {
  return estimate.value === null ? "UNKNOWN" : `${estimate.value.toFixed(3)} (${range(estimate)})`;
}

function range({ interval }: EstimateOrReason): string {
  return interval === null ? "" : `${interval.low.toFixed(2)} to ${interval.high.toFixed(2)}`;
}
