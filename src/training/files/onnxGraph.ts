import { floatBytes } from "../../core/floatBytes.js";
import { joined, protobufField as field, varints } from "./protobufField.js";

/** Operators as of ONNX 1.12 (2022), and those of classical models as of ai.onnx.ml 3. */
const opsets: Readonly<Record<string, number>> = { "": 17, "ai.onnx.ml": 3 };
const irVersion = 8;

/** What a tensor holds, by its number in TensorProto.DataType. */
export const onnxKinds = { float: 1, int64: 7, string: 8, bool: 9, double: 11 } as const;

/** What a tensor holds. */
export type OnnxKind = keyof typeof onnxKinds;

/** Name of a tensor of a graph. */
export type OnnxTensor = string;

/** An attribute of a node: one whole number or text, or a list; a Float32Array is a list of floats. */
export type OnnxAttribute = number | string | readonly number[] | readonly string[] | Float32Array;

/** Where a node stands and what it is told beside its inputs. */
export interface OnnxNodeOptions {
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
  /** Set of operators (default ONNX's own). */
  readonly domain?: "" | "ai.onnx.ml";
  /** Of its output (default a number). */
  readonly name?: string;
}

/** A graph that is being written down, node after node: each input of a node must stand before it. */
export interface OnnxGraph {
  /** A tensor [batch, width] that is given from outside. */
  readonly input: (name: string, kind: OnnxKind, width: number) => OnnxTensor;
  /**
   * Equal ones are kept once, those with a name of their own apart.
   *
   * @param options.dims  shape (default: as many as there are)
   */
  readonly constant: (
    kind: OnnxKind,
    values: ArrayLike<number> | readonly string[],
    options?: { readonly dims?: readonly number[]; readonly name?: string },
  ) => OnnxTensor;
  readonly node: (operator: string, inputs: readonly OnnxTensor[], options?: OnnxNodeOptions) => OnnxTensor;
  /** Gives a tensor [batch, width] to the outside. */
  readonly output: (name: string, tensor: OnnxTensor, kind: OnnxKind, width: number) => void;
  /** The file: equal graphs have equal bytes. @param metadata  texts by name */
  readonly bytes: (metadata: Readonly<Record<string, string>>) => Uint8Array;
}

/**
 * A graph without nodes.
 *
 * @param name  of the graph
 * @see ONNX, onnx.proto: the numbers of fields below
 */
export function onnxGraph(name: string): OnnxGraph {
  const nodes: Uint8Array[] = [];
  const tensors: Uint8Array[] = [];
  const inputs: Uint8Array[] = [];
  const outputs: Uint8Array[] = [];
  const standing = new Map<string, OnnxTensor>();
  const domains = new Set<string>([""]);
  const node: OnnxGraph["node"] = (
    operator,
    from,
    { attributes = {}, domain = "", name: own = `t${nodes.length}` } = {},
  ) => {
    domains.add(domain);
    nodes.push(
      field(1, [
        ...from.map((one) => field(1, one)),
        field(2, own),
        field(3, own),
        field(4, operator),
        ...Object.entries(attributes).map(([key, value]) => field(5, attributeFields(key, value))),
        ...(domain === "" ? [] : [field(7, domain)]),
      ]),
    );
    return own;
  };
  return {
    node,
    input: (own, kind, width) => {
      inputs.push(field(11, valueInfo(own, kind, width)));
      return own;
    },
    constant: (kind, values, { dims = [values.length], name: own } = {}) => {
      const key = own ?? JSON.stringify([kind, dims, Array.from<unknown>(values).map(String)]);
      const known = standing.get(key);
      if (known !== undefined) return known;
      const made = own ?? `c${standing.size}`;
      standing.set(key, made);
      tensors.push(field(5, tensorFields(made, kind, dims, values)));
      return made;
    },
    output: (own, tensor, kind, width) => {
      if (tensor !== own) node("Identity", [tensor], { name: own });
      outputs.push(field(12, valueInfo(own, kind, width)));
    },
    bytes: (metadata) =>
      joined([
        field(1, irVersion),
        field(2, "cspbbr3-twin"),
        field(7, [...nodes, field(2, name), ...tensors, ...inputs, ...outputs]),
        ...[...domains].map((domain) => field(8, [field(1, domain), field(2, opsets[domain])])),
        ...Object.entries(metadata).map(([key, value]) => field(14, [field(1, key), field(2, value)])),
      ]),
  };
}

/** AttributeProto: the place of its value, and the number of its type. */
function attributeFields(name: string, value: OnnxAttribute): Uint8Array[] {
  const [content, type] = ((): [Uint8Array[], number] => {
    if (typeof value === "number") return [[field(3, value)], 2];
    if (typeof value === "string") return [[field(4, value)], 3];
    if (value instanceof Float32Array) return [[field(7, floatBytes(value))], 6];
    return isTexts(value) ? [value.map((one) => field(9, one)), 8] : [[field(8, varints(value))], 7];
  })();
  return [field(1, name), ...content, field(20, type)];
}

function isTexts(values: ArrayLike<number> | readonly string[]): values is readonly string[] {
  return Array.isArray(values) && typeof values[0] === "string";
}

/** TensorProto. */
function tensorFields(
  name: string,
  kind: OnnxKind,
  dims: readonly number[],
  values: ArrayLike<number> | readonly string[],
): Uint8Array[] {
  const content = isTexts(values) ? values.map((one) => field(6, one)) : [field(9, numberBytes(kind, values))];
  return [...dims.map((dim) => field(1, dim)), field(2, onnxKinds[kind]), field(8, name), ...content];
}

/** Lowest byte first, on any machine. */
function numberBytes(kind: OnnxKind, values: ArrayLike<number>): Uint8Array {
  if (kind === "float") return floatBytes(values);
  if (kind === "bool") return Uint8Array.from(values);
  const view = new DataView(new ArrayBuffer(8 * values.length));
  for (let i = 0; i < values.length; i++) {
    if (kind === "int64") view.setBigInt64(8 * i, BigInt(values[i]), true);
    else view.setFloat64(8 * i, values[i], true);
  }
  return new Uint8Array(view.buffer);
}

/** ValueInfoProto of [batch, width]. */
function valueInfo(name: string, kind: OnnxKind, width: number): Uint8Array[] {
  const shape = [field(1, [field(2, "batch")]), field(1, [field(1, width)])];
  return [field(1, name), field(2, [field(1, [field(1, onnxKinds[kind]), field(2, shape)])])];
}
