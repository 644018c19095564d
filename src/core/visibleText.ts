/**
 * Text whose every character can be seen. What a terminal or a page would obey and not show (control characters,
 * marks that turn the direction of reading, characters without width, halves of a pair) stands as its escape, as in
 * JSON: so a cell, a name or a key of somebody's file neither colours a terminal nor rewrites what it has shown.
 *
 * @param options.layout  leaves line feeds and tabs, as a text of several lines has them (default false: one line)
 * @example
 * ```ts
 * import { visibleText } from "cspbbr3-twin";
 *
 * console.log(visibleText("\x1b[31mred\n"));
 * // \u001b[31mred\n
 * ```
 */
export function visibleText(text: string, { layout = false }: { readonly layout?: boolean } = {}): string {
  return text.replace(unseen, (one) => (layout && (one === "\n" || one === "\t") ? one : escaped(one)));
}

/** Tags, U+E0000 to U+E007F, spell words that nobody sees. */
const unseen = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u00AD\u200B\u2060\uFEFF\u{E0000}-\u{E007F}]/gu;

const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** An escape that JSON knows too, so that the text of a JSON file keeps its meaning. */
function escaped(one: string): string {
  const units = Array.from({ length: one.length }, (_, i) => one.charCodeAt(i));
  return short[one] ?? units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
