import { groupedDigits } from "../../core/groupedDigits.js";
import { percent } from "../../core/percent.js";
import type { Assessment } from "../../scorecard/assessReadiness.js";
import { describeGates } from "../../scorecard/describeGates.js";
import { escapeHtml } from "./escapeHtml.js";
import { listHtml } from "./listHtml.js";
import { paragraphHtml } from "./paragraphHtml.js";
import { points } from "./scoreHtml.js";
import { stackedTable } from "./stackedTable.js";

/** What each check would bring, and the way through the gates. */
export function nextHtml({ next: { gains, gates } }: Assessment): string {
  if (gains.length === 0) return "<p>Every check passes and every gate is open.</p>\n";
  const meaning = paragraphHtml(
    "Points of 100 by which the score would rise if one check alone came to pass, what shows most first.",
    "A check without evidence is taken to earn all its points.",
  );
  const throughGates = gates.length === 0 ? "" : paragraphHtml(`${escapeHtml(describeGates(gates))}.`);
  const table = stackedTable({
    kind: "gains",
    caption: "What to measure next",
    captionHidden: true,
    columns: [
      { name: "Check" },
      { name: "Displayed", numeric: true },
      { name: "Earned", numeric: true },
      { name: "What it needs" },
    ],
    rows: gains.map(({ id, what, low, displayed, needs }) => ({
      cells: [
        `<a href="#${escapeHtml(id)}">${escapeHtml(id)}</a> <span class="what">${escapeHtml(what)}</span>`,
        `+${points(displayed)}`,
        `+${points(low)}`,
        escapeHtml(needs),
      ],
    })),
  });
  return `${meaning}${throughGates}${table}`;
}

/** Which evidence would open the closed gates: the plan for collecting data. */
export function neededHtml({ needed }: Assessment): string {
  if (needed.length === 0) return "";
  const meaning = paragraphHtml(
    "Which experiments would open the closed gates, in four of five tries if what stands beside them is so.",
    "Cases are counted from how each measurement scatters today; a dash says that no number of cases will do.",
  );
  const table = stackedTable({
    kind: "needed",
    caption: "Evidence that would open the closed gates",
    captionHidden: true,
    columns: [
      { name: "Gate" },
      { name: "Now" },
      { name: "Wanted" },
      { name: "Cases needed", numeric: true },
      { name: "Of what" },
    ],
    rows: needed.map(({ gate, measure, now, wanted, cases, needs }) => ({
      cells: [
        `<a href="scorecard.html#${escapeHtml(gate)}">${escapeHtml(gate)}</a> <span class="what">${escapeHtml(measure)}</span>`,
        escapeHtml(now),
        escapeHtml(wanted),
        cases === null ? "–" : groupedDigits(cases),
        escapeHtml(needs),
      ],
    })),
  });
  return `${meaning}${table}`;
}

/** Luck in the score, and luck in its gates. */
export function uncertaintyHtml({ uncertainty, tests, low, high }: Assessment): string {
  const { from, to, draws, resampled, passing } = uncertainty;
  const unsure = passing
    .filter(({ share }) => share > 0 && share < 1)
    .map(({ id, share }) => `${id} passes in ${percent(share, { decimals: 2, zeros: false })} of the draws`);
  const lost =
    tests.lost.length === 0
      ? "Holm at 5 % over these gates closes none that is open"
      : `Holm at 5 % over these gates would close ${tests.lost.join(", ")}`;
  const sampling = [
    `Sampling error: the earned score lies between ${points(from)} and ${points(to)} in 90 % of ${draws} draws,`,
    `in which each measurement of the rubric that has an interval (${resampled.length} of them)`,
    "is drawn anew and every check is judged again.",
    unsure.length === 0 ? "No check turns in only some of them." : `${unsure.join("; ")}.`,
  ];
  const ignorance = [
    `Ignorance is another matter: ${points(low)} is earned and ${points(high)} still possible.`,
    "The two ranges are not added.",
  ];
  const source = [
    "The draws are from the intervals in the evidence files, as predictions are not kept row by row;",
    "measurements of one file are moved together.",
  ];
  const adjusted = tests.gates.map((gate) => `${gate.id}: adjusted p ${Number(gate.adjusted.toPrecision(2))}`);
  const looks = [
    `Many looks: ${tests.gates.length} gates rest on sampling (${adjusted.join(", ")}).`,
    `${lost}.`,
    `Of all passing checks, at most ${points(tests.expectedFalsePasses)} pass by luck, on average.`,
  ];
  return listHtml([sampling, ignorance, source, looks].map((sentences) => escapeHtml(sentences.join(" "))));
}

/** The review that this project answers, beside our verdict: its two scores and its categories. */
export function reviewHtml({ review: { title, table, headline, rescored, categories } }: Assessment): string {
  const scores = paragraphHtml(
    `The ${escapeHtml(title)}, gave ${table} of 100 in its table and ${headline} in its headline.`,
    `Both follow from its six category scores: their weighted mean is ${points(rescored.arithmetic)},`,
    `and a hard gate that is not passed caps it at ${points(rescored.capped)}.`,
    `Summed up less kindly, the same scores give ${points(rescored.geometric)} (geometric mean),`,
    `${points(rescored.harmonic)} (harmonic mean), ${points(rescored.science)} (data, performance and rigor alone)`,
    `or ${points(rescored.weakest)} (the weakest category).`,
  );
  const beside = stackedTable({
    kind: "review",
    caption:
      "Points of 10 by category. The review's are its opinion; " +
      "ours are what evidence has earned, to what could still be shown.",
    columns: [
      { name: "Category" },
      { name: "Weight", numeric: true },
      { name: "Review", numeric: true },
      { name: "Ours", numeric: true },
    ],
    rows: categories.map(({ name, weight, theirs, low, high }) => ({
      cells: [
        escapeHtml(name),
        percent(weight, { decimals: 2, zeros: false }),
        points(theirs),
        `${points(low)} to ${points(high)}`,
      ],
    })),
  });
  const findings = paragraphHtml(
    "What it found or asked for stands beside what was measured in the",
    '<a href="index.html#targets">target table</a>.',
  );
  return `${scores}${beside}\n${findings}`;
}
