/** Tags and whatever else programs note at a cell or a notebook. */
export type Metadata = Readonly<Record<string, unknown>>;

/**
 * The metadata of a cell that the marker of a .nb.ts carries, as jupytext's does. The rest stays in the .ipynb alone:
 * what editors and runners note about a cell (folded, scrolled, when it ran), and keys that a marker cannot spell.
 */
export function markedMetadata(metadata: Metadata): Metadata {
  return Object.fromEntries(Object.entries(metadata).filter(([key, value]) => isMarked(key, value)));
}

/** The rest: metadata of a cell that stays in the .ipynb. */
export function unmarkedMetadata(metadata: Metadata): Metadata {
  return Object.fromEntries(Object.entries(metadata).filter(([key, value]) => !isMarked(key, value)));
}

function isMarked(key: string, value: unknown): boolean {
  if (key === "tags" && Array.isArray(value) && value.length === 0) return false;
  return /^[\w.@/-]+$/.test(key) && !ofPrograms.has(key);
}

/** Of front ends and runners, then of jupytext's own bookkeeping. */
const ofPrograms = new Set([
  ...["autoscroll", "collapsed", "scrolled", "trusted", "execution", "ExecuteTime", "papermill", "vscode"],
  ...["skipline", "noskipline", "cell_marker", "lines_to_next_cell", "lines_to_end_of_cell_marker"],
  ...["cell_type", "language", "region_name", "incorrectly_encoded_metadata"],
]);
