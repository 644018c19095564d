import { openSync, writeSync } from "node:fs";
import { inspect } from "node:util";

/** The variable with the descriptor on which the kernel's client waits for its last words. */
export const lastWordsVariable = "TWIN_LAST_WORDS";

/**
 * Where a kernel says why it ends, once its own stderr has become output of cells (see OutputPipe): the descriptor
 * that its client waits on, or what Jupyter had given it as stderr.
 */
export class LastWords {
  /** The client's descriptor; null: no client of ours. */
  readonly client: number | null;
  readonly #descriptor: number | null;

  /** Before descriptor 2 is replaced. */
  constructor() {
    const given = Number(process.env[lastWordsVariable]);
    // A kernel that a cell starts has no such descriptor.
    delete process.env[lastWordsVariable];
    this.client = Number.isInteger(given) && given > 2 ? given : null;
    this.#descriptor = this.client ?? reopenedStderr();
  }

  say(thrown: unknown): void {
    try {
      writeSync(this.#descriptor ?? 2, `${inspect(thrown)}\n`);
    } catch {
      // Nobody reads any more.
    }
  }
}

/** A terminal, a file or a pipe can be opened a second time by the name of its descriptor; a socket cannot. */
function reopenedStderr(): number | null {
  try {
    return openSync("/dev/fd/2", "a");
  } catch {
    return null;
  }
}
