/** Where a value stands in a text, its end exclusive. */
export interface JsonRange {
  readonly start: number;
  readonly end: number;
}

/** A member of an object: its range begins at the value. */
export interface JsonMember extends JsonRange {
  readonly key: string;
  readonly keyStart: number;
}

/**
 * The members of an object in the order of their text, also such as share a key.
 *
 * All functions here expect text that JSON.parse accepts: they look for ends, not for faults.
 *
 * @param start  where the object begins
 */
export function jsonMembers(text: string, start: number): JsonMember[] {
  const members: JsonMember[] = [];
  for (let at = behindSpace(text, start + 1); text[at] !== "}"; at = behindComma(text, at)) {
    const keyStart = at;
    const keyEnd = endOfString(text, at);
    const from = behindSpace(text, behindSpace(text, keyEnd) + 1);
    at = endOfValue(text, from);
    members.push({ key: JSON.parse(text.slice(keyStart, keyEnd)) as string, keyStart, start: from, end: at });
  }
  return members;
}

/** The elements of a list. @param start  where the list begins */
export function jsonElements(text: string, start: number): JsonRange[] {
  const elements: JsonRange[] = [];
  for (let at = behindSpace(text, start + 1); text[at] !== "]"; at = behindComma(text, at)) {
    const from = at;
    at = endOfValue(text, from);
    elements.push({ start: from, end: at });
  }
  return elements;
}

/** The value of a whole text: without the space, or the byte order mark, before and behind it. */
export function jsonValue(text: string): JsonRange {
  const start = behindSpace(text, text.startsWith("\uFEFF") ? 1 : 0);
  return { start, end: endOfValue(text, start) };
}

/** Where a value that begins at `start` ends. */
function endOfValue(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return endOfString(text, start);
  if (first !== "{" && first !== "[") return start + match(scalar, text, start).length;
  let depth = 0;
  for (let at = start; ; at++) {
    const here = text[at];
    if (here === '"') at = endOfString(text, at) - 1;
    else if (here === "{" || here === "[") depth++;
    else if ((here === "}" || here === "]") && --depth === 0) return at + 1;
  }
}

const scalar = /[^\s,\]}]*/y;
const space = /[ \t\r\n]*/y;

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === "\\") slashes++;
  return slashes % 2 === 1;
}

function behindSpace(text: string, at: number): number {
  return at + match(space, text, at).length;
}

function behindComma(text: string, at: number): number {
  const next = behindSpace(text, at);
  return text[next] === "," ? behindSpace(text, next + 1) : next;
}

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)![0];
}
