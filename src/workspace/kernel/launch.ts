import { readFileSync } from "node:fs";
import { projectPath } from "../../io/projectPath.js";
import { CellRunner } from "./CellRunner.js";
import { CellSourceMaps } from "./CellSourceMaps.js";
import { endChildren } from "./endChildren.js";
import { installStackTraces } from "./installStackTraces.js";
import { KernelSockets } from "./KernelSockets.js";
import { LastWords } from "./LastWords.js";
import { LateErrors } from "./LateErrors.js";
import { loadTypescript } from "./loadTypescript.js";
import { OutputPipe } from "./OutputPipe.js";
import { serveJupyter } from "./serveJupyter.js";
import { startSideThread } from "./startSideThread.js";
import { watchThreads } from "./watchThreads.js";
import { portTakenExitCode } from "./WireMessage.js";
import type { Connection } from "./WireMessage.js";

/**
 * The kernel: `node launch.js --config-path CONNECTION_FILE`, started by Jupyter or by
 * KernelClient. It grew from tslab 1.0.22, whose faults made it unfit for unattended runs;
 * each is told in the file that mends it.
 */
async function launch(lastWords: LastWords): Promise<void> {
  const flag = process.argv.indexOf("--config-path");
  const file = flag < 0 ? undefined : process.argv[flag + 1];
  if (file === undefined)
    throw new Error("the kernel is started by Jupyter or by `twin notebooks run`, with --config-path CONNECTION_FILE");
  const connection = JSON.parse(readFileSync(file, "utf8")) as Connection;
  // Before all that starts threads, while no descriptor is in other hands.
  const pipe = OutputPipe.open(lastWords.client);
  startSideThread(pipe?.reader ?? null);
  // After that thread, which computes nothing.
  watchThreads(process.env.TWIN_THREADS_REPORT);
  const sockets = new KernelSockets(connection);
  // Bound first: clients connect while the compiler loads, and their requests wait in the sockets.
  await sockets.bind().catch((error: unknown) => {
    lastWords.say(error);
    process.exit(portTakenExitCode);
  });
  const root = projectPath();
  const maps = new CellSourceMaps();
  const late = new LateErrors();
  // Node would search the compiler's 10 MB for a source map.
  process.setSourceMapsEnabled(false);
  const typescript = loadTypescript();
  process.setSourceMapsEnabled(true);
  const runner = new CellRunner({ typescript, maps, late, root });
  runner.warm();
  const exit = late.install();
  installStackTraces(maps, root);
  process.on("SIGINT", () => runner.interrupt());
  const end = (): void => {
    endChildren();
    exit(0);
  };
  serveJupyter({ sockets, runner, late, typescriptVersion: typescript.version, pipe, end });
}

const lastWords = new LastWords();
launch(lastWords).catch((error: unknown) => {
  lastWords.say(error);
  process.exit(1);
});
