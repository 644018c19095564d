import { phaseCode, phaseNames } from "../../chemistry/phases.js";
import type { RouteName } from "../../chemistry/recipeSchema.js";
import { argmax } from "../../core/metrics/argmax.js";
import type { Random } from "../../core/random/Random.js";
import type { EstimateOrReason } from "../../core/statistics/Estimate.js";
import { estimateOverGroups } from "../../core/statistics/estimateOverGroups.js";
import { explainedOfRows } from "../../core/statistics/explainedOfRows.js";
import type { StatisticKind } from "../../core/statistics/jackknifeInterval.js";
import { meanOfRows } from "../../core/statistics/meanOfRows.js";
import { sortedQuantile } from "../../core/statistics/sortedQuantile.js";
import { numbersOf, rowsWhere, selectRows, type Table, textsOf } from "../../core/Table.js";
import { publishedCases } from "../../experiments/publishedCases.js";
import {
  blamedForPeak,
  blamedForPhase,
  blamedForSize,
  reachablePeaks,
  type Equation,
  equations,
  tellingMeasurement,
} from "./blamedEquation.js";
import type { TwinOpinion } from "./twinOpinion.js";

/** A measured value beside what the simulator said of its recipe, which is NaN where it says none. */
export interface RealityPoint {
  readonly predicted: number;
  readonly measured: number;
  /** Paper or recipe. */
  readonly group: string;
  /** That the failure is traced to; null where it is none. */
  readonly equation: Equation | null;
}

/** A failing equation, how many rows it explains, and what would tell. */
export interface BlamedRows {
  readonly equation: Equation;
  readonly rows: number;
  readonly groups: number;
  readonly measurement: string;
}

/** The simulator against one measured quantity, in one part of the tables. */
export interface RealityCheck {
  readonly quantity: "phase" | "size" | "emission peak";
  /** Of points: codes of phases, ln nm, nm. */
  readonly unit: "code" | "ln nm" | "nm";
  readonly part: string;
  /** What a group is: paper, recipe. */
  readonly groupedBy: string;
  readonly n: number;
  readonly groups: number;
  /** Of these rows the simulator names no value: no particles, or dark ones. */
  readonly silent: number;
  /** R² of a quantity, accuracy of the phase; over rows with a value. */
  readonly score: EstimateOrReason;
  /** Mean of predicted less measured; of the phase null. */
  readonly bias: EstimateOrReason | null;
  /** Median of the absolute error; of the phase null. */
  readonly medianError: number | null;
  /** The same of the constant that these very rows speak for: their mean, or most frequent phase. */
  readonly constant: { readonly score: number; readonly medianError: number | null };
  readonly blamed: readonly BlamedRows[];
  readonly points: readonly RealityPoint[];
}

/** Tables with what the simulator says of them. */
export interface RealityTables {
  /** As loadRecipes gives them. */
  readonly recipes: Table;
  readonly ofRecipes: TwinOpinion;
  /** As loadAllNanoplatelets gives them. */
  readonly platelets: Table;
  readonly ofPlatelets: TwinOpinion;
  /** DOIs of papers that stand apart. */
  readonly heldOut: readonly string[];
}

/**
 * Predicted against measured phase, size and emission peak: of open papers, held-out papers and platelets, each by
 * itself. Nothing is fitted here. Open papers set the twin's assumed parameters, and many of the recipes its law of
 * size: there it is judged on what it was made from. Rows that fail are traced to an equation by the rules of
 * blamedForPhase, blamedForSize and blamedForPeak.
 */
export function simulatorAgainstReality(tables: RealityTables, random: Random): readonly RealityCheck[] {
  const { recipes, ofRecipes, platelets, ofPlatelets, heldOut } = tables;
  const papers = textsOf(recipes, "doi");
  const parts = [
    { part: "open papers", rows: rowsWhere(recipes, (row) => !heldOut.includes(papers[row])) },
    { part: "held-out papers", rows: rowsWhere(recipes, (row) => heldOut.includes(papers[row])) },
  ].map(({ part, rows }) => ({
    part,
    table: selectRows(recipes, rows),
    opinion: someOpinion(ofRecipes, rows),
    groups: Array.from(rows, (row) => papers[row]),
    groupedBy: "paper",
  }));
  const ofLaboratory = {
    part: "platelets",
    table: platelets,
    opinion: ofPlatelets,
    groups: textsOf(platelets, "recipe"),
    groupedBy: "recipe",
  };
  return [
    ...[...parts, ofLaboratory].map((one) => phaseCheck(one, random.fork(`phase ${one.part}`))),
    ...parts.map((one) => sizeCheck(one, random.fork(`size ${one.part}`))),
    peakCheck(ofLaboratory, random.fork("peak")),
  ];
}

const openInputs: Equation = "what the recipe leaves open";

interface Part {
  readonly part: string;
  readonly table: Table;
  readonly opinion: TwinOpinion;
  readonly groups: readonly string[];
  readonly groupedBy: string;
}

function phaseCheck({ part, table, opinion, groups, groupedBy }: Part, random: Random): RealityCheck {
  const phases = textsOf(table, "phase");
  const known = rowsWhere(table, (row) => phases[row] !== "");
  const told = argmax(opinion.probabilities, phaseNames.length);
  const cases = publishedCases(selectRows(table, known));
  const inputs = ["oleicAcidMolar", "oleylamineMolar", "waterFraction", "timeSecond"].map((name) =>
    numbersOf(table, name),
  );
  const isOpen = (row: number): boolean => inputs.some((values) => Number.isNaN(values[row]));
  const points = Array.from(known, (row, i): RealityPoint => {
    const measured = phaseCode(phases[row]);
    const blamed = (): Equation => (isOpen(row) ? openInputs : blamedForPhase(cases[i].conditions, measured));
    return {
      predicted: told[row],
      measured,
      group: groups[row],
      equation: told[row] === measured ? null : blamed(),
    };
  });
  const right = points.map(({ predicted, measured }) => Number(predicted === measured));
  const counts = phaseNames.map((_, code) => points.filter(({ measured }) => measured === code).length);
  return {
    ...{ quantity: "phase", unit: "code", part, groupedBy, silent: 0, bias: null, medianError: null },
    ...counted(points),
    score: estimate(points, meanOfRows(right), { kind: "share", groupedBy }, random),
    constant: { score: Math.max(...counts) / points.length, medianError: null },
    points,
  };
}

