import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/InputError.js";
import { recipeFeatures } from "../../../src/features/recipeFeatures.js";
import { onnxFeatures } from "../../../src/predictor/onnx/onnxFeatures.js";
import { recipeColumns } from "../../../src/predictor/recipeColumns.js";
import { onnxGraph } from "../../../src/training/files/onnxGraph.js";

/** A graph that is told every column. */
function featuresOfAll(): ReturnType<typeof onnxFeatures> {
  const graph = onnxGraph("all");
  const names = Object.keys(recipeColumns);
  const numbers = names.filter((name) => recipeColumns[name].kind === "number");
  return onnxFeatures(graph, {
    numbers: new Map(numbers.map((name) => [name, graph.input(name, "double", 1)])),
    categories: new Map([
      ["caesiumSource", { codes: graph.input("source", "int64", 1), levels: ["caesium bromide", ""] }],
    ]),
  });
}

describe("onnxFeatures", () => {
  it("has a formula for every feature of a recipe", () => {
    const feature = featuresOfAll();
    for (const { name } of recipeFeatures) expect(feature(name)).toEqual(expect.any(String));
  });

  it("refuses any other in words, and not with another number", () => {
    expect(() => featuresOfAll()("lnMoonlight")).toThrow(InputError);
    expect(() => featuresOfAll()("lnMoonlight")).toThrow(/got "lnMoonlight"; serve this model with `twin serve`/);
  });
});
