import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { InputError } from "../../core/InputError.js";
import { projectPath } from "../../io/projectPath.js";
import { readJson } from "../../io/readText.js";
import { temporaryFolder } from "../../io/temporaryFolder.js";
import type { CellError } from "./cellError.js";
import { portTakenExitCode } from "./WireMessage.js";
import type { Connection } from "./WireMessage.js";
import { processorSeconds } from "./processorSeconds.js";
import { kernelConversation } from "./kernelConversation.js";
import type { KernelConversation, KernelOutput } from "./kernelConversation.js";
import { KernelError } from "./KernelError.js";
import { lastWordsVariable } from "./LastWords.js";
import { guardKernel } from "./guardKernel.js";
import { kernelName } from "../notebooks/Notebook.js";

export interface ExecuteReply {
  readonly status: "ok" | "error" | "aborted";
  readonly executionCount: number | null;
  readonly error: CellError | null;
}

/** How what cells had started has ended. */
export interface Settled {
  /** Execution counts of the cells of which something still runs. */
  readonly loud: readonly number[];
  /** What failed meanwhile, in a promise or a timer that nobody awaited. */
  readonly error: CellError | null;
}

/** A running kernel. */
export interface KernelClient {
  readonly processId: number;
  /**
   * Processor time that the kernel and its threads have used, in seconds;
   * null where the system does not tell (Linux does).
   */
  readonly processorSeconds: () => Promise<number | null>;
  /**
   * Runs a cell; `onOutput` gets what it prints and shows, also what comes after it has ended.
   *
   * @param options.stopOnError  refuse cells that are already waiting if this one fails (default true)
   * @throws KernelError  CellTimeout (the kernel is then stopped), KernelDied
   */
  readonly execute: (
    code: string,
    options?: {
      readonly onOutput?: (output: KernelOutput) => void;
      readonly timeoutSeconds?: number;
      readonly stopOnError?: boolean;
    },
  ) => Promise<ExecuteReply>;
  /**
   * After a cell: waits until what runs as it ends (timers, processes, requests) has ended, at most so long.
   *
   * @param options.all  waits for all that any cell has started, and for what follows on that (default false)
   * @throws KernelError (KernelDied) if the kernel ends meanwhile
   */
  readonly settle: (seconds: number, options?: { readonly all?: boolean }) => Promise<Settled>;
  readonly complete: (code: string, position: number) => Promise<readonly string[]>;
  readonly inspect: (code: string, position: number) => Promise<string | null>;
  /** Best effort: ends synchronous code, or stops waiting for a cell that awaits. */
  readonly interrupt: () => void;
  /** Asks the kernel to end and ends it if it does not. */
  readonly shutdown: () => Promise<void>;
}

const attempts = 5;
const graceSeconds = 2;
const startSeconds = 60;
const lastWordsMilliseconds = 500;

/**
 * Starts the project's kernel, the one that Jupyter starts too (same kernelspec), and
 * speaks the Jupyter protocol 5.3 with it. No Python is involved.
 *
 * @param options.directory    working directory of the cells
 * @param options.environment  variables added to this process's own
 * @throws InputError if the project is not built, the kernelspec is damaged, or no temporary file can be made
 * @throws KernelError (KernelDied) if the kernel ends before it answers
 */
export async function startKernel({
  directory,
  environment = {},
}: {
  readonly directory: string;
  readonly environment?: Readonly<Record<string, string>>;
}): Promise<KernelClient> {
  if (!existsSync(directory))
    throw new InputError({
      where: directory,
      must: "the notebook's folder must exist",
      got: "no such folder",
      mend: "check the path",
    });
  const spec = await readKernelspec();
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(spec, directory, environment);
    } catch (error) {
      // Another process took one of the ports between our choice and the kernel's bind.
      if (!(error instanceof KernelError && error.exitCode === portTakenExitCode) || attempt === attempts) throw error;
    }
  }
}

