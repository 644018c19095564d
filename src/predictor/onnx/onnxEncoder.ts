import type { EncodedColumn, Encoder } from "../../features/Encoder.js";
import type { OnnxGraph, OnnxTensor } from "../../training/files/onnxGraph.js";
import { onnxMaths } from "../../training/files/onnxMaths.js";
import { columnsOfSource } from "../recipeColumns.js";
import { recipeFeatures } from "../../features/recipeFeatures.js";
import { onnxFeatures } from "./onnxFeatures.js";
import type { RecipeTensors } from "./RecipeTensors.js";

type NumberColumn = Extract<EncodedColumn, { kind: "number" }>;

/**
 * `encode` in a graph, in float64 and rounded to float32 at the end: numbers less their mean over their standard
 * deviation, what fills a missing one, the columns that say so, and categories as 0 or 1. A level that the encoder
 * does not know leaves all its columns 0.
 *
 * @returns float32 [batch, encoder.columns]
 * @throws InputError for a feature that has no formula in a graph
 */
export function onnxEncoder(graph: OnnxGraph, { columns }: Encoder, recipes: RecipeTensors): OnnxTensor {
  const { cast, columns: besides, div, equal, isNaN, or, pick, row, sub, where } = onnxMaths(graph);
  const parts: { readonly name: string; readonly tensor: OnnxTensor; readonly width: number }[] = [];
  const place = new Map<string, number>();
  const put = (names: readonly string[], tensor: OnnxTensor): void => {
    const from = place.size;
    names.forEach((name, i) => place.set(name, from + i));
    parts.push({ name: names[0], tensor, width: names.length });
  };
  const numbers = columns.filter((column): column is NumberColumn => column.kind === "number");
  if (numbers.length > 0) {
    const feature = onnxFeatures(graph, recipes);
    const raw = besides(
      numbers.map(({ source }) =>
        "feature" in source ? feature(source.feature) : recipes.numbers.get(source.column)!,
      ),
    );
    const missing = besides(
      numbers.map(({ source }) => or(...neededNumbers(source).map((name) => isNaN(recipes.numbers.get(name)!)))),
    );
    const filled = where(missing, row(numbers.map(({ fill }) => fill ?? 0)), raw);
    put(
      numbers.map(({ name }) => name),
      div(sub(filled, row(numbers.map(({ mean }) => mean))), row(numbers.map(({ scale }) => scale))),
    );
    const flags = columns.flatMap((column) => (column.kind === "missing" ? [column] : []));
    if (flags.length > 0)
      put(
        flags.map(({ name }) => name),
        pick(
          cast(missing, "double"),
          flags.map((flag) => numbers.findIndex(({ name }) => name === flag.of)),
        ),
      );
  }
  for (const name of new Set(columns.flatMap((column) => (column.kind === "category" ? [column.column] : [])))) {
    const own = columns.flatMap((column) => (column.kind === "category" && column.column === name ? [column] : []));
    const { codes, levels } = recipes.categories.get(name)!;
    const wanted = own.map(({ level }) => (levels.includes(level) ? levels.indexOf(level) : levels.length));
    put(
      own.map((one) => one.name),
      cast(equal(codes, graph.constant("int64", wanted)), "double"),
    );
  }
  const ordered = pick(
    besides(parts.map(({ tensor }) => tensor)),
    columns.map(({ name }) => place.get(name)!),
  );
  return cast(ordered, "float");
}

/** What makes a number missing: texts do not. */
function neededNumbers(source: NumberColumn["source"]): readonly string[] {
  if ("column" in source) return columnsOfSource(source);
  return recipeFeatures.find(({ name }) => name === source.feature)!.needs;
}
