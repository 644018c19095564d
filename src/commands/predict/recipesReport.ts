import { groupedDigits } from "../../core/groupedDigits.js";
import { linesReport, type ProgressStream } from "../../workspace/notebooks/progressReport.js";

/** Milliseconds between two pieces of news: a terminal's line is rewritten, elsewhere each is one more. */
const between = { terminal: 200, elsewhere: 5000 };
const barLetters = 24;

/**
 * Shows how many recipes are answered: on a terminal by a bar, where it is known how many there are. Work that is soon
 * done shows nothing.
 *
 * @param options.now  milliseconds on a clock that only runs forward
 */
export function recipesReport(
  stream: ProgressStream,
  { now = () => performance.now() }: { readonly now?: () => number } = {},
): (recipes: number, share: number | null) => void {
  const report = linesReport(stream);
  const pause = stream.isTTY === true ? between.terminal : between.elsewhere;
  let told = now();
  return (recipes, share) => {
    if (now() - told < pause) return;
    told = now();
    const count = `${groupedDigits(recipes)} recipes`;
    report(share === null ? count : `${stream.isTTY === true ? bar(share) : ""}${Math.floor(100 * share)} %, ${count}`);
  };
}

function bar(share: number): string {
  const full = Math.floor(barLetters * Math.min(1, share));
  return `[${"#".repeat(full)}${".".repeat(barLetters - full)}] `;
}
