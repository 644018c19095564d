import { InputError } from "../core/InputError.js";
import { isLoopback } from "./accessGuard.js";
import type { RunningServer, ServerLimits, ServerOptions } from "./ServerOptions.js";

/**
 * Serves models over HTTP: predictions, outcomes, the state of a rollout, and what those who operate it look at.
 *
 * Every answer is on the disk before it is sent. A challenger that does harm is rolled back without being asked.
 *
 * @throws InputError if the address is taken or not this machine's, a model cannot be made ready, or the log cannot be
 *   opened
 */
export async function startServer({
  host = "127.0.0.1",
  port = 0,
  token = null,
  rollout = {},
  limits = {},
  onAlert = () => undefined,
  onError = () => undefined,
  onWarning = () => undefined,
  ...others
}: ServerOptions): Promise<RunningServer> {
  if (token === null && !isLoopback(host))
    throw new InputError({
      where: "--host",
      must: "must be an address of this machine alone, such as 127.0.0.1, unless a token is given",
      got: host,
      mend: "give a file with a token, --token-file FILE, or set TWIN_TOKEN",
    });
  const all: ServerLimits = {
    ...{ bodyBytes: 1_000_000, recipes: 1000, explained: 50, requestsPerSecond: 200, slowMilliseconds: 1000 },
    ...limits,
  };
  const { champion, challenger } = others.versions;
  const models = challenger === null ? [champion] : [champion, challenger];
  const closeModels = async (): Promise<void> => void (await Promise.all(models.map((model) => model.close())));
  try {
    await Promise.all(models.map((model) => model.start()));
    const { runServer } = await import("./server.js");
    const server = await runServer({
      ...others,
      ...{ host, port, token, rollout, limits: all, onAlert, onError, onWarning },
    });
    return {
      ...server,
      async close() {
        try {
          await server.close();
        } finally {
          await closeModels();
        }
      },
    };
  } catch (error) {
    await closeModels();
    throw error;
  }
}
