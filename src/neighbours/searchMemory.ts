import { SearchLayout } from "./SearchLayout.js";

const { leafPoints, pairBytes } = SearchLayout;

/**
 * Memory of one search: where everything stands, and views on it. Sizes are
 * those that the program reads to, padding included.
 */
export interface SearchMemory {
  readonly pages: WebAssembly.Memory;
  readonly at: Readonly<
    Record<
      | "coordinates"
      | "codes"
      | "minusHalves"
      | "rows"
      | "boxes"
      | "askCoordinates"
      | "askCodes"
      | "askSquares"
      | "askRows"
      | "squares"
      | "answers"
      | "bars"
      | "group"
      | "gaps"
      | "order",
      number
    >
  >;
  readonly width: number;
  readonly pairs: number;
  readonly k: number;
  /** Points and questions with room up to whole groups of eight and four. */
  readonly places: number;
  readonly seats: number;
  readonly leaves: number;
  readonly floats: (address: number, length: number) => Float32Array;
  readonly doubles: (address: number, length: number) => Float64Array;
  readonly integers: (address: number, length: number) => Int32Array;
  readonly shorts: (address: number, length: number) => Int16Array;
}

/**
 * @param size.width  numbers per row of coordinates, a multiple of 4
 * @param size.pairs  pairs of coordinates in a code
 */
export function searchMemory({
  points,
  questions,
  width,
  pairs,
  k,
}: {
  readonly points: number;
  readonly questions: number;
  readonly width: number;
  readonly pairs: number;
  readonly k: number;
}): SearchMemory {
  const [places, seats, leaves] = [
    8 * Math.ceil(points / 8),
    4 * Math.ceil(questions / 4),
    Math.ceil(points / leafPoints),
  ];
  // Below 64 KiB lie the compiler's constants.
  let top = 65536;
  const room = (bytes: number): number => {
    const address = top;
    top += 64 * Math.ceil(bytes / 64);
    return address;
  };
  const at = {
    coordinates: room(4 * places * width),
    codes: room((places / 8) * pairs * pairBytes),
    minusHalves: room(4 * places),
    rows: room(4 * places),
    boxes: room(8 * leaves * width),
    askCoordinates: room(4 * seats * width),
    askCodes: room(4 * seats * pairs),
    askSquares: room(4 * seats),
    askRows: room(4 * seats),
    squares: room(8 * seats * k),
    answers: room(4 * seats * k),
    bars: room(4 * seats),
    group: room(8 * width),
    gaps: room(4 * leaves),
    order: room(4 * leaves),
  };
  const pages = new WebAssembly.Memory({ initial: Math.ceil(top / 65536) });
  const { buffer } = pages;
  return {
    pages,
    at,
    width,
    pairs,
    k,
    places,
    seats,
    leaves,
    floats: (address, length) => new Float32Array(buffer, address, length),
    doubles: (address, length) => new Float64Array(buffer, address, length),
    integers: (address, length) => new Int32Array(buffer, address, length),
    shorts: (address, length) => new Int16Array(buffer, address, length),
  };
}