interface Kernelspec {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

async function readKernelspec(): Promise<Kernelspec> {
  const folder = projectPath("notebooks", "kernels", kernelName);
  const { argv, env } = (await readJson(join(folder, "kernel.json"))) as Partial<Kernelspec>;
  if (!Array.isArray(argv))
    throw new InputError({
      where: `notebooks/kernels/${kernelName}/kernel.json`,
      must: "must hold argv",
      got: "none",
      mend: "restore the file",
    });
  const located = (argv as string[]).map((one) => one.replace("{resource_dir}", folder));
  const launcher = located.find((one) => one.endsWith(".js"));
  if (launcher === undefined || !existsSync(launcher)) {
    throw new InputError({
      where: "dist/workspace/kernel/launch.js",
      must: "the kernel must be built",
      got: "no such file",
      mend: "run `npm run build`",
    });
  }
  return { argv: located, env: env ?? {} };
}

async function startOnce(
  { argv, env }: Kernelspec,
  directory: string,
  environment: Readonly<Record<string, string>>,
): Promise<KernelClient> {
  const connection = await freeConnection();
  // From here to the guard nothing waits: no signal can come in between and leave the folder behind.
  const folder = temporaryFolder();
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
  let release = removeFolder;
  try {
    const file = join(folder, "connection.json");
    writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
    const command = argv.slice(1).map((one) => one.replace("{connection_file}", file));
    // The node that runs us, whatever PATH says: Node 22 tests Node 22.
    const child = spawn(process.execPath, command, {
      cwd: directory,
      // The last one for its last words (see LastWords): its stderr becomes output of cells.
      stdio: ["ignore", "ignore", "pipe", "pipe"],
      env: { ...kernelEnvironment(env, environment), [lastWordsVariable]: "3" },
    });
    release = guardKernel(child, () => {
      // A program that a cell has started may hold the other end for ever, and this process would wait for it.
      for (const stream of [child.stderr, child.stdio[3]]) stream?.destroy();
      removeFolder();
    });
    const conversation = await kernelConversation(connection, whenDead(child));
    try {
      await conversation.ready(startSeconds);
    } catch (error) {
      conversation.close();
      throw error;
    }
    // The kernel has read it, and nobody else shall.
    removeFolder();
    return client(child, conversation, release);
  } catch (error) {
    release();
    throw error;
  }
}

function kernelEnvironment(
  env: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  const all: NodeJS.ProcessEnv = { ...process.env, ...env, ...environment, JPY_PARENT_PID: String(process.pid) };
  // Colour codes would enter committed outputs.
  delete all.FORCE_COLOR;
  return all;
}

function client(child: ChildProcess, conversation: KernelConversation, release: () => void): KernelClient {
  const kill = (): void => void child.kill("SIGKILL");
  return {
    processId: child.pid!,
    processorSeconds: () => processorSeconds(child.pid!),
    execute: async (code, { onOutput, timeoutSeconds, stopOnError = true } = {}) => {
      const content = {
        code,
        silent: false,
        store_history: true,
        user_expressions: {},
        allow_stdin: false,
        stop_on_error: stopOnError,
      };
      try {
        const reply = await conversation.request("shell", "execute_request", content, { onOutput, timeoutSeconds });
        const count = typeof reply.execution_count === "number" ? reply.execution_count : null;
        return {
          status: reply.status as ExecuteReply["status"],
          executionCount: count,
          error: reply.status === "error" ? asError(reply) : null,
        };
      } catch (error) {
        if (error instanceof KernelError && error.name === "CellTimeout") kill();
        throw error;
      }
    },
    settle: async (seconds, { all = false } = {}) => {
      const reply = await conversation.request("shell", "settle_request", { seconds, all });
      return { loud: (reply.loud ?? []) as number[], error: reply.status === "error" ? asError(reply) : null };
    },
    complete: async (code, position) =>
      ((await conversation.request("shell", "complete_request", { code, cursor_pos: position })).matches ??
        []) as string[],
    inspect: async (code, position) => {
      const reply = await conversation.request("shell", "inspect_request", {
        code,
        cursor_pos: position,
        detail_level: 0,
      });
      return reply.found === true ? (reply.data as Record<string, string>)["text/plain"] : null;
    },
    interrupt: () => void child.kill("SIGINT"),
    shutdown: async () => {
      const ended =
        child.exitCode === null && child.signalCode === null
          ? new Promise((resolve) => child.once("exit", resolve))
          : Promise.resolve();
      conversation.send("control", "shutdown_request", { restart: false });
      const grace = new AbortController();
      await Promise.race([
        ended,
        delay(graceSeconds * 1000, null, { signal: grace.signal }).then(kill, () => undefined),
      ]);
      grace.abort();
      await ended;
      conversation.close();
      release();
    },
  };
}

function asError(reply: Readonly<Record<string, unknown>>): CellError {
  return { ename: String(reply.ename), evalue: String(reply.evalue), traceback: (reply.traceback ?? []) as string[] };
}

/** Rejects when the process ends, with the last words it wrote to stderr. */
function whenDead(child: ChildProcess): Promise<never> {
  let lastWords = "";
  for (const stream of [child.stderr, child.stdio[3]] as Readable[])
    stream.setEncoding("utf8").on("data", (text: string) => (lastWords = (lastWords + text).slice(-2000)));
  const dead = new Promise<never>((_, reject) => {
    child.once("error", (error) =>
      reject(new KernelError("KernelDied", `the kernel could not be started: ${error.message}`)),
    );
    const end = (code: number | null, signal: NodeJS.Signals | null): void => {
      const how = signal === null ? `with exit code ${code}` : `by signal ${signal}`;
      const words = lastWords.trim() === "" ? "" : `; its last words: ${lastWords.trim()}`;
      reject(new KernelError("KernelDied", `the kernel ended ${how}${words}`, code));
    };
    // "close" comes after the last of stderr has been read; not while a program that a cell has started still holds it.
    child.once("close", end);
    child.once("exit", (code, signal) => setTimeout(end, lastWordsMilliseconds, code, signal).unref());
  });
  dead.catch(() => undefined);
  return dead;
}

async function freeConnection(): Promise<Connection> {
  const servers = await Promise.all(Array.from({ length: 5 }, () => listening()));
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = servers.map(
    (server) => (server.address() as AddressInfo).port,
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    key: randomUUID(),
    signature_scheme: "hmac-sha256",
    shell_port,
    iopub_port,
    stdin_port,
    control_port,
    hb_port,
  };
}

function listening(): Promise<ReturnType<typeof createServer>> {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once("error", reject)
      .listen(0, "127.0.0.1", () => resolve(server));
  });
}
