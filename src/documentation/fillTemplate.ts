import { describeMeasurement } from "../core/describeMeasurement.js";
import type { EvidenceFile } from "../core/Evidence.js";

/** A document whose numbers come from evidence. */
export interface FilledTemplate {
  readonly text: string;
  /** Ids of the evidence files that its numbers came from, sorted. */
  readonly used: readonly string[];
  /** Measurements that no file holds, in the order of the text. */
  readonly missing: readonly string[];
}

/**
 * Markdown with `{measurement.id}` wherever a number belongs. Each becomes the measured value with interval and n,
 * linked to its evidence file; one that nobody measured says so, so the text cannot claim it.
 *
 * @param files  evidence files; a measurement must not stand in two of them
 * @throws RangeError if two files claim the same measurement that the template asks for
 */
export function fillTemplate(template: string, files: readonly EvidenceFile[]): FilledTemplate {
  const used = new Set<string>();
  const missing: string[] = [];
  const text = template.replace(/\{([A-Za-z][\w-]*(?:\.[\w-]+)+)\}/g, (_, id: string) => {
    const holders = files.filter(({ measurements }) => measurements.some((one) => one.id === id));
    if (holders.length > 1)
      throw new RangeError(
        `fillTemplate: {${id}} must come from one evidence file; got ${holders.map((file) => file.id).join(" and ")}`,
      );
    if (holders.length === 0) {
      missing.push(id);
      return `UNKNOWN (\`${id}\` is not measured)`;
    }
    const [file] = holders;
    used.add(file.id);
    const measured = file.measurements.find((one) => one.id === id)!;
    return `[${describeMeasurement(measured)}](../data/evidence/${file.id}.json)`;
  });
  return { text, used: [...used].sort(), missing };
}
