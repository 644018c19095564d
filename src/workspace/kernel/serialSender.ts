/** What of a zeromq socket is needed to send. */
interface Sending {
  send(frames: (Buffer | string)[]): Promise<void>;
}

export interface SerialSender {
  readonly send: (frames: (Buffer | string)[]) => void;
  /** Resolves once everything handed over so far has left. */
  readonly flushed: () => Promise<void>;
}

/**
 * Fault: zeromq refuses a send while another is under way, and stock tslab never waits.
 * After some 500 lines in one tick the rest are lost, the idle status among them, and the
 * client waits for ever. Here one send follows the other, and none is lost.
 *
 * An idle socket sends at once, not a microtask later: what a cell prints before it
 * falls into an endless loop still arrives.
 */
export function serialSender(socket: Sending): SerialSender {
  const waiting: (Buffer | string)[][] = [];
  let draining: Promise<void> | null = null;

  async function drain(first: (Buffer | string)[]): Promise<void> {
    for (let next: (Buffer | string)[] | undefined = first; next !== undefined; next = waiting.shift()) {
      // A socket that is closed while the process ends takes nothing more, and nobody is left to be told.
      await socket.send(next).catch(() => undefined);
    }
    draining = null;
  }

  return {
    send: (frames) => {
      if (draining === null) draining = drain(frames);
      else waiting.push(frames);
    },
    flushed: async () => {
      while (draining !== null) await draining;
    },
  };
}
