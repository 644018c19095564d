/** What columns of names are called. */
const things = new Set(["batch", "sample", "id", "plate", "doi", "operator", "laboratory", "lab"]);
/** Words that may follow: "batch number" names batches too. */
const suffixes = new Set(["number", "no", "nr", "name", "code", "label", "key"]);

/**
 * Whether a column holds names by what it is called: batch, sample, id, plate, doi, operator, laboratory or lab, alone
 * or as the last word ("sampleId", "Plate", "heating batch no"). Such a column holds texts, also where they are digits:
 * 007 and 7 are two samples.
 */
export function isIdentifierName(name: string): boolean {
  const words = name
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== "");
  const last = words.at(-1) ?? "";
  return things.has(last) || (suffixes.has(last) && things.has(words.at(-2) ?? ""));
}
