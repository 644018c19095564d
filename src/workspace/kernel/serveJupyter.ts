import { setImmediate as nextTurn } from "node:timers/promises";
import { projectPath } from "../../io/projectPath.js";
import { captureStreams } from "./captureStreams.js";
import { cellError } from "./cellError.js";
import type { CellError } from "./cellError.js";
import type { CellRunner } from "./CellRunner.js";
import { installDisplayHook } from "./displayHook.js";
import type { Channel, KernelSockets } from "./KernelSockets.js";
import type { Tslab } from "./loadTslab.js";
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
  tslab,
  end,
}: {
  readonly sockets: KernelSockets;
  readonly runner: CellRunner;
  readonly tslab: Tslab;
  readonly end: () => void;
}): void {
  const waiting: WireMessage[] = [];
  let working = false;
  let executions = 0;
  let displays = 0;
  let current: WireMessage | null = null;

  // What runs on after its cell has ended still belongs to that cell, until the next one begins.
  const publish = (type: string, content: Content): void => {
    if (current !== null) sockets.publish(current, type, content);
  };
  const streams = captureStreams((name, text) => publish("stream", { name, text }));
  const show = (content: Content, update: boolean): void => {
    streams.flush();
    publish(update ? "update_display_data" : "display_data", content);
  };
  installDisplayHook({
    show: (data) => show({ data, metadata: {}, transient: {} }, false),
    showUpdatable: (data) => {
      const transient = { display_id: `${process.pid}-${++displays}` };
      show({ data, metadata: {}, transient }, false);
      return (next) => show({ data: next, metadata: {}, transient }, true);
    },
  });
  // The way tslab's own `display` takes, for cells that import it.
  Object.assign(tslab.jupyter, {
    lastWriteDisplayData: (content: unknown, update: boolean) => show(content as Content, update),
  });

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
      reply(request.header.msg_type.replace(/_request$/, "_reply"), {
        status: "error",
        ...cellError(error, projectPath()),
      });
    });
    sockets.publish(request, "status", { execution_state: "idle" });
    // Fault: stock tslab waits at its end for live timers. What a cell left running ends here.
    if (request.header.msg_type === "shutdown_request") await sockets.close().then(end);
  }

  async function respond(request: WireMessage, reply: (type: string, body: Content) => void): Promise<void> {
    const { content } = request;
    switch (request.header.msg_type) {
      case "kernel_info_request":
        reply("kernel_info_reply", kernelInfo(tslab));
        break;
      case "execute_request":
        reply("execute_reply", await execute(request));
        break;
      case "complete_request":
        reply("complete_reply", complete(String(content.code), Number(content.cursor_pos)));
        break;
      case "inspect_request":
        reply("inspect_reply", inspect(String(content.code), Number(content.cursor_pos)));
        break;
      case "is_complete_request":
        reply("is_complete_reply", isComplete(String(content.code)));
        break;
      case "comm_info_request":
        reply("comm_info_reply", { status: "ok", comms: {} });
        break;
      case "history_request":
        reply("history_reply", { status: "ok", history: [] });
        break;
      case "interrupt_request":
        runner.interrupt();
        reply("interrupt_reply", { status: "ok" });
        break;
      case "shutdown_request":
        reply("shutdown_reply", { status: "ok", restart: content.restart === true });
        break;
      // Other requests (debugger, comms) are for kernels that announce such abilities.
    }
  }

  async function execute(request: WireMessage): Promise<Content> {
    const { code, silent, stop_on_error: stopOnError } = request.content;
    const text = String(code);
    // A silent request without code is how the headless runner asks whether anything failed since the last cell.
    if (text.trim() === "") return result(silent === true ? await runner.settle() : null);
    if (silent !== true) executions++;
    current = request;
    if (silent !== true) publish("execute_input", { code: text, execution_count: executions });
    // With an empty outbox the first line that the cell prints leaves at once, even if the cell then never gives way.
    await sockets.flushed();
    const error = await runner.run(text, executions);
    streams.flush();
    if (error !== null) publish("error", { ...error });
    if (error !== null && stopOnError !== false) await abortWaiting();
    return result(error);
  }

  function result(error: CellError | null): Content {
    if (error !== null) return { status: "error", execution_count: executions, ...error };
    return { status: "ok", execution_count: executions, payload: [], user_expressions: {} };
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
    const data = found === undefined ? {} : { "text/plain": tslab.inspect.printQuickInfo(found) };
    return { status: "ok", found: found !== undefined, data, metadata: {} };
  }

  function isComplete(code: string): Content {
    const { completed, indent } = tslab.isCompleteCode(code);
    return completed ? { status: "complete" } : { status: "incomplete", indent: indent ?? "" };
  }
}

function units(text: string, position: number): number {
  return [...text].slice(0, position).join("").length;
}

function characters(text: string, position: number): number {
  return [...text.slice(0, position)].length;
}

function kernelInfo({ typescriptVersion }: Tslab): Content {
  return {
    status: "ok",
    protocol_version: "5.3",
    implementation: "tslab",
    implementation_version: "1.0.22",
    banner: `TypeScript ${typescriptVersion} on Node.js ${process.version} (tslab, hardened by cspbbr3-twin)`,
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
