import { spelledReagents, type ReagentList } from "../../chemistry/reagentList.js";
import { bromideSources, caesiumSources } from "../../chemistry/recipeSchema.js";
import { countsAs, leastExtra, shortest, twinTerms } from "../../chemistry/twinTerms.js";
import { categoryColumn, makeTable, textsOf } from "../../core/Table.js";
import type { Encoder } from "../../features/Encoder.js";
import type { OnnxGraph, OnnxTensor } from "../../training/files/onnxGraph.js";
import { onnxMaths } from "../../training/files/onnxMaths.js";
import { levelsOfEncoder } from "../checkRecipes.js";
import { columnsOfEncoder, recipeColumns } from "../recipeColumns.js";
import type { CategoryTensor, RecipeTensors } from "./RecipeTensors.js";

/** Recipes as the model is told them, and where the graph has no words for them. */
export interface OnnxTerms {
  readonly told: RecipeTensors;
  /** Bool [batch, 1] each: a text that is no name of the graph's list, or that no training row had: it is missing. */
  readonly strange: readonly OnnxTensor[];
  /** Bool [batch, 1] each: the same, or an empty text, where the encoder has no word for it. */
  readonly refused: readonly OnnxTensor[];
}

/** What a text means: a level, by its place. */
interface Meaning {
  readonly codes: OnnxTensor;
  readonly levels: readonly string[];
  /** Bool [batch, 1]: a name that the graph does not know, or whose compounds no column counts. */
  readonly strange: OnnxTensor;
}

/**
 * twinTerms, and what becomes of texts that training rows did not have, in a graph. Sources are known by each name of
 * the list as it is written there and by the twin's words; others ("+" between names of one's own, other spellings)
 * are strange, though `twin predict` may know them.
 *
 * @param inputs  as recipeInputs gives them
 */
export function onnxTerms(
  graph: OnnxGraph,
  encoder: Encoder,
  inputs: ReadonlyMap<string, OnnxTensor>,
  { reagents }: { readonly reagents: ReagentList },
): OnnxTerms {
  const { equal, lookUp } = onnxMaths(graph);
  const known = levelsOfEncoder(encoder);
  const columns = columnsOfEncoder(encoder);
  const numbers = new Map<string, OnnxTensor>();
  const categories = new Map<string, CategoryTensor>();
  const strange: OnnxTensor[] = [];
  const refused: OnnxTensor[] = [];
  const caesium = inputs.has("caesiumSource") ? caesiumMeaning(graph, inputs.get("caesiumSource")!, reagents) : null;
  for (const name of columns) {
    if (recipeColumns[name].kind === "number") {
      numbers.set(name, numberTerm(graph, name, inputs));
      continue;
    }
    const levels = known.get(name);
    const meaning =
      name === "caesiumSource"
        ? caesium!
        : name === "bromideSource"
          ? bromideMeaning(graph, inputs, { caesium: caesium!, reagents })
          : plainMeaning(graph, inputs.get(name)!, levels ?? []);
    if (levels === undefined) {
      categories.set(name, meaning);
      strange.push(meaning.strange);
      continue;
    }
    const own = levels.includes("") ? levels : [...levels, ""];
    const empty = own.indexOf("");
    const place = meaning.levels.map((level) => own.indexOf(level));
    const codes = lookUp(
      "int64",
      place.map((one) => (one < 0 ? empty : one)),
      meaning.codes,
    );
    const unseen = lookUp(
      "bool",
      place.map((one) => Number(one < 0)),
      meaning.codes,
    );
    categories.set(name, { codes, levels: own });
    strange.push(meaning.strange, unseen);
    if (!levels.includes("")) refused.push(equal(codes, graph.constant("int64", [empty])));
  }
  return { told: { numbers, categories }, strange, refused };
}

function numberTerm(graph: OnnxGraph, name: string, inputs: ReadonlyMap<string, OnnxTensor>): OnnxTensor {
  const { add, atMost, isNaN, less, max, where } = onnxMaths(graph);
  const value = inputs.get(name)!;
  if (Object.hasOwn(countsAs, name)) {
    const other = inputs.get(countsAs[name])!;
    return where(isNaN(value), other, add(value, where(isNaN(other), 0, other)));
  }
  if (Object.values(countsAs).includes(name)) return where(less(0, value), 0, value);
  if (Object.hasOwn(shortest, name)) return where(atMost(0, value), max(value, shortest[name]), value);
  return value;
}

