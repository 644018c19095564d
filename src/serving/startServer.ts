import type { RunningServer, ServerLimits, ServerOptions } from "./ServerOptions.js";

/**
 * Serves models over HTTP: predictions, outcomes, the state of a rollout, and what those who operate it look at.
 *
 * Every answer is on the disk before it is sent. A challenger that does harm is rolled back without being asked.
 *
 * @throws InputError if the address is taken or not this machine's, or the log cannot be opened
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
  const { runServer } = await import("./server.js");
  const all: ServerLimits = {
    ...{ bodyBytes: 1_000_000, recipes: 1000, explained: 50, requestsPerSecond: 200, slowMilliseconds: 1000 },
    ...limits,
  };
  return runServer({ ...others, host, port, token, rollout, limits: all, onAlert, onError, onWarning });
}
