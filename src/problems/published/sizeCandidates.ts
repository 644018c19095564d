import type { Matrix } from "../../core/Matrix.js";
import type { Candidate } from "../fewRows/Candidate.js";
import { forestNumber } from "../fewRows/forestNumber.js";
import { networkNumber } from "../fewRows/networkNumber.js";
import { constantNumber, quantityProcess, ridge, type TargetRows } from "../fewRows/targetCandidates.js";
import { lawWithOffsets } from "./lawWithOffsets.js";
import { shrunkToLaw } from "./shrunkToLaw.js";

/** Names of rivals that bars speak of. */
export const sizeRivals = {
  law: "law",
  trees: "extra trees",
  shrunk: "law and what trees find beyond it",
} as const;

/** Which columns each kind of rival takes, by name; and the paper of each row. */
export interface SizeColumns {
  readonly all: readonly string[];
  readonly law: readonly string[];
  /** Of the Gaussian process: fewer than all, for each has a length to be found. */
  readonly smooth: readonly string[];
  readonly papers: readonly string[];
}

/** Penalty that leaves least squares as they are, unless columns are collinear. */
const nearlyNone = 1e-6;
/** Of standardised columns, some of which say nothing. */
const penalty = 10;
/** Trees of a correction, which is learned dozens of times for each row that is told. */
const correctionTrees = 50;

/**
 * Ways to tell ln size of a hot injection, in the order in which they challenge. The law is linear in temperature, ln
 * of the ratios of anion and amine to metal, and ln time.
 *
 * @param whole  features of all rows
 */
export function sizeCandidates(
  whole: Matrix,
  { all, law, smooth, papers }: SizeColumns,
): readonly Candidate<TargetRows>[] {
  const placesOf = (names: readonly string[]): number[] => names.map((name) => whole.names.indexOf(name));
  const [own, every] = [placesOf(law), placesOf(all)];
  const line = ridge(sizeRivals.law, own, nearlyNone);
  return [
    constantNumber,
    line,
    lawWithOffsets("law, papers with offsets", own, papers),
    shrunkToLaw(sizeRivals.shrunk, {
      law: line,
      correction: forestNumber("trees", every, { thresholds: "drawn", trees: correctionTrees, leastLeaf: 3 }),
      papers,
    }),
    ridge("ridge", every, penalty),
    quantityProcess("Gaussian process", placesOf(smooth), whole),
    forestNumber(sizeRivals.trees, every),
    networkNumber("network", every),
  ];
}