/** Texts of a list by their place; all others have the place after the last. */
function placeOf(graph: OnnxGraph, text: OnnxTensor, texts: readonly string[]): OnnxTensor {
  return graph.node("LabelEncoder", [text], {
    domain: "ai.onnx.ml",
    attributes: { keys_strings: texts, values_int64s: texts.map((_, i) => i), default_int64: texts.length },
  });
}

function plainMeaning(graph: OnnxGraph, text: OnnxTensor, known: readonly string[]): Meaning {
  const { equal, lookUp } = onnxMaths(graph);
  const levels = known.includes("") ? known : [...known, ""];
  const place = placeOf(graph, text, levels);
  return {
    codes: lookUp("int64", [...levels.keys(), levels.indexOf("")], place),
    levels,
    strange: equal(place, graph.constant("int64", [levels.length])),
  };
}

/** Names that sources are known by, and what twinTerms says of them. */
function vocabulary(
  column: "caesiumSource" | "bromideSource",
  reagents: ReagentList,
): { readonly texts: readonly string[]; readonly meant: readonly string[]; readonly strange: readonly boolean[] } {
  const texts = [...new Set(["", ...caesiumSources, ...bromideSources, ...spelledReagents(reagents)])];
  const { table, unknown, unmodelled } = twinTerms(
    makeTable({ [column]: recipeColumns[column] }, { [column]: categoryColumn(texts) }),
    reagents,
  );
  return {
    texts,
    meant: textsOf(table, column),
    strange: texts.map((_, row) => unknown.has(row) || unmodelled.has(row)),
  };
}

function caesiumMeaning(graph: OnnxGraph, text: OnnxTensor, reagents: ReagentList): Meaning {
  const { lookUp } = onnxMaths(graph);
  const { texts, meant, strange } = vocabulary("caesiumSource", reagents);
  const levels: readonly string[] = [...caesiumSources, ""];
  const place = placeOf(graph, text, texts);
  return {
    codes: lookUp("int64", [...meant.map((one) => levels.indexOf(one)), levels.indexOf("")], place),
    levels,
    strange: lookUp("bool", [...strange.map(Number), 1], place),
  };
}

/** By what the amounts leave over, where it is not in the twin's words already. */
function bromideMeaning(
  graph: OnnxGraph,
  inputs: ReadonlyMap<string, OnnxTensor>,
  { caesium, reagents }: { readonly caesium: Meaning; readonly reagents: ReagentList },
): Meaning {
  const { add, cast, equal, isNaN, less, lookUp, mul, or, sub, where } = onnxMaths(graph);
  const code = (one: number): OnnxTensor => graph.constant("int64", [one]);
  const { texts, strange } = vocabulary("bromideSource", reagents);
  const levels: readonly string[] = [...bromideSources, ""];
  const none = levels.indexOf("");
  const byAmounts = levels.length;
  const place = placeOf(graph, inputs.get("bromideSource")!, texts);
  const own = lookUp(
    "int64",
    [...texts.map((one) => (levels.includes(one) ? levels.indexOf(one) : byAmounts)), byAmounts],
    place,
  );
  const [caesiumMolar, lead, bromide] = ["caesiumMolar", "leadMolar", "bromideMolar"].map((name) => inputs.get(name)!);
  const withCaesium = equal(caesium.codes, code(caesium.levels.indexOf("caesium bromide")));
  const extra = sub(sub(bromide, mul(lead, 2)), where(withCaesium, caesiumMolar, 0));
  const isMore = cast(less(mul(lead, leastExtra), extra), "int64");
  const left = add(isMore, mul(cast(withCaesium, "int64"), code(2)));
  const untold = or(equal(caesium.codes, code(caesium.levels.indexOf(""))), isNaN(extra));
  return {
    codes: where(equal(own, code(byAmounts)), where(untold, code(none), left), own),
    levels,
    strange: lookUp("bool", [...strange.map(Number), 1], place),
  };
}
