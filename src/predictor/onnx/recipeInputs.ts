import { countsAs } from "../../chemistry/twinTerms.js";
import type { Encoder } from "../../features/Encoder.js";
import type { OnnxGraph, OnnxTensor } from "../../training/files/onnxGraph.js";
import { columnsOfEncoder, recipeColumns } from "../recipeColumns.js";

/** What says which ammonium bromide there must be, where a source is not named in the twin's words. */
const bromideNeeds = ["caesiumSource", "caesiumMolar", "leadMolar", "bromideMolar"];

/**
 * Columns of a recipe that a graph takes: those that the encoder reads, and those that twinTerms counts into them, in
 * the order of the schema.
 */
export function inputColumns(encoder: Encoder): readonly string[] {
  const read = columnsOfEncoder(encoder);
  const counted = read.flatMap((name) => (Object.hasOwn(countsAs, name) ? [countsAs[name]] : []));
  const all = new Set([...read, ...counted, ...(read.includes("bromideSource") ? bromideNeeds : [])]);
  return Object.keys(recipeColumns).filter((name) => all.has(name));
}

/** Gives a graph its inputs: numbers in float64 and texts, each [batch, 1]. */
export function recipeInputs(graph: OnnxGraph, encoder: Encoder): ReadonlyMap<string, OnnxTensor> {
  return new Map(
    inputColumns(encoder).map((name) => [
      name,
      graph.input(name, recipeColumns[name].kind === "number" ? "double" : "string", 1),
    ]),
  );
}
