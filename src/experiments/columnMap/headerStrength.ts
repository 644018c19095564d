import { headerUnit } from "./headerUnit.js";

/** What a header says of how strong its solution is, or how pure its reagent. */
export interface HeaderStrength {
  /** The header without it. */
  readonly text: string;
  /** Of a solution: "Cs-oleate 0.4 M (mL)". */
  readonly strength: { readonly value: number; readonly unit: string } | undefined;
}

const concentration =
  /(?<![\p{L}\d.,])(\d+(?:[.,]\d+)?)\s*(mM|µM|M|mmol\/[lL]|mol\/[lL]|mg\/m[lL]|g\/[lL])(?![\p{L}\d/])/u;
const purity = /(?<![\p{L}\d.,])(?:>|≥|~)?\s*\d+(?:[.,]\d+)?\s*%/u;

/** Takes a concentration and a purity ("tech. 90%") out of a header; the unit of a column stands without a number. */
export function headerStrength(header: string): HeaderStrength {
  const found = concentration.exec(header);
  const unit = found === null ? undefined : headerUnit(found[2]);
  const isStrong = found !== null && unit !== undefined;
  const rest = isStrong ? header.replace(found[0], " ") : header;
  return {
    text: rest.replace(purity, " ").replaceAll(/\(\s*(?:in\s*)?\)/g, " "),
    strength: isStrong ? { value: Number(found[1].replace(",", ".")), unit } : undefined,
  };
}
