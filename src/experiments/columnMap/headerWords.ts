import { headerVocabulary } from "./headerVocabulary.js";

/** Letters that mean a quantity in one case alone: T is a temperature, t a time. */
const symbols: Readonly<Record<string, string>> = {
  T: "temperature",
  t: "time",
  V: "volume",
  v: "volume",
  c: "concentration",
  C: "concentration",
  n: "amount",
  m: "mass",
  D: "diameter",
  d: "diameter",
  a: "edge",
  r: "ratio",
};

/** Without accents, in lower case: "Température" is "temperature". */
function folded(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.toLowerCase();
  return text
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/\p{Mn}/gu, "")
    .normalize("NFC")
    .replaceAll("ß", "ss");
}

const meanings: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(headerVocabulary).map(([phrase, words]) => [folded(phrase), words.split(" ")]),
);
const longestPhrase = 4;

/** The words of a header without its unit, in lower case and in the words of `headerMeanings`. */
export function headerWords(text: string): readonly string[] {
  const pieces = text
    .replaceAll(/(?<=\p{Ll})(?=\p{Lu}\p{Ll})/gu, " ")
    .split(/[\s_()[\]{},;:/?=’']+/u)
    .map((piece) => piece.replace(/^[."*-]+|["*-]+$/g, ""))
    .filter((piece) => piece !== "");
  return wordsOf(pieces);
}

function wordsOf(pieces: readonly string[]): readonly string[] {
  const plain = pieces.map(folded);
  const words: string[] = [];
  for (let at = 0; at < pieces.length;) {
    const [length, found] = phraseAt(pieces, plain, at);
    words.push(...found);
    at += length;
  }
  return words;
}

/** The longest phrase from a place on, and how many pieces it takes. */
function phraseAt(
  pieces: readonly string[],
  plain: readonly string[],
  at: number,
): readonly [number, readonly string[]] {
  if (Object.hasOwn(symbols, pieces[at])) return [1, [symbols[pieces[at]]]];
  for (let length = Math.min(longestPhrase, pieces.length - at); length >= 1; length--) {
    const written = plain.slice(at, at + length).join(" ");
    const words =
      meanings.get(written) ?? (written.includes("-") ? meanings.get(written.replaceAll("-", " ")) : undefined);
    if (words !== undefined) return [length, words];
  }
  const lower = plain[at];
  // "PL-Peak", "edge-length"; names of reagents are looked up as they stand.
  if (!lower.includes("-")) return [1, [lower.length > 1 ? lower.replace(/\.$/, "") : lower]];
  const parts = lower.split("-").filter((part) => part !== "");
  return [1, parts.flatMap((part) => meanings.get(part) ?? [part])];
}
