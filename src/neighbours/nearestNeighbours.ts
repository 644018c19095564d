import type { Matrix } from "../core/Matrix.js";
import { readWasm } from "../io/readWasm.js";
import { type PointCodes, pointCodes } from "./pointCodes.js";
import { SearchLayout } from "./SearchLayout.js";
import { type SearchMemory, searchMemory } from "./searchMemory.js";
import { treeOrder } from "./treeOrder.js";

/** The nearest rows of each row that asked; entry j of question i stands at i * k + j, nearest first. */
export interface Neighbours {
  readonly k: number;
  /** Row numbers of the matrix. */
  readonly rows: Uint32Array;
  /** Euclidean, in the units of the matrix. */
  readonly distances: Float64Array;
}

interface Program {
  setPoints(
    width: number,
    pairs: number,
    k: number,
    scale: number,
    coordinates: number,
    codes: number,
    minusHalves: number,
    rows: number,
    boxes: number,
  ): void;
  setQuestions(
    coordinates: number,
    codes: number,
    squares: number,
    rows: number,
    answerSquares: number,
    answerRows: number,
    bars: number,
  ): void;
  bound(points: number): void;
  measureLeaves(group: number, leaves: number, out: number): void;
  visit(from: number, to: number, order: number, gaps: number, leaves: number, points: number): void;
}

/** Rows of no point, as a signed word. */
const nobody = -1;
const { leafPoints, groupQuestions, pairBytes } = SearchLayout;

/**
 * The k nearest other rows by Euclidean distance. Exact: distances are summed in float64, and of two rows at the same
 * distance the lower one comes first, so the answer depends on neither order of search nor machine.
 *
 * Points lie in the leaves of a tree; groups of questions visit leaves from near to far and leave out those that are
 * too far. Within a leaf a bound in 16-bit integers (rounded coordinates, the last of which is the length of all
 * coordinates left out) dismisses most points before their distance is computed. Nothing is approximate.
 *
 * @param points         finite numbers; on the same scale, or standardised, if distances are to mean something
 * @param options.k      neighbours wanted
 * @param options.of     rows that ask (default all); a row is no neighbour of itself, but one that equals it is
 * @param options.among  rows that may be answers (default all), each once
 * @throws RangeError if k is no count, or a row that asks finds fewer than k others
 * @throws InputError if the program was not built
 */
export async function nearestNeighbours(
  points: Matrix,
  {
    k,
    of = everyRow(points),
    among = everyRow(points),
  }: { readonly k: number; readonly of?: Uint32Array; readonly among?: Uint32Array },
): Promise<Neighbours> {
  if (!(Number.isInteger(k) && k >= 1))
    throw new RangeError(`nearestNeighbours: k must be a whole number from 1; got ${k}`);
  const outside = [...[of, among].map((rows) => rows.find((row) => row >= points.rows))].find(
    (row) => row !== undefined,
  );
  if (outside !== undefined)
    throw new RangeError(`nearestNeighbours: rows must be below ${points.rows}; got ${outside}`);
  const members = new Uint8Array(points.rows);
  for (const row of among) {
    if (members[row] === 1)
      throw new RangeError(`nearestNeighbours: a row may be among the answers once; row ${row} is given twice`);
    members[row] = 1;
  }
  const others = of.some((row) => members[row] === 1) ? among.length - 1 : among.length;
  if (of.length > 0 && k > others)
    throw new RangeError(
      `nearestNeighbours: k must be at most ${others}, the other rows to choose from; ` +
        `got ${k}; take a smaller k or more rows`,
    );
  const answer: Neighbours = { k, rows: new Uint32Array(of.length * k), distances: new Float64Array(of.length * k) };
  if (of.length === 0) return answer;
  return search(points, answer, { of, among, module: await readWasm("search") });
}

function everyRow({ rows }: Matrix): Uint32Array {
  return Uint32Array.from({ length: rows }, (_, row) => row);
}

function search(
  { values, columns }: Matrix,
  { k, rows, distances }: Neighbours,
  { of, among, module }: { readonly of: Uint32Array; readonly among: Uint32Array; readonly module: WebAssembly.Module },
): Neighbours {
  const codes = pointCodes(values, columns, among);
  const memory = searchMemory({
    points: among.length,
    questions: of.length,
    width: 4 * Math.ceil(columns / 4),
    pairs: codes.pairs,
    k,
  });
  const program = new WebAssembly.Instance(module, { env: { memory: memory.pages } }).exports as unknown as Program;
  writePoints(memory, {
    values,
    columns,
    rows: among,
    order: treeOrder(values, columns, among, { leaf: leafPoints }),
    codes,
  });
  const seats = treeOrder(values, columns, of, { leaf: groupQuestions });
  writeQuestions(memory, { values, columns, rows: of, order: seats, codes });
  const { at, width, pairs } = memory;
  program.setPoints(width, pairs, k, codes.scale, at.coordinates, at.codes, at.minusHalves, at.rows, at.boxes);
  program.setQuestions(at.askCoordinates, at.askCodes, at.askSquares, at.askRows, at.squares, at.answers, at.bars);
  program.bound(among.length);
  for (let from = 0; from < of.length; from += groupQuestions)
    visitLeaves(program, memory, { from, to: Math.min(from + groupQuestions, of.length), points: among.length });
  const [squares, answers] = [memory.doubles(at.squares, of.length * k), memory.integers(at.answers, of.length * k)];
  seats.forEach((question, seat) => {
    for (let j = 0; j < k; j++) {
      rows[question * k + j] = answers[seat * k + j];
      distances[question * k + j] = Math.sqrt(squares[seat * k + j]);
    }
  });
  return { k, rows, distances };
}

