import { describeMeasurement } from "../../core/describeMeasurement.js";
import { citedEvidence } from "./evidenceCells.js";
import type { SiteEvidence } from "./SiteEvidence.js";

/**
 * Links every number of a takeaway to its row on the page of its evidence file, and names the cell that made
 * the file beside it. The cell's source names the measurements in their order, the output shows them in bold;
 * a number that the file no longer holds stays without a link.
 *
 * @param markdown  what the cell displayed
 * @param source    of the cell, with the names in braces
 * @param evidence  files by id
 */
export function linkTakeaway(markdown: string, source: string, evidence: ReadonlyMap<string, SiteEvidence>): string {
  const cited = citedEvidence(markdown).flatMap((id) => evidence.get(id) ?? []);
  const named = [...source.matchAll(/(?<!\$)\{([^{}]+)\}/g)].flatMap(([, name]) =>
    cited.flatMap(({ file }) =>
      file.measurements
        .filter(({ id }) => id === name)
        .map((one) => ({ address: `../data/evidence/${file.id}.json#${name}`, shown: describeMeasurement(one) })),
    ),
  );
  const numbered = markdown.replace(/\*\*([^*]+)\*\*/g, (bold, text: string) => {
    const position = named.findIndex(({ shown }) => shown === text);
    if (position < 0) return bold;
    const [{ address }] = named.splice(position, 1);
    return `[**${text.replace(/[[\]]/g, "\\$&")}**](${address})`;
  });
  return cited.reduce(
    (text, { file, cell }) =>
      cell === null
        ? text
        : text.replace(
            `](../data/evidence/${file.id}.json)`,
            (link) => `${link} from [${cell.page}, cell ${cell.number}](${cell.page}.ipynb#cell-${cell.cell})`,
          ),
    numbered,
  );
}
