import { type OnnxGraph, type OnnxKind, onnxKinds, type OnnxTensor } from "./onnxGraph.js";

/** A tensor, or a number that is the same everywhere (float64). */
export type Operand = OnnxTensor | number;

/** Arithmetic of a graph in the words of formulas: each function adds a node and gives its tensor. */
export interface OnnxMaths {
  readonly add: (...terms: readonly Operand[]) => OnnxTensor;
  readonly sub: (a: Operand, b: Operand) => OnnxTensor;
  readonly mul: (...factors: readonly Operand[]) => OnnxTensor;
  readonly div: (a: Operand, b: Operand) => OnnxTensor;
  readonly exp: (a: Operand) => OnnxTensor;
  readonly log: (a: Operand) => OnnxTensor;
  readonly sqrt: (a: Operand) => OnnxTensor;
  readonly max: (a: Operand, b: Operand) => OnnxTensor;
  readonly min: (a: Operand, b: Operand) => OnnxTensor;
  readonly less: (a: Operand, b: Operand) => OnnxTensor;
  /** Whether a ≤ b; never where one is NaN. */
  readonly atMost: (a: Operand, b: Operand) => OnnxTensor;
  readonly equal: (a: Operand, b: Operand) => OnnxTensor;
  readonly isNaN: (a: OnnxTensor) => OnnxTensor;
  readonly not: (a: OnnxTensor) => OnnxTensor;
  readonly and: (...terms: readonly OnnxTensor[]) => OnnxTensor;
  readonly or: (...terms: readonly OnnxTensor[]) => OnnxTensor;
  readonly where: (condition: OnnxTensor, yes: Operand, no: Operand) => OnnxTensor;
  readonly cast: (a: OnnxTensor, kind: OnnxKind) => OnnxTensor;
  /** Columns side by side. */
  readonly columns: (parts: readonly OnnxTensor[]) => OnnxTensor;
  /** Some columns, in this order. */
  readonly pick: (a: OnnxTensor, places: readonly number[]) => OnnxTensor;
  /** What a table of values says of codes. */
  readonly lookUp: (kind: OnnxKind, values: readonly number[], codes: OnnxTensor) => OnnxTensor;
  /** Whether any column of a row is true: [batch, 1]. */
  readonly any: (a: OnnxTensor) => OnnxTensor;
  /** Sum of each row: [batch, 1]. */
  readonly rowSum: (a: OnnxTensor) => OnnxTensor;
  /** A vector of float64 that stands in every row. */
  readonly row: (values: readonly number[]) => OnnxTensor;
}

export function onnxMaths(graph: OnnxGraph): OnnxMaths {
  const { node } = graph;
  const tensor = (one: Operand): OnnxTensor =>
    typeof one === "number" ? graph.constant("double", [one], { dims: [] }) : one;
  const unary =
    (operator: string) =>
    (a: Operand): OnnxTensor =>
      node(operator, [tensor(a)]);
  const binary =
    (operator: string) =>
    (a: Operand, b: Operand): OnnxTensor =>
      node(operator, [tensor(a), tensor(b)]);
  const chain =
    (operator: string) =>
    (...terms: readonly Operand[]): OnnxTensor =>
      tensor(terms.reduce(binary(operator)));
  const cast = (a: OnnxTensor, kind: OnnxKind): OnnxTensor =>
    node("Cast", [a], { attributes: { to: onnxKinds[kind] } });
  return {
    add: chain("Add"),
    sub: binary("Sub"),
    mul: chain("Mul"),
    div: binary("Div"),
    exp: unary("Exp"),
    log: unary("Log"),
    sqrt: unary("Sqrt"),
    max: binary("Max"),
    min: binary("Min"),
    less: binary("Less"),
    atMost: binary("LessOrEqual"),
    equal: binary("Equal"),
    isNaN: (a) => node("IsNaN", [a]),
    not: (a) => node("Not", [a]),
    and: (...terms) => chain("And")(...terms),
    or: (...terms) => chain("Or")(...terms),
    where: (condition, yes, no) => node("Where", [condition, tensor(yes), tensor(no)]),
    cast,
    columns: (parts) => (parts.length === 1 ? parts[0] : node("Concat", parts, { attributes: { axis: 1 } })),
    pick: (a, places) => node("Gather", [a, graph.constant("int64", places)], { attributes: { axis: 1 } }),
    lookUp: (kind, values, codes) => node("Gather", [graph.constant(kind, values), codes], { attributes: { axis: 0 } }),
    any: (a) => cast(node("ReduceMax", [cast(a, "float")], { attributes: { axes: [1], keepdims: 1 } }), "bool"),
    rowSum: (a) => node("ReduceSum", [a, graph.constant("int64", [1])], { attributes: { keepdims: 1 } }),
    row: (values) => graph.constant("double", values),
  };
}
