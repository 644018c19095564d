import { phaseNames } from "../../chemistry/phases.js";
import { builtInReagents, type ReagentList } from "../../chemistry/reagentList.js";
import { InputError } from "../../core/InputError.js";
import { type OnnxGraph, onnxGraph, type OnnxTensor } from "../../training/files/onnxGraph.js";
import { onnxMaths } from "../../training/files/onnxMaths.js";
import type { ConformalSets } from "../../uncertainty/conformal/fitConformalSets.js";
import { columnsOfEncoder, recipeColumns } from "../recipeColumns.js";
import { unanswerable } from "../quantityLimits.js";
import { onnxCalibrator } from "./onnxCalibrator.js";
import { onnxDomain } from "./onnxDomain.js";
import { onnxEncoder } from "./onnxEncoder.js";
import { onnxFaults } from "./onnxFaults.js";
import { type OnnxLimits, onnxLimits } from "./onnxLimits.js";
import type { OnnxPhaseParts } from "./OnnxPhaseParts.js";
import { onnxQuantity } from "./onnxQuantities.js";
import { onnxSets, setsWithoutGraph } from "./onnxSets.js";
import { onnxTerms } from "./onnxTerms.js";
import type { RecipeTensors } from "./RecipeTensors.js";
import { recipeInputs } from "./recipeInputs.js";

/** Key of the limits among the metadata of the file. */
export const onnxLimitsKey = "cspbbr3-twin.limits";

/**
 * A model of the phase as one ONNX graph: recipes in, columns as users write them; calibrated probabilities, sets and
 * numbers with intervals out, with what says how far to believe them. Its limits go along as metadata (onnxLimits).
 *
 * Inputs are [batch, 1] each, in the order of the recipe schema: numbers in float64, NaN where not told; texts, empty
 * where not told. The graph answers as answerColumns does of recipes that tell all. Of others probabilities and numbers
 * are the same, but limits of each choice of missing values are not carried: all phases are then in the set, and
 * intervals and distance are NaN. A recipe that `twin predict` refuses is marked so, with NaN for every number, and
 * every phase in its set.
 *
 * @param options.reagents  by which sources are known (default the built-in list)
 * @throws InputError where the model has something that no graph can express
 */
