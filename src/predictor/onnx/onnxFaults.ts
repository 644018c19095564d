import {
  caesiumBromideStock,
  neatOleicAcid,
  neatOleylamine,
  traceWater,
  wetCelsius,
} from "../../chemistry/constants.js";
import { boilingCelsius } from "../../chemistry/designFault.js";
import { balanceTolerance } from "../../chemistry/recipeFaults.js";
import { bromideSources, caesiumSources, routeNames } from "../../chemistry/recipeSchema.js";
import type { Encoder } from "../../features/Encoder.js";
import type { OnnxGraph, OnnxTensor } from "../../training/files/onnxGraph.js";
import { onnxMaths } from "../../training/files/onnxMaths.js";
import { required } from "../answerColumns.js";
import { aboveZero } from "../checkRecipes.js";
import { balancedAmounts } from "../judgedRows.js";
import { columnsMissedBy, recipeColumns } from "../recipeColumns.js";
import type { RecipeTensors } from "./RecipeTensors.js";

/** Whether a column may be left out: it is one of the recipe that the encoder knows how to do without. */
export function mayMiss(encoder: Encoder): (column: string) => boolean {
  const missed = columnsMissedBy(encoder);
  return (column) => missed.has(column) && !required.includes(column);
}

/**
 * Recipes that `twin predict` refuses, in a graph: a number that is missing or out of its range (numberFaults), and a
 * recipe that cannot be carried out (faultyRecipes), where the graph is told all that this is seen in.
 *
 * @param recipes  in the twin's terms
 * @param inputs   as they were given: sources are judged in their own words
 * @returns bool [batch, 1] each
 */
export function onnxFaults(
  graph: OnnxGraph,
  encoder: Encoder,
  recipes: RecipeTensors,
  inputs: ReadonlyMap<string, OnnxTensor>,
): readonly OnnxTensor[] {
  const { and, atMost, isNaN, less, not, or } = onnxMaths(graph);
  const mayBeMissing = mayMiss(encoder);
  const ranges = [...recipes.numbers].map(([name, value]) => {
    const { min = -Infinity, max = Infinity } = recipeColumns[name];
    const within = [
      ...(aboveZero.has(name) ? [less(0, value)] : min === -Infinity ? [] : [atMost(min, value)]),
      ...(max === Infinity ? [] : [atMost(value, max)]),
    ];
    const missing = isNaN(value);
    const isSound = within.length === 0 ? not(missing) : and(...within);
    return not(mayBeMissing(name) ? or(missing, isSound) : isSound);
  });
  const carriedOut = balanceFault(graph, recipes, inputs);
  return carriedOut === null ? ranges : [...ranges, carriedOut];
}

/** recipeFaults of the rows that judgedRows names; null where a column that they read is no input. */
function balanceFault(
  graph: OnnxGraph,
  { numbers, categories }: RecipeTensors,
  inputs: ReadonlyMap<string, OnnxTensor>,
): OnnxTensor | null {
  const { add, and, atMost, div, isNaN, less, mul, not, or, sub, where } = onnxMaths(graph);
  const texts = ["route", "caesiumSource", "bromideSource", "polarSolvent"];
  if (![...balancedAmounts].every((name) => numbers.has(name)) || !texts.every((name) => categories.has(name)))
    return null;
  const of = (name: string): OnnxTensor => numbers.get(name)!;
  /** What a table says of a text as it was written; of others, `besides`. */
  const said = (name: string, table: Readonly<Record<string, number>>, besides: number): OnnxTensor => {
    const known = Object.keys(table);
    const place = graph.node("LabelEncoder", [inputs.get(name)!], {
      domain: "ai.onnx.ml",
      attributes: { keys_strings: known, values_int64s: known.map((_, i) => i), default_int64: known.length },
    });
    return onnxMaths(graph).lookUp("double", [...Object.values(table), besides], place);
  };
  const flag = (names: readonly string[], isSo: (name: string) => boolean): Readonly<Record<string, number>> =>
    Object.fromEntries(names.map((name) => [name, Number(isSo(name))]));
  const isTrue = (one: OnnxTensor): OnnxTensor => less(0, one);
  const always = (): boolean => true;
  const judged = and(
    isTrue(said("route", flag(routeNames, always), 0)),
    isTrue(said("caesiumSource", flag(caesiumSources, always), 0)),
    isTrue(said("bromideSource", flag(bromideSources, always), 0)),
    ...balancedAmounts.map((name) => not(isNaN(of(name)))),
  );
  const asBromide = isTrue(
    said(
      "caesiumSource",
      flag(caesiumSources, (name) => name.includes("bromide")),
      0,
    ),
  );
  const isHotInjection = isTrue(
    said(
      "route",
      flag(routeNames, (name) => name === "hot injection"),
      0,
    ),
  );
  const hasOther = isTrue(
    said(
      "bromideSource",
      flag(bromideSources, (name) => name.includes("oleylammonium")),
      0,
    ),
  );
  const [temperature, caesium, lead, bromide, acid, amine, polar, water, antisolvent] = balancedAmounts.map(of);
  const oleate = where(asBromide, 0, caesium);
  const brought = add(mul(2, lead), where(asBromide, caesium, 0));
  const excess = div(sub(bromide, brought), brought);
  const faults = [
    less(1, add(polar, water, div(acid, neatOleicAcid), div(amine, neatOleylamine))),
    less(said("route", boilingCelsius, Infinity), temperature),
    and(isHotInjection, or(less(0, polar), and(less(traceWater, water), atMost(wetCelsius, temperature)))),
    less(acid, oleate),
    less(
      said("polarSolvent", { DMF: caesiumBromideStock.DMF, DMSO: caesiumBromideStock.DMSO }, Infinity),
      mul(sub(caesium, oleate), add(1, antisolvent)),
    ),
    less(excess, -balanceTolerance),
    and(less(balanceTolerance, excess), not(hasOther)),
  ];
  return and(judged, or(...faults));
}
