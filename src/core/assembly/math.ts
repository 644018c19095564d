// @ts-nocheck: AssemblyScript; asc checks it
import { add, constant, div, horner, max, min, mul, sqrt, sub } from "./arithmetic";

/*
 * Functions of four float32 at once. Additions and multiplications alone, in a fixed order, so that all machines give
 * the same bits (no relaxed SIMD, no fused multiply-add). Polynomials are minimax fits with float32 coefficients
 * (Sollya, fpminimax); error bounds are those that test/core/assembly/math.test.ts asserts, relative unless said
 * otherwise.
 */

const one = memory.data<f32>([1]);

const log2e = memory.data<f32>([1.442695]);
/** 1.5 * 2^23: a sum with it is rounded to an integer, which then stands in its low bits. */
const roundingBias = memory.data<f32>([12582912]);
/** ln 2 in two parts; the first has nine bits, so that its product with an exponent is exact. */
const ln2High = memory.data<f32>([0.693359375]);
const ln2Low = memory.data<f32>([-2.1219444e-4]);
/** Between ln of the smallest normal number and ln of the largest. */
const expFloor = memory.data<f32>([-87.33654]);
const expCeiling = memory.data<f32>([88.72283]);
/** (exp(r) - 1 - r) / r^2 on [-0.347, 0.347], highest power first; 3.2e-9. */
const expSeries = memory.data<f32>([1.3823241e-3, 8.368827e-3, 4.166824e-2, 0.1666652, 0.49999994]);

/**
 * exp(x) = 2^n exp(r) with n the integer nearest to x / ln 2.
 *
 * Error below 1e-7 on [-87.3365, 88.7228]. Below that range 0, above it exp(88.7228) = 3.4e38; NaN stays NaN.
 */
@inline
export function exp(x: v128): v128 {
  const clamped = min(x, constant(expCeiling));
  const biased = add(mul(clamped, constant(log2e)), constant(roundingBias));
  const n = sub(biased, constant(roundingBias));
  const r = sub(sub(clamped, mul(n, constant(ln2High))), mul(n, constant(ln2Low)));
  let p = horner(constant(expSeries), r, expSeries + 4);
  p = horner(p, r, expSeries + 8);
  p = horner(p, r, expSeries + 12);
  p = horner(p, r, expSeries + 16);
  p = add(add(mul(p, mul(r, r)), r), constant(one));
  // n added to the exponent; shifting leaves nothing else of the biased number.
  const scaled = i32x4.add(p, i32x4.shl(biased, 23));
  return v128.andnot(scaled, f32x4.lt(x, constant(expFloor)));
}

const two = memory.data<f32>([2]);
const smallestNormal = memory.data<f32>([1.17549435e-38]);
const squareRootOfHalf = memory.data<i32>([0x3f3504f3]);
/** (ln((1 + s) / (1 - s)) / s - 2) / s^2 in powers of s^2 on [0, 0.0295], highest first; 3e-9 of the logarithm. */
const logSeries = memory.data<f32>([0.2958846, 0.39988515, 0.66666687]);

/**
 * Natural logarithm: x = 2^n (1 + f) with 1 + f in [√½, √2), s = f / (2 + f), and
 * ln(1 + f) = ln((1 + s) / (1 - s)) = f - s (f - s^2 P(s^2)), as in fdlibm.
 *
 * Error below 1e-7 for normal numbers, relative also near 1. Zero, negative and subnormal numbers give
 * ln(1.18e-38) = -87.3; infinity and NaN give some finite number.
 */
@inline
export function log(x: v128): v128 {
  const bits = max(x, constant(smallestNormal));
  const exponent = i32x4.shr_s(i32x4.sub(bits, constant(squareRootOfHalf)), 23);
  const f = sub(i32x4.sub(bits, i32x4.shl(exponent, 23)), constant(one));
  const n = f32x4.convert_i32x4_s(exponent);
  const s = div(f, add(constant(two), f));
  const z = mul(s, s);
  let p = horner(constant(logSeries), z, logSeries + 4);
  p = mul(horner(p, z, logSeries + 8), z);
  const rest = sub(mul(s, sub(f, p)), mul(n, constant(ln2Low)));
  return add(mul(n, constant(ln2High)), sub(f, rest));
}

/** x^y = exp(y ln x) for x > 0. Error below 1e-7 + 1.5e-7 |y ln x|; results below 1.18e-38 are 0. */
@inline
export function pow(x: v128, y: v128): v128 {
  return exp(mul(y, log(x)));
}

/** 1 / (1 + exp(-x)). Error below 1.8e-7 for x > -87; below -88.7 it stays at 2.9e-39. */
@inline
export function sigmoid(x: v128): v128 {
  return div(constant(one), add(constant(one), exp(f32x4.neg(x))));
}

const half = memory.data<f32>([0.5]);
const quarter = memory.data<f32>([0.25]);
const threeQuarters = memory.data<f32>([0.75]);
/** sin(2 π a) / a in powers of a^2 on [0, 1/4], highest first; 2.8e-8. */
const sineSeries = memory.data<f32>([40.002277, -76.61756, 81.60433, -41.341717, 6.2831855]);

/** sin(2 π a) for a in [-1/4, 1/4]. */
@inline
function sineOfTurns(a: v128): v128 {
  const z = mul(a, a);
  let p = horner(constant(sineSeries), z, sineSeries + 4);
  p = horner(p, z, sineSeries + 8);
  p = horner(p, z, sineSeries + 12);
  return mul(horner(p, z, sineSeries + 16), a);
}

/**
 * sin(2 π u) for u in [0, 1], folded without rounding: u, 1/2 - u or u - 1, whichever lies in [-1/4, 1/4].
 * Error below 1.8e-7, relative even next to the zeros. Sine and cosine have a polynomial each: that takes no more
 * steps than sharing one reduction would.
 */
@inline
export function sin2pi(u: v128): v128 {
  return sineOfTurns(max(min(u, sub(constant(half), u)), sub(u, constant(one))));
}

/**
 * cos(2 π u) for u in [0, 1] as the sine of 1/4 - u or u - 3/4. Error below 1.8e-7, relative even next to the zeros.
 */
@inline
export function cos2pi(u: v128): v128 {
  return sineOfTurns(max(sub(constant(quarter), u), sub(u, constant(threeQuarters))));
}

const minusTwo = memory.data<f32>([-2]);

/**
 * Two independent standard normal numbers from two uniform ones, √(-2 ln u1) times cos and sin of 2 π u2, as boxMuller
 * in src/core has them. Error below 3e-7 of the radius. Not beyond 5.77 with uniform numbers of 23 bits.
 *
 * @param cosine  address of the four first numbers, @param sine of the four second ones: a function returns one v128
 *   only
 * @param u1      in (0, 1]
 * @param u2      in [0, 1]
 */
@inline
export function normalPair(cosine: usize, sine: usize, u1: v128, u2: v128): void {
  const radius = sqrt(mul(constant(minusTwo), log(u1)));
  v128.store(cosine, mul(radius, cos2pi(u2)));
  v128.store(sine, mul(radius, sin2pi(u2)));
}
