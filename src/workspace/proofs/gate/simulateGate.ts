import { errorOverBins } from "../../../calibration/errorOverBins.js";
import { equalMassCuts } from "../../../core/metrics/equalMassCuts.js";
import { philox4x32 } from "../../../core/random/philox4x32.js";
import { philoxKey } from "../../../core/random/philoxKey.js";
import { seededRandom, type Random } from "../../../core/random/Random.js";
import { gateLayout, gateThreshold, type GateScenario } from "./gateScenarios.js";
import { confidenceAt, miscalibrations, namedShare, type Miscalibration } from "./miscalibrations.js";

/** What the gate made of the draws of one scenario. */
export interface GateResult extends GateScenario {
  /** Draws whose upper end clears the threshold. */
  readonly passes: number;
  /** Draws whose lower end is 0. */
  readonly zeros: number;
  /** Draws whose interval holds the true error. */
  readonly held: number;
  /** Means over draws. */
  readonly value: number;
  readonly high: number;
}

/** The bound that is tried: that of the gate, or another for comparison. */
export type TriedBound = typeof errorOverBins;

const bins = 15;
const level = 0.95;
/** Answers that the population consists of, by rising confidence: so many that bins are cut finely. */
const population = 2 ** 12;
/** A place is the upper bits of a word; the lower half decides whether it is shared. */
const placeShift = 32 - Math.log2(population);
/** Other rows are drawn anew so often among the draws of a scenario. */
const cutSets = 5;

/**
 * Draws rows of a model whose true calibration error is known, over and over, and counts what the bound says of them.
 *
 * @param seed   equal seeds give equal results; each scenario has streams of its own
 * @param bound  default: that of the gate
 */
export function simulateGate(scenario: GateScenario, seed: number, bound: TriedBound = errorOverBins): GateResult {
  const miscalibration = miscalibrations.find(({ name }) => name === scenario.miscalibration)!;
  const { layout, cuts: cutOn, rows, error, draws } = scenario;
  const random = seededRandom(seed).fork(`${scenario.miscalibration}, ${layout}, ${cutOn}, ${rows} rows, ${error}`);
  const says = Float64Array.from({ length: population }, (_, at) => confidenceAt(rankOf(at)));
  const whole = equalMassCuts(says, bins);
  const batchRows = layout === "rows" ? 1 : gateLayout.batchRows;
  const codes = Uint32Array.from({ length: rows }, (_, row) => Math.floor(row / batchRows));
  const groups = codes[rows - 1] + 1;
  const unit = layout === "rows" ? "row" : "batch";
  const [confidences, correct] = [new Float64Array(rows), new Uint8Array(rows)];
  const found = { passes: 0, zeros: 0, held: 0, value: 0, high: 0 };
  const sets = cutOn === "same rows" ? 1 : cutSets;
  for (let set = 0; set < sets; set++) {
    const own = random.fork(set);
    const others = cutOn === "same rows" ? null : otherCuts(says, own.fork("cuts"));
    const right = solvedFor(error, miscalibration, others ?? whole, says);
    const draw = drawRows({ says, right, batchRows }, own.fork("rows"));
    for (let i = 0; i < draws / sets; i++) {
      draw(confidences, correct);
      const cuts = others ?? equalMassCuts(confidences, bins);
      const { value, interval } = bound(confidences, correct, { cuts, codes, groups, level, unit });
      found.passes += Number(interval.high <= gateThreshold);
      found.zeros += Number(interval.low === 0);
      found.held += Number(interval.low <= error && error <= interval.high);
      found.value += value / draws;
      found.high += interval.high / draws;
    }
  }
  return { ...scenario, ...found };
}

function rankOf(at: number): number {
  return (at + 0.5) / population;
}

function otherCuts(says: Float64Array, random: Random): Float64Array {
  return equalMassCuts(
    Float64Array.from({ length: gateLayout.cutRows }, () => says[Math.floor(random() * population)]),
    bins,
  );
}

/** Chance of a right answer, where it is the class that is named too often, and where it is another. */
interface Right {
  readonly named: Float64Array;
  readonly other: Float64Array;
}

/** The amount of a miscalibration under which the error of the population over these bins is the one wanted. */
function solvedFor(
  error: number,
  { name, right, most }: Miscalibration,
  cuts: Float64Array,
  says: Float64Array,
): Right {
  const top = says.findIndex((confidence) => confidence > cuts[bins - 2]) / population;
  const at = (amount: number): Right => {
    const of = (isNamed: boolean): Float64Array =>
      says.map((confidence, place) => right(amount, { confidence, rank: rankOf(place), isNamed, top }));
    return { named: of(true), other: of(false) };
  };
  if (trueError(at(most), cuts, says) < error)
    throw new RangeError(`simulateGate: ${name} cannot make a calibration error of ${error}`);
  let [low, high] = [0, most];
  for (let round = 0; round < 24 && error > 0; round++) {
    const middle = (low + high) / 2;
    if (trueError(at(middle), cuts, says) < error) low = middle;
    else high = middle;
  }
  return at(error > 0 ? high : 0);
}

function trueError({ named, other }: Right, cuts: Float64Array, says: Float64Array): number {
  const gaps = new Float64Array(bins);
  let bin = 0;
  for (let at = 0; at < population; at++) {
    while (bin < cuts.length && says[at] > cuts[bin]) bin++;
    const share = namedShare(rankOf(at));
    gaps[bin] += says[at] - share * named[at] - (1 - share) * other[at];
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / population;
}

/**
 * Rows of a model, batch by batch. A row is right if a uniform number lies below its chance. With probability √ρ that
 * number is its batch's, so that two rows of a batch that are right equally often correlate by ρ; each row alone keeps
 * its chance.
 */
function drawRows(
  { says, right, batchRows }: { readonly says: Float64Array; readonly right: Right; readonly batchRows: number },
  random: Random,
): (confidences: Float64Array, correct: Uint8Array) => void {
  const key = philoxKey(random);
  const words = new Uint32Array(4);
  const counter = new Uint32Array(4);
  const sharedLuck = Math.round(Math.sqrt(gateLayout.intraclassCorrelation) * 2 ** 32);
  const sharedPlace = gateLayout.sharedConfidence * 2 ** 16;
  const shares = says.map((_, at) => namedShare(rankOf(at)) * 2 ** 16);
  return (confidences, correct) => {
    let [batchPlace, batchLuck] = [0, 0];
    counter[1]++;
    for (let row = 0; row < confidences.length; row++) {
      counter[0] = row;
      if (batchRows > 1 && row % batchRows === 0) {
        counter[2] = 1;
        philox4x32(counter, key, words);
        [batchPlace, batchLuck] = [words[0] >>> placeShift, words[1]];
        counter[2] = 0;
      }
      philox4x32(counter, key, words);
      const isShared = batchRows > 1;
      const place = isShared && (words[0] & 0xffff) < sharedPlace ? batchPlace : words[0] >>> placeShift;
      const luck = isShared && words[3] < sharedLuck ? batchLuck : words[1];
      const isNamed = words[2] >>> 16 < shares[place];
      confidences[row] = says[place];
      correct[row] = Number(luck < (isNamed ? right.named : right.other)[place] * 2 ** 32);
    }
  };
}