function sizeCheck({ part, table, opinion, groups, groupedBy }: Part, random: Random): RealityCheck {
  const [sizes, phases] = [numbersOf(table, "sizeNanometre"), textsOf(table, "phase")];
  const known = rowsWhere(table, (row) => sizes[row] > 0 && phases[row] === "CsPbBr3");
  const cases = publishedCases(selectRows(table, known));
  const residuals = Array.from(known, (row) => Math.log(sizes[row]) - opinion.lnSize[row]);
  const points = Array.from(known, (row, i): RealityPoint => {
    const ofPaper = residuals.filter((value, k) => groups[known[k]] === groups[row] && !Number.isNaN(value));
    return {
      predicted: opinion.lnSize[row],
      measured: Math.log(sizes[row]),
      group: groups[row],
      equation: blamedForSize({
        route: cases[i].conditions.route,
        residual: residuals[i],
        ofPaper: ofPaper.reduce((sum, value) => sum + value, 0) / ofPaper.length,
        rowsOfPaper: ofPaper.length,
      }),
    };
  });
  return { quantity: "size", unit: "ln nm", part, groupedBy, ...ofQuantity(points, groupedBy, random), points };
}

function peakCheck({ part, table, opinion, groups, groupedBy }: Part, random: Random): RealityCheck {
  const [peaks, sizes] = ["photoluminescencePeakNanometre", "sizeNanometre"].map((name) =>
    Object.hasOwn(table.columns, name) ? numbersOf(table, name) : new Float64Array(table.numRows).fill(Number.NaN),
  );
  const known = rowsWhere(table, (row) => peaks[row] > 0);
  const routes = textsOf(table, "route");
  const [temperatures, times] = ["temperatureCelsius", "timeSecond"].map((name) => numbersOf(table, name));
  const points = Array.from(known, (row): RealityPoint => {
    const [predicted, measured] = [opinion.peak[row], peaks[row]];
    return {
      predicted,
      measured,
      group: groups[row],
      equation: blamedForPeak({
        predicted,
        measured,
        route: routes[row] as RouteName,
        size: sizes[row],
        reachable: reachablePeaks(routes[row] as RouteName, {
          temperatureCelsius: temperatures[row],
          timeSecond: times[row],
        }),
      }),
    };
  });
  return { quantity: "emission peak", unit: "nm", part, groupedBy, ...ofQuantity(points, groupedBy, random), points };
}

/** Over the points of which the simulator says something. */
function ofQuantity(
  points: readonly RealityPoint[],
  groupedBy: string,
  random: Random,
): Omit<RealityCheck, "quantity" | "unit" | "part" | "points" | "groupedBy"> {
  const told = points.filter(({ predicted }) => !Number.isNaN(predicted));
  const truth = told.map(({ measured }) => measured);
  const errors = told.map(({ predicted, measured }) => predicted - measured);
  const mean = truth.reduce((sum, value) => sum + value, 0) / truth.length;
  const predicted = told.map((point) => point.predicted);
  return {
    ...counted(points),
    silent: points.length - told.length,
    score: estimate(told, explainedOfRows(truth, predicted), { kind: "explained", groupedBy }, random.fork("score")),
    bias: estimate(told, meanOfRows(errors), { kind: "mean", groupedBy }, random.fork("bias")),
    medianError: median(errors.map(Math.abs)),
    constant: { score: 0, medianError: median(truth.map((value) => Math.abs(value - mean))) },
  };
}

function counted(points: readonly RealityPoint[]): Pick<RealityCheck, "n" | "groups" | "blamed"> {
  const blamed = equations.flatMap((equation): BlamedRows[] => {
    const own = points.filter((point) => point.equation === equation);
    if (own.length === 0) return [];
    const groups = new Set(own.map(({ group }) => group)).size;
    return [{ equation, rows: own.length, groups, measurement: tellingMeasurement[equation] }];
  });
  return { n: points.length, groups: new Set(points.map(({ group }) => group)).size, blamed };
}

function estimate(
  points: readonly RealityPoint[],
  statistic: (rows: Uint32Array) => number,
  { kind, groupedBy: unit }: { readonly kind: StatisticKind; readonly groupedBy: string },
  random: Random,
): EstimateOrReason {
  if (points.length === 0)
    return { value: null, interval: null, reason: "no row has both a measured and a predicted value" };
  const groups = points.map(({ group }) => group);
  return estimateOverGroups(groups, statistic, random, { kind, unit, alike: "all measured values are alike" });
}

function median(values: readonly number[]): number | null {
  return values.length === 0 ? null : sortedQuantile(Float64Array.from(values).sort(), 0.5);
}

function someOpinion({ probabilities, lnSize, peak }: TwinOpinion, rows: Uint32Array): TwinOpinion {
  const width = phaseNames.length;
  return {
    probabilities: Float64Array.from(
      Array.from(rows).flatMap((row) => [...probabilities.subarray(row * width, (row + 1) * width)]),
    ),
    lnSize: Float64Array.from(rows, (row) => lnSize[row]),
    peak: Float64Array.from(rows, (row) => peak[row]),
  };
}
