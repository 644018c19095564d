import { describeMeasurement } from "../../core/describeMeasurement.js";
import type { EvidenceFile } from "../../core/Evidence.js";

/**
 * A notebook's conclusion: words from the notebook, numbers from evidence. `{measurement.id}` becomes the
 * measured value with its interval and n, or UNKNOWN with its reason, so
 * the sentence cannot claim what was not measured.
 *
 * @param sentence  Markdown with at least one `{measurement.id}`
 * @param files     evidence files that hold the measurements; each is linked
 * @returns what `display` shows
 * @throws RangeError if a name in braces is in none of the files, or none is given
 */
export function takeaway(sentence: string, ...files: readonly EvidenceFile[]): { readonly markdown: string } {
  const known = new Map(files.flatMap((file) => file.measurements.map((one) => [one.id, one] as const)));
  let used = 0;
  const text = sentence.replace(/\{([^{}]+)\}/g, (_, id: string) => {
    const measured = known.get(id);
    if (measured === undefined)
      throw new RangeError(
        `takeaway: {${id}} must be measured in ${files.map((file) => file.id).join(", ")}; ` +
          `known are ${[...known.keys()].join(", ")}`,
      );
    used++;
    return `**${describeMeasurement(measured)}**`;
  });
  if (used === 0)
    throw new RangeError(
      `takeaway: a takeaway must carry a number, written {measurement.id}; known are ${[...known.keys()].join(", ")}`,
    );
  const links = files.map(({ id }) => `[${id}](../data/evidence/${id}.json)`);
  return { markdown: `**Takeaway.** ${text.replace(/\s+/g, " ").trim()} *Evidence: ${links.join(", ")}.*` };
}
