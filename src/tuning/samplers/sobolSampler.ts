import { InputError } from "../../core/InputError.js";
import { sobolAxes, sobolPoint } from "../../core/random/sobolPoint.js";
import type { Sampler } from "./Sampler.js";
import { valueAt } from "./valueAt.js";

/**
 * Points of a shifted Sobol sequence, one axis to a parameter, in the order in which these are first named: they fill
 * the space more evenly than random ones.
 *
 * @throws InputError when a study begins, or a trial names them, if there are more parameters than the sequence has
 *   axes, or the name of one is a whole number
 */
export function sobolSampler(): Sampler {
  return {
    settings: { name: "sobol" },
    check: (space) => Object.keys(space).forEach((name, axis) => checkAxis(name, axis)),
    together: () => ({}),
    alone: ({ known, number, shared }, name) => {
      const axis = Object.keys(known).indexOf(name);
      checkAxis(name, axis);
      return valueAt(known[name], sobolPoint(number, axis, Math.floor(shared.fork(axis)() * 2 ** 32)));
    },
  };
}

function checkAxis(name: string, axis: number): void {
  // An object puts these before other names, whenever they came: what was named first could not be told.
  if (/^\d+$/.test(name))
    throw new InputError({
      where: `sobolSampler, parameter ${name}`,
      must: "its name must be no whole number, as axes go by the order of names",
      got: `"${name}"`,
      mend: `name it for example x${name}, or use the random sampler`,
    });
  if (axis >= sobolAxes)
    throw new InputError({
      where: `sobolSampler, parameter ${name}`,
      must: `a space must have at most ${sobolAxes} parameters`,
      got: `number ${axis + 1}`,
      mend: "use the random sampler",
    });
}
