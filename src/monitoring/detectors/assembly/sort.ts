// @ts-nocheck: AssemblyScript; asc checks it

/*
 * Ascending order of float64 numbers. Their bits, with the sign turned over, ascend with the numbers as unsigned
 * integers; they are dealt into heaps by eleven bits, the lowest first. Each deal keeps the order of the one before.
 *
 * Three deals by the upper 33 bits leave few neighbours in the wrong order, which then change places. Where there are
 * many (numbers that differ in late digits only) the lower 31 bits are dealt first.
 */

/** Heaps of a deal, and where each digit of three begins. */
const heaps = 1 << 11;
const last: u64 = heaps - 1;
const upper: i32 = 31;
/** Bytes of the counts of three digits. */
const countBytes = 3 * 4 * heaps;

/** Key of a number: -0 before 0, as Float64Array.prototype.sort has it. NaN, of either sign, is the last of all. */
@inline
function keyOf(value: f64): u64 {
  const bits = reinterpret<i64>(value);
  return value == value ? <u64>(bits ^ ((bits >> 63) | i64.MIN_VALUE)) : u64.MAX_VALUE;
}


@inline
function numberOf(key: u64): f64 {
  const bits = <i64>key;
  return reinterpret<f64>(bits ^ (~(bits >> 63) | i64.MIN_VALUE));
}

/**
 * Sorts numbers.
 *
 * @param values  address of them; it is written over
 * @param spare   address of as much room
 * @param counts  address of 24 KiB
 * @returns address of the sorted numbers: one of the two
 */
export function sort(values: usize, spare: usize, counts: usize, length: i32): usize {
  const bytes = (<usize>length) << 3;
  for (let at = values; at < values + bytes; at += 8) store<u64>(at, keyOf(load<f64>(at)));
  let sorted = deal(values, spare, counts, bytes, upper);
  if (!mend(sorted, bytes, 4 * length)) {
    const other = sorted == values ? spare : values;
    sorted = deal(sorted, other, counts, bytes, 0);
    sorted = deal(sorted, sorted == values ? spare : values, counts, bytes, upper);
  }
  for (let at = sorted; at < sorted + bytes; at += 8) store<f64>(at, numberOf(load<u64>(at)));
  return sorted;
}

/** Three deals by the 33 bits above a shift. @returns where the keys lie now */
function deal(keys: usize, spare: usize, counts: usize, bytes: usize, shift: u64): usize {
  memory.fill(counts, 0, countBytes);
  for (let at = keys; at < keys + bytes; at += 8) {
    const key = load<u64>(at) >> shift;
    count(counts, key);
    count(counts + 4 * heaps, key >> 11);
    count(counts + 8 * heaps, key >> 22);
  }
  let from = keys,
    to = spare;
  const first = load<u64>(keys);
  for (let digit: u64 = 0; digit < 3; digit++) {
    const heap = counts + ((<usize>digit) << 13);
    const begins = shift + 11 * digit;
    // All keys share this digit: numbers from float32 have nothing in the last 29 bits.
    if ((<usize>load<u32>(heap + ((<usize>((first >> begins) & last)) << 2))) << 3 == bytes) continue;
    let place = <u32>to;
    for (let at = heap; at < heap + 4 * heaps; at += 4) {
      const many = load<u32>(at);
      store<u32>(at, place);
      place += many << 3;
    }
    for (let at = from; at < from + bytes; at += 8) {
      const key = load<u64>(at);
      const mine = heap + ((<usize>((key >> begins) & last)) << 2);
      const free = load<u32>(mine);
      store<u64>(free, key);
      store<u32>(mine, free + 8);
    }
    const was = from;
    from = to;
    to = was;
  }
  return from;
}


@inline
function count(counts: usize, key: u64): void {
  const mine = counts + ((<usize>(key & last)) << 2);
  store<u32>(mine, load<u32>(mine) + 1);
}

/** Moves keys that stand too late; false, and some stand so still, where that takes more than so many steps. */
function mend(keys: usize, bytes: usize, most: i32): bool {
  let before = load<u64>(keys);
  for (let at = keys + 8; at < keys + bytes; at += 8) {
    const key = load<u64>(at);
    if (key >= before) {
      before = key;
      continue;
    }
    let to = at;
    do {
      store<u64>(to, load<u64>(to - 8));
      to -= 8;
      most--;
    } while (to > keys && load<u64>(to - 8) > key);
    store<u64>(to, key);
    if (most < 0) return false;
  }
  return true;
}
