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
 */
export class InputError extends RangeError {
  override readonly name = "InputError";
  readonly fault: InputFault;

  constructor(fault: InputFault) {
    const { where, must, got, mend } = fault;
    super(`${where}: ${must}; got ${got}; ${mend}`);
    this.fault = fault;
  }
}
