import { visibleText } from "./visibleText.js";

/** A copy of plain JSON whose every text can be seen (visibleText); its keys stay as they are. */
export function visibleTexts<Json>(value: Json): Json {
  return JSON.parse(
    JSON.stringify(value, (_, one: unknown) => (typeof one === "string" ? visibleText(one, { layout: true }) : one)),
  ) as Json;
}
