import { type LeakageReport, leakKinds, type LeakKind } from "./leakageAudit.js";

/** How each kind is called where only its number is told. */
const inShort: Readonly<Record<LeakKind, string>> = {
  "repeated index": "rows that come twice",
  "duplicate rows": "equal recipes across parts",
  "near duplicate rows": "near-equal recipes across parts",
  "group overlap": "rows of groups in two parts",
  "time overlap": "rows later than their test",
  "synthetic rows outside training": "synthetic rows outside training",
  "feature that encodes the label": "features that encode the label",
  "latent feature": "features that only a simulator knows",
};

/**
 * What a leakage audit found, in one line: how many rows or columns leak, by kind; or that it is clean, and of how many
 * kinds.
 *
 * @example
 * ```ts
 * import { generateExperiments, leakageAudit, leakageVerdict } from "cspbbr3-twin";
 * import { seededRandom, stratifiedSplit, textsOf } from "cspbbr3-twin";
 *
 * const { table } = await generateExperiments({ rows: 500, seed: 1 });
 * const split = stratifiedSplit(textsOf(table, "phase"), seededRandom(1));
 * console.log(leakageVerdict(leakageAudit(table, split, { label: "phase", groups: ["batch"] })));
 * // rows of groups in two parts: 111
 * ```
 */
export function leakageVerdict({ counts }: Pick<LeakageReport, "counts">): string {
  const looked = leakKinds.filter((kind) => counts[kind] !== null);
  const leaks = looked.filter((kind) => counts[kind]! > 0);
  return leaks.length === 0
    ? `clean (none of the ${looked.length} kinds of leak that it looked for)`
    : leaks.map((kind) => `${inShort[kind]}: ${counts[kind]!.toLocaleString("en-GB")}`).join("; ");
}
