import type { OnnxTensor } from "../../training/files/onnxGraph.js";

/** Texts of recipes as codes: int64 [batch, 1]. */
export interface CategoryTensor {
  readonly codes: OnnxTensor;
  /** By code; one of them is the empty text, which says that nothing is told. */
  readonly levels: readonly string[];
}

/** Recipes in a graph: each column [batch, 1], numbers in float64 with NaN where nothing is told. */
export interface RecipeTensors {
  readonly numbers: ReadonlyMap<string, OnnxTensor>;
  readonly categories: ReadonlyMap<string, CategoryTensor>;
}
