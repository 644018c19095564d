/** What may have to be rewritten of JSON: a text (a key where a colon follows), a bracket, a number, a word. */
const token = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|-?[A-Za-z]+/g;
/** Digits of whole numbers that a Float64 may not carry. */
const longDigits = 16;

/**
 * JSON as programs write tables, as JSON that loses nothing when it is parsed: whole numbers of 16 digits and more
 * become texts, NaN becomes null, infinities texts, and of equal keys of one object the second becomes "key#2".
 */
export function losslessJson(text: string): string {
  const keys: (Set<string> | null)[] = [];
  return text.replace(token, (found: string, colon: string | undefined) => {
    switch (found[0]) {
      case "{":
        keys.push(new Set());
        return found;
      case "[":
        keys.push(null);
        return found;
      case "}":
      case "]":
        keys.pop();
        return found;
      case '"':
        return colon === undefined ? found : ownKey(found.slice(0, -colon.length), keys.at(-1)) + colon;
      default:
        if (found === "NaN") return "null";
        if (/^-?Infinity$/.test(found)) return `"${found}"`;
        return found.length >= longDigits && /^-?\d+$/.test(found) ? `"${found}"` : found;
    }
  });
}

function ownKey(key: string, taken: Set<string> | null | undefined): string {
  if (taken === null || taken === undefined) return key;
  let own = key;
  for (let k = 2; taken.has(own); k++) own = `${key.slice(0, -1)}#${k}"`;
  taken.add(own);
  return own;
}
