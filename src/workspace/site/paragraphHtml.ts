/** A paragraph of the sentences, as HTML; one that does not apply is null. */
export function paragraphHtml(...sentences: readonly (string | null)[]): string {
  return `<p>${sentences.filter((sentence) => sentence !== null).join(" ")}</p>\n`;
}
