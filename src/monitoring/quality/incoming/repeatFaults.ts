import { lowerBound } from "../../../core/lowerBound.js";
import { percent } from "../../../core/percent.js";
import { rowHashes } from "../../../core/rowHashes.js";
import { fisherExact } from "../../../core/statistics/fisherExact.js";
import { type Checked, finding } from "./IncomingReport.js";
import type { Inspection } from "./Inspection.js";

/** Columns of readings that tell a copy, and rows of a reference without repeats, from which on any repeat is one. */
const [leastMeasured, leastReference] = [3, 500];
/** Of a reference's rows: where more have an equal, a copy looks like a repeated experiment. */
const mostRepeated = 0.2;

/**
 * Rows that are equal to one of the reference or to an earlier one of the table, in every column but those that name
 * rows, times, batches and lots.
 */
export function repeatFaults({ incoming, reference, numbers, categories, alphaEach }: Inspection): Checked {
  const { names, hashes, rows: repeatedThere, measured } = reference.repeats;
  const unknown = (reason: string): Checked => ({ findings: [], unknown: [{ fault: "repeat", columns: [], reason }] });
  const both = new Set([...numbers, ...categories]);
  const lacking = names.filter((name) => !both.has(name));
  if (lacking.length > 0) return unknown(`rows cannot be compared without ${lacking.slice(0, 6).join(", ")}`);
  const shareThere = repeatedThere / reference.rows;
  if (shareThere > mostRepeated)
    return unknown(`${percent(shareThere, { significant: 3 })} of the reference's rows have an equal there`);
  // Settings alone come again whenever a recipe is carried out again.
  if (measured < leastMeasured)
    return unknown(`columns of mostly different numbers: ${measured}; ${leastMeasured} are needed to tell copies`);
  const first = new Map<number, number>();
  const ofReference: number[] = [];
  const within: number[] = [];
  const here = rowHashes(incoming, { names, isSingle: true });
  here.forEach((hash, row) => {
    const at = lowerBound(hashes, hash);
    if (hashes[at] === hash) ofReference.push(row);
    else if (first.has(hash)) within.push(row);
    else first.set(hash, row);
  });
  const rows = [...ofReference, ...within].sort((a, b) => a - b);
  if (rows.length === 0) return { findings: [], unknown: [] };
  const pValue = fisherExact(
    [rows.length, incoming.numRows - rows.length],
    // A table larger than the reference has more rows to be equal to.
    scaled(repeatedThere, reference.rows, Math.max(1, incoming.numRows / reference.rows)),
  );
  const isCopy = repeatedThere === 0 && reference.rows >= leastReference;
  if (!isCopy && pValue > alphaEach) {
    if (repeatedThere > 0) return { findings: [], unknown: [] };
    return unknown(`${rows.length} repeated rows are too few to tell copies from experiments done again`);
  }
  const equalTo = within.length > 0 ? first.get(here[within[0]])! + 1 : 0;
  return {
    findings: [
      finding("repeat", {
        rows,
        numbers: {
          ofReference: ofReference.length,
          within: within.length,
          referenceShare: shareThere,
          pValue,
          columns: names.length,
        },
        because:
          [
            ofReference.length > 0 ? `${ofReference.length} rows stand in the reference already` : "",
            within.length > 0
              ? `${within.length} rows repeat earlier ones (row ${within[0] + 1} is row ${equalTo})`
              : "",
          ]
            .filter((part) => part !== "")
            .join("; ") + `, equal in all ${names.length} columns of data`,
        mend: "see whether a batch was sent or exported twice",
      }),
    ],
    unknown: [],
  };
}

function scaled(hits: number, rows: number, factor: number): readonly [number, number] {
  const more = Math.min(rows, Math.round(hits * factor));
  return [more, rows - more];
}
