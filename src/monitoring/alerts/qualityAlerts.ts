import type { Alert } from "../../core/Alert.js";
import { alertOfFault, makeAlert } from "../alerts.js";
import type { IncomingReport, QualityFinding } from "../quality/incoming/IncomingReport.js";

/**
 * Alerts of what is wrong with an incoming table, one for each finding; what is harmless warns.
 *
 * @param options.source  name of the table, which is part of each key: the next table raises its own
 * @returns each of another key: of several findings of a kind and column none counts as another
 */
export function qualityAlerts(
  { findings, rows, referenceRows }: IncomingReport,
  { source }: { readonly source: string },
): readonly Alert[] {
  const known = new Map<string, number>();
  return findings.map((one) => {
    const at = placeOf(one);
    const of = one.column ?? (one.fault === "schema" ? "columns" : "rows");
    const place = (known.get(`${one.fault} ${of}`) ?? 0) + 1;
    known.set(`${one.fault} ${of}`, place);
    return makeAlert(alertOfFault[one.fault], {
      ...(one.isHarmless ? { severity: "warn" } : {}),
      key: [source, of, ...(place > 1 ? [String(place)] : [])].join(", "),
      numbers: { ...one.numbers, rowsConcerned: one.rowCount, rows, referenceRows, unit: one.unit },
      text: `${source}${one.column === null ? "" : `, column ${one.column}`}: ${one.because}${at}; ${one.mend}`,
    });
  });
}

const listed = 5;

/** Where it is: "; rows 151 to 400", "; row 8 (-999)". */
function placeOf({ fault, rows, rowCount, lastRow, values }: QualityFinding): string {
  if (rows.length === 0 || lastRow === null) return "";
  if (rowCount > 2 && lastRow - rows[0] + 1 === rowCount) return `; rows ${rows[0]} to ${lastRow}`;
  const isTold = fault === "range" || fault === "infinite";
  const some = rows.slice(0, listed).map((row, i) => (isTold ? `${row} (${values[i]})` : String(row)));
  const more = rowCount > listed ? ` and ${rowCount - listed} more` : "";
  return `; ${rowCount === 1 ? "row" : "rows"} ${some.join(", ")}${more}`;
}
