import { setImmediate as nextTurn } from "node:timers/promises";
import { projectPath } from "../../io/projectPath.js";
import { cellError } from "./cellError.js";
import type { CellError } from "./cellError.js";
import { CellOutputs } from "./CellOutputs.js";
import { cellRuns } from "./CellRun.js";
import type { CellRun } from "./CellRun.js";
import type { CellRunner } from "./CellRunner.js";
import { FrontEndInput } from "./FrontEndInput.js";
import { History } from "./History.js";
import type { Channel, KernelSockets } from "./KernelSockets.js";
import type { LateErrors } from "./LateErrors.js";
import type { OutputPipe } from "./OutputPipe.js";
import { resultContent } from "./resultContent.js";
import { loudCells, trackHandles } from "./trackHandles.js";
import { kernelName } from "../notebooks/Notebook.js";
import type { WireMessage } from "./WireMessage.js";

type Content = Readonly<Record<string, unknown>>;

/**
 * The kernel's side of the Jupyter protocol 5.3, in place of tslab's own server.
 *
 * Faults of the latter: it loses messages (see serialSender), reports failures without
 * a name, sends one MIME type per display, prints a warning into the notebook for
 * each request it does not know (history, debug), answers comm_info with a wrong type,
 * and after a failure drops every cell that comes within 200 ms, wanted or not.
 */
export function serveJupyter({
  sockets,
  runner,
  late,
  typescriptVersion,
  pipe,
  end,
}: {
  readonly sockets: KernelSockets;
  readonly runner: CellRunner;
  readonly late: LateErrors;
  readonly typescriptVersion: string;
  readonly pipe: OutputPipe | null;
  readonly end: () => void;
}): void {
  const waiting: WireMessage[] = [];
  const history = new History();
  let working = false;
  let executions = 0;
  /** Cells that may have something running, the last one among them. */
  let runs: CellRun[] = [];

  const input = new FrontEndInput(sockets);
  const outputs = new CellOutputs({ sockets, input, pipe });
  input.install();
  outputs.install(runner, input);
  late.show = (run, thrown) => outputs.publish(run, "error", { ...cellError(thrown, projectPath()) });
  trackHandles();

  void sockets.receive("shell", (request) => {
    waiting.push(request);
    if (!working) void work();
  });
  void sockets.receive("control", (request) => void answer("control", request));

  async function work(): Promise<void> {
    working = true;
    for (let request = waiting.shift(); request !== undefined; request = waiting.shift())
      await answer("shell", request);
    working = false;
  }

  async function answer(channel: Channel, request: WireMessage): Promise<void> {
    const reply = (type: string, body: Content): void => sockets.reply(channel, request, type, body);
    sockets.publish(request, "status", { execution_state: "busy" });
    await respond(request, reply).catch((error: unknown) => {
      // The compiler stumbles over some half-written code it is asked about; unanswered, this
      // request and all behind it would wait for ever.
      reply(replyTo(request), { status: "error", ...cellError(error, projectPath()) });
    });
    sockets.publish(request, "status", { execution_state: "idle" });
    // Fault: stock tslab waits at its end for live timers. What a cell left running ends here.
    if (request.header.msg_type === "shutdown_request") await sockets.close().then(end);
  }

  async function respond(request: WireMessage, reply: (type: string, body: Content) => void): Promise<void> {
    const { content } = request;
    const type = request.header.msg_type;
    switch (type) {
      case "kernel_info_request":
        return reply("kernel_info_reply", kernelInfo(typescriptVersion));
      case "execute_request":
        return reply("execute_reply", await execute(request));
      case "settle_request":
        return reply("settle_reply", await settle(Number(content.seconds ?? 0), content.all === true));
      case "complete_request":
        return reply("complete_reply", complete(String(content.code), Number(content.cursor_pos)));
      case "inspect_request":
        return reply("inspect_reply", inspect(String(content.code), Number(content.cursor_pos)));
      case "is_complete_request":
        return reply("is_complete_reply", isComplete(String(content.code)));
      case "history_request":
        return reply("history_reply", history.answer(content));
      case "comm_info_request":
        return reply("comm_info_reply", { status: "ok", comms: {} });
      // Nothing here takes comms (widgets): who opens or keeps one is told that it is closed.
      case "comm_open":
      case "comm_msg":
        return sockets.publish(request, "comm_close", { comm_id: content.comm_id, data: {} });
      case "comm_close":
        return;
      case "interrupt_request":
        runner.interrupt();
        return reply("interrupt_reply", { status: "ok" });
      case "shutdown_request":
        return reply("shutdown_reply", { status: "ok", restart: content.restart === true });
      default:
        // Requests for abilities that kernel_info does not announce (a debugger, subshells).
        if (!type.endsWith("_request")) return;
        return reply(replyTo(request), {
          status: "error",
          ename: "UnknownRequest",
          evalue: `this kernel does not answer ${type}`,
          traceback: [],
        });
    }
  }

  async function execute(request: WireMessage): Promise<Content> {
    const { code, silent, store_history: storeHistory, stop_on_error: stopOnError } = request.content;
    const text = String(code);
    const run = cellRun(request, silent === true ? executions : executions + 1);
    const isBlank = text.trim() === "";
    if (!isBlank) {
      executions = run.cell;
      // With an empty outbox the first line that the cell prints leaves at once, even if the cell then never gives way.
      outputs.publish(run, "execute_input", { code: text, execution_count: executions });
      await sockets.flushed();
    }
    const { error, output } = isBlank ? { error: null, output: null } : await runCell(run, text);
    if (!isBlank && silent !== true && storeHistory !== false) history.add({ line: run.cell, input: text, output });
    const expressions = error === null ? await userExpressions(run) : {};
    run.ended = true;
    if (error !== null && stopOnError !== false) await abortWaiting();
    if (error !== null) return { status: "error", execution_count: executions, ...error };
    return { status: "ok", execution_count: executions, payload: [], user_expressions: expressions };
  }

  async function runCell(
    run: CellRun,
    code: string,
  ): Promise<{ readonly error: CellError | null; readonly output: string | null }> {
    runs = [...runs.filter(({ handles }) => handles.size > 0), run];
    late.current = run;
    outputs.begin(run);
    input.begin(run);
    const outcome = await cellRuns.run(run, () => runner.run(code, run.cell));
    input.end(run);
    if (outcome.error !== null) {
      outputs.publish(run, "error", { ...outcome.error });
      return { error: outcome.error, output: null };
    }
    if (!("result" in outcome)) {
      outputs.flush();
      return { error: null, output: null };
    }
    // What a value says of itself is code of the cell, and may fail.
    const shown = await cellRuns.run(run, () => resultContent(outcome.result, projectPath()));
    if ("error" in shown) outputs.publish(run, "error", { ...shown.error });
    else outputs.publish(run, "execute_result", { execution_count: run.cell, ...shown });
    if ("error" in shown) return { error: shown.error, output: null };
    return { error: null, output: shown.data["text/plain"] as string };
  }

  /** Values that a front end wants to know after the cell, each on its own. */
  async function userExpressions(run: CellRun): Promise<Content> {
    const asked = Object.entries((run.request.content.user_expressions ?? {}) as Readonly<Record<string, unknown>>);
    const told: [string, Content][] = [];
    for (const [name, expression] of asked) {
      const silent = { ...run, silent: true };
      const { error, result } = await cellRuns.run(silent, () => runner.run(`(${String(expression)}\n)`, run.cell));
      const shown = error === null ? await resultContent(result, projectPath()) : { error };
      told.push([name, "error" in shown ? { status: "error", ...shown.error } : { status: "ok", ...shown }]);
    }
    return Object.fromEntries(told);
  }

  /**
   * For the headless runner. After each cell: waits until what runs as the cell ends has ended, at most so long; what
   * follows on that may be for a later cell to end. After the last: waits for all that any cell has started.
   *
   * @returns the cells of which something still runs, and what failed meanwhile
   */
  async function settle(seconds: number, all: boolean): Promise<Content> {
    const waitedFor = all ? runs : runs.slice(-1);
    const loud = await loudCells(waitedFor, { seconds, follows: all, until: () => late.any });
    outputs.flush();
    const error = runner.failedSince();
    return error === null ? { status: "ok", loud } : { status: "error", loud, ...error };
  }

  /** Refuses the cells that were sent before this failure was told; one that is sent knowing of it runs. */
  async function abortWaiting(): Promise<void> {
    // Requests that have arrived may not be read yet: read until a few turns bring no more.
    for (let quiet = 0, seen = waiting.length; quiet < 3; quiet++) {
      await nextTurn();
      if (waiting.length > seen) quiet = 0;
      seen = waiting.length;
    }
    for (const request of waiting.splice(0)) {
      if (request.header.msg_type !== "execute_request") {
        await answer("shell", request);
        continue;
      }
      sockets.publish(request, "status", { execution_state: "busy" });
      sockets.reply("shell", request, "execute_reply", { status: "aborted", execution_count: executions });
      sockets.publish(request, "status", { execution_state: "idle" });
    }
  }

  // The protocol counts characters, JavaScript UTF-16 units: they part at the first emoji.
  function complete(code: string, cursor: number): Content {
    const { start, end: stop, candidates } = runner.complete(code, units(code, cursor));
    return {
      status: "ok",
      matches: candidates,
      cursor_start: characters(code, start),
      cursor_end: characters(code, stop),
      metadata: {},
    };
  }

  function inspect(code: string, cursor: number): Content {
    const found = runner.inspect(code, units(code, cursor));
    const data = found === null ? {} : { "text/plain": found };
    return { status: "ok", found: found !== null, data, metadata: {} };
  }

  function isComplete(code: string): Content {
    const status = runner.completeness(code);
    return status === "incomplete" ? { status, indent: indentBehind(code) } : { status };
  }
}