/** What is written, in which order, and how it is coded; place i of the order holds `rows[order[i]]`. */
interface Placed {
  readonly values: Float32Array;
  readonly columns: number;
  readonly rows: Uint32Array;
  readonly order: Uint32Array;
  readonly codes: PointCodes;
}

/** Points as the program reads them; codes by octets, so that eight points are compared at once. */
function writePoints(
  { at, width, pairs, places, floats, integers, shorts }: SearchMemory,
  { values, columns, rows, order, codes }: Placed,
): void {
  const coordinates = floats(at.coordinates, places * width);
  const octetShorts = (pairs * pairBytes) / 2;
  const [octets, halves, names] = [
    shorts(at.codes, (places / 8) * octetShorts),
    integers(at.minusHalves, places),
    integers(at.rows, places).fill(nobody),
  ];
  const code = new Int16Array(2 * pairs);
  for (let place = 0; place < order.length; place++) {
    const row = rows[order[place]];
    copyRow(values, columns, row, coordinates, place * width);
    halves[place] = -Math.floor(codes.write(row, code) / 2);
    const octet = (place >> 3) * octetShorts + 2 * (place & 7);
    for (let pair = 0; pair < pairs; pair++) {
      octets[octet + 16 * pair] = code[2 * pair];
      octets[octet + 16 * pair + 1] = code[2 * pair + 1];
    }
    names[place] = row;
  }
}

/** Questions with as yet no answer: infinitely far, by nobody. */
function writeQuestions(
  { at, width, pairs, k, seats, floats, doubles, integers, shorts }: SearchMemory,
  { values, columns, rows, order, codes }: Placed,
): void {
  const coordinates = floats(at.askCoordinates, seats * width);
  const [askCodes, askSquares, names] = [
    shorts(at.askCodes, 2 * seats * pairs),
    integers(at.askSquares, seats),
    integers(at.askRows, seats),
  ];
  const code = new Int16Array(2 * pairs);
  for (let seat = 0; seat < order.length; seat++) {
    const row = rows[order[seat]];
    copyRow(values, columns, row, coordinates, seat * width);
    askSquares[seat] = codes.write(row, code);
    askCodes.set(code, 2 * seat * pairs);
    names[seat] = row;
  }
  doubles(at.squares, seats * k).fill(Infinity);
  integers(at.answers, seats * k).fill(nobody);
  integers(at.bars, seats).fill(-(2 ** 31));
}

/** One group of questions looks through all leaves, nearest first, until the rest is too far. */
function visitLeaves(
  program: Program,
  { at, width, leaves, floats, integers }: SearchMemory,
  { from, to, points }: { readonly from: number; readonly to: number; readonly points: number },
): void {
  boundGroup(floats(at.askCoordinates, to * width), width, from, to, floats(at.group, 2 * width));
  program.measureLeaves(at.group, leaves, at.gaps);
  // Bits of floats from 0 on ascend with the floats, so a sort of plain numbers orders leaves by their distance.
  const [bits, keys] = [integers(at.gaps, leaves), new Float64Array(leaves)];
  for (let leaf = 0; leaf < leaves; leaf++) keys[leaf] = bits[leaf] * 2 ** 21 + leaf;
  keys.sort();
  const order = integers(at.order, leaves);
  for (let i = 0; i < leaves; i++) order[i] = keys[i] % 2 ** 21;
  program.visit(from, to, at.order, at.gaps, leaves, points);
}

function copyRow(values: Float32Array, columns: number, row: number, into: Float32Array, at: number): void {
  for (let column = 0; column < columns; column++) into[at + column] = values[row * columns + column];
}

/** Lowest and highest coordinates of a group of questions. */
function boundGroup(asking: Float32Array, width: number, from: number, to: number, box: Float32Array): void {
  box.fill(Infinity, 0, width).fill(-Infinity, width);
  for (let i = from; i < to; i++) {
    for (let column = 0; column < width; column++) {
      const value = asking[i * width + column];
      if (value < box[column]) box[column] = value;
      if (value > box[width + column]) box[width + column] = value;
    }
  }
}
