import type { Alert } from "../../core/Alert.js";
import { percent } from "../../core/percent.js";
import { makeAlert } from "../alerts.js";
import type { CoverageState } from "../streams/coveragePromise.js";

/** A promise of a register, as it stands. */
export interface RegisterPromiseState extends Pick<
  CoverageState,
  "verdict" | "rows" | "misses" | "coverage" | "evidence" | "threshold"
> {
  readonly promise: string;
  readonly level: number;
}

/** The alert of each promise of coverage that is broken; none while all are kept, or nothing can be said. */
export function promiseAlerts(
  promises: readonly RegisterPromiseState[],
  { register }: { readonly register: string },
): readonly Alert[] {
  return promises
    .filter(({ verdict }) => verdict === "broken")
    .map(({ promise, level, rows, misses, coverage, evidence, threshold }) =>
      makeAlert("promise-broken", {
        key: `${register}: ${promise}`,
        numbers: { level, rows, misses, evidence, threshold },
        text:
          `${register}: that ${promise} was promised of ${percent(level, { significant: 3 })}, and holds of ` +
          `${percent(coverage ?? 0, { significant: 3 })} of ${rows} rows (evidence ${evidence.toPrecision(3)}, ` +
          `limit ${threshold})`,
      }),
    );
}