function cellRun(request: WireMessage, cell: number): CellRun {
  const { silent, allow_stdin: allowStdin } = request.content;
  return {
    request,
    cell,
    silent: silent === true,
    mayAsk: allowStdin === true,
    handles: new Set(),
    ended: false,
  };
}

function replyTo({ header }: WireMessage): string {
  return header.msg_type.replace(/_request$/, "_reply");
}

/** Blanks for the next line: those of the last one, and two more behind an open bracket. */
function indentBehind(code: string): string {
  const last = code.split("\n").at(-1)!;
  return `${/^\s*/.exec(last)![0]}${/[([{]\s*$/.test(last) ? "  " : ""}`;
}

function units(text: string, position: number): number {
  return [...text].slice(0, position).join("").length;
}

function characters(text: string, position: number): number {
  return [...text.slice(0, position)].length;
}

function kernelInfo(typescriptVersion: string): Content {
  return {
    status: "ok",
    protocol_version: "5.3",
    implementation: kernelName,
    // Of the compiler: it decides what a cell may say.
    implementation_version: typescriptVersion,
    banner: `TypeScript ${typescriptVersion} on Node.js ${process.version} (${kernelName}, grown from tslab 1.0.22)`,
    language_info: {
      name: "typescript",
      version: typescriptVersion,
      mimetype: "text/typescript",
      file_extension: ".ts",
      // JupyterLab takes its highlighting from `mode`, the classic notebook from the other two.
      codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
    },
    help_links: [],
  };
}
