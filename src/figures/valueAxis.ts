import { logTicks } from "./logTicks.js";
import { tickText } from "./shortNumber.js";

/** An axis of values for a layout, with the numbers at its ends. */
export interface ValueAxis {
  readonly axis: Readonly<Record<string, unknown>>;
  /** The numbers themselves, also on a logarithmic axis. */
  readonly ends: readonly [number, number];
}

/**
 * Axis that all values lie on with room to spare.
 *
 * @param values                  at least one; above 0 where logarithmic
 * @param options.title           with a unit
 * @param options.isLogarithmic   (default false)
 * @param options.room            share of the span that is left beyond either end (default 0.06)
 * @param options.below           share of the span that is left below beside that (default 0)
 */
export function valueAxis(
  values: readonly number[],
  {
    title,
    isLogarithmic = false,
    room = 0.06,
    below = 0,
  }: { readonly title: string; readonly isLogarithmic?: boolean; readonly room?: number; readonly below?: number },
): ValueAxis {
  const inner = (value: number): number => (isLogarithmic ? Math.log10(value) : value);
  const [least, most] = [
    values.reduce((a, b) => Math.min(a, b), Infinity),
    values.reduce((a, b) => Math.max(a, b), -Infinity),
  ].map(inner);
  // A single value has room about it, too.
  const span = most > least ? most - least : Math.max(Math.abs(least) / 10, isLogarithmic ? 0.1 : 1e-12);
  const pad = most > least ? room * span : span;
  const range = [least - pad - below * span, most + pad];
  if (!isLogarithmic) return { axis: { type: "linear", title, range }, ends: [range[0], range[1]] };
  const ends: readonly [number, number] = [10 ** range[0], 10 ** range[1]];
  const ticks = logTicks(...ends);
  return {
    axis: { type: "log", title, range, tickvals: ticks, ticktext: ticks.map(tickText) },
    ends,
  };
}
