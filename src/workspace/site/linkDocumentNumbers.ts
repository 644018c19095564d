import { describeMeasurement } from "../../core/describeMeasurement.js";
import type { EvidenceFile } from "../../core/Evidence.js";

/**
 * Sends the links of a document's numbers, which lead to an evidence file, to the row of that number. A text
 * that none of the file's measurements has, or several, keeps its link to the file.
 */
export function linkDocumentNumbers(markdown: string, evidence: ReadonlyMap<string, EvidenceFile>): string {
  return markdown.replace(
    /(?<=\[((?:[^[\]]|\[[^[\]]*\])*)\]\((?:\.\.\/)+data\/evidence\/([\w-]+)\.json)\)/g,
    (end, text: string, file: string) => {
      const rows = evidence.get(file)?.measurements.filter((one) => describeMeasurement(one) === text) ?? [];
      return rows.length === 1 ? `#${rows[0].id}${end}` : end;
    },
  );
}
