import type { Scorecard } from "./Scorecard.js";

/**
 * The scorecard as a table for the terminal: every check, then the score.
 *
 * @param tiers  whether each evidence file was recomputed on this machine, by id
 */
export function formatScorecard(scorecard: Scorecard, tiers: Readonly<Record<string, "recomputed" | "recorded">> = {}): string {
  const { categories, checks, low, high, cap, displayed, verdict, gatesNotPassed } = scorecard;
  const lines = categories.flatMap(({ id, name, weight, low: earned, high: possible }) => [
    "",
    `${name}, weight ${Math.round(100 * weight)} %: ${points(earned)} of 10 points shown, ${points(possible)} possible`,
    ...checks
      .filter((check) => check.category === id)
      .flatMap((check) => [
        `  ${check.status.padEnd(7)} ${check.id.padEnd(4)} ${points(check.earned).padStart(4)} of ${points(check.points)}  ${shortened(check.what)}${check.gate === null ? "" : ` [${check.gate} gate]`}`,
        ...(check.reason === "" ? [] : [`${" ".repeat(28)}${check.reason}`]),
      ]),
  ]);
  const files = Object.keys(tiers).sort();
  const here = files.filter((file) => tiers[file] === "recomputed");
  const count = (status: string): number => checks.filter((check) => check.status === status).length;
  return [
    ...lines,
    "",
    `${count("PASS")} PASS, ${count("FAIL")} FAIL, ${count("UNKNOWN")} UNKNOWN; gates not passed: ${gatesNotPassed.join(", ") || "none"}`,
    ...(files.length > 0 ? [`evidence: ${here.length} of ${files.length} files recomputed on this machine${here.length < files.length ? `, recorded: ${files.filter((file) => !here.includes(file)).join(", ")}` : ""}`] : []),
    `Readiness ${displayed.toFixed(1)} of 100 (shown ${low.toFixed(1)}, ${high.toFixed(1)} if every UNKNOWN came to pass; gates cap it at ${cap}): ${verdict}`,
  ].join("\n");
}

/** Up to the first semicolon or colon: the whole text stands on the scorecard page. */
function shortened(what: string): string {
  return what.split(/[;:]/)[0];
}

function points(value: number): string {
  return value.toFixed(1);
}
