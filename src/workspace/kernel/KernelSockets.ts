import { Publisher, Reply, Router } from "zeromq";
import { serialSender } from "./serialSender.js";
import type { SerialSender } from "./serialSender.js";
import { decodeMessage, encodeMessage, wireHeader } from "./WireMessage.js";
import type { Connection, WireMessage } from "./WireMessage.js";

export type Channel = "shell" | "control";

// How long the process waits at its end for a slow reader to take what was sent.
const linger = 1000;

/** The kernel's five sockets: requests come in on shell and control, everything else is published. */
export class KernelSockets {
  readonly #connection: Connection;
  readonly #routers = {
    shell: new Router({ sendHighWaterMark: 0, linger }),
    control: new Router({ sendHighWaterMark: 0, linger }),
  };
  readonly #senders: Readonly<Record<Channel, SerialSender>> = {
    shell: serialSender(this.#routers.shell),
    control: serialSender(this.#routers.control),
  };
  // Without a high-water mark: a publisher drops what exceeds it.
  readonly #publisher = new Publisher({ sendHighWaterMark: 0, linger });
  readonly #published = serialSender(this.#publisher);
  readonly #heartbeat = new Reply({ linger: 0 });
  // Nothing ever asks a cell for input, but clients expect the port to be there.
  readonly #stdin = new Router({ linger: 0 });

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
      this.#stdin.bind(at(stdin_port)),
    ]);
    void this.#echo();
  }

  /** Calls `take` for each request of a channel, until the process ends. Messages without our signature are ignored. */
  async receive(channel: Channel, take: (request: WireMessage) => void): Promise<void> {
    for await (const frames of this.#routers[channel]) {
      try {
        take(decodeMessage(frames, this.#connection.key));
      } catch {
        continue;
      }
    }
  }

  reply(channel: Channel, request: WireMessage, type: string, content: Readonly<Record<string, unknown>>): void {
    const header = wireHeader(type, request.header.session);
    this.#senders[channel].send(
      encodeMessage({ identities: request.identities, header, parent: request.header, content }, this.#connection.key),
    );
  }

  publish(request: WireMessage, type: string, content: Readonly<Record<string, unknown>>): void {
    const header = wireHeader(type, request.header.session);
    this.#published.send(
      encodeMessage({ identities: [`kernel.${type}`], header, parent: request.header, content }, this.#connection.key),
    );
  }

  /** Resolves once everything has been handed to zeromq. */
  async flushed(): Promise<void> {
    await Promise.all([this.#published, this.#senders.shell, this.#senders.control].map((sender) => sender.flushed()));
  }

  /** Sends out what is still waiting and closes the sockets. */
  async close(): Promise<void> {
    await this.flushed();
    for (const socket of [this.#publisher, this.#routers.shell, this.#routers.control, this.#heartbeat, this.#stdin])
      socket.close();
  }

  async #echo(): Promise<void> {
    for await (const beat of this.#heartbeat) await this.#heartbeat.send(beat);
  }
}
