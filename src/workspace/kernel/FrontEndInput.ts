import { Readable } from "node:stream";
import { setTimeout } from "node:timers";
import { cellRuns } from "./CellRun.js";
import type { CellRun } from "./CellRun.js";
import type { KernelSockets } from "./KernelSockets.js";
import { StdinNotAllowed } from "./StdinNotAllowed.js";
import type { WireMessage } from "./WireMessage.js";

interface Asked {
  readonly run: CellRun;
  readonly prompt: string;
  readonly password: boolean;
  readonly resolve: (answer: string) => void;
  readonly reject: (reason: unknown) => void;
}

/** The global `prompt` of cells. */
type Ask = (text?: unknown, options?: { readonly password?: boolean }) => Promise<string>;

const linePauseMilliseconds = 250;

/**
 * Input for cells, asked from the front end: by the global `prompt` and by whatever reads `process.stdin`.
 *
 * Fault: without it a headless cell that reads waits until its time is over.
 */
export class FrontEndInput {
  readonly #sockets: KernelSockets;
  readonly #waiting: Asked[] = [];
  #asking: { readonly id: string; readonly asked: Asked } | null = null;
  #run: CellRun | null = null;
  #stdin: Readable | null = null;
  /** A stream that wants a line while no cell runs, or while it is paused. */
  #hungry: Readable | null = null;

  constructor(sockets: KernelSockets) {
    this.#sockets = sockets;
    void sockets.receive("stdin", (message) => this.#take(message));
  }

  /** Puts `prompt` and `process.stdin` in place for cells. */
  install(): void {
    const value: Ask = (text, options) => this.ask(text, options);
    Object.defineProperty(globalThis, "prompt", { value, configurable: true, writable: true });
    Object.defineProperty(process, "stdin", { get: () => this.#stream(), configurable: true });
  }

  /** @throws StdinNotAllowed at once, if the front end of the cell that asks cannot be asked */
  ask(text: unknown = "", { password = false }: { readonly password?: boolean } = {}): Promise<string> {
    return this.#ask(cellRuns.getStore() ?? this.#run, String(text), password);
  }

  /** From here on this cell runs, and what reads the stream asks its front end. */
  begin(run: CellRun): void {
    this.#run = run;
  }

  /** A cell wrote a line that it did not end: a question, which a reader that has waited puts. */
  prompted(): void {
    if (this.#hungry !== null) this.#feed(this.#hungry);
  }

  /**
   * The cell has ended, perhaps by an interrupt: nobody waits for an answer to what it asked, and to refuse it now
   * would be an error that nobody catches.
   */
  end(run: CellRun): void {
    this.#run = null;
    this.#waiting.splice(0, Infinity, ...this.#waiting.filter((asked) => asked.run !== run));
    if (this.#asking?.asked.run !== run) return;
    this.#asking = null;
    this.#next();
  }

  #ask(run: CellRun | null, prompt: string, password: boolean): Promise<string> {
    return new Promise((resolve, reject) => {
      if (run === null || !run.mayAsk || run.ended) return reject(new StdinNotAllowed());
      this.#waiting.push({ run, prompt, password, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    if (this.#asking !== null) return;
    const asked = this.#waiting.shift();
    if (asked === undefined) return;
    const { run, prompt, password } = asked;
    this.#asking = { id: this.#sockets.ask(run.request, { prompt, password }), asked };
  }

  #take({ header, parent, content }: WireMessage): void {
    if (header.msg_type !== "input_reply" || this.#asking === null) return;
    // Some clients do not say what they answer; one question is open at a time.
    if (parent.msg_id !== undefined && parent.msg_id !== this.#asking.id) return;
    const { asked } = this.#asking;
    this.#asking = null;
    if (content.status === "error") asked.reject(new StdinNotAllowed());
    else asked.resolve(content.value as string);
    this.#next();
  }

  /** The front end's lines as a stream; a new one where the last has ended with an error. */
  #stream(): Readable {
    if (this.#stdin !== null && !this.#stdin.destroyed) return this.#stdin;
    let begun = false;
    const stream = new Readable({
      read: () => {
        // Who wanted one line takes it and stops; only who goes on reading is given the next.
        if (begun) setTimeout(() => this.#feed(stream), linePauseMilliseconds).unref();
        else this.#feed(stream);
        begun = true;
      },
    });
    const feedHungry = (): void => {
      if (this.#hungry === stream) this.#feed(stream);
    };
    stream.on("resume", () => process.nextTick(feedHungry));
    stream.on("newListener", (event) => event === "readable" && process.nextTick(feedHungry));
    return (this.#stdin = stream);
  }

  #feed(stream: Readable): void {
    this.#hungry = null;
    // Who reads piece by piece has a listener for that, and the stream counts as paused.
    const isWanted = !stream.isPaused() || stream.listenerCount("readable") > 0;
    if (this.#run === null || !isWanted) this.#hungry = stream;
    else
      this.#ask(this.#run, "", false).then(
        (line) => stream.push(`${line}\n`),
        (error: unknown) => stream.destroy(error as Error),
      );
  }
}
