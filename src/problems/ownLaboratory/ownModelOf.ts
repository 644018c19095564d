import type { Table } from "../../core/Table.js";
import type { LimitsWithout } from "../../predictor/limitsWithout.js";
import type { LoadedPhaseModel } from "../../predictor/phaseModelOf.js";
import type { QuantityLimits } from "../../predictor/quantityLimits.js";
import { fitConformalIntervals } from "../../uncertainty/conformal/fitConformalIntervals.js";
import { chosenAnswerer } from "../fewRows/nestedChoice.js";
import { askTwin } from "./askTwin.js";
import { askedLaboratories, ownCandidates } from "./ownCandidates.js";
import { ownAlpha, type OwnLaboratory, type OwnQuantity } from "./OwnLaboratory.js";
import { ownLimits } from "./ownLimits.js";
import { ownPromise } from "./ownPromise.js";
import { ownNumbers, twinReadings } from "./ownQuantities.js";
import { recipesAlone } from "./OwnRows.js";

/**
 * A model of an own laboratory, ready to answer as one of the twin does.
 *
 * Sets are those of a cross-validation (CV+): a phase enters unless nearly all rows fitted better than it does, each
 * judged by the model that had not seen it; the likeliest phase is always in it. Of recipes that leave values out, rows
 * are judged with the same values taken away.
 */
export async function ownModelOf(laboratory: OwnLaboratory): Promise<LoadedPhaseModel> {
  const { model, encoder, domain, rules, quantities } = laboratory;
  const candidates = ownCandidates(laboratory.phases, laboratory.noTwin === null);
  const chosen = [model, ...model.folds];
  const drawn = askedLaboratories(chosen);
  const ask = drawn.length === 0 ? null : await askTwin(drawn);
  const answerers = chosen.map((one) => chosenAnswerer(candidates, one));
  /** Of the whole model, and of each fold's. */
  const answersOf = (table: Table, labs: readonly string[]): Float64Array[] => {
    const rows = recipesAlone({ table, labs, twin: ask === null ? null : ask(table) });
    return answerers.map((answerer) => answerer(rows));
  };
  const numbers = ownNumbers(quantities);
  const readings = quantities.some(({ readingMean }) => readingMean !== null) ? await twinReadings() : null;
  const found = new Map<string, LimitsWithout>();
  const without = (missing: readonly string[]): LimitsWithout => {
    const key = missing.join();
    const known = found.get(key) ?? ownLimits(laboratory, missing, answersOf);
    found.set(key, known);
    return known;
  };
  return {
    encoder,
    limits: { calibrator: null, domain, quantities: quantities.map(quantityLimits), rules },
    promise: ownPromise(laboratory),
    targetScales: [],
    answer: (features, recipes, labs = new Array<string>(recipes.numRows).fill("")) => {
      const [probabilities, ...folds] = answersOf(recipes, labs);
      return { probabilities, targets: none, folds, numbers: numbers(features, readings?.(recipes) ?? null) };
    },
    without,
    // The twin does.
    knowsMore: laboratory.noTwin === null,
    strangeLaboratory: strangeTo(laboratory.labs),
  };
}

const none = new Float64Array(0);

/** For what is asked of any model: the intervals of answers come with them. */
function quantityLimits({ column, unit, scale, rows, values, outOfFold }: OwnQuantity): QuantityLimits {
  const centre = Float64Array.from(rows, (_, i) => outOfFold[2 * i]);
  return {
    column,
    unit,
    scale,
    intervals: fitConformalIntervals({ centre }, values, { alpha: ownAlpha }),
    rows: rows.length,
    relativeWidth: null,
    ceiling: { reason: "nobody has asked the simulator about experiments like these" },
  };
}

/** Where rows came from several laboratories, limits hold within these. */
function strangeTo(labs: readonly string[]): (lab: string) => string | null {
  const known = new Set(labs);
  // Where none is named, or recipes of one laboratory name none, it is taken to be that one.
  if (known.size < 2)
    return (lab) =>
      lab === "" || known.has("") || known.has(lab) ? null : `laboratory "${lab}": the rows came from another`;
  return (lab) => {
    if (lab !== "" && known.has(lab)) return null;
    const which = lab === "" ? "laboratory not told (column lab)" : `laboratory "${lab}": none of the rows'`;
    return `${which}: limits hold within the ${known.size} that the rows came from`;
  };
}
