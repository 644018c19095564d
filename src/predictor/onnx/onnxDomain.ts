import type { Encoder } from "../../features/Encoder.js";
import type { OnnxGraph, OnnxTensor } from "../../training/files/onnxGraph.js";
import { onnxMaths } from "../../training/files/onnxMaths.js";
import { distanceOver } from "../../uncertainty/domain/distanceOver.js";
import type { FeatureDistance } from "../../uncertainty/domain/featureDistances.js";
import type { DomainLimits } from "../domainLimits.js";
import { knownFeatures } from "../knownFeatures.js";
import { columnsOfSource } from "../recipeColumns.js";

/** Where recipes lie among those of training. */
export interface OnnxDomain {
  /** Names of the features that have a range to keep to: the columns of `beyond`. */
  readonly names: readonly string[];
  /** Bool [batch, names]: below or above the range of training rows; never of a feature that is not known. */
  readonly beyond: OnnxTensor;
  /** Float64 [batch, 1] over all features; null where it is not checked. */
  readonly distance: OnnxTensor | null;
}

/**
 * domainAnswers in a graph. The distance is that of recipes that tell all: over some features it is another one, with
 * another limit.
 *
 * @param features  float32 [batch, encoder.columns]
 * @param missing   by column of the recipe, bool [batch, 1]
 */
export function onnxDomain(
  graph: OnnxGraph,
  encoder: Encoder,
  { ranges, distance }: DomainLimits,
  { features, missing }: { readonly features: OnnxTensor; readonly missing: (column: string) => OnnxTensor },
): OnnxDomain {
  const { and, atMost, cast, columns, not, or, pick, row } = onnxMaths(graph);
  const places = knownFeatures(encoder, []);
  const needs = places.map((place) => {
    const column = encoder.columns[place];
    if (column.kind === "category") return [column.column];
    return column.kind === "number" ? columnsOfSource(column.source) : [];
  });
  const exact = pick(cast(features, "double"), places);
  const isKept = and(
    atMost(row(places.map((place) => ranges[place].low)), exact),
    atMost(exact, row(places.map((place) => ranges[place].high))),
  );
  const isUnknown = columns(needs.map((names) => or(...names.map(missing))));
  return {
    names: places.map((place) => ranges[place].name),
    beyond: not(or(isUnknown, isKept)),
    distance: "reason" in distance ? null : onnxDistance(graph, distanceOver(distance.fitted, places), exact),
  };
}

/** featureDistances in a graph. */
function onnxDistance(graph: OnnxGraph, { names, axes, centres }: FeatureDistance, features: OnnxTensor): OnnxTensor {
  const { columns, mul, row, rowSum, sqrt, sub } = onnxMaths(graph);
  const directions = graph.constant(
    "double",
    names.flatMap((_, place) => axes.map((axis) => axis[place])),
    { dims: [names.length, axes.length], name: "distance/axes" },
  );
  const turned = graph.node("MatMul", [features, directions]);
  const squares = centres.map((centre) => {
    const off = sub(turned, row(centre));
    return rowSum(mul(off, off));
  });
  return sqrt(graph.node("ReduceMin", [columns(squares)], { attributes: { axes: [1], keepdims: 1 } }));
}
