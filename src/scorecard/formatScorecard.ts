import { percent } from "../core/percent.js";
import type { Assessment } from "./assessReadiness.js";
import { describeGates } from "./describeGates.js";

/** As many as fit a screen beside the score; the scorecard page has them all. */
const shownGains = 8;

/**
 * The scorecard as a table for the terminal: every check, what to measure next, then the score.
 *
 * @param tiers  whether each evidence file was recomputed on this machine, by id
 */
export function formatScorecard(
  scorecard: Assessment,
  tiers: Readonly<Record<string, "recomputed" | "recorded">> = {},
): string {
  const { categories, checks, low, high, cap, displayed, verdict, gatesNotPassed, uncertainty, tests, next } =
    scorecard;
  const lines = categories.flatMap(({ id, name, weight, low: earned, high: possible }) => [
    "",
    `${name}, weight ${percent(weight, { decimals: 0 })}: ${points(earned)} of 10 points shown, ` +
      `${points(possible)} possible`,
    ...checks
      .filter((check) => check.category === id)
      .flatMap((check) => [
        `  ${check.status.padEnd(7)} ${check.id.padEnd(4)} ${points(check.earned).padStart(4)} ` +
          `of ${points(check.points)}  ${shortened(check.what)}${check.gate === null ? "" : ` [${check.gate} gate]`}`,
        ...[check.reason, check.note].filter((text) => text !== "").map((text) => `${" ".repeat(28)}${text}`),
      ]),
  ]);
  const files = Object.keys(tiers).sort();
  const here = files.filter((file) => tiers[file] === "recomputed");
  const count = (status: string): number => checks.filter((check) => check.status === status).length;
  return [
    ...lines,
    "",
    ...nextLines(next),
    `${count("PASS")} PASS, ${count("FAIL")} FAIL, ${count("UNKNOWN")} UNKNOWN; ` +
      `gates not passed: ${gatesNotPassed.join(", ") || "none"}`,
    ...(files.length > 0
      ? [
          `evidence: ${here.length} of ${files.length} files recomputed on this machine` +
            (here.length < files.length
              ? `, recorded: ${files.filter((file) => !here.includes(file)).join(", ")}`
              : ""),
        ]
      : []),
    `sampling error alone: earned score ${uncertainty.from.toFixed(1)} to ${uncertainty.to.toFixed(1)} in 90 % ` +
      `of ${uncertainty.draws} draws (${uncertainty.resampled.length} of the rubric's measurements ` +
      "have an interval); " +
      `${tests.expectedFalsePasses.toFixed(2)} passes by luck expected at most; ` +
      `gates that Holm would close: ${tests.lost.join(", ") || "none"}`,
    `Readiness ${displayed.toFixed(1)} of 100 (shown ${low.toFixed(1)}, ${high.toFixed(1)} ` +
      `if every UNKNOWN came to pass; gates cap it at ${cap}): ${verdict}`,
  ].join("\n");
}

function nextLines({ gains, gates }: Assessment["next"]): string[] {
  if (gains.length === 0) return [];
  const lines = gains
    .slice(0, shownGains)
    .map(
      ({ id, low, displayed, what, needs }) =>
        `  ${id.padEnd(4)} +${low.toFixed(2)} earned, +${displayed.toFixed(2)} displayed  ${shortened(what)}: ${needs}`,
    );
  const rest = gains.length > shownGains ? [`  and ${gains.length - shownGains} more`] : [];
  return [
    "Next best measurements, each passing alone (points of 100)",
    ...lines,
    ...rest,
    ...(gates.length > 0 ? [describeGates(gates)] : []),
    "",
  ];
}

/** Up to the first semicolon or colon: the whole text stands on the scorecard page. */
function shortened(what: string): string {
  return what.split(/[;:]/)[0];
}

function points(value: number): string {
  return value.toFixed(1);
}
