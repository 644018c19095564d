/** Fields of a protobuf message by number, in order: varints as numbers, the rest as bytes. */
type Fields = ReadonlyMap<number, readonly (number | Uint8Array)[]>;

function fieldsOf(bytes: Uint8Array): Fields {
  const fields = new Map<number, (number | Uint8Array)[]>();
  let at = 0;
  const varint = (): number => {
    let [value, factor] = [0, 1];
    for (;;) {
      const byte = bytes[at++];
      value += (byte & 127) * factor;
      factor *= 128;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    let value: number | Uint8Array;
    if (tag % 8 === 0) value = varint();
    else if (tag % 8 === 2) {
      const length = varint();
      if (at + length > bytes.length) throw new Error(`field ${number} runs past the end`);
      value = bytes.subarray(at, (at += length));
    } else throw new Error(`wire type ${tag % 8} is not used by ONNX models of ours`);
    fields.set(number, [...(fields.get(number) ?? []), value]);
  }
  return fields;
}

const all = (fields: Fields, number: number): readonly Fields[] =>
  (fields.get(number) ?? []).map((value) => fieldsOf(value as Uint8Array));
const texts = (fields: Fields, number: number): string[] =>
  (fields.get(number) ?? []).map((value) => Buffer.from(value as Uint8Array).toString("utf8"));
const only = (fields: Fields, number: number): Fields => all(fields, number)[0];

export interface OnnxModel {
  readonly irVersion: number;
  readonly opset: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly inputs: readonly { readonly name: string; readonly width: number }[];
  readonly outputs: readonly { readonly name: string; readonly width: number }[];
  /** Runs the graph on rows of features: outputs by name. In doubles. */
  run(features: readonly (readonly number[])[]): Readonly<Record<string, readonly (readonly number[])[]>>;
}

/** Decodes an ONNX file without the code that wrote it. */
export function readOnnx(bytes: Uint8Array): OnnxModel {
  const model = fieldsOf(bytes);
  const graph = only(model, 7);
  const info = (number: number): { name: string; width: number }[] =>
    all(graph, number).map((one) => ({
      name: texts(one, 1)[0],
      width: all(only(only(only(one, 2), 1), 2), 1)[1].get(1)![0] as number,
    }));
  return {
    irVersion: model.get(1)![0] as number,
    opset: only(model, 8).get(2)![0] as number,
    metadata: Object.fromEntries(all(model, 14).map((entry) => [texts(entry, 1)[0], texts(entry, 2)[0]])),
    inputs: info(11),
    outputs: info(12),
    run: (features) => {
      const values = new Map<string, readonly (readonly number[])[]>([["features", features]]);
      for (const one of all(graph, 5)) values.set(texts(one, 8)[0], tensorOf(one));
      for (const node of all(graph, 1))
        values.set(
          texts(node, 2)[0],
          evaluate(
            texts(node, 4)[0],
            texts(node, 1).map((name) => values.get(name)!),
          ),
        );
      return Object.fromEntries(info(12).map(({ name }) => [name, values.get(name)!]));
    },
  };
}

/** Scalars and vectors as one row. */
function tensorOf(tensor: Fields): number[][] {
  const raw = tensor.get(9)![0] as Uint8Array;
  const dims = (tensor.get(1) ?? []) as readonly number[];
  if (tensor.get(2)![0] !== 1) throw new Error("floats only");
  const width = dims[dims.length - 1] ?? 1;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  return Array.from({ length: raw.length / 4 / width }, (_, i) =>
    Array.from({ length: width }, (_, j) => view.getFloat32(4 * (i * width + j), true)),
  );
}

function evaluate(operator: string, inputs: readonly (readonly (readonly number[])[])[]): number[][] {
  const [a, b, c] = inputs;
  const each = (f: (x: number) => number): number[][] => a.map((row) => row.map(f));
  const pair = (f: (x: number, y: number) => number): number[][] =>
    a.map((row, i) => row.map((x, j) => f(x, b.length === 1 ? b[0][b[0].length === 1 ? 0 : j] : b[i][j])));
  switch (operator) {
    case "Gemm":
      return a.map((row) => c[0].map((bias, j) => row.reduce((sum, x, i) => sum + x * b[i][j], bias)));
    case "Relu":
      return each((x) => Math.max(x, 0));
    case "Tanh":
      return each(Math.tanh);
    case "Sigmoid":
      return each((x) => 1 / (1 + Math.exp(-x)));
    case "Mul":
      return pair((x, y) => x * y);
    case "Add":
      return pair((x, y) => x + y);
    case "Softmax":
      return a.map((row) => row.map((x) => Math.exp(x) / row.reduce((sum, y) => sum + Math.exp(y), 0)));
    default:
      throw new Error(`unknown operator ${operator}`);
  }
}
