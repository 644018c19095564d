import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Dealer, Subscriber } from "zeromq";
import { projectPath } from "../../src/io/projectPath.js";
import { decodeMessage, encodeMessage, wireHeader } from "../../src/workspace/kernel/WireMessage.js";
import type { Connection, WireMessage } from "../../src/workspace/kernel/WireMessage.js";
import { notebookFolder } from "./kernelNotebook.js";

type Content = Readonly<Record<string, unknown>>;

/** All that came back for one request. */
export interface Answer {
  readonly id: string;
  readonly reply: Content;
  /** Published up to its idle status; statuses left out. */
  readonly published: readonly { readonly type: string; readonly content: Content }[];
}

/** A front end that speaks the protocol as Jupyter's do, with the stdin channel and one name for its sockets. */
export interface JupyterPeer {
  readonly ask: (type: string, content: Content, options?: { channel?: "shell" | "control" }) => Promise<Answer>;
  readonly send: (type: string, content: Content) => string;
  /** Every message that was published, as it came. */
  readonly published: readonly WireMessage[];
  /** Answers the questions of cells; without it they stay open. */
  onQuestion: ((content: Content) => string) | null;
  /** Drops the connections and makes new ones under the same name, as after a broken network. */
  readonly reconnect: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const ports = { shell_port: 0, iopub_port: 1, stdin_port: 2, control_port: 3, hb_port: 4 };

/** Starts the built kernel as Jupyter would and connects to it. */
export async function jupyterPeer(environment: NodeJS.ProcessEnv = {}): Promise<JupyterPeer> {
  const folder = mkdtempSync(join(tmpdir(), "peer-"));
  // Sockets in the folder: no port can be taken.
  const connection: Connection = {
    transport: "ipc",
    ip: join(folder, "kernel"),
    key: "secret",
    signature_scheme: "hmac-sha256",
    ...ports,
  };
  const file = join(folder, "connection.json");
  writeFileSync(file, JSON.stringify(connection));
  const launcher = projectPath("dist", "workspace", "kernel", "launch.js");
  const kernel = spawn(process.execPath, ["--enable-source-maps", "--no-warnings", launcher, "--config-path", file], {
    cwd: notebookFolder,
    stdio: "ignore",
    env: { ...process.env, ...environment },
  });
  const at = (port: number): string => `ipc://${connection.ip}-${port}`;
  const session = "peer";
  const published: WireMessage[] = [];
  const replies = new Map<string, Content>();
  let sockets = connect();

  function connect(): { shell: Dealer; control: Dealer; stdin: Dealer; iopub: Subscriber } {
    const options = { routingId: session, linger: 0, reconnectInterval: 10 };
    const made = {
      shell: new Dealer(options),
      control: new Dealer(options),
      stdin: new Dealer(options),
      iopub: new Subscriber({ linger: 0, reconnectInterval: 10 }),
    };
    made.shell.connect(at(connection.shell_port));
    made.control.connect(at(connection.control_port));
    made.stdin.connect(at(connection.stdin_port));
    made.iopub.connect(at(connection.iopub_port));
    made.iopub.subscribe();
    const pump = async (socket: AsyncIterable<Buffer[]>, take: (message: WireMessage) => void): Promise<void> => {
      for await (const frames of socket) take(decodeMessage(frames, connection.key));
    };
    const takeReply = ({ parent, content }: WireMessage): void => void replies.set(parent.msg_id!, content);
    void pump(made.shell, takeReply).catch(() => undefined);
    void pump(made.control, takeReply).catch(() => undefined);
    void pump(made.iopub, (message) => published.push(message)).catch(() => undefined);
    void pump(made.stdin, ({ header, content }) => {
      if (peer.onQuestion === null) return;
      const reply = wireHeader("input_reply", session);
      const value = peer.onQuestion(content);
      const message = { identities: [], header: reply, parent: header, content: { value } };
      void made.stdin.send(encodeMessage(message, connection.key));
    }).catch(() => undefined);
    return made;
  }

  function send(type: string, content: Content, channel: "shell" | "control" = "shell"): string {
    const header = wireHeader(type, session);
    void sockets[channel].send(encodeMessage({ identities: [], header, parent: {}, content }, connection.key));
    return header.msg_id;
  }

  const of = (id: string): WireMessage[] => published.filter(({ parent }) => parent.msg_id === id);
  const isIdle = ({ content }: WireMessage): boolean => content.execution_state === "idle";

  const peer: JupyterPeer = {
    published,
    onQuestion: null,
    send: (type, content) => send(type, content),
    ask: async (type, content, { channel = "shell" } = {}) => {
      const id = send(type, content, channel);
      const wantsReply = type.endsWith("_request");
      for (let waited = 0; !of(id).some(isIdle) || (wantsReply && !replies.has(id)); waited += 5) {
        if (waited > 20_000) throw new Error(`${type} was not answered`);
        await delay(5);
      }
      const all = of(id).filter(({ header }) => header.msg_type !== "status");
      return {
        id,
        reply: replies.get(id) ?? {},
        published: all.map(({ header, content: said }) => ({ type: header.msg_type, content: said })),
      };
    },
    reconnect: async () => {
      for (const socket of Object.values(sockets)) socket.close();
      sockets = connect();
      await delay(200);
    },
    close: async () => {
      for (const socket of Object.values(sockets)) socket.close();
      kernel.kill("SIGKILL");
      if (kernel.exitCode === null && kernel.signalCode === null) await once(kernel, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
  // What is published before the subscription has arrived is lost: the kernel says when it has.
  while (!published.some(({ header }) => header.msg_type === "iopub_welcome")) await delay(10);
  return peer;
}

/** An execute_request as front ends send it. */
export function cell(code: string, options: Content = {}): Content {
  return {
    code,
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: true,
    stop_on_error: true,
    ...options,
  };
}
