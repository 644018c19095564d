import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Request, Subscriber } from "zeromq";
import { projectPath } from "../../src/io/projectPath.js";
import { decodeMessage, encodeMessage, wireHeader } from "../../src/workspace/kernel/WireMessage.js";
import type { Connection, WireMessage } from "../../src/workspace/kernel/WireMessage.js";
import { notebookFolder } from "../workspace/kernelNotebook.js";

/** All that a kernel sent because of one request. */
export interface Answer {
  readonly id: string;
  readonly reply: WireMessage;
  /** In the order in which it came, from the first status to the last. */
  readonly published: readonly WireMessage[];
}

/** What a front end does while a request is under way. */
export interface WireOptions {
  /** Answers the question for input that it leads to */
  readonly answerInput?: (request: WireMessage) => string;
  /** Called once everyone who listens has been told the code that runs */
  readonly onInput?: () => void;
}

/** The built kernel, and its five channels without anything in between: what it says is seen as it is. */
export interface WireKernel {
  /** Sends a request; resolves once the kernel has replied and is idle again. */
  readonly request: (
    channel: "shell" | "control",
    type: string,
    content: Readonly<Record<string, unknown>>,
    options?: WireOptions,
  ) => Promise<Answer>;
  readonly execute: (code: string, options?: WireOptions & Readonly<Record<string, unknown>>) => Promise<Answer>;
  /** Sends what has no reply, such as a comm's messages; resolves once the kernel is idle again. */
  readonly tell: (type: string, content: Readonly<Record<string, unknown>>) => Promise<readonly WireMessage[]>;
  /** The first message that came to a new subscriber. */
  readonly first: WireMessage;
  /** All that was published until now. */
  readonly published: () => readonly WireMessage[];
  /** Sends a cell and waits for nothing. */
  readonly begin: (code: string) => Promise<string>;
  /** Drops the connections and makes new ones under the same name, as after a broken network. */
  readonly reconnect: () => Promise<void>;
  /** Sends bytes to the heartbeat and gives back what comes. */
  readonly beat: (bytes: string) => Promise<string>;
  /** Resolves with the exit code of the process. */
  readonly ended: Promise<number | null>;
  /** As Jupyter interrupts: by the signal SIGINT. */
  readonly interrupt: () => void;
  readonly kill: () => void;
}

const patience = 45_000;

