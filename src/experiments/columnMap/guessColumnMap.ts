import { findReagent, type ReagentList } from "../../chemistry/reagentList.js";
import { columnNames } from "../../core/columnNames.js";
import type { Table } from "../../core/Table.js";
import { type ColumnMap, columnMapFormat, type ColumnUse, type Ion, ions } from "./ColumnMap.js";
import { draftHeader, type HeaderDraft } from "./draftHeader.js";
import { type ReadHeader, readHeader } from "./readHeader.js";
import { settleDrafts } from "./settleDrafts.js";

/** How far a guess can be relied on: "unknown" where nobody can say without the user, and it is left open. */
export type GuessConfidence = "sure" | "unsure" | "unknown";

/** What was made of one header, and why. */
export interface HeaderGuess {
  readonly use: ColumnUse;
  readonly confidence: GuessConfidence;
  readonly why: string;
}

/** A map guessed from headers and values, to be looked at before it is used. */
export interface MapGuess {
  readonly map: ColumnMap;
  /** One for each header, in order. */
  readonly guesses: readonly HeaderGuess[];
  /** Columns of a recipe that no header gives. */
  readonly lacking: readonly string[];
}

/**
 * Guesses what the headers of a table mean from their words and units, and from the values where they decide.
 *
 * A guess is sure only where every word of the header is understood, its unit is written and fits, no other header
 * competes for its meaning, and the values do not contradict. What may be something else is unsure and says what it
 * hesitates between. Values make a guess less sure, never surer.
 */
export function guessColumnMap(table: Table, reagents: ReagentList): MapGuess {
  const headers = columnNames(table.schema);
  const all = headers.map((header) => readHeader(table, header, reagents));
  const settled = settledNames(all);
  const alone = all.map((one) => draftHeader(one, reagents, settled));
  const drafts = settleDrafts(alone, { table, reagents });
  const guesses = drafts.map(finished);
  const map: ColumnMap = {
    format: columnMapFormat,
    columns: guesses.map(({ use }) => use),
    constants: drafts.flatMap(({ use, constants = [] }) => ("reagent" in use ? constants : [])),
  };
  const given = new Set(guesses.flatMap(({ use }) => ("column" in use ? [use.column] : [])));
  const brought = new Set(guesses.flatMap(({ use }) => ("reagent" in use ? [use.reagent] : [])));
  const brings = (ion: Ion): boolean =>
    brought.has(ion) ||
    given.has(`${ion}Molar`) ||
    (ion !== "lead" && given.has(`${ion}LeadRatio`)) ||
    [...brought].some((name) => (findReagent(reagents, name)?.ions[ion] ?? 0) > 0);
  return {
    map,
    guesses,
    lacking: [
      ...ions.filter((ion) => !brings(ion)).map((ion) => `${ion}Molar`),
      ...["route", "temperatureCelsius", "timeSecond"].filter((name) => !given.has(name)),
    ],
  };
}

/** Aliases that mean one thing here, as the table names the other that they may mean by a name of its own. */
function settledNames(all: readonly ReadHeader[]): ReadonlySet<string> {
  const found = all.flatMap(({ named }) => named ?? []);
  const plain = new Set(found.flatMap(({ name, doubt }) => (doubt === null ? [name] : [])));
  const ambiguous = new Set(found.flatMap(({ name, doubt }) => (doubt === null ? [] : [name])));
  const settled = new Set<string>();
  // OA stands for an amine only where no other header is that amine's; "OLA" is an acid in some papers.
  const hasAmine = plain.has("oleylamine") || plain.has("octylamine");
  if (hasAmine && !ambiguous.has("oleylamine")) settled.add("oleic acid");
  if (plain.has("oleic acid") && !plain.has("oleylamine")) settled.add("oleylamine");
  if (plain.has("oleic acid") || ambiguous.has("oleic acid")) settled.add("caesium oleate").add("lead oleate");
  return settled;
}

function finished({ use, doubts, why }: HeaderDraft): HeaderGuess {
  if ("undecided" in use) return { use, confidence: "unknown", why };
  const unsure = [...new Set(doubts)].join("; ");
  if (unsure === "") return { use, confidence: "sure", why };
  return { use: { ...use, unsure }, confidence: "unsure", why: `${why}; ${unsure}` };
}
