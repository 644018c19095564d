// @ts-nocheck: AssemblyScript; asc checks it

/*
 * Shorthands that let formulas read like formulas: a v128 is four float32 lanes, one row each.
 *
 * Write constants of loops as `const name = memory.data<f32>([value])` and `constant(name)`: one load. V8 builds
 * `f32x4.splat(value)` anew with three instructions in every turn of the loop.
 */

/** The number at an address, in all four lanes. */
@inline
export function constant(address: usize): v128 {
  return v128.load_splat<f32>(address);
}


@inline
export function splat(value: f32): v128 {
  return f32x4.splat(value);
}


@inline
export function add(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}


@inline
export function sub(a: v128, b: v128): v128 {
  return f32x4.sub(a, b);
}


@inline
export function mul(a: v128, b: v128): v128 {
  return f32x4.mul(a, b);
}


@inline
export function div(a: v128, b: v128): v128 {
  return f32x4.div(a, b);
}

/**
 * b where b < a, otherwise a: one instruction, while IEEE's minimum
 * (f32x4.min) takes six. So NaN in a stays, NaN in b is dropped.
 */
@inline
export function min(a: v128, b: v128): v128 {
  return f32x4.pmin(a, b);
}

/** b where a < b, otherwise a: NaN in a stays, NaN in b is dropped. */
@inline
export function max(a: v128, b: v128): v128 {
  return f32x4.pmax(a, b);
}

/** Correctly rounded. */
@inline
export function sqrt(a: v128): v128 {
  return f32x4.sqrt(a);
}

/** One step of Horner's scheme: p x + the coefficient at an address. */
@inline
export function horner(p: v128, x: v128, coefficient: usize): v128 {
  return add(mul(p, x), constant(coefficient));
}

/** a in lanes whose mask is all ones (as comparisons give it), b in those whose mask is 0. */
@inline
export function select(mask: v128, a: v128, b: v128): v128 {
  return v128.bitselect(a, b, mask);
}

/** table[index] per lane: float32 or any 32-bit elements from an address on. Indices are not checked. */
@inline
export function gather(table: usize, index: v128): v128 {
  const first = v128.load_zero<u32>(table + ((<usize>i32x4.extract_lane(index, 0)) << 2));
  const second = v128.load_lane<u32>(table + ((<usize>i32x4.extract_lane(index, 1)) << 2), first, 1);
  const third = v128.load_lane<u32>(table + ((<usize>i32x4.extract_lane(index, 2)) << 2), second, 2);
  return v128.load_lane<u32>(table + ((<usize>i32x4.extract_lane(index, 3)) << 2), third, 3);
}
