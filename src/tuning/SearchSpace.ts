import { InputError } from "../core/InputError.js";
import { shownValue } from "../core/shownValue.js";
import { type Choice, isValueOf, type Parameter, type ParameterValues } from "./Parameter.js";

/** When a parameter is there: another one has one of these values. */
export interface Condition {
  readonly parameter: string;
  readonly is: readonly Choice[];
}

/** A parameter of a space; one with a condition stands after the parameter that it hangs on. */
export type SpaceParameter = Parameter & { readonly when?: Condition };

/** What trials of a study vary, by name. */
export type SearchSpace = Readonly<Record<string, SpaceParameter>>;

/**
 * Checks a space.
 *
 * @returns the same space
 * @throws InputError naming the parameter: an empty space, ends the wrong way round or not finite, a range of ratios
 *   that reaches 0, a step that is not above 0, no or equal choices, a condition on what is not there before it or can
 *   never hold
 */
export function checkSpace(space: SearchSpace): SearchSpace {
  const names = Object.keys(space ?? {});
  if (names.length === 0)
    throw new InputError({
      where: "search space",
      must: "must have at least one parameter",
      got: "none",
      mend: 'name what trials vary, as in { rate: { kind: "float", low: 1e-4, high: 1e-1, log: true } }',
    });
  names.forEach((name, at) => {
    const { when, ...parameter } = space[name] ?? {};
    checkParameter(name, parameter);
    if (when === undefined) return;
    const earlier = names.slice(0, at);
    const fault = { where: `search space, parameter ${name}`, mend: "declare the parameter that it hangs on first" };
    if (!isCondition(when))
      throw new InputError({
        ...fault,
        must: "its condition must name a parameter, and the values of it where this one is there",
        got: shownValue(space[name].when),
        mend: 'write it as in { parameter: "optimizer", is: ["sgd"] }',
      });
    if (!earlier.includes(when.parameter))
      throw new InputError({
        ...fault,
        must: "its condition must name a parameter that stands before it",
        got: `${when.parameter}; before it stand ${earlier.join(", ") || "none"}`,
      });
    const impossible = when.is.filter((value) => !isValueOf(space[when.parameter], value));
    if (when.is.length === 0 || impossible.length > 0)
      throw new InputError({
        ...fault,
        must: `its condition must be on values that ${when.parameter} can have`,
        got: when.is.length === 0 ? "no value" : impossible.map(shownValue).join(", "),
        mend: "leave the condition out, or mend its values",
      });
  });
  return space;
}

/** Whether a parameter is there, given the values of those before it. */
export function isActive({ when }: SpaceParameter, values: ParameterValues): boolean {
  return when === undefined || (Object.hasOwn(values, when.parameter) && when.is.includes(values[when.parameter]));
}

/** @throws InputError naming the parameter, as checkSpace */
export function checkParameter(name: string, parameter: Parameter): void {
  const refuse = (must: string, got: string, mend: string): never => {
    throw new InputError({ where: `search space, parameter ${String(name)}`, must, got, mend });
  };
  if (typeof name !== "string" || isLostName(name))
    refuse("its name must be a text that an object can have as a key", shownValue(name), "give it another name");
  checkFields(parameter, refuse);
  if (parameter.kind === "categorical") {
    const { choices } = parameter;
    if (choices.length === 0) refuse("must have at least one choice", "none", "name its choices");
    const strange = [...choices].find((choice) => !isChoice(choice));
    if (strange !== undefined || choices.includes(undefined as unknown as Choice))
      refuse(
        "its choices must be texts, finite numbers, true, false or null",
        shownValue(strange),
        "name the choices by texts, and look up what they stand for in the objective",
      );
    if (new Set(choices).size < choices.length)
      refuse("must have different choices", JSON.stringify(choices), "leave the repeated one out");
    return;
  }
  const { kind, low, high, log = false, step } = parameter;
  const got = `low ${low}, high ${high}${step === undefined ? "" : `, step ${step}`}${log ? ", log" : ""}`;
  if (!Number.isFinite(low) || !Number.isFinite(high))
    refuse("its ends must be finite numbers", got, "give a smallest and a greatest value");
  if (low > high) refuse("low must not be above high", got, "swap the ends");
  if (kind === "integer" && !(Number.isSafeInteger(low) && Number.isSafeInteger(high)))
    refuse("the ends of whole numbers must be whole", got, "round them, or make it a float");
  if (log && !(low > 0)) refuse("a range of which ratios count must lie above 0", got, "raise low, or leave log out");
  // Sums and shares of what lies beyond are no numbers any more.
  if (Math.max(-low, high) > widest || (!log && low < high && high - low < 1 / widest))
    refuse(
      `its ends must lie within ${widest} of 0, and ${1 / widest} apart where they are not one`,
      got,
      "take another unit",
    );
  if (step === undefined) return;
  if (log) refuse("a step goes with differences, not with ratios", got, "leave step or log out");
  if (!(step > 0) || !Number.isFinite(step) || (kind === "integer" && !Number.isInteger(step)))
    refuse(`its step must be a ${kind === "integer" ? "whole " : ""}number above 0`, got, "mend the step");
  if (!(Math.max(Math.abs(low), Math.abs(high)) / step <= Number.MAX_SAFE_INTEGER))
    refuse("its steps must be wide enough for numbers to tell them apart", got, "take wider steps, or leave step out");
}

/** Whether a name means something else in an object, so that what is kept by it is lost or not read again. */
export function isLostName(name: string): boolean {
  return name === "__proto__" || name === "constructor";
}

/** Furthest from 0 that an end may lie. */
const widest = 1e300;

const numberFields: Readonly<Record<string, string>> = {
  low: "number",
  high: "number",
  log: "boolean",
  step: "number",
};
const fieldsOf: Readonly<Record<Parameter["kind"], Readonly<Record<string, string>>>> = {
  float: numberFields,
  integer: numberFields,
  categorical: { choices: "object" },
};

/** Holds a parameter to its form, which a program without types may have missed: what is kept must be read again. */
function checkFields(parameter: Parameter, refuse: (must: string, got: string, mend: string) => never): void {
  const { kind, ...fields } = (parameter ?? {}) as unknown as Readonly<Record<string, unknown>>;
  const mend = 'write it as in { kind: "float", low: 0, high: 1 }';
  if (typeof kind !== "string" || !Object.hasOwn(fieldsOf, kind))
    return refuse(`its kind must be one of ${Object.keys(fieldsOf).join(", ")}`, shownValue(parameter), mend);
  const known = fieldsOf[kind as Parameter["kind"]];
  const strange = Object.keys(fields).find(
    (field) => fields[field] !== undefined && !(Object.hasOwn(known, field) && typeof fields[field] === known[field]),
  );
  if (strange !== undefined)
    refuse(
      `beside its kind, ${kind}, it may have ` +
        Object.entries(known)
          .map(([field, type]) => `${field} (${type === "object" ? "list" : type})`)
          .join(", "),
      `${strange}: ${shownValue(fields[strange])}`,
      mend,
    );
  if (kind === "categorical" && !Array.isArray(fields.choices))
    refuse("its choices must be a list", shownValue(fields.choices), 'write it as in { kind, choices: ["a", "b"] }');
}

function isCondition(value: unknown): value is Condition {
  const { parameter, is, ...others } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return typeof parameter === "string" && Array.isArray(is) && Object.keys(others).length === 0;
}

function isChoice(value: unknown): boolean {
  return value === null || ["string", "boolean"].includes(typeof value) || Number.isFinite(value);
}
