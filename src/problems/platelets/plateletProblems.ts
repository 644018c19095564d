import { joinMatrices } from "../../core/joinMatrices.js";
import { type Matrix, selectMatrixRows } from "../../core/Matrix.js";
import { numbersOf, type Table, textsOf } from "../../core/Table.js";
import { averaged } from "../fewRows/averaged.js";
import type { Candidate } from "../fewRows/Candidate.js";
import { classForest, classProcess, constantShares, logistic, withRoom } from "../fewRows/classCandidates.js";
import { forestNumber } from "../fewRows/forestNumber.js";
import { networkNumber } from "../fewRows/networkNumber.js";
import { ofLogarithm } from "../fewRows/ofLogarithm.js";
import {
  constantAnswer,
  constantNumber,
  quantityProcess,
  ridge,
  type TargetRows,
} from "../fewRows/targetCandidates.js";
import type { RealProblem } from "../rivals/RealProblem.js";
import { formedClasses, type TwinReading } from "./plateletCandidates.js";
import { featureMeans, plateletMatrix, plateletRows } from "./plateletRows.js";
import { firstTwinView } from "./twinView.js";

/** One question of the table of platelets, and what splits need to know of its rows. */
export interface PlateletProblem {
  readonly problem: RealProblem;
  /** Of each row, by which rows are left out together. */
  readonly recipes: readonly string[];
  /** Rows of one recipe and fraction repeat one another. */
  readonly repeats: readonly string[];
  /** Empty where nothing was added. */
  readonly antisolvents: readonly string[];
  /** Day on which the row was published, YYYY-MM-DD; empty where it is not told. */
  readonly dates: readonly string[];
}

/** What is asked of platelets. */
export interface PlateletProblems {
  /** nm. */
  readonly peak: PlateletProblem;
  /** At half maximum, nm. */
  readonly width: PlateletProblem;
  readonly quantumYield: PlateletProblem;
  /** Failed or formed. */
  readonly formed: PlateletProblem;
}

/**
 * What smooth functions and trees learn from. Six: with fewer antisolvents than properties of them, more would tell
 * one antisolvent from another. They were chosen on rows of the first date alone, by leaving antisolvents out there.
 */
export const leanFeatures: readonly string[] = [
  "rootCaesiumLeadRatio",
  "rootAddedPerLead",
  "leadMillimolar",
  "supernatant",
  "relativePolarity",
  "molarVolume",
];

/**
 * Rivals that stand at first, of the peak and of the width: the best of each on rows of the first date, by recipe and
 * by antisolvent. A dozen antisolvents seldom tell two rivals apart, and a constant would stand for want of proof.
 */
const [ownLengths, oneLength] = ["Gaussian process", "Gaussian process of one length"];

/** What a chemist would ask first of an antisolvent. */
export const polarityAlone = "antisolvent polarity alone";

/**
 * What is asked of the full table of platelets, each of the rows of which it is known, with its rivals in the order in
 * which they challenge.
 *
 * @param table  as loadAllNanoplatelets gives it
 * @param options.seed  of the twin's draws
 * @throws InputError as plateletRows and firstTwinView
 */
export async function plateletProblems(table: Table, { seed }: { readonly seed: number }): Promise<PlateletProblems> {
  const rows = plateletRows(table);
  // Means stand in for properties that no list has, in training and in test rows alike: of recipes, not of outcomes.
  const own = plateletMatrix(rows, featureMeans(rows));
  const features = joinMatrices([own, (await firstTwinView(table, seed)).view]);
  const [dates, parts] = ["firstCommit", "measuredPart"].map((name) => textsOf(table, name));
  const problemOf = (
    truth: Float64Array,
    question: Pick<RealProblem, "id" | "what" | "classes" | "unit" | "incumbent" | "least">,
    rivals: (features: Matrix) => readonly Candidate<TargetRows>[],
  ): PlateletProblem => {
    const known = Uint32Array.from(truth.keys()).filter((row) => !Number.isNaN(truth[row]));
    const ownFeatures = selectMatrixRows(features, known);
    const of = (texts: readonly string[]): readonly string[] => Array.from(known, (row) => texts[row]);
    return {
      problem: {
        ...question,
        features: ownFeatures,
        truth: Float64Array.from(known, (row) => truth[row]),
        candidates: rivals(ownFeatures),
      },
      recipes: of(rows.recipes),
      repeats: of(rows.recipes.map((recipe, row) => `${recipe} ${parts[row]}`)),
      antisolvents: of(rows.solvents),
      dates: of(dates),
    };
  };
  const quantity = { classes: null, unit: "nm" } as const;
  return {
    peak: problemOf(
      rows.peak,
      { ...quantity, id: "platelet-peak", what: "emission peak of platelets", incumbent: ownLengths },
      (some) => quantityRivals(some, "twinPeak"),
    ),
    width: problemOf(
      rows.width,
      { ...quantity, id: "platelet-width", what: "emission width of platelets", incumbent: oneLength },
      // Widths are skewed: their ratios are what is learned.
      (some) => quantityRivals(some, "twinWidth").map(ofLogarithm),
    ),
    quantumYield: problemOf(
      numbersOf(table, "quantumYield").map(Number) as Float64Array,
      {
        classes: null,
        unit: "1",
        least: 0,
        id: "platelet-yield",
        what: "quantum yield of platelets",
        incumbent: constantAnswer,
      },
      (some) => quantityRivals(some, null),
    ),
    formed: problemOf(
      rows.formed,
      {
        classes: formedClasses,
        unit: "",
        id: "platelet-formed",
        what: "whether platelets form",
        incumbent: constantAnswer,
      },
      formedRivals,
    ),
  };
}

/** @param reading  what the twin says of the quantity; null where it says nothing */
function quantityRivals(all: Matrix, reading: TwinReading | null): readonly Candidate<TargetRows>[] {
  const lean = placesOf(all, leanFeatures);
  // Thickness goes in whole layers, so that outcomes step: the rough kernel was the better on rows of the first date.
  const rough = { smoothness: 0.5 } as const;
  const process = quantityProcess(oneLength, lean, all, { ...rough, lengths: "shared" });
  const trees = forestNumber("extremely randomised trees", lean, { thresholds: "drawn" });
  return [
    constantNumber,
    ...(reading === null ? [] : [ridge("twin with offset", placesOf(all, [reading]))]),
    ridge("ridge", [...all.names.keys()]),
    quantityProcess(ownLengths, lean, all, rough),
    process,
    forestNumber("forest", lean, { thresholds: "best" }),
    trees,
    averaged("process and trees", [process, trees]),
    networkNumber("network", lean),
  ];
}

function formedRivals(all: Matrix): readonly Candidate<TargetRows>[] {
  const lean = placesOf(all, leanFeatures);
  return [
    constantShares(formedClasses),
    logistic(polarityAlone, placesOf(all, ["relativePolarity"]), formedClasses),
    logistic("twin with offset", placesOf(all, ["twinFormedLogit"]), formedClasses),
    logistic("logistic", [...all.names.keys()], formedClasses),
    classProcess("Gaussian process", lean, all, formedClasses),
    classForest(formedClasses),
  ].map((candidate) => withRoom(candidate, formedClasses));
}

function placesOf({ names }: Matrix, wanted: readonly string[]): readonly number[] {
  return wanted.map((name) => names.indexOf(name));
}
