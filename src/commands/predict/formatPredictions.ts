import { groupedDigits } from "../../core/groupedDigits.js";
import { phaseNames } from "../../chemistry/phases.js";
import { percent } from "../../core/percent.js";
import { visibleText } from "../../core/visibleText.js";
import { predictionLabel, type RecipeAnswer } from "../../predictor/answerRecipes.js";
import { formatCoveragePromise } from "../../predictor/coveragePromise.js";
import type { AdvisedAnswer } from "./answerBatch.js";
import { formatAdvice, noProduct } from "./formatAdvice.js";
import { formatRegistered } from "./keepRegistered.js";
import type { PhasePredictions } from "./phasePredictions.js";

/** More answers than these help nobody. */
export const mostLines = 20;

/** Answers for the terminal. */
export function formatPredictions(predictions: PhasePredictions): string {
  const { file, model, leakage, answered, rows, unanswered, refused, promise, distance, out, notes, registered } =
    predictions;
  const shown = rows.slice(0, mostLines);
  const count = (value: number, one: string): string => `${groupedDigits(value)} ${value === 1 ? one : `${one}s`}`;
  const name = file === null ? "the recipe" : visibleText(file);
  const more = answered - shown.length;
  const untold = unanswered - Math.min(refused.length, mostLines);
  return [
    `${name}: ${count(answered, "recipe")}, model ${model.slice(0, 12)}`,
    ...notes,
    ...shown.flatMap((answer) => answerLines(answer, predictions)),
    ...(more > 0 ? [`${groupedDigits(more)} more${out === null ? "; --out FILE writes all" : ""}`] : []),
    ...notAnswered(shown),
    ...(unanswered === 0 ? [] : [`refused: ${groupedDigits(unanswered)} of ${count(answered + unanswered, "recipe")}`]),
    ...refused
      .slice(0, mostLines)
      .map(({ at, must, got, mend }) => visibleText(`  ${at}: ${must}; got ${got}; ${mend}`)),
    ...(untold > 0 ? [`  and ${groupedDigits(untold)} more${out === null ? ", which --out FILE names" : ""}`] : []),
    formatCoveragePromise(promise),
    promise.eachPhase
      ? `leakage audit of its training: ${leakage?.verdict ?? "unknown, train it again to know"}`
      : `judged by a cross-validation that leaves out whole ${promise.of.replace("new ", "")}`,
    ...("reason" in distance ? [`unusual combinations are not checked: ${distance.reason}`] : []),
    ...(out === null ? [] : [`written: ${visibleText(out)}`]),
    ...(registered === null ? [] : formatRegistered(registered).map((one) => visibleText(one))),
    ...(registered === null || unanswered === 0
      ? []
      : [`not registered: ${count(unanswered, "recipe")} that ${unanswered === 1 ? "is" : "are"} refused above`]),
    predictionLabel,
  ].join("\n");
}

function answerLines(
  answer: AdvisedAnswer,
  { distance, noNearest }: Pick<PhasePredictions, "distance" | "noNearest">,
): readonly string[] {
  const { row, phase, probabilities, set, outside, distance: own, missing, quantities, advice } = answer;
  const inside =
    own === null || "reason" in distance
      ? "within the training ranges"
      : `within the training ranges, distance ${own.toFixed(2)} of at most ${distance.threshold.toFixed(2)}`;
  const numbers = Object.entries(quantities).flatMap(([column, { unit, value, low, high }]) =>
    value === null || low === null || high === null
      ? []
      : [`${quantityNames[column] ?? column} ${numberText(value, low, high, unit)}`],
  );
  const { columns, setSize, setSizeOfWhole } = missing;
  const [told, whole] = [setSize, setSizeOfWhole].map((size) => size?.toFixed(2));
  const wider =
    told === undefined || whole === undefined
      ? ""
      : ` (sets of such recipes hold ${told} phases on average, of whole ones ${whole})`;
  return [
    `row ${row}: ${phaseNames
      .toSorted((a, b) => probabilities[b] - probabilities[a])
      .map((phase) => `${phase} ${percent(probabilities[phase], { decimals: 1 })}`)
      .join(", ")}`,
    `  set at 90 %: ${set.length === 0 ? "none fits" : set.join(", ")}; ` +
      (outside.length === 0 ? inside : visibleText(`outside: ${outside.join("; ")}`)),
    ...(numbers.length === 0
      ? []
      : [
          `  ${phase === noProduct ? "if something forms" : "of its product"}, with 90 % intervals: ` +
            numbers.join(", "),
        ]),
    ...(columns.length === 0 ? [] : [`  not told: ${columns.join(", ")}${wider}`]),
    ...(advice === null ? [] : formatAdvice(advice, phase, { noNearest }).map((line) => `  ${line}`)),
  ];
}

/** Columns of outcomes as one says them. */
const quantityNames: Readonly<Record<string, string>> = {
  sizeNanometre: "size",
  photoluminescencePeakNanometre: "emission peak",
  photoluminescenceWidthNanometre: "emission width",
  quantumYield: "quantum yield",
  leadYield: "lead yield",
};

function numberText(value: number, low: number, high: number, unit: string): string {
  const [middle, from, to] = [value, low, high].map((one) => String(Number(one.toPrecision(3))));
  return unit === "1" ? `${middle} (${from} to ${to})` : `${middle} ${unit} (${from} to ${to})`;
}

/** Why numbers are not answered, each once. */
function notAnswered(rows: readonly RecipeAnswer[]): readonly string[] {
  const reasons = rows.flatMap(({ quantities }) =>
    Object.entries(quantities).flatMap(([column, { reason }]) => (reason === null ? [] : [`${column}: ${reason}`])),
  );
  return [...new Set(reasons)].map((reason) => `not answered: ${reason}`);
}
