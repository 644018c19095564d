import { captureStreams } from "./captureStreams.js";
import type { CapturedStreams } from "./captureStreams.js";
import { cellRuns } from "./CellRun.js";
import type { CellRun } from "./CellRun.js";
import type { CellRunner } from "./CellRunner.js";
import { installDisplayHook } from "./displayHook.js";
import type { FrontEndInput } from "./FrontEndInput.js";
import type { KernelSockets } from "./KernelSockets.js";
import type { OutputPipe } from "./OutputPipe.js";
import { validBundle } from "./validBundle.js";

type Content = Readonly<Record<string, unknown>>;

/**
 * What cells print and show, published as output of the cell that started it, whichever runs by then.
 *
 * Fault: what a timer printed after its cell had ended stood in the output of the cell that ran, or was lost.
 */
export class CellOutputs {
  readonly #sockets: KernelSockets;
  readonly #streams: CapturedStreams;
  /** The cell that runs, or ran last: it gets what nobody can be named for. */
  #current: CellRun | null = null;
  #displays = 0;

  constructor({
    sockets,
    input,
    pipe,
  }: {
    readonly sockets: KernelSockets;
    readonly input: FrontEndInput;
    readonly pipe: OutputPipe | null;
  }) {
    this.#sockets = sockets;
    this.#streams = captureStreams(
      pipe,
      () => this.#author(),
      (run, name, text) => {
        this.#publish(run, "stream", { name, text });
        if (name === "stdout" && !text.endsWith("\n")) input.prompted();
      },
    );
  }

  begin(run: CellRun): void {
    // What programs have written until now belongs to the cell before.
    this.#streams.flush();
    this.#current = run;
  }

  /** Publishes something else than a stream, behind what was printed before it. */
  publish(run: CellRun, type: string, content: Content): void {
    this.#streams.flush();
    this.#publish(run, type, content);
  }

  /** Sends on what was printed and is still held back. */
  flush(): void {
    this.#streams.flush();
  }

  /** Makes `display` and its kin in cells, and tslab's own, show here. */
  install(runner: CellRunner, input: FrontEndInput): void {
    installDisplayHook({
      show: (data) => this.#show({ data, metadata: {}, transient: {} }, false),
      showUpdatable: (data) => {
        const transient = { display_id: `${process.pid}-${++this.#displays}` };
        this.#show({ data, metadata: {}, transient }, false);
        return (next) => this.#show({ data: next, metadata: {}, transient }, true);
      },
      clear: ({ wait }) => this.#publishHere("clear_output", { wait }),
      ask: (text, options) => input.ask(text, options),
    });
    runner.showTslab((content, update) => this.#show(content as Content, update));
  }

  #show(content: Content, update: boolean): void {
    const data = validBundle(content.data);
    this.#publishHere(update ? "update_display_data" : "display_data", { ...content, data });
  }

  #publishHere(type: string, content: Content): void {
    const author = this.#author();
    if (author !== null) this.publish(author, type, content);
  }

  #author(): CellRun | null {
    return cellRuns.getStore() ?? this.#current;
  }

  #publish(run: CellRun, type: string, content: Content): void {
    if (!run.silent) this.#sockets.publish(run.request, type, content);
  }
}
