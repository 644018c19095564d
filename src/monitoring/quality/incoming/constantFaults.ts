import { isIdentifierName } from "../../../core/isIdentifierName.js";
import { clopperPearson } from "../../../core/statistics/clopperPearson.js";
import { isCategory } from "../../../core/Table.js";
import { type Checked, finding, type QualityFinding } from "./IncomingReport.js";
import { type Inspection, tooFewRows } from "./Inspection.js";

/**
 * Columns that hold one value in every row though they vary in the reference: the share of its batches that this value
 * fills, at its upper bound, to the power of the incoming batches, must be improbable.
 */
export function constantFaults(inspection: Inspection): Checked {
  const { incoming, missing, reference, numbers, categories, groups, alphaEach } = inspection;
  const few = tooFewRows(inspection);
  if (few !== null) return { findings: [], unknown: [{ fault: "constant", columns: [], reason: few }] };
  const findings: QualityFinding[] = [];
  const untold: string[] = [];
  // What belongs to a lot is one value for as long as the lot lasts; lotFaults watches it.
  const ofLots = new Set(reference.lots?.quantities.map(({ name }) => name));
  for (const name of [...numbers, ...categories]) {
    if (isIdentifierName(name) || ofLots.has(name)) continue;
    const column = incoming.columns[name];
    const valueAt = (row: number): number | string =>
      isCategory(column) ? column.levels[column.codes[row]] : column[row];
    const flags = missing[name];
    const first = flags.indexOf(0);
    const other = flags.findIndex((flag, row) => flag === 0 && valueAt(row) !== valueAt(first));
    const rows = first < 0 || other >= 0 ? [] : Array.from(flags.keys()).filter((row) => flags[row] === 0);
    if (rows.length < 2) continue;
    const { fillers, groups: there, field } = reference.numbers[name] ?? reference.categories[name];
    const value = valueAt(rows[0]);
    const filled = (fillers as readonly { readonly value: number | string; readonly groups: number }[]).find(
      (one) => one.value === value,
    );
    if (there === 0 || filled?.groups === there) continue;
    // What is not listed fills one batch at most, or fewer than the last of a long list.
    const atMost = filled?.groups ?? (fillers.length < 100 ? 1 : fillers[99].groups);
    const share = clopperPearson(atMost, there, { side: "upper", level: 0.99 }).high;
    const here = new Set(rows.map((row) => groups[row])).size;
    const logProbability = here * Math.log(share);
    if (logProbability > Math.log(alphaEach)) {
      untold.push(name);
      continue;
    }
    findings.push(
      finding("constant", {
        column: name,
        unit: field.unit,
        rowCount: rows.length,
        numbers: { groups: here, shareAtMost: share, logProbability, ...(typeof value === "number" ? { value } : {}) },
        because:
          `${value} in all ${rows.length} rows; the reference has it throughout ` +
          `${filled?.groups ?? 0} of ${there} ${reference.groupCount === reference.rows ? "rows" : "batches"}`,
        mend: "see whether a default was filled in, or the instrument stands still",
      }),
    );
  }
  const reason = "one value throughout, in too few batches to tell whether that is chance";
  return { findings, unknown: untold.length === 0 ? [] : [{ fault: "constant", columns: untold, reason }] };
}
