import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import type { DocumentCommand } from "../../documentation/documentCommands.js";
import { projectPath } from "../../io/projectPath.js";
import { withProjectCopy } from "./withProjectCopy.js";

/** A command of a document and how it ended. */
export interface CommandRun extends DocumentCommand {
  /** null: it was not run, or did not end in time. */
  readonly code: number | null;
  /** The end of what it said, where it failed. */
  readonly words: string;
}

/**
 * Runs the commands of one document, in order, as its reader would: in a copy of the project that is thrown away, each
 * after what the ones before it left there. Those that carry a reason not to be run are not.
 *
 * @param options.root            project to copy (default this one); its installed packages are shared, not copied
 * @param options.timeoutSeconds  after which a command is ended and counts as failed
 */
export async function runDocumentCommands(
  commands: readonly DocumentCommand[],
  { root = projectPath(), timeoutSeconds = 600 }: { readonly root?: string; readonly timeoutSeconds?: number } = {},
): Promise<CommandRun[]> {
  if (commands.every(({ notRun }) => notRun !== null))
    return commands.map((one) => ({ ...one, code: null, words: "" }));
  return await withProjectCopy(root, async (copy) => {
    const runs: CommandRun[] = [];
    for (const one of commands)
      runs.push({
        ...one,
        ...(one.notRun === null ? await run(one.command, copy, timeoutSeconds) : { code: null, words: "" }),
      });
    return runs;
  });
}

async function run(command: string, cwd: string, timeoutSeconds: number): Promise<Pick<CommandRun, "code" | "words">> {
  // Its own process group: a command that is ended takes along what it started.
  const child = spawn(command, {
    cwd,
    env: environmentIn(cwd),
    shell: "/bin/sh",
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let words = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (words = (words + text).slice(-2000)));
  const timer = setTimeout(() => process.kill(-child.pid!, "SIGKILL"), timeoutSeconds * 1000);
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  clearTimeout(timer);
  return { code, words: code === 0 ? "" : words };
}

/**
 * Without what npm tells its children, or `npx` would look into the project and not into the
 * copy; with a cache that is thrown away with the copy, and offline, so that no command is
 * answered by a package of the same name from the registry.
 */
function environmentIn(copy: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:npm_|INIT_CWD$)/i.test(name));
  const path = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.endsWith(join("node_modules", ".bin")));
  return {
    ...Object.fromEntries(kept),
    PATH: path.join(delimiter),
    npm_config_cache: join(copy, ".npm"),
    npm_config_offline: "true",
  };
}
