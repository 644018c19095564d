import { numberForm } from "./numberForm.js";

/** Why a cell of a column of numbers holds no plain number. */
export type Oddity = "missing" | "limit" | "approximate" | "uncertain";

/** A cell that says something else than a number, where a careful reader knows what it stands for. */
export interface OddCell {
  readonly oddity: Oddity;
  /** The number in it as it is written; "" where it gives none. */
  readonly number: string;
}

/** What people write where there is no value, in lower case. What programs write is in `missingWords`. */
const marks: ReadonlySet<string> = new Set([
  ...["n/a", "n.a.", "#n/a", "n.d.", "nd", "n.m.", "none", "-", "--", "–", "—", "−"],
  ...["not measured", "not determined", "not available", "not applicable", "missing"],
  ...["k.a.", "k. a.", "keine angabe", "n.b.", "nicht bestimmt", "non mesuré", "no medido", "未测", "无"],
]);
const longestMark = Math.max(...Array.from(marks, (mark) => mark.length));

/** What every form but a mark holds: most texts are told from them by it. */
const hasSign = /^\s*(?:[<>≤≥⩽⩾~≈∼≅]|ca\b|approx|about)|±|\+\/-/i;
const limit = /^(?:[<>]=?|[≤≥⩽⩾])\s*(.+)$/;
const approximate = /^(?:[~≈∼≅]|(?:ca|approx)\.?|about)\s*(.+)$/i;
const uncertain = /^(.+?)\s*(?:±|\+\/-)\s*(.+)$/;

/**
 * What a text in a column of numbers stands for, as far as it can be read in one way: a missing value ("n/a", "-"); a
 * limit ("<5"), which gives no value, so that none is made up; an approximate value ("~5"), which is one; a value with
 * its uncertainty ("5 ± 1"), of which the value is kept. A range ("5-10") holds two numbers, and is none of these.
 */
export function oddCell(text: string): OddCell | undefined {
  if (text.length <= 2 * longestMark && marks.has(text.trim().toLowerCase())) return { oddity: "missing", number: "" };
  if (text.length > 200 || !hasSign.test(text)) return undefined;
  const bare = text.trim();
  const [, bound] = limit.exec(bare) ?? [];
  if (bound !== undefined) return isNumber(bound) ? { oddity: "limit", number: "" } : undefined;
  const about = approximate.exec(bare)?.[1] ?? bare;
  const [, value = about, spread] = uncertain.exec(about) ?? [];
  if (!isNumber(value) || (spread !== undefined && !isNumber(spread))) return undefined;
  return { oddity: spread === undefined ? "approximate" : "uncertain", number: value };
}

function isNumber(text: string): boolean {
  return !["text", "missing"].includes(numberForm(text));
}

/** What is made of an odd cell, and why, for the note on it. */
export const oddityWords: Readonly<Record<Oddity, { readonly made: string; readonly why: string }>> = {
  missing: { made: "missing", why: "it stands for a missing value" },
  limit: { made: "missing", why: "a limit gives no value" },
  approximate: { made: "its value", why: "it is approximate" },
  uncertain: { made: "its value", why: "a column of numbers holds no uncertainty" },
};