export function onnxPhaseGraph(
  parts: OnnxPhaseParts,
  { reagents = builtInReagents }: { readonly reagents?: ReagentList } = {},
): Uint8Array {
  const { encoder, ownEncoder, limits, targetScales } = parts;
  const read = columnsOfEncoder(encoder);
  if (!read.some((name) => recipeColumns[name].kind === "number"))
    throw new InputError({
      where: "ONNX export",
      must: "must be a model that reads at least one number of a recipe",
      got: read.join(", "),
      mend: "serve this model with `twin serve` or `twin predict`",
    });
  const graph = onnxGraph("phase");
  const { any, columns, less, not, or, pick, where } = onnxMaths(graph);
  const inputs = recipeInputs(graph, encoder);
  const terms = onnxTerms(graph, encoder, inputs, { reagents });
  const { told } = terms;
  const refused = or(...onnxFaults(graph, encoder, told, inputs), ...terms.refused);
  const missing = missingColumns(graph, told);
  const whole = not(or(...read.map(missing)));
  const features = onnxEncoder(graph, encoder, told);
  const own = ownEncoder === undefined ? features : onnxEncoder(graph, ownEncoder, told);
  const { probabilities: raw, targets } = parts.answer(graph, own);
  const { calibrator, domain } = limits;
  const mended = calibrator === null ? raw! : onnxCalibrator(graph, calibrator, raw!);
  const outputs: OnnxLimits["outputs"][number][] = [];
  const give = (name: string, tensor: OnnxTensor, { kind, width, meaning }: Given): void => {
    graph.output(name, tensor, kind, width);
    outputs.push({ name, kind, columns: width, meaning });
  };
  const numbers = (tensor: OnnxTensor): OnnxTensor => where(refused, NaN, tensor);
  const isLimited = not(or(refused, not(whole)));
  const limited = (tensor: OnnxTensor): OnnxTensor => where(isLimited, tensor, NaN);

  give("probabilities", numbers(mended), {
    kind: "double",
    width: phaseNames.length,
    meaning: "of the phases, calibrated, in the order of `phases`; they sum to 1",
  });
  const likeliest = graph.node("ArgMax", [mended], { attributes: { axis: 1, keepdims: 1 } });
  const named = graph.node("LabelEncoder", [likeliest], {
    domain: "ai.onnx.ml",
    attributes: { keys_int64s: [...phaseNames.keys()], values_strings: [...phaseNames], default_string: "" },
  });
  give("phase", where(refused, graph.constant("string", [""]), named), {
    kind: "string",
    width: 1,
    meaning: "the likeliest phase; empty where the recipe is refused",
  });
  const noSets = "reason" in parts.sets ? parts.sets.reason : setsWithoutGraph(parts.sets);
  if (noSets === null)
    give("set", or(not(isLimited), onnxSets(graph, parts.sets as ConformalSets, raw!)), {
      kind: "bool",
      width: phaseNames.length,
      meaning: "whether a phase is in the conformal set; all are where the recipe does not tell all, or is refused",
    });
  const answered = limits.quantities.filter((one) => unanswerable(one) === null);
  if (answered.length > 0) {
    const made = answered.map((one) => {
      const k = limits.quantities.indexOf(one);
      return onnxQuantity(graph, one, targetScales[k], pick(targets!, [k]));
    });
    const side = (name: keyof (typeof made)[number]): OnnxTensor => columns(made.map((one) => one[name]));
    const width = made.length;
    give("quantities", numbers(side("value")), {
      kind: "double",
      width,
      meaning: "numbers of the product, in the order and units of `quantities`",
    });
    give("quantitiesLow", limited(side("low")), {
      kind: "double",
      width,
      meaning: "lower ends of their intervals; NaN where the recipe does not tell all",
    });
    give("quantitiesHigh", limited(side("high")), { kind: "double", width, meaning: "upper ends, likewise" });
  }
  const { names, beyond, distance } = onnxDomain(graph, encoder, domain, { features, missing });
  const [number] = told.numbers.values();
  const strange = or(less(number, number), ...terms.strange);
  const far =
    distance === null || "reason" in domain.distance ? [] : [less(domain.distance.threshold, limited(distance))];
  give("outside", or(any(beyond), strange, ...far), {
    kind: "bool",
    width: 1,
    meaning:
      "whether the recipe lies outside: a feature beyond the range of training rows, a strange name, or a distance " +
      "above its limit; that none holds is no proof that it is like those of training",
  });
  give("beyond", beyond, {
    kind: "bool",
    width: names.length,
    meaning: "which of `ranges` it lies beyond; never of what is missing",
  });
  if (distance !== null)
    give("distance", limited(distance), {
      kind: "double",
      width: 1,
      meaning: "from the training rows, in their own spread; NaN where the recipe does not tell all",
    });
  give("strange", strange, {
    kind: "bool",
    width: 1,
    meaning: "whether a text is none that training rows had or the graph knows: it counts as missing",
  });
  give("whole", whole, { kind: "bool", width: 1, meaning: "whether the recipe tells all that the model reads" });
  give("refused", refused, {
    kind: "bool",
    width: 1,
    meaning:
      "whether the recipe cannot be answered: a number missing that must be given or out of its range, a name that " +
      "training rows did not have, or a recipe that cannot be carried out",
  });
  return graph.bytes({ [onnxLimitsKey]: JSON.stringify(onnxLimits(parts, { outputs, noSets, answered, names })) });
}

/** An output that is given. */
interface Given {
  readonly kind: "double" | "bool" | "string";
  readonly width: number;
  readonly meaning: string;
}

/** By column, whether a recipe does not tell it, as missingPatterns has it: bool [batch, 1]. */
function missingColumns(graph: OnnxGraph, { numbers, categories }: RecipeTensors): (column: string) => OnnxTensor {
  const { and, equal, isNaN, not } = onnxMaths(graph);
  const found = new Map<string, OnnxTensor>();
  const find = (column: string): OnnxTensor => {
    const number = numbers.get(column);
    if (number !== undefined) return isNaN(number);
    const { codes, levels } = categories.get(column)!;
    const isEmpty = equal(codes, graph.constant("int64", [levels.indexOf("")]));
    const share = column === "polarSolvent" ? numbers.get("polarSolventFraction") : undefined;
    // Without a polar solvent there is no name of one.
    return share === undefined ? isEmpty : and(isEmpty, not(equal(share, 0)));
  };
  return (column) => {
    const known = found.get(column) ?? find(column);
    found.set(column, known);
    return known;
  };
}
