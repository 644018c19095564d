import { type Choice, lastOf, outerOf, type Parameter, stepOf } from "../Parameter.js";

/** The value below which such a share of all values lies: of a uniform number each value is as likely as any other. */
export function valueAt(parameter: Parameter, share: number): Choice {
  if (parameter.kind === "categorical") return parameter.choices[Math.floor(share * parameter.choices.length)];
  const { kind, low, high, log = false } = parameter;
  const step = stepOf(parameter);
  if (step !== null) {
    const many = Math.round((lastOf(parameter) - low) / step) + 1;
    return outerOf(parameter, low + Math.floor(share * many) * step);
  }
  if (!log) return outerOf(parameter, low + share * (high - low));
  const half = kind === "integer" ? 0.5 : 0;
  const [from, to] = [Math.log(low - half), Math.log(high + half)];
  return outerOf(parameter, from + share * (to - from));
}
