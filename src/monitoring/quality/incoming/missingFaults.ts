import { percent } from "../../../core/percent.js";
import { fisherExact } from "../../../core/statistics/fisherExact.js";
import { type Checked, finding, type QualityFinding } from "./IncomingReport.js";
import { type Inspection, tooFewRows } from "./Inspection.js";
import { combinationsOf } from "./missingCombinations.js";
import { missingShare, type ShareProfile } from "./missingShare.js";

/** A column that so many batches never miss may be missing in at most this share of rows. */
const [manyGroups, noticedShare] = [100, 0.05];

/**
 * Columns that are missing more often than in the reference (Fisher's exact test of counts, which are divided by how
 * alike rows of a batch are), and columns that are missing together in more batches than new combinations explain.
 */
export function missingFaults(inspection: Inspection): Checked {
  const { missing, reference, numbers, categories, groups, alphaEach } = inspection;
  const few = tooFewRows(inspection);
  if (few !== null) return { findings: [], unknown: [{ fault: "missing", columns: [], reason: few }] };
  const findings: QualityFinding[] = [];
  for (const name of [...numbers, ...categories]) {
    const { missing: there, field } = reference.numbers[name] ?? reference.categories[name];
    const here = missingShare(missing[name], groups);
    if (here.hits * there.rows <= there.hits * here.rows) continue;
    const correlation = there.correlation ?? here.correlation ?? 0;
    const pValue = fisherExact(effective(here, correlation), effective(there, correlation));
    // What is never missing needs no test, where the reference has shown it often enough.
    const isNever = there.hits === 0 && reference.groupCount >= manyGroups && here.hits >= noticedShare * here.rows;
    if (pValue > alphaEach && !isNever) continue;
    const rows = Array.from(groups.keys()).filter((row) => missing[name][row] === 1);
    const [shareHere, shareThere] = [here.hits / here.rows, there.hits / there.rows];
    findings.push(
      finding("missing", {
        column: name,
        unit: field.unit,
        rows,
        numbers: { share: shareHere, referenceShare: shareThere, pValue, alpha: alphaEach },
        because:
          `missing in ${shareText(shareHere)} of the rows, in the reference in ${shareText(shareThere)} ` +
          `(p ${pValue.toPrecision(2)})`,
        mend: "see whether an instrument or an export stopped",
      }),
    );
  }
  findings.push(...newCombination(inspection, new Set(findings.map(({ column }) => column))));
  return { findings, unknown: [] };
}

/** Counts of rows as if they were independent. */
function effective({ hits, rows, groupSize }: ShareProfile, correlation: number): readonly [number, number] {
  const effect = 1 + (groupSize - 1) * correlation;
  return [Math.round(hits / effect), Math.round((rows - hits) / effect)];
}

function newCombination(inspection: Inspection, told: ReadonlySet<string | null>): QualityFinding[] {
  const { incoming, missing, reference, groups, numbers, categories, alphaEach } = inspection;
  const { names, seen, loneGroups } = reference.combinations;
  const both = new Set([...numbers, ...categories]);
  if (!names.every((name) => both.has(name))) return [];
  const known = new Set(seen);
  const texts = combinationsOf(
    incoming.numRows,
    names.map((name) => missing[name]),
  );
  // A column that is told already makes its combinations new.
  const isToldOf = names.map((name) => told.has(name));
  if (isToldOf.includes(true)) return [];
  const rows = texts.flatMap((text, row) => (known.has(text) ? [] : [row]));
  if (rows.length === 0) return [];
  const [hits, all] = [new Set(rows.map((row) => groups[row])).size, new Set(groups).size];
  const pValue = fisherExact([hits, all - hits], [loneGroups, reference.groupCount - loneGroups]);
  if (pValue > alphaEach || hits * reference.groupCount <= loneGroups * all) return [];
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(texts[row], (counts.get(texts[row]) ?? 0) + 1);
  const [[frequent]] = [...counts].sort((a, b) => b[1] - a[1]);
  const places = frequent.split(",").slice(0, -1);
  const together = places.map((place) => names[Number(place)]);
  return [
    finding("missing", {
      rows,
      numbers: { rows: rows.length, groups: hits, referenceLoneGroups: loneGroups, pValue, alpha: alphaEach },
      because:
        `${rows.length} rows miss columns together as no row of the reference does` +
        (together.length === 0 ? "" : `, most often ${together.slice(0, 6).join(", ")}`) +
        ` (p ${pValue.toPrecision(2)})`,
      mend: "see whether an instrument or an export stopped",
    }),
  ];
}

function shareText(share: number): string {
  return percent(share, { significant: 3 });
}
