import { InputError } from "../../../core/InputError.js";

/** An optional package. @throws InputError with the mend if it cannot be loaded, whatever the cause */
export async function installed<Package>(name: string, engine: string, mend: string): Promise<Package> {
  try {
    return (await import(name)) as Package;
  } catch (error) {
    const cause = (error instanceof Error ? error.message : String(error))
      .split("\n")[0]
      .replace(/ imported from .*/, "");
    throw new InputError({
      where: `training, engine ${engine}`,
      must: `the package ${name} must load`,
      got: `"${cause}"`,
      mend,
    });
  }
}
