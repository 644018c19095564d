import { visibleText } from "../../core/visibleText.js";
import { displayHook } from "../kernel/displayHook.js";
import type { MimeBundle } from "../notebooks/Notebook.js";
import { escapeHtml } from "../site/escapeHtml.js";

/** A bar that tells in a cell how far long work has come. */
export interface ProgressBar {
  /** That many more steps are done (default 1). */
  readonly advance: (steps?: number) => void;
}

// Redrawn by share done and not by the clock, so that a run that fails midway shows the same bar every time.
const redraws = 50;
const lines = 5;
const barWidth = 30;

/**
 * Progress of long work in a cell: one display that is updated in place, and that in the
 * end says only that all steps are done, not how long they took. Outside a kernel, a
 * plain line on stderr at each fifth of the way.
 *
 * A display reaches the reader when the work gives way (awaits) now and then.
 *
 * @param label  what is done, e.g. "bootstrap"
 * @param total  number of steps, at least 1
 * @throws RangeError if total is no whole number of at least 1, or if more steps are done than that
 */
export function progressBar(label: string, total: number): ProgressBar {
  if (!Number.isInteger(total) || total < 1)
    throw new RangeError(`progressBar: total must be a whole number >= 1; got ${total}; count the steps first`);
  const hook = displayHook();
  const update = hook?.showUpdatable(bar(label, 0, total));
  const marks = hook === null ? lines : redraws;
  let done = 0;
  return {
    advance: (steps = 1) => {
      const before = Math.floor((done * marks) / total);
      if (!(steps >= 0) || done + steps > total)
        throw new RangeError(
          `progressBar: "${label}" has ${total} steps; got ${done} and ${steps} more; count them anew`,
        );
      done += steps;
      if (Math.floor((done * marks) / total) === before) return;
      if (update !== undefined) update(bar(label, done, total));
      else process.stderr.write(`${visibleText(label)}: ${done} of ${total}\n`);
    },
  };
}

function bar(label: string, done: number, total: number): MimeBundle {
  const filled = Math.floor((done * barWidth) / total);
  const count = `${done} of ${total}`;
  return {
    "text/html": `<label>${escapeHtml(label)} <progress value="${done}" max="${total}"></progress> ${count}</label>`,
    "text/plain": `${visibleText(label)} [${"#".repeat(filled)}${".".repeat(barWidth - filled)}] ${count}`,
  };
}
