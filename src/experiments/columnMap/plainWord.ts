/** A text of a cell as words are compared: in lower case, without spaces and underscores. */
export function plainWord(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s_]+/g, "");
}
