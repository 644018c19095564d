import { InputError } from "../../core/InputError.js";
import type { ParameterValue } from "../../workspace/notebooks/injectParameters.js";

/**
 * The value that a parameter has by its text, as papermill reads `-p`: a number, true, false or null where it looks
 * like one, also in Python's spelling, otherwise the text.
 *
 * @param where  option for messages
 * @throws InputError for a whole number that a JavaScript number cannot hold
 */
export function parameterValue(text: string, where: string): ParameterValue {
  const word = words.get(text);
  if (word !== undefined) return word;
  const digits = text.trim().replace(/(?<=\d)_(?=\d)/g, "");
  const special = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i.exec(digits);
  if (special !== null) return special[2] === undefined ? NaN : special[1] === "-" ? -Infinity : Infinity;
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(digits)) return text;
  const value = Number(digits);
  if (/^[+-]?\d+$/.test(digits) && !Number.isSafeInteger(value))
    throw new InputError({
      where,
      must: "a whole number must be at most 2^53 - 1",
      got: text,
      mend: "pass it as text with -r and make a BigInt of it",
    });
  return value;
}

const words = new Map<string, ParameterValue>([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["null", null],
  ["None", null],
]);
