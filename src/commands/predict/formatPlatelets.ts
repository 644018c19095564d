import { visibleText } from "../../core/visibleText.js";
import type { PlateletAnswer, PlateletQuantity } from "../../problems/platelets/answerPlatelets.js";
import { droppedInWords } from "../droppedInWords.js";
import { mostLines } from "./formatPredictions.js";
import { formatRegistered } from "./keepRegistered.js";
import type { PlateletPredictions } from "./predictPlatelets.js";

/** Answers for the terminal. */
export function formatPlatelets({ file, model, rows, refused, registered, label }: PlateletPredictions): string {
  const more = rows.length - Math.min(rows.length, mostLines);
  return [
    `${file}: ${rows.length} platelet syntheses, model ${model.slice(0, 12)}`,
    ...rows.slice(0, mostLines).flatMap(answerLines),
    ...(more > 0 ? [`${more} more, which --json lists`] : []),
    ...(refused.length === 0 ? [] : [`refused: ${refused.length} of ${rows.length + refused.length} syntheses`]),
    ...refused.slice(0, mostLines).map((note) => `  ${droppedInWords(note)}`),
    ...(refused.length > mostLines ? [`  and ${refused.length - mostLines} more, which --json lists`] : []),
    ...(registered === null ? [] : formatRegistered(registered)),
    ...(registered === null || refused.length === 0 ? [] : [`not registered: ${refused.length} refused above`]),
    label,
  ]
    .map((line) => visibleText(line))
    .join("\n");
}

function answerLines({ experiment, peak, width, formed, outside, repeat }: PlateletAnswer): readonly string[] {
  const told = ({ value, low, high }: PlateletQuantity): string =>
    `${value.toPrecision(3)} nm (${low.toPrecision(3)} to ${high.toPrecision(3)})`;
  return [
    `${experiment}: forms with ${(100 * formed.probability).toPrecision(3)} %, ` +
      `set at 90 %: ${formed.set.join(", ")}; ` +
      (outside.length === 0 ? "inside" : `outside: ${outside.map(({ told: why }) => why).join("; ")}`) +
      (repeat ? "; repeats a recipe of training" : ""),
    `  if it forms, with 90 % intervals: emission peak ${told(peak)}, width ${told(width)}`,
  ];
}
