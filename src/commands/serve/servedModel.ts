import { availableParallelism } from "node:os";
import { join } from "node:path";
import { projectName } from "../../io/projectPath.js";
import type { ServedModel } from "../../serving/ServedModel.js";
import type { ModelPlace } from "../predict/findModel.js";
import { storedModel } from "../predict/readyModel.js";
import { answererThreads } from "./answererThreads.js";
import type { AnswererSetting } from "./requestAnswerer.js";

export interface ServedModelOptions {
  /** How it is called (default the hash of the model). */
  readonly version?: string;
  /** Threads that answer (default one less than there are processors, from 1 to 8). Answers do not depend on it. */
  readonly workers?: number;
}

/**
 * A model whose requests are answered in threads, as requestAnswerer does. What is explained, which takes a hundred
 * times as long, is answered in one of its own, so that nobody else waits for it.
 *
 * @throws InputError as storedModel
 */
export async function servedModel(
  place: ModelPlace,
  { version = place.name, workers = Math.min(8, Math.max(1, availableParallelism() - 1)) }: ServedModelOptions = {},
): Promise<ServedModel> {
  const where = projectName(join(place.directory, place.name));
  const setting: AnswererSetting = { name: place.name, stored: await storedModel(place), where };
  const [plain, explained] = [answererThreads(setting, workers), answererThreads(setting, 1)];
  return {
    version,
    start: () => plain.start(),
    async answer(asked) {
      const { run } = asked.explain || asked.secondOpinion ? explained : plain;
      return (await run(asked))!;
    },
    async close() {
      await Promise.all([plain.close(), explained.close()]);
    },
  };
}
