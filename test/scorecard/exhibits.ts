import { measurement, type Evidence } from "../../src/core/Evidence.js";
import type { Exhibit, Freshness } from "../../src/scorecard/judgeCheck.js";
import { rubric } from "../../src/scorecard/rubric.js";
import type { Requirement } from "../../src/scorecard/Scorecard.js";

/** Fresh evidence from real experiments, but for what is given. */
export function exhibit(
  known: Partial<Evidence> & Pick<Evidence, "id" | "value">,
  { file = "01-experiments-test", ...freshness }: Partial<Freshness> & { readonly file?: string } = {},
): Exhibit {
  const evidence: Evidence = {
    seed: 1,
    inputs: {},
    source: "src",
    code: "0",
    engine: "typescript",
    labels: "real",
    madeBy: "reproduce",
    ...measurement({ meaning: "a number", unit: "1", ...known }),
    ...known,
  };
  return { evidence, file, freshness: { matches: true, difference: "", age: null, ...freshness } };
}

/** A value in the middle of a 95 % interval. */
export function between(low: number, high: number, level = 0.95): Pick<Evidence, "value" | "interval"> {
  return { value: (low + high) / 2, interval: { low, high, level, method: "Wilson" } };
}

/** All measurements that the rubric asks for, each with its first requirement. */
export const requirements: readonly Requirement[] = [
  ...new Map(
    rubric.categories
      .flatMap(({ checks }) => checks.flatMap(({ requires }) => requires))
      .reverse()
      .map((one) => [one.measure, one]),
  ).values(),
].reverse();

/**
 * Evidence that passes every check of the rubric: exact facts on the threshold, intervals
 * beyond it by half to one and a half times `margin`.
 */
export function passingExhibits(margin = 0.01): Exhibit[] {
  return requirements.map(({ measure, direction, threshold, minimumN = 1, exact }) => {
    const middle = measure === "MP8.coverage" ? 0.9 : threshold + (direction === "atMost" ? -margin : margin);
    return exhibit({
      id: measure,
      n: minimumN,
      ...(exact === true ? { value: threshold } : between(middle - margin / 2, middle + margin / 2)),
    });
  });
}
