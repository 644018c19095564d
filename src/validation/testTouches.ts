import { measurement, type Measurement } from "../core/Evidence.js";
import type { Touch } from "../core/Touch.js";

/**
 * How many versions of a model line have been judged on a locked test: every touch lets the next version lean on what
 * the last one showed, so a test wears out.
 *
 * @returns distinct models of the line on the split with this manifest
 */
export function testTouches(touches: readonly Touch[], { line, manifest }: Pick<Touch, "line" | "manifest">): number {
  return new Set(
    touches.filter((touch) => touch.line === line && touch.manifest === manifest).map(({ model }) => model),
  ).size;
}

/**
 * What check VR1 rests on: the most touches of this test by any model line, and whether the test that was
 * read is the one that was locked.
 *
 * @param touches          of all lines and tests, those of the run at hand among them
 * @param options.manifest SHA-256 of the manifest of the split whose test was read
 * @param options.locked   SHA-256 of the manifest as it was committed before any model was judged
 */
export function lockedTestMeasurements(
  touches: readonly Touch[],
  { manifest, locked }: { readonly manifest: string; readonly locked: string },
): Measurement[] {
  const lines = [...new Set(touches.filter((touch) => touch.manifest === manifest).map(({ line }) => line))];
  const most = Math.max(0, ...lines.map((line) => testTouches(touches, { line, manifest })));
  const known = lines.length > 0 ? { value: most } : { value: null, reason: "no model has been judged on this test" };
  return [
    measurement({
      id: "VR1.testTouches",
      meaning: "versions of one model line judged on the locked test, the line with the most",
      ...known,
      unit: "versions",
      n: lines.length,
    }),
    measurement({
      id: "VR1.manifestHashMatches",
      meaning: "whether the test that was read is the one that was locked, by the hash of the split's manifest",
      value: Number(manifest === locked),
      unit: "1",
    }),
  ];
}
