import type { Study } from "../../tuning/Study.js";
import { linesReport, type ProgressStream } from "../../workspace/notebooks/progressReport.js";

/** Milliseconds between two pieces of news: a terminal's line is rewritten, elsewhere each is one more. */
const between = { terminal: 200, elsewhere: 5000 };
const barLetters = 20;

/** Shows how far a study is. */
export interface StudyProgress {
  /** For runStudy. */
  readonly onTrial: (done: number, all: number, study: Study) => void;
  readonly close: () => void;
}

/**
 * Shows trials as they end: on a terminal by a bar that is rewritten, elsewhere by a line now and then. A study that
 * is soon done shows nothing. Rate and time left are of this run, whatever was done before it.
 *
 * @param options.before  trials that had ended before this run
 * @param options.now     milliseconds on a clock that only runs forward
 */
export function studyProgress(
  stream: ProgressStream,
  { before = 0, now = () => performance.now() }: { readonly before?: number; readonly now?: () => number } = {},
): StudyProgress {
  const report = linesReport(stream);
  const isTerminal = stream.isTTY === true;
  const pause = isTerminal ? between.terminal : between.elsewhere;
  const began = now();
  let told = began;
  let [counted, pruned, failed] = [0, 0, 0];
  let line = (): string => "no trial has ended yet";
  const show = (): void => report(line());
  // A long trial shows that it lives; the timer alone keeps no process alive.
  const ticking = isTerminal ? setInterval(show, 1000).unref() : null;
  return {
    onTrial: (done, all, study) => {
      for (; counted < study.trials.length && study.trials[counted].outcome !== null; counted++) {
        pruned += Number(study.trials[counted].outcome!.state === "pruned");
        failed += Number(study.trials[counted].outcome!.state === "failed");
      }
      if (now() - told < pause) return;
      told = now();
      const parts = [
        `${done} of ${all} trials`,
        ...bestIn(study),
        ...(pruned > 0 ? [`${pruned} pruned`] : []),
        ...(failed > 0 ? [`${failed} failed`] : []),
      ];
      const own = done - before;
      const rate = own / (now() - began);
      const ends = own > 0 && done < all ? now() + (all - done) / rate : null;
      const course = (isTerminal ? bar(done / all) : "") + parts.join(", ");
      line = () =>
        course +
        (own > 0 ? `, ${(1000 * rate).toPrecision(2)} a second` : "") +
        (ends === null ? "" : `, ${duration(Math.max(0, ends - now()))} left`);
      show();
    },
    close: () => {
      if (ticking !== null) clearInterval(ticking);
    },
  };
}

function bestIn(study: Study): readonly string[] {
  const best = study.best();
  if (best === null) return [];
  const { values } = best.outcome!;
  if (values.length > 1) return [`${study.front().length} on the front`];
  return [`best ${Number(values[0].toPrecision(5))} (trial ${best.number})`];
}

function bar(share: number): string {
  const full = Math.floor(barLetters * Math.min(1, share));
  return `[${"#".repeat(full)}${".".repeat(barLetters - full)}] `;
}

function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}
