/** What people write or leave out between the parts of a name, anywhere and between two digits; of ASCII in short. */
const between = /[\s\p{Pd}\u2212_./\\,;:()[\]{}'"#|]+/gu;
const betweenDigits = /(?<=[0-9])[\s\p{Pd}\u2212_./\\,;:()[\]{}'"#|]+(?=[0-9])/gu;
const plainBetween = /[\s\-_./\\,;:()[\]{}'"#|]+/g;
const plainApart = /(?<=[0-9])[\s\-_./\\,;:()[\]{}'"#|]+(?=[0-9])/g;
const ascii = /^[\0-\x7f]*$/;
const leadingMinus = /^\s*[-\u2212]\s*\p{N}/u;

/**
 * Texts that may be one: "B12", "b12" and "B-12" differ in case, spaces or punctuation alone. Between two digits
 * punctuation counts, whatever it is, and so does a leading minus: 1.5 is not 15, but "2024-01-02" is near
 * "2024/01/02".
 *
 * @param levels  any texts; the empty one is missing and near none
 * @returns groups of two or more different texts, in order of appearance
 *
 * @example
 * ```ts
 * import { nearEqualLevels } from "cspbbr3-twin";
 *
 * console.log(nearEqualLevels(["B12", "B13", "b12", "B-12"]));
 * // [ [ 'B12', 'b12', 'B-12' ] ]
 * ```
 */
export function nearEqualLevels(levels: Iterable<string>): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const level of new Set(levels)) {
    if (level === "") continue;
    const key = keyOf(level);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [level]);
    else group.push(level);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

function keyOf(level: string): string {
  // Compatible forms too: a wide letter or a raised digit is typed as the plain one elsewhere.
  const text = level.normalize("NFKC").toLowerCase();
  const [apart, any] = ascii.test(text) ? [plainApart, plainBetween] : [betweenDigits, between];
  const key = text.replace(apart, "\0").replace(any, "");
  return key === "" ? level : leadingMinus.test(text) ? `-${key}` : key;
}
