import { percent } from "../../core/percent.js";
import type { EstimateOrReason } from "../../core/statistics/Estimate.js";
import { estimateInWords } from "../../core/statistics/estimateInWords.js";
import { visibleText } from "../../core/visibleText.js";
import type { GroupScores } from "../../problems/registered/scoreGroups.js";
import type { FollowedPromise, NewValidation, ValidatedRegister } from "../../problems/registered/validateNew.js";

/** New outcomes beside what was said of them, for the terminal. */
export function formatValidation(found: NewValidation): string {
  const { file, rows, untold, ledger, registers, comparisons, counts, recipesCompared } = found;
  return [
    `${file}: ${rows - untold} outcomes${untold === 0 ? "" : `, and ${untold} rows that tell none yet`}` +
      (recipesCompared ? "; recipes are those that were registered" : "; joined by name, recipes were not there"),
    `${ledger.file}: whole, ${ledger.lines} lines, ${ledger.anchored} of them anchored` +
      (ledger.notAnchored === 0 ? "" : `, ${ledger.notAnchored} not anchored`) +
      (ledger.cut === 0 ? "" : `; ${ledger.cut} lines that stood there before were cut off: they were not anchored`),
    ...registers.flatMap(registerLines),
    ...comparisons.map(
      ({ loss, unit, first, second, rows: n, difference }) =>
        `${loss}, ${first} less ${second} (${unit}, n = ${n}): ${inWords(difference)}; below 0 the first is better`,
    ),
    `counted as registered before their outcomes were seen here: ${counts.withheld} withheld, 0 prospective` +
      (counts.late === 0 ? "" : `; late and not counted: ${counts.late}`),
    `written down in ${found.validations}`,
  ]
    .map((line) => visibleText(line))
    .join("\n");
}

function registerLines(one: ValidatedRegister): readonly string[] {
  const { register, kind, standing, reason, isNew, n, judgedBefore, known, groups, promises, verdict, at } = one;
  const [all, ...apart] = groups;
  const left = [
    ...(judgedBefore === 0 ? [] : [`${judgedBefore} judged before`]),
    ...(known === 0 ? [] : [`${known} known when registered`]),
  ];
  return [
    "",
    `${register} (${kind}), ${n} experiments, ${standing}${left.length === 0 ? "" : `; left out: ${left.join(", ")}`}`,
    ...(reason === null ? [] : [`  LATE, never counted as registered before: ${reason}`]),
    ...(isNew ? [] : [`  scored on ${at.slice(0, 10)} already: nothing was added`]),
    ...scoreLines(all),
    ...apart.map(({ rows, n: own, scores }) => `  ${rows}, n = ${own}: ${scores === null ? "none" : headline(scores)}`),
    ...promises.map(promiseLine),
    `  verdict: ${verdict === "unknown" ? "UNKNOWN" : verdict}`,
  ];
}

function promiseLine(one: FollowedPromise): string {
  const { promise, level, verdict, rows, groups, coverage, evidence, against, threshold, brokenOn, reason } = one;
  const so =
    verdict === "broken"
      ? `BROKEN on ${brokenOn}: evidence ${evidence.toPrecision(3)}, limit ${threshold}`
      : verdict === "held"
        ? `held: evidence ${against.toPrecision(3)} that not 10 points more are missed, limit ${threshold}`
        : `UNKNOWN: ${reason}`;
  const share = coverage === null ? "none judged" : `${percent(coverage, { significant: 3 })} of ${rows} rows`;
  return `  promised ${percent(level)}: ${promise}: ${share} in ${groups} groups so far; ${so}`;
}

type Scores = NonNullable<GroupScores["scores"]>;

function scoreLines({ scores }: GroupScores): readonly string[] {
  return Object.entries(scores ?? {}).map(([name, score]) => {
    const parts = Object.entries(score as Scores).flatMap(([what, value]) => {
      const shown = valueInWords(value);
      return shown === null ? [] : [`${words(what)} ${shown}`];
    });
    return `  ${words(name)}: ${parts.join("; ")}`;
  });
}

/** Coverage of each part, which stands in all kinds. */
function headline(scores: Scores): string {
  return Object.entries(scores)
    .map(([name, score]) => {
      const { coverage, rows } = score as { readonly coverage: EstimateOrReason; readonly rows: number };
      return rows === 0 ? `${words(name)} not judged` : `${words(name)} covered ${inWords(coverage)}`;
    })
    .join("; ");
}

function valueInWords(value: unknown): string | null {
  if (typeof value === "number") return Number(value.toPrecision(4)).toString();
  if (typeof value === "string") return `UNKNOWN (${value})`;
  if (value === null || typeof value !== "object") return null;
  if ("interval" in value) return inWords(value as EstimateOrReason);
  const parts = Object.entries(value).flatMap(([name, one]) => {
    const shown = valueInWords(one);
    return shown === null ? [] : [`${words(name)} ${shown}`];
  });
  return `(${parts.join(", ")})`;
}

function inWords(estimate: EstimateOrReason): string {
  if (estimate.interval !== null) return estimateInWords(estimate);
  return `${estimate.value === null ? "" : `${estimate.value.toFixed(3)}, `}UNKNOWN (${estimate.reason})`;
}

/** "meanSetSize" as words; names of compounds stay. */
function words(name: string): string {
  if (!/^[a-z]/.test(name)) return name;
  return name.replace(/(?<=[a-z])[A-Z](?=[a-z])/g, (letter) => ` ${letter.toLowerCase()}`);
}
