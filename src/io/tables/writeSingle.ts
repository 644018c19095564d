/**
 * Writes a finite Float32 as the shortest decimal text that reads back to it, directly or by
 * way of a double; of texts equally short the nearest one. The form is that of JavaScript's
 * numbers (0.5, 1e-7); -0 is written as 0.
 *
 * Nine digits always tell a Float32 from its neighbours. So the value is scaled to an integer
 * of nine digits (in doubles, whose error is a billionth of the room between neighbours), and
 * last digits are dropped as long as a shorter integer stays within half a step to the neighbour.
 *
 * @param bits  the value as its 32 bits (an Int32Array over the same memory has them at hand)
 * @param out   bytes with room for `singleBytes` from `at`
 * @returns the place behind the text
 */
export function writeSingle(value: number, bits: number, out: Uint8Array, at: number): number {
  const magnitude = bits & 0x7fffffff;
  if (magnitude === 0) {
    out[at] = digit0;
    return at + 1;
  }
  if (bits < 0) out[at++] = minus;
  const x = Math.abs(value);
  if (magnitude < smallestNormal) return writeAscii(String(shortestByTrial(x)), out, at);
  const exponent = magnitude >>> 23;
  let scale = scales[exponent];
  let scaled = x * factors[exponent];
  let above = halfSteps[exponent];
  if (scaled >= 999_999_999.5) {
    scaled *= 0.1;
    above *= 0.1;
    scale--;
  }
  // Below a power of two the neighbours are twice as close.
  const below = (magnitude & 0x7fffff) === 0 ? above * 0.5 : above;
  let digits = Math.floor(scaled + 0.5);
  let dropped = 0;
  while (dropped < powers.length) {
    const power = powers[dropped];
    let shorter = Math.floor(scaled * inverses[dropped] + 0.5);
    let gap = shorter * power - scaled;
    // Above a power of two there is room where there is none below it.
    if (gap < -below - margin) {
      shorter++;
      gap += power;
    }
    const room = gap < 0 ? below + gap : above - gap;
    if (room < margin && (room < -margin || !isTieToEven(shorter * power, scale, x))) break;
    digits = shorter;
    dropped++;
  }
  return writeDecimal(digits, 9 - dropped, dropped - scale, out, at);
}

/**
 * No text of a Float32 is longer than this: a sign, five zeros behind the
 * point, nine digits, or 21 digits before the point.
 */
export const singleBytes = 24;

/** Writes a text of plain ASCII; gives back the place behind it. */
export function writeAscii(text: string, out: Uint8Array, at: number): number {
  for (let i = 0; i < text.length; i++) out[at++] = text.charCodeAt(i);
  return at;
}

const digit0 = 48;
const minus = 45;
const point = 46;
const smallestNormal = 0x800000;

/** Far more than the error of `scaled`, far less than the least half step, which is 2.9. */
const margin = 1e-6;

/** For each exponent of a Float32 the power of ten that scales its powers of two to nine digits. */
const scales: Int32Array = Int32Array.from(
  { length: 256 },
  (_, exponent) => 8 - Math.floor(Math.log10(2 ** (exponent - 127)) + 1e-12),
);
const factors: Float64Array = Float64Array.from(scales, (scale) => Number(`1e${scale}`));
/** Half the way to the next Float32, scaled. */
const halfSteps: Float64Array = Float64Array.from(factors, (factor, exponent) => factor * 2 ** (exponent - 151));

/** What the loop over shorter texts needs, at hand instead of computed: all numbers of a CSV go through it. */
const powers: Float64Array = Float64Array.from({ length: 9 }, (_, dropped) => 10 ** (dropped + 1));
const inverses: Float64Array = Float64Array.from(powers, (power) => 1 / power);

/** Powers of ten that doubles hold exactly. */
const tens: Float64Array = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

/**
 * Whether a text half way to a neighbour reads back: the even one of the two wins. Only of
 * integers is the half-way text ever the shortest, and with them doubles are exact.
 */
function isTieToEven(scaledText: number, scale: number, x: number): boolean {
  const text = scale <= 0 ? scaledText * tens[-scale] : scale < tens.length ? scaledText / tens[scale] : 0.5;
  return Number.isSafeInteger(text) && Math.fround(text) === x;
}

/** Subnormal numbers have fewer digits and are rare. */
function shortestByTrial(x: number): number {
  let digits = 1;
  while (Math.fround(Number(x.toPrecision(digits))) !== x) digits++;
  return Number(x.toPrecision(digits));
}

/** Writes digits · 10^exponent; of digits there are `length`, or one more where rounding made it so. */
function writeDecimal(digits: number, length: number, exponent: number, out: Uint8Array, at: number): number {
  if (digits >= tens[length]) length++;
  const before = length + exponent;
  if (before > 21 || before <= -6) return writeAscii(String(Number(`${digits}e${exponent}`)), out, at);
  if (exponent >= 0) {
    writeInteger(digits, out, at, at + length);
    out.fill(digit0, at + length, at + before);
    return at + before;
  }
  if (before > 0) {
    // Written one place to the right, then the digits before the point move to theirs.
    writeInteger(digits, out, at + 1, at + 1 + length);
    for (let i = at; i < at + before; i++) out[i] = out[i + 1];
    out[at + before] = point;
    return at + 1 + length;
  }
  out[at] = digit0;
  out[at + 1] = point;
  at += 2;
  for (let zeros = before; zeros < 0; zeros++) out[at++] = digit0;
  writeInteger(digits, out, at, at + length);
  return at + length;
}

/** Two digits at a time: division is what takes the time. */
const pairs: Uint8Array = Uint8Array.from(
  { length: 200 },
  (_, i) => digit0 + (i % 2 === 0 ? Math.floor(i / 20) : (i >> 1) % 10),
);

function writeInteger(value: number, out: Uint8Array, start: number, end: number): void {
  let rest = value | 0;
  while (end - start >= 2) {
    const hundreds = (rest / 100) | 0;
    const pair = (rest - hundreds * 100) << 1;
    out[--end] = pairs[pair + 1];
    out[--end] = pairs[pair];
    rest = hundreds;
  }
  if (end > start) out[start] = digit0 + rest;
}
