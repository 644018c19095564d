import { readText } from "../readText.js";

/**
 * A `readText` that reads each file once: for a pass over many lists of files that overlap. It sees no later change, so
 * it lives as long as the pass.
 */
export function readOnce(): (path: string) => Promise<string> {
  const texts = new Map<string, Promise<string>>();
  return (path) => {
    const known = texts.get(path) ?? readText(path);
    texts.set(path, known);
    return known;
  };
}
