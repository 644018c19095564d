import { randomUUID } from "node:crypto";
import { Reply, Router, XPublisher } from "zeromq";
import { serialSender } from "./serialSender.js";
import type { SerialSender } from "./serialSender.js";
import { decodeMessage, encodeMessage, wireHeader } from "./WireMessage.js";
import type { Connection, WireMessage } from "./WireMessage.js";

export type Channel = "shell" | "control";
type Content = Readonly<Record<string, unknown>>;

// How long the process waits at its end for a slow reader to take what was sent.
const linger = 1000;

// Fault: a client that comes back (its connection broke while a cell ran) takes the name that it had, and zeromq
// drops all it sends as long as it takes the old one for alive. With a handover the new connection has the name.
const router = { sendHighWaterMark: 0, linger, handover: true };

/**
 * The kernel's five sockets: requests come in on shell and control, everything else is published; questions to
 * whoever sits before a front end go out on stdin.
 */
export class KernelSockets {
  readonly #connection: Connection;
  readonly #routers = {
    shell: new Router(router),
    control: new Router(router),
    stdin: new Router({ ...router, linger: 0 }),
  };
  readonly #senders: Readonly<Record<Channel | "stdin", SerialSender>> = {
    shell: serialSender(this.#routers.shell),
    control: serialSender(this.#routers.control),
    stdin: serialSender(this.#routers.stdin),
  };
  // Without a high-water mark: a publisher drops what exceeds it. It hears of each new subscription.
  readonly #publisher = new XPublisher({ sendHighWaterMark: 0, linger, verbosity: "allSubs" });
  readonly #published = serialSender(this.#publisher);
  readonly #heartbeat = new Reply({ linger: 0 });
  readonly #session = randomUUID();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** @throws Error with zeromq's code (EADDRINUSE) if a port is taken */
  async bind(): Promise<void> {
    const { transport, ip, shell_port, control_port, iopub_port, hb_port, stdin_port } = this.#connection;
    const separator = transport === "ipc" ? "-" : ":";
    const at = (port: number): string => `${transport}://${ip}${separator}${port}`;
    await Promise.all([
      this.#publisher.bind(at(iopub_port)),
      this.#routers.shell.bind(at(shell_port)),
      this.#routers.control.bind(at(control_port)),
      this.#heartbeat.bind(at(hb_port)),
      this.#routers.stdin.bind(at(stdin_port)),
    ]);
    void this.#echo();
    void this.#welcome();
  }

  /** Calls `take` for each request of a channel, until the process ends. Messages without our signature are ignored. */
  async receive(channel: Channel | "stdin", take: (request: WireMessage) => void): Promise<void> {
    for await (const frames of this.#routers[channel]) {
      try {
        take(decodeMessage(frames, this.#connection.key));
      } catch {
        continue;
      }
    }
  }

  reply(channel: Channel, request: WireMessage, type: string, content: Content): void {
    this.#senders[channel].send(this.#frames({ identities: request.identities, type, parent: request, content }));
  }

  publish(request: WireMessage, type: string, content: Content): void {
    this.#published.send(this.#frames({ identities: [`kernel.${type}`], type, parent: request, content }));
  }

  /**
   * Asks the front end that sent a request for a line of input.
   *
   * @returns the id that its reply names as its parent
   */
  ask(request: WireMessage, content: { readonly prompt: string; readonly password: boolean }): string {
    const header = wireHeader("input_request", request.header.session);
    const { identities } = request;
    this.#senders.stdin.send(
      encodeMessage({ identities, header, parent: request.header, content }, this.#connection.key),
    );
    return header.msg_id;
  }

  /** Resolves once everything has been handed to zeromq. */
  async flushed(): Promise<void> {
    await Promise.all([this.#published, ...Object.values(this.#senders)].map((sender) => sender.flushed()));
  }

  /** Sends out what is still waiting and closes the sockets. */
  async close(): Promise<void> {
    await this.flushed();
    for (const socket of [this.#publisher, ...Object.values(this.#routers), this.#heartbeat]) socket.close();
  }

  async #echo(): Promise<void> {
    for await (const beat of this.#heartbeat) await this.#heartbeat.send(beat);
  }

  /** Tells each new subscriber that from now on it misses nothing (JEP 65). */
  async #welcome(): Promise<void> {
    for await (const [frame] of this.#publisher) {
      // The first byte says whether a subscription begins (1) or ends (0), the rest to what.
      if (frame[0] !== 1) continue;
      const subscription = frame.subarray(1).toString();
      const header = wireHeader("iopub_welcome", this.#session);
      const message = { identities: [subscription], header, parent: {}, content: { subscription } };
      this.#published.send(encodeMessage(message, this.#connection.key));
    }
  }

  #frames({
    identities,
    type,
    parent,
    content,
  }: {
    readonly identities: WireMessage["identities"];
    readonly type: string;
    readonly parent: WireMessage;
    readonly content: Content;
  }): (Buffer | string)[] {
    const header = wireHeader(type, parent.header.session);
    return encodeMessage({ identities, header, parent: parent.header, content }, this.#connection.key);
  }
}
