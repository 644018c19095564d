import { InputError } from "../../core/InputError.js";
import { shownValue } from "../../core/shownValue.js";
import {
  type Choice,
  isValueOf,
  lastOf,
  type Parameter,
  type ParameterValues,
  spacingOf,
  stepAt,
} from "../Parameter.js";
import type { Sampler } from "./Sampler.js";

/** Values to be tried, by the names of parameters. */
export type Grid = Readonly<Record<string, readonly Choice[]>>;

/**
 * Every combination of some values once, the last name fastest; after the last one it begins anew.
 *
 * @throws InputError if nothing is named, or a name has no value; when a study begins, or a trial names its parameters,
 *   if a parameter has no values, or one that it cannot have
 */
export function gridSampler(grid: Grid): Sampler {
  const names = Object.keys(grid);
  const empty = names.find((name) => grid[name].length === 0);
  if (names.length === 0 || empty !== undefined)
    throw new InputError({
      where: "gridSampler",
      must: "every parameter must have values to be tried",
      got: empty === undefined ? "no parameter" : `none for ${empty}`,
      mend: "name its values",
    });
  return {
    settings: { name: "grid", grid: JSON.stringify(grid) },
    check: (space) => {
      const nameless = Object.keys(space).find((name) => !Object.hasOwn(grid, name));
      if (nameless !== undefined) throw withoutValues(nameless, names);
      const strange = names.find((name) => !Object.hasOwn(space, name));
      if (strange !== undefined)
        throw new InputError({
          where: `gridSampler, parameter ${strange}`,
          must: "must be one of the space, or every combination would be tried several times",
          got: `values for it; the space has ${Object.keys(space).join(", ")}`,
          mend: "leave it out",
        });
      for (const name of names)
        for (const value of grid[name])
          if (!isValueOf(space[name], value))
            throw new InputError({
              where: `gridSampler, parameter ${name}`,
              must: "its values must be some that the space has for it",
              got: shownValue(value),
              mend: "mend it, or the space",
            });
    },
    together: ({ number }) => pointAt(grid, names, number),
    alone: (_, name) => {
      throw withoutValues(name, names);
    },
  };
}

function withoutValues(name: string, names: readonly string[]): InputError {
  return new InputError({
    where: `gridSampler, parameter ${name}`,
    must: "must have values to be tried",
    got: `none; the grid names ${names.join(", ")}`,
    mend: "name its values",
  });
}

/** How many combinations there are. */
export function gridSize(grid: Grid): number {
  return Object.values(grid).reduce((product, values) => product * values.length, 1);
}

function pointAt(grid: Grid, names: readonly string[], number: number): ParameterValues {
  let left = number % gridSize(grid);
  const values: Record<string, Choice> = {};
  for (const name of [...names].reverse()) {
    const many = grid[name].length;
    values[name] = grid[name][left % many];
    left = Math.floor(left / many);
  }
  return values;
}

const mostValues = 10_000;

/** All values of a parameter that has few: its choices, or its steps. @throws InputError if it has too many to list */
export function allValues(name: string, parameter: Parameter): readonly Choice[] {
  if (parameter.kind === "categorical") return parameter.choices;
  const step = spacingOf(parameter);
  if (step === null)
    throw new InputError({
      where: `grid, parameter ${name}`,
      must: "must have a step, so that its values can be listed",
      got: `any number from ${parameter.low} to ${parameter.high}`,
      mend: "give it a step",
    });
  const many = Math.round((lastOf(parameter) - parameter.low) / step) + 1;
  if (many > mostValues)
    throw new InputError({
      where: `grid, parameter ${name}`,
      must: `must have at most ${mostValues} values, as all are kept with the study`,
      got: String(many),
      mend: "give it a wider step, or take another sampler",
    });
  return Array.from({ length: many }, (_, k) => stepAt(parameter.low, step, k));
}
