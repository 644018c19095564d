import { quantityOf } from "../../chemistry/units.js";
import { tidyText } from "../../core/tidyText.js";
import { headerStrength, type HeaderStrength } from "./headerStrength.js";
import { headerUnit } from "./headerUnit.js";

/** A header taken apart: "c(PbBr2) / mM" is the text "c(PbBr2)" in mmol/L. */
export interface HeaderParts {
  /** Without the unit, one space between words. */
  readonly text: string;
  /** As `plainUnit` prints it; undefined where the header names none. */
  readonly unit: string | undefined;
  /** Where the unit stands apart: in brackets, behind a slash or a comma; not as the last word of a name ("D_nm"). */
  readonly isMarked: boolean;
  /** Units as in "5 wt%" say of what the share is one: vol, wt, mol; else undefined. */
  readonly shareOf: string | undefined;
  /** Of a solution, where the header says it: "CsBr 0.1 M (µL)". */
  readonly strength: HeaderStrength["strength"];
}

type Parts = Omit<HeaderParts, "strength">;

/** Takes the unit out of a header, wherever it stands, and how strong the solution is that it measures. */
export function headerParts(header: string): HeaderParts {
  // The reader tells equal headers apart by their number; wide forms stand in headers from East Asia.
  const tidy = tidyText(header.replaceAll(/\s+/g, " "))
    .replace(/#\d+$/, "")
    .replaceAll(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    // "synthesis.time_s" is the time of the synthesis.
    .replaceAll(/(?<=\p{L}{2})\.(?=\p{L})/gu, " ")
    .trim();
  const { text: rest, strength } = headerStrength(tidy);
  const text = rest.replaceAll(/\s+/g, " ").trim();
  return { ...(inBrackets(text) ?? behindMark(text) ?? asWord(text) ?? partsOf(text, undefined, "", false)), strength };
}

function partsOf(text: string, unit: string | undefined, written: string, isMarked: boolean): Parts {
  const shareOf = unit === "%" ? /vol|v\/v|wt|w\/w|mol|at/i.exec(written)?.[0].toLowerCase() : undefined;
  return { text: text.replaceAll(/\s+/g, " ").trim(), unit, isMarked, shareOf };
}

function inBrackets(text: string): Parts | undefined {
  for (const found of [...text.matchAll(/[([{]([^()[\]{}]*)[)\]}]/g)].reverse()) {
    const pieces = found[1].split(/[,;]/).map((piece) => piece.trim());
    const piece = pieces.find((one) => headerUnit(one) !== undefined && !isDimensionless(one));
    const unit = piece === undefined ? headerUnit(found[1]) : headerUnit(piece);
    if (unit === undefined) continue;
    const rest = piece === undefined ? "" : pieces.filter((one) => one !== piece).join(" ");
    const [before, after] = [text.slice(0, found.index), text.slice(found.index + found[0].length)];
    return partsOf(`${before} ${rest} ${after}`, unit, found[1], true);
  }
  return undefined;
}

/** "-" between two names is no unit. */
function isDimensionless(text: string): boolean {
  return headerUnit(text) === "1";
}

function behindMark(text: string): Parts | undefined {
  const found = /^(.+?)(?:\s*[/÷,;:]\s*|\s+in\s+)([^,;:]+)$/i.exec(text);
  const slash = /^(.+?)\s*\/\s*(\S.*)$/.exec(text);
  for (const match of [slash, found]) {
    const unit = match === null ? undefined : headerUnit(match[2]);
    if (match !== null && unit !== undefined && unit !== "1") return partsOf(match[1], unit, match[2], true);
  }
  return undefined;
}

/** Units that also stand before what they measure ("M_PbI2"). */
const isLeadingUnit = /^(?:mM|M|µM|uM|mmol|umol|µmol|mL|ml|uL|ul|µL|mg|%|(?:vol|wt)\.?-?%)$/;

/** "peak_nm", "time min", "PLQY %", "M_PbI2", "temperatureCelsius". */
function asWord(text: string): Parts | undefined {
  if (/%$/.test(text)) return partsOf(text.replace(/(?:vol|wt|mol)?\.?-?\s*%$/i, ""), "%", text, true);
  const words = text.split(/[_\s]+/);
  if (words.length > 1) {
    const last = wordUnit(words.at(-1)!);
    if (last !== undefined) return partsOf(text.slice(0, -words.at(-1)!.length - 1), last, words.at(-1)!, false);
    const first = isLeadingUnit.test(words[0]) ? wordUnit(words[0]) : undefined;
    if (first !== undefined) return partsOf(text.slice(words[0].length + 1), first, words[0], false);
  }
  const [, stem, end] = /^(.*[\p{Ll}\d)])(\p{Lu}[\p{Ll}]*)$/u.exec(text) ?? [];
  if (/^[CK]$/.test(end ?? "") && /temp/i.test(stem)) return partsOf(stem, end === "K" ? "K" : "°C", end, false);
  const unit = end === undefined || end.length < 2 ? undefined : wordUnit(`${end[0].toLowerCase()}${end.slice(1)}`);
  return unit === undefined ? undefined : partsOf(stem, unit, end, false);
}

function wordUnit(word: string): string | undefined {
  const unit = headerUnit(word);
  return unit === undefined || unit === "1" || quantityOf(unit) === undefined ? undefined : unit;
}
