/** A text of at most so many characters: the end of a longer one stands as "…". */
export function shortText(text: string, most = 60): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
