import { estimateInWords } from "../../core/statistics/estimateInWords.js";
import { visibleText } from "../../core/visibleText.js";
import { type PlateletTarget, plateletTargets } from "../../problems/platelets/PlateletModel.js";
import type { UnseenScore } from "../../problems/platelets/unseenScore.js";
import { droppedInWords } from "../droppedInWords.js";
import type { PlateletTrained } from "./trainPlateletModel.js";

/** Rows left out that are shown; programs get all. */
const shown = 4;

/** What was trained, and what it is worth, for the terminal. */
export function formatPlateletTrained(trained: PlateletTrained): string {
  const { model, written, seed, rows, dropped, twinPrior } = trained;
  const more = dropped.length - Math.min(dropped.length, shown);
  return [
    `${rows} platelet syntheses, seed ${seed}, ${twinPrior ? "with" : "without"} what the twin says of them`,
    ...(dropped.length === 0 ? [] : [`left out: ${dropped.length} of ${rows + dropped.length} rows`]),
    ...dropped.slice(0, shown).map((note) => `  ${droppedInWords(note)}`),
    ...(more > 0 ? [`  and ${more} more, which --json lists`] : []),
    ...plateletTargets.map((target) => `  ${target}: ${keptInWords(trained, target)}`),
    "on rows that it had not seen, 95 % intervals over recipes:",
    ...plateletTargets.map((target) => `  ${worthInWords(target, trained.scores[target])}`),
    `saved as ${model}`,
    `  ${written}`,
  ]
    .map((line) => visibleText(line))
    .join("\n");
}

const lossUnits: Readonly<Record<PlateletTarget, string>> = {
  peak: "nm² of squared error",
  width: "of squared error of ln nm",
  formed: "nats",
};

function keptInWords({ kept, steps }: PlateletTrained, target: PlateletTarget): string {
  const winning = steps[target].filter(({ replaces }) => replaces).at(-1);
  if (winning === undefined) return `${kept[target]}; no other was better by more than a standard error`;
  const [gain, least] = [winning.gain, winning.lowerBound].map((one) => String(Number(one.toPrecision(3))));
  return (
    `${kept[target]}; better than ${winning.against} by ${gain} ${lossUnits[target]}, ` +
    `by ${least} less one standard error`
  );
}

function worthInWords(target: PlateletTarget, { measure, rows, recipes, chosen, constant }: UnseenScore): string {
  const { value, interval } = chosen;
  const told =
    interval === null
      ? `${value === null ? "" : `${value.toFixed(3)}, interval `}unknown: ${chosen.reason}`
      : estimateInWords({ value, interval });
  const other = measure === "R2" ? "the mean" : "the share that formed";
  return (
    `${`${target}, ${measure}${measure === "R2" ? "" : " in nats"}`.padEnd(26)}${told.padEnd(24)}` +
    `${constant === null ? "" : `${constant.toFixed(3)} by ${other} `}(n = ${rows} of ${recipes} recipes)`
  );
}
