import type { PlateletAnswer, PlateletQuantity } from "../../problems/platelets/answerPlatelets.js";
import { formatTable } from "./formatTable.js";
import type { PlateletPredictions } from "./predictPlatelets.js";

/** Answers for the terminal. */
export function formatPlatelets(predictions: PlateletPredictions): string {
  const head = `platelet syntheses, model ${predictions.model.slice(0, 12)}`;
  return formatTable(predictions, { head, cases: "syntheses", lines: answerLines });
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
