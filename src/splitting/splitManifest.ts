import { splitParts, type Split, type SplitPart, type SplitShares } from "../core/Split.js";
import { rowClasses, type Labels } from "./rowClasses.js";

/**
 * What a split was, without its rows: small enough to commit, exact enough to tell another split from it. Plain JSON.
 */
export interface SplitManifest {
  /** How it was made: "stratified", "grouped", "temporal". */
  readonly kind: string;
  /** Null where no chance was used. */
  readonly seed: number | null;
  readonly shares: SplitShares;
  /** Rows of the table. */
  readonly rows: number;
  readonly parts: Readonly<Record<SplitPart, PartManifest>>;
  /** Of the names of all rows in order; null where they were not given. */
  readonly rowIdsSha256: string | null;
}

export interface PartManifest {
  readonly rows: number;
  /** Rows per class; null where labels were not given. */
  readonly classes: Readonly<Record<string, number>> | null;
  /** Of the row indices, each as four bytes, lowest first. */
  readonly sha256: string;
}

/** What the data of a split are known by. */
export interface SplitData {
  /** Rows of the table. */
  readonly rows: number;
  /** SHA-256 in hex: `sha256`. */
  readonly hash: (content: string | Uint8Array) => string;
  /** Class of each row. */
  readonly labels?: Labels;
  /** Name of each row in the source, one that stays when rows are added or ordered anew. */
  readonly rowIds?: ArrayLike<string | number>;
}

/**
 * The record of a split.
 *
 * @throws RangeError if labels or names are not one per row, or a part names a row that is not there
 */
export function splitManifest(
  split: Split,
  {
    kind,
    seed,
    shares,
    ...data
  }: SplitData & { readonly kind: string; readonly seed: number | null; readonly shares: SplitShares },
): SplitManifest {
  const { rows, hash, labels, rowIds } = data;
  const classes = labels === undefined ? undefined : rowClasses(labels, { where: "splitManifest" });
  for (const [what, given] of [
    ["labels", classes?.codes],
    ["rowIds", rowIds],
  ] as const) {
    if (given !== undefined && given.length !== rows)
      throw new RangeError(`splitManifest: ${what} must be one per row, ${rows}; got ${given.length}`);
  }
  const partOf = (name: SplitPart): PartManifest => {
    const outside = split[name].find((row) => row >= rows);
    if (outside !== undefined)
      throw new RangeError(`splitManifest: rows must be below ${rows}; ${name} has ${outside}`);
    const counts = classes?.names.map((): number => 0);
    for (const row of split[name]) if (counts !== undefined) counts[classes!.codes[row]]++;
    return {
      rows: split[name].length,
      classes: counts === undefined ? null : Object.fromEntries(classes!.names.map((one, i) => [one, counts[i]])),
      sha256: hash(littleEndian(split[name])),
    };
  };
  const [train, tune, calibrate, test] = splitParts.map(partOf);
  return {
    kind,
    seed,
    shares: { ...shares },
    rows,
    parts: { train, tune, calibrate, test },
    rowIdsSha256: rowIds === undefined ? null : hash(JSON.stringify(Array.from(rowIds))),
  };
}

/** The same bytes on every machine. */
function littleEndian(rows: Uint32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * rows.length));
  rows.forEach((row, i) => view.setUint32(4 * i, row, true));
  return new Uint8Array(view.buffer);
}
