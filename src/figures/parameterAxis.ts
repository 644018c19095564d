import { logTicks } from "./logTicks.js";
import type { PlottedChoice, PlottedParameter } from "./PlottedStudy.js";
import { shortName } from "./shortName.js";
import { tickText } from "./shortNumber.js";

/** Where the values of a parameter stand on an axis, and what stands beside it. */
export interface ParameterAxis {
  readonly type: "linear" | "log";
  /** What its numbers are: "log", "value", "whole", "choice". */
  readonly scale: string;
  /** First and last number of the axis: of a logarithmic one too, the number itself. */
  readonly ends: readonly [number, number];
  /** At most so many as were asked for. */
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  /** Number of a value: itself, or the place of a choice; null where it is not there. */
  readonly at: (value: PlottedChoice | undefined) => number | null;
  /** How far a number lies from the first end to the last, 0 to 1. */
  readonly shareOf: (at: number) => number;
}

/**
 * Axis of a parameter of a study, or of what is tuned: a logarithmic one where ratios count, places in a row for
 * choices.
 *
 * @param options.ticks   at most so many; all choices have one (default 4)
 * @param options.letters  of a choice at most (default 14)
 */
export function parameterAxis(
  parameter: PlottedParameter,
  { ticks: most = 4, letters = 14 }: { readonly ticks?: number; readonly letters?: number } = {},
): ParameterAxis {
  if (parameter.kind === "categorical") {
    const { choices } = parameter;
    const last = Math.max(choices.length - 1, 0.5);
    return {
      type: "linear",
      scale: "choice",
      ends: [0, last],
      ticks: choices.map((choice, at) => ({ at, text: shortName(String(choice), letters) })),
      at: (value) => {
        const place = value === undefined ? -1 : choices.indexOf(value);
        return place === -1 ? null : place;
      },
      shareOf: (at) => at / last,
    };
  }
  const { kind, log = false } = parameter;
  const [low, high] = parameter.low < parameter.high ? [parameter.low, parameter.high] : aroundOne(parameter.low, log);
  const places = log ? thinned(logTicks(low, high), most) : linearTicks([low, high], most, kind === "integer");
  const inner = log ? Math.log : (value: number) => value;
  return {
    type: log ? "log" : "linear",
    scale: log ? "log" : kind === "integer" ? "whole" : "value",
    ends: [low, high],
    ticks: places.map((at) => ({ at, text: tickText(at) })),
    at: (value) => (typeof value === "number" ? value : null),
    shareOf: (at) => (inner(at) - inner(low)) / (inner(high) - inner(low)),
  };
}

/** Room about a single value. */
function aroundOne(value: number, log: boolean): readonly [number, number] {
  if (log) return [value / 2, value * 2];
  const room = Math.abs(value) / 10 || 1;
  return [value - room, value + room];
}

/** Powers of ten where these are enough, and of what is left every second, third and so on. */
function thinned(ticks: readonly number[], most: number): readonly number[] {
  if (ticks.length <= most) return ticks;
  const powers = ticks.filter((tick) => Number.isInteger(Number(Math.log10(tick).toFixed(9))));
  const left = powers.length >= 2 ? powers : ticks;
  const every = Math.ceil(left.length / most);
  return left.filter((_, i) => i % every === 0);
}

/** Round numbers between two ends, 1, 2 or 5 times a power of ten apart. */
function linearTicks([low, high]: readonly [number, number], most: number, isWhole: boolean): readonly number[] {
  const power = 10 ** Math.floor(Math.log10((high - low) / most));
  const steps = [1, 2, 5, 10, 20].map((factor) => factor * power).filter((step) => !isWhole || step >= 1);
  for (const step of isWhole && power < 1 ? [1, ...steps] : steps) {
    const [first, last] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
    if (last - first + 1 > most) continue;
    return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
  }
  return [low, high];
}
