/** The sentences that describe a figure, one after another; one that does not apply to it is null. */
export function alternativeText(...sentences: readonly (string | null)[]): string {
  return sentences.filter((sentence) => sentence !== null).join(" ");
}
