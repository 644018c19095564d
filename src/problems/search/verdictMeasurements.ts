import type { Measurement } from "../../core/Evidence.js";
import { told } from "../questions/splitReport.js";
import type { SearchVerdict } from "./searchVerdict.js";

/**
 * What a search promised and kept, as evidence: ID.promised, ID.kept and ID.gap.
 *
 * @param of           what was searched for, in words
 * @param rows.chose   how many rows chose
 * @param rows.fresh   how many chose nothing; null where they are the same rows, each judged by a choice without it
 */
export function verdictMeasurements(
  id: string,
  of: string,
  { promised, kept, gap }: SearchVerdict,
  { unit, rows: { chose, fresh } }: { readonly unit: string; readonly rows: SearchedRows },
): readonly Measurement[] {
  const gain = `gain of a search for ${of} over the setting that stands`;
  const more = { unit, baseline: 0 };
  return [
    told(`${id}.promised`, `${gain}, on the rows that chose`, promised, { ...more, n: chose }),
    told(`${id}.kept`, `${gain}, on rows that chose nothing`, kept, { ...more, n: fresh ?? chose }),
    told(`${id}.gap`, `what a search for ${of} promised and did not keep`, gap, { ...more, n: chose + (fresh ?? 0) }),
  ];
}

/** How many rows a search is told of by. */
export interface SearchedRows {
  readonly chose: number;
  readonly fresh: number | null;
}
