import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * The source file of a module, as evidence names it, wherever it runs: moduleSource(import.meta.url) is
 * "src/stage/name.ts" in src/stage/name.ts and in what it compiles to, so
 * that no path is typed that a move would break.
 *
 * @param url  of a module of this package, import.meta.url
 * @throws RangeError if it lies in neither src nor dist
 */
export function moduleSource(url: string): string {
  const path = fileURLToPath(url).replaceAll("\\", "/");
  const inside = path.slice(root.replaceAll("\\", "/").length);
  const found = /^(?:src|dist)\/(.+)\.(?:js|ts)$/.exec(path.startsWith(root.replaceAll("\\", "/")) ? inside : "");
  if (found === null) throw new RangeError(`moduleSource: a module must lie in src or dist of ${root}; got ${url}`);
  return `src/${found[1]}.ts`;
}
