/** A number between two ends, both included. */
export interface FloatParameter {
  readonly kind: "float";
  readonly low: number;
  readonly high: number;
  /** Whether ratios count, not differences (default false): then `low` must be above 0. */
  readonly log?: boolean;
  /** Distance of the values from `low` on (default: any number); not together with `log`. */
  readonly step?: number;
}

/** A whole number between two ends, both included. */
export interface IntegerParameter {
  readonly kind: "integer";
  readonly low: number;
  readonly high: number;
  /** Whether ratios count, not differences (default false): then `low` must be at least 1. */
  readonly log?: boolean;
  /** Distance of the values from `low` on (default 1); not together with `log`. */
  readonly step?: number;
}

/** What a choice may be. */
export type Choice = string | number | boolean | null;

/** One of several, of which none is nearer to another than any. */
export interface CategoricalParameter {
  readonly kind: "categorical";
  readonly choices: readonly Choice[];
}

/** What a trial may vary. */
export type Parameter = FloatParameter | IntegerParameter | CategoricalParameter;

/** Values of a trial by the names of its parameters. */
export type ParameterValues = Readonly<Record<string, Choice>>;

/**
 * Number that samplers reckon with: the place of a choice, the logarithm of a value whose ratios count, else the value.
 */
export function innerOf(parameter: Parameter, value: Choice): number {
  if (parameter.kind === "categorical") return parameter.choices.indexOf(value);
  return parameter.log === true ? Math.log(value as number) : (value as number);
}

/** Value of a number that samplers reckon with, on the steps of the parameter and between its ends. */
export function outerOf(parameter: Parameter, inner: number): Choice {
  if (parameter.kind === "categorical") return parameter.choices[inner];
  const { kind, low, log = false } = parameter;
  const step = stepOf(parameter);
  let value = log ? Math.exp(inner) : inner;
  if (kind === "integer" && log) value = Math.round(value);
  else if (step !== null) value = stepAt(low, step, Math.round((value - low) / step));
  return Math.min(lastOf(parameter), Math.max(low, value));
}

/** Distance of the values of a parameter whose differences count; null where any number between the ends is one. */
export function stepOf(parameter: FloatParameter | IntegerParameter): number | null {
  if (parameter.log === true) return null;
  return parameter.step ?? (parameter.kind === "integer" ? 1 : null);
}

/** Distance of neighbouring values, of whole numbers whose ratios count as well; null where any number is a value. */
export function spacingOf(parameter: FloatParameter | IntegerParameter): number | null {
  return stepOf(parameter) ?? (parameter.kind === "integer" ? 1 : null);
}

/** The greatest value: the last step that is not above the upper end. */
export function lastOf(parameter: FloatParameter | IntegerParameter): number {
  const { low, high } = parameter;
  const step = stepOf(parameter);
  return step === null ? high : stepAt(low, step, Math.floor((high - low) / step + stepShare));
}

/** Part of a step that a value may be off it, as sums of steps are rounded. */
const stepShare = 1e-8;

/** So many steps above an end, without the last digits, in which sums are off: 0.3, not 0.30000000000000004. */
export function stepAt(low: number, step: number, many: number): number {
  const value = low + many * step;
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}

/** Whether a parameter can have a value: one of its choices, or a number between its ends and on its steps. */
export function isValueOf(parameter: Parameter, value: Choice): boolean {
  if (parameter.kind === "categorical") return parameter.choices.includes(value);
  if (typeof value !== "number" || (parameter.kind === "integer" && !Number.isInteger(value))) return false;
  const { low, high } = parameter;
  const step = stepOf(parameter);
  if (step === null) return value >= low && value <= high;
  const steps = (value - low) / step;
  return (
    Math.abs(steps - Math.round(steps)) <= stepShare &&
    steps >= -stepShare &&
    value <= lastOf(parameter) + stepShare * step
  );
}

/** Whether two parameters have the same values: where steps end, the upper end may lie anywhere before the next one. */
export function isSameParameter(a: Parameter, b: Parameter): boolean {
  if (a.kind === "categorical" || b.kind === "categorical")
    return (
      a.kind === "categorical" &&
      b.kind === "categorical" &&
      a.choices.length === b.choices.length &&
      a.choices.every((choice, i) => choice === b.choices[i])
    );
  const step = stepOf(a);
  return (
    a.kind === b.kind &&
    a.low === b.low &&
    (a.log ?? false) === (b.log ?? false) &&
    step === stepOf(b) &&
    Math.abs(lastOf(a) - lastOf(b)) <= stepShare * (step ?? 0)
  );
}
