/**
 * What stands under each heading of a Markdown text, by the words of the heading. A section ends at the next heading of
 * the same or a higher level. `#` in fenced code is no heading.
 *
 * @param options.level  2 for `##`
 * @throws RangeError if two headings of this level have the same words
 */
export function documentSections(markdown: string, { level }: { readonly level: number }): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  let [current, isCode] = ["", false];
  for (const line of markdown.split("\n")) {
    if (/^(?:```|~~~)/.test(line)) isCode = !isCode;
    const [, marks, words] = (isCode ? null : /^(#+)\s+(.*?)\s*$/.exec(line)) ?? [];
    if (marks?.length === level) {
      if (sections.has(words)) throw new RangeError(`documentSections: headings must differ; got "${words}" twice`);
      sections.set(words, "");
      current = words;
    } else if (marks !== undefined && marks.length < level) {
      current = "";
    } else if (current !== "") {
      sections.set(current, `${sections.get(current)!}${line}\n`);
    }
  }
  return sections;
}
