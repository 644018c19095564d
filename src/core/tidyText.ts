/** Nothing to tidy: printable ASCII without a space at either end, which most texts are. */
const plain = /^(?:[!-~](?:[ -~]*[!-~])?)?$/;
/** Zero-width space, word joiner, byte order mark and soft hyphen: unseen wherever they stand. */
const unseen = /[\u200b\u2060\ufeff\u00ad]/g;
/** No-break, thin and other wide spaces. */
const otherSpaces = /(?! )\p{Zs}/gu;
/** At the ends also joiners and marks of direction, which within a text belong to its letters. */
const ends = /^[\s\u200c-\u200f]+|[\s\u200c-\u200f]+$/g;

/**
 * A text as it is told from others: without spaces at its ends and letters that are not seen, every space an ordinary
 * one, accents composed (Unicode NFC). Letters, case and punctuation stay: "B12" and "b12" are two texts
 * (`nearEqualLevels` names them). A tidy text is its own tidy text.
 */
export function tidyText(text: string): string {
  if (plain.test(text)) return text;
  return text.replace(unseen, "").replace(otherSpaces, " ").normalize("NFC").replace(ends, "");
}
