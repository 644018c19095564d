import { isNativeError } from "node:util/types";
import { mark } from "./marks.js";

/**
 * Puts the author's names into the message of an error in which V8 cites the code that ran: `f is not a function`.
 *
 * Fault: a cell that caught such an error, and a traceback, told of `(0 , ǃf.v)`.
 */
export function citeAuthor(thrown: unknown): void {
  // Only V8's own errors cite code; of whatever else is thrown, nothing is read.
  if (!isNativeError(thrown)) return;
  const message: unknown = Object.getOwnPropertyDescriptor(thrown, "message")?.value;
  if (typeof message !== "string" || !message.includes(mark)) return;
  const told = inAuthorsNames(message);
  if (told !== message) Reflect.set(thrown, "message", told);
}

/** The words of an error, in which V8 cites the code that ran, with the names as the author wrote them. */
export function inAuthorsNames(text: string): string {
  return text.replaceAll(citedCall, "$1").replaceAll(cited, "$1");
}

const name = "[\\p{ID_Continue}$\\u200c\\u200d]+";
const cited = new RegExp(`${mark}(${name})\\.v(?![\\p{ID_Continue}$])`, "gu");
const citedCall = new RegExp(`\\(0 ?, ${mark}(${name})\\.v\\)`, "gu");
