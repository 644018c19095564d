import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { serialSender } from "./serialSender.js";
import { decodeMessage, encodeMessage, wireHeader } from "./WireMessage.js";
import type { Connection, WireMessage } from "./WireMessage.js";
import { KernelError } from "./KernelError.js";
import type { MimeBundle } from "../notebooks/Notebook.js";

/** What a cell shows while it runs. */
export type KernelOutput =
  | { readonly type: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | {
      readonly type: "display";
      readonly data: MimeBundle;
      readonly metadata: Readonly<Record<string, unknown>>;
      readonly displayId: string | null;
      readonly update: boolean;
    }
  | {
      readonly type: "result";
      readonly data: MimeBundle;
      readonly metadata: Readonly<Record<string, unknown>>;
    }
  /** Takes away what the cell has shown: at once, or when it shows the next thing. */
  | { readonly type: "clear"; readonly wait: boolean }
  | { readonly type: "error"; readonly ename: string; readonly evalue: string; readonly traceback: readonly string[] };

type Content = Readonly<Record<string, unknown>>;
type Channel = "shell" | "control";

export interface KernelConversation {
  /** Resolves once the kernel answers and its publications arrive. */
  readonly ready: (withinSeconds: number) => Promise<void>;
  /** Resolves with the reply once the kernel is idle again, so after the last output. */
  readonly request: (
    channel: Channel,
    type: string,
    content: Content,
    options?: { readonly onOutput?: (output: KernelOutput) => void; readonly timeoutSeconds?: number },
  ) => Promise<Content>;
  readonly send: (channel: Channel, type: string, content: Content) => string;
  readonly close: () => void;
}

interface Pending {
  reply: Content | null;
  idle: boolean;
  readonly check: () => void;
}

/**
 * The client's side of the Jupyter protocol: requests over zeromq, and the replies and
 * outputs that belong to each.
 *
 * @param dead  rejects when the kernel's process ends
 */
export async function kernelConversation(connection: Connection, dead: Promise<never>): Promise<KernelConversation> {
  const { Dealer, Subscriber } = await import("zeromq");
  const { key, ip, transport } = connection;
  const session = randomUUID();
  // The kernel binds shortly after we connect; zeromq's own pace of retries would add up to its start.
  const options = { linger: 0, reconnectInterval: 10 };
  const sockets = { shell: new Dealer(options), control: new Dealer(options) };
  const senders = { shell: serialSender(sockets.shell), control: serialSender(sockets.control) };
  const published = new Subscriber({ ...options, receiveHighWaterMark: 0 });
  sockets.shell.connect(`${transport}://${ip}:${connection.shell_port}`);
  sockets.control.connect(`${transport}://${ip}:${connection.control_port}`);
  published.connect(`${transport}://${ip}:${connection.iopub_port}`);
  published.subscribe();
  const pending = new Map<string, Pending>();
  // Outputs of a cell may come after its end; who listened keeps listening.
  const listeners = new Map<string, (output: KernelOutput) => void>();

  const pump = async (socket: AsyncIterable<Buffer[]>, take: (message: WireMessage) => void): Promise<void> => {
    for await (const frames of socket) {
      let message: WireMessage;
      try {
        message = decodeMessage(frames, key);
      } catch {
        // Not by our kernel.
        continue;
      }
      take(message);
    }
  };
  const takeReply = ({ parent, content }: WireMessage): void => {
    const request = pending.get(parent.msg_id ?? "");
    if (request === undefined) return;
    request.reply = content;
    request.check();
  };
  const takePublished = ({ header, parent, content }: WireMessage): void => {
    const id = parent.msg_id ?? "";
    const request = pending.get(id);
    if (header.msg_type === "status" && content.execution_state === "idle" && request !== undefined) {
      request.idle = true;
      request.check();
      return;
    }
    const output = asOutput(header.msg_type, content);
    if (output !== null) listeners.get(id)?.(output);
  };
  // A pump ends when its socket is closed.
  for (const socket of [sockets.shell, sockets.control]) void pump(socket, takeReply).catch(() => undefined);
  void pump(published, takePublished).catch(() => undefined);

  function send(channel: Channel, type: string, content: Content): string {
    const header = wireHeader(type, session);
    senders[channel].send(encodeMessage({ identities: [], header, parent: {}, content }, key));
    return header.msg_id;
  }

  async function request(
    channel: Channel,
    type: string,
    content: Content,
    {
      onOutput,
      timeoutSeconds,
    }: { readonly onOutput?: (output: KernelOutput) => void; readonly timeoutSeconds?: number } = {},
  ): Promise<Content> {
    const id = send(channel, type, content);
    let timer: NodeJS.Timeout | undefined;
    const answered = new Promise<Content>((resolve, reject) => {
      const entry: Pending = {
        reply: null,
        idle: false,
        check: () => void (entry.reply !== null && entry.idle && resolve(entry.reply)),
      };
      pending.set(id, entry);
      if (onOutput !== undefined) listeners.set(id, onOutput);
      if (timeoutSeconds === undefined) return;
      const message =
        `the cell ran longer than ${timeoutSeconds} s and its kernel was stopped; ` +
        "make it quicker or allow more time";
      timer = setTimeout(() => reject(new KernelError("CellTimeout", message)), timeoutSeconds * 1000);
    });
    try {
      return await Promise.race([answered, dead]);
    } finally {
      clearTimeout(timer);
      pending.delete(id);
    }
  }

  /**
   * A subscription takes effect some time after connecting, and what is
   * published before is lost: ask until an answer shows.
   */
  async function ready(withinSeconds: number): Promise<void> {
    const given = new AbortController();
    const tooLong = delay(withinSeconds * 1000, null, { signal: given.signal }).then(() => {
      throw new KernelError("KernelDied", `the kernel did not answer within ${withinSeconds} s`);
    });
    tooLong.catch(() => undefined);
    const idle = async (): Promise<void> => {
      for (let done = false; !done;) {
        const asked = request("shell", "kernel_info_request", {}).then(() => true);
        asked.catch(() => undefined);
        done = await Promise.race([asked, delay(100, false)]);
      }
    };
    try {
      await Promise.race([idle(), dead, tooLong]);
    } finally {
      given.abort();
    }
  }

  return {
    ready,
    request,
    send,
    close: () => {
      for (const socket of [sockets.shell, sockets.control, published]) socket.close();
    },
  };
}

function asOutput(type: string, content: Content): KernelOutput | null {
  switch (type) {
    case "stream":
      return { type, name: content.name as "stdout" | "stderr", text: String(content.text) };
    case "display_data":
    case "update_display_data": {
      const id = (content.transient as { display_id?: unknown } | undefined)?.display_id;
      return {
        type: "display",
        data: content.data as MimeBundle,
        metadata: (content.metadata ?? {}) as Content,
        displayId: typeof id === "string" ? id : null,
        update: type === "update_display_data",
      };
    }
    case "execute_result":
      return { type: "result", data: content.data as MimeBundle, metadata: (content.metadata ?? {}) as Content };
    case "clear_output":
      return { type: "clear", wait: content.wait === true };
    case "error":
      return {
        type,
        ename: String(content.ename),
        evalue: String(content.evalue),
        traceback: content.traceback as string[],
      };
    default:
      return null;
  }
}