/** Starts the built kernel as a front end does, and waits until it answers. */
export async function startWireKernel(): Promise<WireKernel> {
  const folder = mkdtempSync(join(tmpdir(), "wire-"));
  const connection = await freeConnection();
  const file = join(folder, "connection.json");
  writeFileSync(file, JSON.stringify(connection));
  const launch = projectPath("dist", "workspace", "kernel", "launch.js");
  const child = spawn(process.execPath, ["--enable-source-maps", "--no-warnings", launch, "--config-path", file], {
    cwd: notebookFolder,
    stdio: "ignore",
    env: { ...process.env, TZ: "UTC", NO_COLOR: "1", JPY_PARENT_PID: String(process.pid) },
  });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const session = randomUUID();
  // Questions for input come to the identity that sent the cell, so two channels share one.
  const options = { linger: 0, reconnectInterval: 10, routingId: session };
  const seen: WireMessage[] = [];
  const waiting = new Set<() => void>();
  const take = async (socket: AsyncIterable<Buffer[]>, on: (message: WireMessage) => void): Promise<void> => {
    for await (const frames of socket) on(decodeMessage(frames, connection.key));
  };
  const answering = new Map<string, (request: WireMessage) => string>();
  const keep = (message: WireMessage): void => {
    seen.push(message);
    const answer = answering.get(message.parent.msg_id ?? "");
    if (message.header.msg_type === "input_request" && answer !== undefined)
      void send("stdin", "input_reply", { status: "ok", value: answer(message) }, message.header);
    for (const check of waiting) check();
  };
  const at = (port: number): string => `tcp://127.0.0.1:${port}`;
  const connect = (): { shell: Dealer; control: Dealer; stdin: Dealer; published: Subscriber } => {
    const made = {
      shell: new Dealer(options),
      control: new Dealer(options),
      stdin: new Dealer(options),
      published: new Subscriber({ linger: 0, reconnectInterval: 10, receiveHighWaterMark: 0 }),
    };
    made.shell.connect(at(connection.shell_port));
    made.control.connect(at(connection.control_port));
    made.stdin.connect(at(connection.stdin_port));
    made.published.connect(at(connection.iopub_port));
    made.published.subscribe();
    for (const socket of Object.values(made)) void take(socket, keep).catch(() => undefined);
    return made;
  };
  let sockets = connect();
  const disconnect = (): void => Object.values(sockets).forEach((socket) => socket.close());

  /** The first message seen for which this holds, now or later. */
  function found(what: string, holds: (message: WireMessage) => boolean): Promise<WireMessage> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        const one = seen.find(holds);
        if (one === undefined) return;
        clearTimeout(timer);
        waiting.delete(check);
        resolve(one);
      };
      const timer = setTimeout(() => {
        waiting.delete(check);
        reject(new Error(`${what} did not come within ${patience / 1000} s`));
      }, patience);
      waiting.add(check);
      check();
    });
  }
  const isAbout =
    (id: string) =>
    ({ parent }: WireMessage): boolean =>
      parent.msg_id === id;
  const idle = (id: string): Promise<WireMessage> =>
    found("idle", (one) => isAbout(id)(one) && one.content.execution_state === "idle");
  const isPublished = ({ identities }: WireMessage): boolean => identities.length > 0;

  async function send(
    channel: "shell" | "control" | "stdin",
    type: string,
    content: object,
    parent = {},
  ): Promise<string> {
    const header = wireHeader(type, session);
    const message = { identities: [], header, parent, content: content as WireMessage["content"] };
    await sockets[channel].send(encodeMessage(message, connection.key));
    return header.msg_id;
  }

  const request: WireKernel["request"] = async (channel, type, content, { answerInput, onInput } = {}) => {
    const id = await send(channel, type, content);
    const ofThis = isAbout(id);
    if (onInput !== undefined) {
      await found("execute_input", (one) => ofThis(one) && one.header.msg_type === "execute_input");
      onInput();
    }
    const expected = type.replace(/_request$/, "_reply");
    if (answerInput !== undefined) {
      answering.set(id, answerInput);
      await found("input_request", (one) => ofThis(one) && one.header.msg_type === "input_request");
    }
    const reply = await found(expected, (one) => ofThis(one) && !isPublished(one) && one.header.msg_type === expected);
    await idle(id);
    return { id, reply, published: seen.filter((one) => ofThis(one) && isPublished(one)) };
  };

  const close = (): void => {
    disconnect();
    rmSync(folder, { recursive: true, force: true });
  };
  void ended.then(close);

  try {
    // Until then publications may pass by unheard.
    await found("iopub_welcome", ({ header }) => header.msg_type === "iopub_welcome");
    await request("shell", "kernel_info_request", {});
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
  return {
    request,
    execute: (code, { answerInput, onInput, ...more } = {}) => {
      const content = { code, silent: false, store_history: true, user_expressions: {}, stop_on_error: true, ...more };
      return request(
        "shell",
        "execute_request",
        { allow_stdin: answerInput !== undefined, ...content },
        { answerInput, onInput },
      );
    },
    tell: async (type, content) => {
      const id = await send("shell", type, content);
      await idle(id);
      return seen.filter((one) => isAbout(id)(one) && isPublished(one));
    },
    first: seen[0],
    published: () => seen.filter(isPublished),
    begin: (code) => send("shell", "execute_request", { code, silent: false, store_history: true }),
    reconnect: async () => {
      disconnect();
      const before = seen.length;
      sockets = connect();
      await found("iopub_welcome", (one) => seen.indexOf(one) >= before && one.header.msg_type === "iopub_welcome");
    },
    beat: async (bytes) => {
      const heart = new Request({ linger: 0, receiveTimeout: patience });
      heart.connect(at(connection.hb_port));
      await heart.send(bytes);
      const [beat] = await heart.receive();
      heart.close();
      return beat.toString();
    },
    ended,
    interrupt: () => void child.kill("SIGINT"),
    kill: () => void child.kill("SIGKILL"),
  };
}

async function freeConnection(): Promise<Connection> {
  const servers = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports;
  const place = { transport: "tcp", ip: "127.0.0.1", key: randomUUID(), signature_scheme: "hmac-sha256" };
  return { ...place, shell_port, iopub_port, stdin_port, control_port, hb_port };
}
