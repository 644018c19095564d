import { fisherExact } from "../../../core/statistics/fisherExact.js";
import { codesOf } from "../../../core/Table.js";
import { type Checked, finding, type QualityFinding } from "./IncomingReport.js";
import type { Inspection } from "./Inspection.js";

/**
 * Texts that the reference has not. Where each of its texts came in several batches, its vocabulary is known and any
 * other is new; where some came once, new ones are expected, and they must be more than that (Fisher's exact test of
 * batches). Columns in which most texts come once name things, and are not looked at.
 */
export function categoryFaults({ incoming, reference, categories, groups, alphaEach }: Inspection): Checked {
  const findings: QualityFinding[] = [];
  for (const name of categories) {
    const { levels, newGroups, groups: groupsThere, field } = reference.categories[name];
    const isOpen = levels.length === 0;
    if (isOpen && field.levels === undefined) continue;
    const { codes, levels: here } = codesOf(incoming, name);
    const known = new Set([...levels, ...(field.levels ?? [])].filter((level) => level !== ""));
    const isForbidden = here.map((level) => field.levels !== undefined && !field.levels.includes(level));
    const isNew = here.map((level, i) => level !== "" && (isForbidden[i] || (!isOpen && !known.has(level))));
    const rows: number[] = [];
    for (let row = 0; row < codes.length; row++) if (isNew[codes[row]]) rows.push(row);
    if (rows.length === 0) continue;
    const texts = [...new Set(rows.map((row) => here[codes[row]]))];
    const [hits, all] = [new Set(rows.map((row) => groups[row])).size, new Set(groups).size];
    const pValue = fisherExact([hits, all - hits], [newGroups, Math.max(0, groupsThere - newGroups)]);
    const isKnown = newGroups === 0 || rows.some((row) => isForbidden[codes[row]]);
    if (!isKnown && (pValue > alphaEach || hits * groupsThere <= newGroups * all)) continue;
    findings.push(
      finding("category", {
        column: name,
        rows,
        shown: (row) => here[codes[row]],
        numbers: { newTexts: texts.length, rows: rows.length, referenceTexts: levels.length, pValue },
        because:
          `${texts
            .slice(0, 5)
            .map((text) => `"${text}"`)
            .join(", ")}${texts.length > 5 ? " and others" : ""} ` +
          `${texts.length === 1 ? "is" : "are"} not among the ${known.size} known`,
        mend: "see whether it is a new way to write a known one; else the model has never seen it",
      }),
    );
  }
  return { findings, unknown: [] };
}
