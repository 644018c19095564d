import { visibleText } from "./visibleText.js";

export interface InputFault {
  readonly where: string;
  readonly must: string;
  readonly got: string;
  readonly mend: string;
}

/**
 * What the user gave cannot be used: a file, a row, an option. The command line
 * answers it with exit code 2 and the message alone, without a stack.
 *
 * The message says where, what must hold, what came, and what to do, in that order:
 * `recipes.csv, row 12, column temperatureCelsius: must be a number; got "hot"; write it in °C or leave it empty`
 *
 * It is one line of characters that can be seen (visibleText), whatever the file holds; `fault` has it as it came.
 */
export class InputError extends RangeError {
  override readonly name = "InputError";
  readonly fault: InputFault;

  constructor(fault: InputFault) {
    const { where, must, got, mend } = fault;
    super(visibleText(`${shortened(where)}: ${must}; got ${shortened(got)}; ${mend}`));
    this.fault = fault;
  }
}

/** Longer than a path may be on Linux. */
const mostCharacters = 5000;

/** A cell or a key of megabytes is named by its beginning. */
function shortened(text: string): string {
  if (text.length <= mostCharacters) return text;
  return `${text.slice(0, 200)}… (${text.length.toLocaleString("en-GB")} characters)`;
}
