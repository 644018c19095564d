/**
 * Ticks of a logarithmic axis within [low, high], ascending: 1, 2 and 5 times powers of
 * ten, whole numbers as well where those are fewer than four, powers of ten alone over more than four decades.
 *
 * @throws RangeError unless 0 < low < high < Infinity
 */
export function logTicks(low: number, high: number): number[] {
  if (!(low > 0 && low < high && high < Infinity))
    throw new RangeError(`logTicks: the range must ascend from above 0; got ${low} to ${high}`);
  if (high / low > 1e4) return within(low, high, [1]);
  const ticks = within(low, high, [1, 2, 5]);
  return ticks.length < 4 ? within(low, high, [1, 2, 3, 4, 5, 6, 7, 8, 9]) : ticks;
}

function within(low: number, high: number, steps: readonly number[]): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const step of steps) {
      const tick = Number(`${step}e${power}`);
      // Ends that come from logarithms may miss a round number by rounding.
      if (tick >= low * 0.999 && tick <= high * 1.001) ticks.push(tick);
    }
  }
  return ticks;
}
