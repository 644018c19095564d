import { projectName } from "../../io/projectPath.js";
import { checkSpace } from "../../tuning/SearchSpace.js";
import { moduleThreads } from "../../tuning/workers/moduleThreads.js";
import type { ObjectiveThreads } from "../../tuning/workers/ObjectiveThreads.js";
import { naming } from "./naming.js";

/**
 * What a module of an objective says that it varies, and where to: it is loaded in a thread of its own.
 *
 * @param module  path or file URL
 * @throws InputError naming the file as moduleThreads, and if its space is none
 */
export async function describeModule(module: string): Promise<Pick<ObjectiveThreads, "space" | "directions">> {
  // What it prints is printed when trials load it.
  const threads = await moduleThreads({ module }, 1, { onPrinted: () => undefined });
  await threads.close();
  const { space, directions } = threads;
  if (space !== null) await naming(projectName(threads.module!), () => checkSpace(space));
  return { space, directions };
}
