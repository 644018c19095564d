import { visibleText } from "../../core/visibleText.js";
import type { LedgerCheck } from "./checkRegistered.js";

/** Differences that are shown; programs get all. */
const shown = 20;

/** A ledger and what is registered in it, for the terminal. */
export function formatLedgerCheck({ ledger, exists, lines, head, names, answeredAgain }: LedgerCheck): string {
  const count = (value: number, one: string): string => `${value} ${value === 1 ? one : `${one}s`}`;
  const again =
    answeredAgain === null
      ? []
      : [
          `"${answeredAgain.name}", answered again from ${answeredAgain.file}: ${answeredAgain.equal} of ` +
            `${count(answeredAgain.equal + answeredAgain.different.length, "prediction")} as registered, byte for byte`,
          ...answeredAgain.different
            .slice(0, shown)
            .map(({ line, recipe, difference }) => `  line ${line}, recipe "${recipe}": ${difference}`),
          ...(answeredAgain.different.length > shown ? [`  and ${answeredAgain.different.length - shown} more`] : []),
        ];
  return [
    exists
      ? `${ledger}: whole, ${count(lines, "line")}, head ${head}`
      : `${ledger}: nothing is registered yet, the first \`twin predict --register\` makes it`,
    ...names.flatMap(({ name, day, form, predictions, model, isKept, damage, command }) => [
      `${name}: ${count(predictions, "prediction")} of ${day}, form ${form}, ` +
        `model ${model.slice(0, 12)}${isKept || damage !== null ? "" : ", which does not stand beside the ledger"}`,
      ...(damage === null ? [] : [`  its model is damaged: ${damage}`]),
      `  made by ${command}`,
    ]),
    ...again,
  ]
    .map((line) => visibleText(line))
    .join("\n");
}
