import { splitParts, type Split } from "../core/Split.js";
import { splitManifest, type SplitData, type SplitManifest } from "./splitManifest.js";

/** Whether a split is the one that was recorded, and if not, in what it differs. */
export interface ManifestCheck {
  readonly matches: boolean;
  readonly differences: readonly string[];
}

/**
 * Holds a split and its data against their record. What the record knows and `data` does not
 * give is a difference: it cannot be vouched for.
 *
 * @throws RangeError as splitManifest
 */
export function checkManifest(split: Split, recorded: SplitManifest, data: SplitData): ManifestCheck {
  const now = splitManifest(split, { ...data, kind: recorded.kind, seed: recorded.seed, shares: recorded.shares });
  const differences: string[] = [];
  if (now.rows !== recorded.rows) differences.push(`the table must have ${recorded.rows} rows; it has ${now.rows}`);
  if (recorded.rowIdsSha256 !== null && now.rowIdsSha256 !== recorded.rowIdsSha256)
    differences.push(
      now.rowIdsSha256 === null
        ? "names of rows were recorded, and none are given"
        : "the names of the rows, or their order, are others",
    );
  for (const part of splitParts) {
    const [was, is] = [recorded.parts[part], now.parts[part]];
    if (is.rows !== was.rows) differences.push(`${part} must have ${was.rows} rows; it has ${is.rows}`);
    else if (is.sha256 !== was.sha256) differences.push(`${part} has as many rows as recorded, but others`);
    if (was.classes === null) continue;
    if (is.classes === null) differences.push(`classes of ${part} were recorded, and no labels are given`);
    else {
      for (const name of new Set([...Object.keys(was.classes), ...Object.keys(is.classes)])) {
        const [expected, got] = [was.classes[name] ?? 0, is.classes[name] ?? 0];
        if (got !== expected) differences.push(`${part} must have ${expected} rows of class "${name}"; it has ${got}`);
      }
    }
  }
  return { matches: differences.length === 0, differences };
}
