import { percent } from "../../core/percent.js";
import type { CheckStatus, Scorecard } from "../../scorecard/Scorecard.js";
import { verdictMeaning } from "../../scorecard/verdictMeaning.js";
import { escapeHtml } from "./escapeHtml.js";
import { paragraphHtml } from "./paragraphHtml.js";
import { stackedTable } from "./stackedTable.js";

/** The headline: verdict in words, the score the gates allow, and the band from earned to still possible. */
export function scoreHtml({ low, high, cap, displayed, verdict }: Scorecard): string {
  const words =
    `Displayed score ${score(displayed)} of 100; earned ${score(low)}, still possible ${score(high)}, ` +
    `highest that the gates allow ${cap}.`;
  const band = `<span class="band-words">band ${score(low)} to ${score(high)}</span>`;
  const keys = [
    '<span><i class="key earned"></i> counted</span>',
    '<span><i class="key possible"></i> still unknown: could be shown</span>',
    ...(cap < 100 ? ['<span><i class="key cap"></i> highest that the gates allow</span>'] : []),
  ];
  const range = paragraphHtml(
    `From ${score(low)} (what evidence has earned) to ${score(high)} (every UNKNOWN shown to pass).`,
    capInWords({ low, cap }),
  );
  return `<div class="score">
<p class="verdict">${escapeHtml(verdict.replace("_", " "))}</p>
<p class="verdict-meaning">${verdictMeaning[verdict]}</p>
<p class="headline"><strong>${score(displayed)}</strong> of 100 ${band}</p>
${bar({ low: displayed, high, of: 100, cap: cap < 100 ? cap : null, label: words })}
<p class="legend">${keys.join(" ")}</p>
${range}</div>
`;
}

function capInWords({ low, cap }: { readonly low: number; readonly cap: number }): string | null {
  if (low > cap) return `Evidence has earned ${score(low)}, but a closed gate allows no more than ${cap}.`;
  return cap < 100 ? `While a gate is closed, the score cannot exceed ${cap}.` : null;
}

/** The six categories with earned and still possible points as bars. */
export function categoryTable({ categories, checks }: Scorecard): string {
  const rows = categories.map(({ id, name, weight, low, high }) => {
    const count = (status: CheckStatus): string =>
      String(checks.filter((check) => check.category === id && check.status === status).length);
    const label = `${name}: ${points(low)} points earned, ${points(high)} possible, of 10`;
    return {
      cells: [
        `<a href="scorecard.html#category-${id}">${escapeHtml(name)}</a>`,
        percent(weight, { decimals: 2, zeros: false }),
        bar({ low, high, of: 10, label }),
        `${points(low)} to ${points(high)}`,
        count("PASS"),
        count("FAIL"),
        count("UNKNOWN"),
      ],
    };
  });
  return stackedTable({
    kind: "categories",
    caption: "Points by category: solid is earned, hatched is unknown and could still be shown.",
    columns: [
      { name: "Category" },
      { name: "Weight", numeric: true },
      { name: "Earned to possible, of 10" },
      { name: "Points", numeric: true },
      { name: "PASS", numeric: true },
      { name: "FAIL", numeric: true },
      { name: "UNKNOWN", numeric: true },
    ],
    rows,
  });
}

/** Two decimals at most, no trailing zeros. */
export function points(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function score(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** What a bar shows; `low`, `high` and `cap` lie in [0, `of`]. */
interface Bar {
  readonly low: number;
  readonly high: number;
  readonly of: number;
  readonly cap?: number | null;
  /** What it shows, for those who cannot see it. */
  readonly label: string;
}

/**
 * A bar from 0 to `of`: solid up to `low`, hatched up to `high`, a line at
 * `cap`. Lengths are shares, so it fits any width.
 */
function bar({ low, high, of, cap = null, label }: Bar): string {
  const share = (value: number): string => `${Math.round((value / of) * 1e4) / 100}%`;
  const width = share(Math.max(0, high - low));
  const parts = [
    `<span class="possible" style="left:${share(low)};width:${width}"></span>`,
    `<span class="earned" style="width:${share(low)}"></span>`,
    cap === null ? "" : `<span class="cap" style="left:${share(cap)}"></span>`,
  ];
  return `<div class="score-bar" role="img" aria-label="${escapeHtml(label)}">${parts.join("")}</div>`;
}
