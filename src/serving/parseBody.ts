import { losslessJson } from "../io/tables/json/losslessJson.js";
import { Problem } from "./Problem.js";

/** Deeper than a request ever is. */
const mostDepth = 16;
/** Keys that mean something to objects of JavaScript. */
const forbidden: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);
/** A whole number that a Float64 may not carry; in a text it does no harm. */
const longNumber = /[[:,\s]-?\d{16}/;

/** A mark of byte order is refused as JSON.parse does: in a line of the log it would be no JSON. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The value of a body of JSON. What is too deep, comes twice under one key or names what objects inherit is refused.
 *
 * @throws Problem naming the place
 */
export function parseBody(body: Uint8Array): unknown {
  const text = textOf(body);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    lookThrough(text);
    throw malformed(`the body must be JSON; got ${(error as Error).message}`);
  }
  if (!isPlain(value, text)) lookThrough(text);
  return longNumber.test(text) ? (JSON.parse(losslessJson(text)) as unknown) : value;
}

/**
 * Whether nothing can be wrong with a parsed text, which is cheaper to see than what is. Each key has a colon, and what
 * came twice is one key of the value: with as many keys as colons no key came twice, nor has a text a colon in it.
 */
function isPlain(value: unknown, text: string): boolean {
  const keys = plainKeys(value, 0);
  let colons = 0;
  for (let at = text.indexOf(":"); at >= 0; at = text.indexOf(":", at + 1)) colons++;
  return keys === colons;
}

/** Keys of all objects in a value; NaN where one is forbidden, or it is too deep. */
function plainKeys(value: unknown, depth: number): number {
  if (typeof value !== "object" || value === null) return 0;
  if (depth >= mostDepth) return NaN;
  let count = 0;
  if (Array.isArray(value)) for (const one of value) count += plainKeys(one, depth + 1);
  else
    for (const key of Object.keys(value)) {
      count += forbidden.has(key) ? NaN : 1;
      const one = (value as Readonly<Record<string, unknown>>)[key];
      if (typeof one === "object") count += plainKeys(one, depth + 1);
    }
  return count;
}

function textOf(body: Uint8Array): string {
  try {
    return decoder.decode(body);
  } catch {
    throw malformed("the body must be UTF-8; got other bytes");
  }
}

const malformed = (detail: string): Problem => new Problem("malformed-json", detail);

const [quote, backslash, colon, openBrace, closeBrace, openBracket, closeBracket] = Array.from('"\\:{}[]', (letter) =>
  letter.charCodeAt(0),
);

function lookThrough(text: string): void {
  /** Keys of each open object; null of a list. */
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const end = endOfText(text, at);
      const keys = open.at(-1);
      if (keys !== null && keys !== undefined && text.charCodeAt(afterSpace(text, end)) === colon)
        addKey(keyOf(text.slice(at, end)), keys);
      at = end - 1;
    } else if (code === openBrace || code === openBracket) {
      open.push(code === openBrace ? new Set() : null);
      if (open.length > mostDepth)
        throw malformed(`values must lie in one another at most ${mostDepth} deep; got more at character ${at + 1}`);
    } else if (code === closeBrace || code === closeBracket) open.pop();
  }
}

function addKey(key: string, keys: Set<string>): void {
  if (forbidden.has(key)) throw malformed(`no key may be "${key}"; leave it out`);
  if (keys.has(key)) throw malformed(`a key must come once in an object; got "${key.slice(0, 100)}" twice`);
  keys.add(key);
}

/** The place behind the closing quote. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === quote) return at + 1;
  }
  return text.length;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 32) at++;
  return at;
}

/** As it is meant: a letter may be written by its code. */
function keyOf(quoted: string): string {
  if (!quoted.includes("\\")) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted;
  }
}
