import { InputError } from "../../core/InputError.js";

/** Does something; what it refuses is refused by the name of the option or file that it comes from. */
export async function naming<Result>(name: string, work: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InputError) || error.fault.where.startsWith(name)) throw error;
    throw new InputError({ ...error.fault, where: `${name}, ${error.fault.where}` });
  }
}
