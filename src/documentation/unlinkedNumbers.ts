import { describeMeasurement } from "../core/describeMeasurement.js";
import type { EvidenceFile } from "../core/Evidence.js";

/** The numbers of a document, told apart by what stands behind them. */
export interface DocumentNumbers {
  /** Links that show a measurement as its evidence file has it. */
  readonly linked: number;
  /** Numbers that are neither in such a link nor declared as literals. */
  readonly unlinked: readonly { readonly line: number; readonly number: string }[];
}

/**
 * Numbers of a Markdown text that no evidence stands behind. A number counts as linked inside a link to a file in
 * data/evidence/ whose text is a measurement of that file as `describeMeasurement` shows it, so a stale number is
 * unlinked. A number that is no result (a year, a level of intervals) must be declared with what it is: `<!--
 * literal 2025: year of the review -->`. Code, addresses and digits after a letter (CsPbBr3) are names, not
 * numbers. Numbers written as words are not found.
 */
export function unlinkedNumbers(markdown: string, files: readonly EvidenceFile[]): DocumentNumbers {
  const shown = new Set(
    files.flatMap(({ id, measurements }) =>
      measurements.map((one) => `[${describeMeasurement(one)}](../data/evidence/${id}.json)`),
    ),
  );
  const literals = new Set(
    Array.from(markdown.matchAll(/<!--\s*literal\s+(\S+):\s+\S[\s\S]*?-->/g), ([, number]) => number),
  );
  let linked = 0;
  const plain = markdown
    .replace(/<!--[\s\S]*?-->/g, blank)
    .replace(/^(```+|~~~+)[^\n]*\n[\s\S]*?^\1[^\S\n]*$/gm, blank)
    .replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, blank)
    .replace(/(\[(?:[^[\]]|\[[^[\]]*\])*\])(\([^()\s]*\))/g, (link: string, text: string, address: string) => {
      if (!shown.has(link)) return text + blank(address);
      linked++;
      return blank(link);
    })
    .replace(/\b(?:https?:\/\/|doi:)\S+/g, blank);
  const unlinked = plain
    .split("\n")
    .flatMap((line, index) => numbersIn(line).map((number) => ({ line: index + 1, number })));
  return { linked, unlinked: unlinked.filter(({ number }) => !literals.has(number)) };
}

function numbersIn(text: string): string[] {
  return Array.from(text.matchAll(/(?<![\p{L}\p{N}_])\d+(?:[.,]\d+)*/gu), ([number]) => number);
}

/** The same lines without their text. */
function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}
