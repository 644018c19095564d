import { measurement, type Measurement } from "../../core/Evidence.js";
import type { CheckResult } from "../../scorecard/Scorecard.js";

/** Checks of performance that pass, by whose labels they rest on. */
interface Shown {
  readonly real: number;
  readonly simulated: number;
  readonly all: number;
}

/**
 * What a user may rely on today, in one sentence for `takeaway`. Its words follow from whose labels the checks of
 * performance rest on, and what nobody has shown is said aloud.
 */
export function relianceToday(checks: readonly CheckResult[]): string {
  const { real, simulated } = shown(checks);
  const shownSo = "{reliance.real} pass on real experiments, {reliance.simulated} on the twin's labels";
  const unknown = "{scorecard.unknown} of all kinds are UNKNOWN: nobody has shown them";
  if (real > 0)
    return (
      "Rely today on the answers of those checks of performance that pass on real experiments, and on no other: " +
      `${shownSo}, and ${unknown}.`
    );
  if (simulated > 0)
    return (
      "Rely today on this workspace to compare methods where the truth is simulated, " +
      "and on none of its answers about a real recipe: " +
      `of the checks of performance ${shownSo}, and ${unknown}.`
    );
  return `Rely today on none of its answers: of the checks of performance ${shownSo}, and ${unknown}.`;
}

/** The numbers of that sentence. */
export function relianceMeasurements(checks: readonly CheckResult[]): Measurement[] {
  const { real, simulated, all } = shown(checks);
  const unit = `of ${all} checks of performance`;
  return [
    measurement({
      id: "reliance.real",
      meaning: "checks of performance that are PASS on labels of real experiments",
      value: real,
      unit,
    }),
    measurement({
      id: "reliance.simulated",
      meaning: "checks of performance that are PASS on the twin's labels alone",
      value: simulated,
      unit,
    }),
  ];
}

function shown(checks: readonly CheckResult[]): Shown {
  const performance = checks.filter(({ category }) => category === "performance");
  const passed = performance.filter(({ status }) => status === "PASS");
  const simulated = passed.filter((check) => check.simulated).length;
  return { real: passed.length - simulated, simulated, all: performance.length };
}
