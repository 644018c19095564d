import { shortText } from "../../core/shortText.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { visibleText } from "../../core/visibleText.js";
import type { ColumnUse } from "../../experiments/columnMap/ColumnMap.js";
import type { HeaderGuess } from "../../experiments/columnMap/guessColumnMap.js";
import { htmlTable } from "../../workspace/cells/htmlTable.js";
import { mappingNotes } from "../recipeReader.js";
import type { TableMapping } from "./mapTable.js";

/** Rows that cannot be true which are shown; programs get up to a thousand. */
const shown = 4;

/** Headers that are shown. */
const listed = 200;

/** A guessed map for the terminal: what each header means, what is unsure, what it makes of the rows, what lacks. */
export function formatTableMapping({
  file,
  out,
  guesses,
  lacking,
  mapping,
  unusable,
  faults,
  faultCount,
  notes,
}: TableMapping): string {
  const count = (one: string): number => guesses.filter(({ confidence }) => confidence === one).length;
  const others = mapping === null ? [] : mappingNotes({ ...mapping, unsure: [] });
  return [
    ...notes,
    htmlTable(guessTable(guesses.slice(0, listed))).text.trimEnd(),
    ...(guesses.length > listed ? [`and ${guesses.length - listed} more headers, which the map lists`] : []),
    "",
    `${guesses.length} headers: ${count("sure")} sure, ${count("unsure")} unsure, ${count("unknown")} left open`,
    ...(lacking.length === 0
      ? []
      : [
          `no header gives ${lacking.join(", ")}: where one holds for all rows, write under "constants" ` +
            `for example ${exampleOf(lacking[0])}`,
        ]),
    ...others,
    ...(faultCount === 0 ? [] : [`rows that cannot be true by this map: ${faultCount}`]),
    ...faults
      .slice(0, shown)
      .map(({ row, column, must, got, mend }) =>
        visibleText(`  row ${row}, column ${column}: ${must}; got ${got}; ${mend}`),
      ),
    ...(unusable === null ? [] : [`not to be used as it stands: ${unusable}`]),
    `written: ${visibleText(out)}; look at what is unsure, then: ` +
      `twin quality ${visibleText(file)} --columns ${visibleText(out)}`,
  ].join("\n");
}

const examples: Readonly<Record<string, string>> = {
  route: '{"column": "route", "value": "hot injection"}',
  temperatureCelsius: '{"column": "temperatureCelsius", "value": 25, "unit": "°C"}',
  timeSecond: '{"column": "timeSecond", "value": 5, "unit": "min"}',
};

function exampleOf(column: string): string {
  return examples[column] ?? `{"column": "${column}", "value": 10, "unit": "mM"}`;
}

/** The guess as a table: header, meaning, how sure, and what it hesitates between. */
function guessTable(guesses: readonly HeaderGuess[]): ShownTable {
  return shownTable({
    caption: "What the headers mean",
    columns: [
      { name: "header", align: "left", of: ({ use }: HeaderGuess) => shortText(use.header) },
      { name: "meaning", align: "left", of: ({ use }: HeaderGuess) => meaningOf(use) },
      { name: "guess", align: "left", of: ({ confidence }: HeaderGuess) => confidence },
      { name: "hesitates", align: "left", of: ({ use }: HeaderGuess) => shortText(openOf(use), 120) },
    ],
    rows: guesses,
  });
}

/** What an entry says, in words: "amount of lead bromide (mmol)". */
function meaningOf(use: ColumnUse): string {
  if ("undecided" in use) return "";
  if ("ignored" in use) return "ignored";
  if ("reagent" in use)
    return `${use.as} of ${use.reagent}${use.in === undefined ? "" : ` in ${use.in}`} (${use.unit})`;
  const unit = use.unit === undefined ? "" : ` (${use.unit})`;
  return `${use.column}${unit}${use.values === undefined ? "" : ", by values"}`;
}

function openOf(use: ColumnUse): string {
  if ("undecided" in use) return use.undecided;
  return use.unsure ?? ("ignored" in use ? (use.why ?? "") : "");
}
