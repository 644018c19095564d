import { findSourceMap } from "node:module";
import { basename, isAbsolute, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { CellPlace, CellSourceMaps } from "./CellSourceMaps.js";
import { inAuthorsNames } from "./citeAuthor.js";
import { awaitingPlace, drivingFunction } from "./driveCell.js";

/**
 * Fault: a stack in stock tslab names compiled code, the kernel's own frames and folders of
 * this machine, which would then stand in committed outputs. From here on every `error.stack`
 * of the process (in tracebacks, and where a cell prints an error) reads in terms of what
 * people write: `cell 2:3:9` and `src/core/Table.ts:33:11`.
 *
 * @param root  the project's folder, absolute
 */
export function installStackTraces(maps: CellSourceMaps, root: string): void {
  Error.prepareStackTrace = (error, sites) =>
    [heading(error), ...sites.flatMap((site) => frame(site, maps, root))].join("\n");
}

/** The same text without folders of this machine: paths in the project become relative to it. */
export function withoutMachinePaths(text: string, root: string): string {
  const folder = root.endsWith(sep) ? root : root + sep;
  return text.replaceAll(`file://${folder}`, "").replaceAll(folder, "");
}

function heading(error: unknown): string {
  try {
    return inAuthorsNames(Error.prototype.toString.call(error));
  } catch {
    return "Error";
  }
}

/**
 * One line of the stack, or none for frames of Node and of the kernel, which explain nothing to the author of a cell.
 */
function frame(site: NodeJS.CallSite, maps: CellSourceMaps, root: string): string[] {
  const script = site.getScriptNameOrSourceURL() ?? "";
  const line = site.getLineNumber();
  const column = site.getColumnNumber();
  if (line === null || column === null || script.startsWith("node:")) return [];
  if (site.getFunctionName() === drivingFunction) {
    const awaiting = awaitingPlace();
    return awaiting === null || !site.isAsync() ? [] : [`    at async ${awaiting}`];
  }
  if (script === "" && site.isEval())
    return [`    at ${site.getFunctionName() ?? "eval"} (<anonymous>:${line}:${column})`];
  const where = maps.has(script)
    ? compiledFrame(maps.locate(script, line, column), root)
    : fileFrame(script, line, column, root);
  if (where === null) return [];
  // What V8 says before the place: `async`, the function, the class.
  const text = (site as { toString(): string }).toString();
  const caller = text.endsWith(")") ? text.slice(0, text.lastIndexOf("(")).trim() : /^async /.test(text) ? "async" : "";
  if (caller === "" || caller === "async") return [`    at ${caller === "" ? "" : "async "}${where}`];
  return [`    at ${caller} (${where})`];
}

/** Place in a cell or in a module that the kernel compiled; null for what the kernel put around it. */
function compiledFrame(place: CellPlace | null, root: string): string | null {
  if (place === null) return null;
  const { source, line, column } = place;
  return `${typeof source === "number" ? `cell ${source}` : projectRelative(source, root)}:${line}:${column}`;
}

/** Place in a file, mapped to its source; null for the kernel's own. */
function fileFrame(script: string, line: number, column: number, root: string): string | null {
  const mapped = findSourceMap(script)?.findEntry(line - 1, column - 1);
  const original = mapped !== undefined && "originalSource" in mapped ? mapped : null;
  const source = original === null ? script : original.originalSource;
  if (/[\\/](workspace[\\/]kernel|tslab[\\/]dist)[\\/]/.test(source) || source.startsWith("evalmachine.")) return null;
  const name = projectRelative(source, root);
  return original === null
    ? `${name}:${line}:${column}`
    : `${name}:${original.originalLine + 1}:${original.originalColumn + 1}`;
}

/** A path in terms of the project; of one outside, nothing but its name. */
export function projectRelative(script: string, root: string): string {
  const path = script.startsWith("file:") ? fileURLToPath(script) : script;
  if (!isAbsolute(path)) return path;
  const inside = relative(root, path);
  return inside.startsWith("..") || isAbsolute(inside) ? `…/${basename(path)}` : inside.split(sep).join("/");
}
