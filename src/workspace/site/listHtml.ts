/** A list with bullets, of items that are HTML. */
export function listHtml(items: readonly string[]): string {
  return `<ul>\n${items.map((item) => `<li>${item}</li>`).join("\n")}\n</ul>\n`;
}
