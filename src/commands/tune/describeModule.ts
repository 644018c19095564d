import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { z } from "zod";
import { InputError } from "../../core/InputError.js";
import { ThreadDeath, workerPool } from "../../core/threads/workerPool.js";
import { projectName } from "../../io/projectPath.js";
import { readText } from "../../io/readText.js";
import { directionShape, spaceShape } from "../../tuning/files/trialShape.js";
import { checkSpace, type SearchSpace } from "../../tuning/SearchSpace.js";
import type { Direction } from "../../tuning/Trial.js";
import type { DescribedModule } from "./moduleDescriber.js";
import { naming } from "./naming.js";

/** What a module of an objective says of itself. */
export interface ModuleDescription {
  /** Null where each trial says as it goes what it varies. */
  readonly space: SearchSpace | null;
  /** Null where it says nothing. */
  readonly directions: readonly Direction[] | null;
}

const shape = z.object({
  space: spaceShape.nullish(),
  directions: z.array(directionShape).min(1).nullish(),
});

/** Beside the minute that a thread may take to load anyway. */
const limitMilliseconds = 1000;

/**
 * Loads a module of an objective in a thread of its own, and tells what it exports.
 *
 * @param module  path or file URL
 * @throws InputError naming the file if it is missing, throws or hangs as it is loaded, exports no function
 *   `objective`, or its space or directions are none
 */
export async function describeModule(module: string): Promise<ModuleDescription> {
  const path = module.startsWith("file:") ? fileURLToPath(module) : resolve(module);
  const where = projectName(path);
  await readText(path);
  const found = await exportsOf(path, where);
  if (found.objective !== "function") throw refusal(where, `objective: ${found.objective}`);
  const parsed = shape.safeParse(found);
  if (!parsed.success) {
    const [{ path: at, message }] = parsed.error.issues;
    throw new InputError({
      where: `${where}, ${at.join(".")}`,
      must: "must be what a study can vary, or a direction for each objective",
      got: message,
      mend: 'write as in `export const space = { x: { kind: "float", low: 0, high: 1 } };`',
    });
  }
  const { space = null, directions = null } = parsed.data;
  if (space !== null) await naming(where, () => checkSpace(space));
  return { space, directions };
}

async function exportsOf(path: string, where: string): Promise<DescribedModule> {
  const thread = workerPool<null, DescribedModule>(
    new URL("moduleDescriber.ts", import.meta.url).href,
    1,
    pathToFileURL(path).href,
    { replaces: true, onPrinted: () => undefined },
  );
  try {
    return await thread.run(null, { limitMilliseconds });
  } catch (error) {
    const isLate = error instanceof ThreadDeath && error.isLate;
    throw refusal(where, isLate ? "one that was not loaded after a minute" : messageOf(error));
  } finally {
    await thread.close();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function refusal(where: string, got: string): InputError {
  return new InputError({
    where,
    must: "must be a module that can be loaded and exports a function `objective`",
    got,
    mend: "write it as in `export const objective = ({ parameters }) => (parameters.x - 1) ** 2;`",
  });
}
