import { z } from "zod";
import { phaseNames } from "../../chemistry/phases.js";
import { outcomeFields, provenanceFields } from "../../chemistry/recipeSchema.js";
import type { RawTable } from "../../core/RawTable.js";
import type { Random } from "../../core/random/Random.js";
import { isCategory, numbersOf, type Table } from "../../core/Table.js";
import { meantPhase } from "../../experiments/columnMap/meantPhase.js";
import { loadAskedRecipes } from "../../experiments/loadAskedRecipes.js";
import { recipeHash, recipeOf } from "../../io/predictions/recipeHash.js";
import { readTableStream } from "../../io/tables/readTableStream.js";
import { recipeColumns } from "../../predictor/recipeColumns.js";
import type { PlateletQuantity } from "../platelets/answerPlatelets.js";
import { outcomeCells } from "./outcomeCells.js";
import type { JudgedRow, OutcomeRow, RecipeRow, RegisterKind, RegisterPromise } from "./RegisterKind.js";
import { registeredAnswer } from "./registeredAnswer.js";
import { scoreClasses } from "./scoreClasses.js";
import { scoreRegistered } from "./scoreRegistered.js";

const number = z.number().nullable();
const answer = z.object({
  probabilities: z.record(z.string(), z.number()),
  set: z.array(z.enum(phaseNames)),
  quantities: z.record(z.string(), z.object({ value: number, low: number, high: number })),
});
const answerOf = ({ line }: JudgedRow): z.infer<typeof answer> => registeredAnswer(line, answer);
const rules = z.object({ phase: z.object({ level: z.number() }), intervals: z.object({ level: z.number() }) });

/** Of a phase that is none of the five. */
const foreign = "another phase";

/** Quantities of a register that a file of outcomes may tell. */
const quantityColumns = Object.keys(outcomeFields).filter((name) => outcomeFields[name].kind === "number");

/** What is larger is no dot, and not judged. */
const mostNanometre = 100;

/** Phases of recipes, and the numbers beside them: recipes as their published table has them, or columns of ours. */
export const phaseRegister: RegisterKind = {
  name: "phase",
  forms: ["recipes", "table"],
  unit: unitOf,
  groupSpread: 1,
  columns: "id and comp (or D_nm), as the published table; or experiment and phase, in columns of ours",
  isOutcomes: (raw) => isPublished(raw) || isOurs(raw),
  outcomes: (raw) => (isPublished(raw) ? publishedOutcomes(raw) : ownOutcomes(raw)),
  recipes: async (file, raw) => (hasColumn(raw, "id") ? publishedRecipes(raw) : ownRecipes(file, raw)),
  apart: {},
  score,
  promises,
  losses: [
    {
      loss: "log loss of the phase",
      unit: "nats",
      of: (row) => {
        const { phase } = row.told;
        if (phase === null || phase === foreign) return null;
        return -Math.log(Math.max(1e-15, answerOf(row).probabilities[phase] ?? 0));
      },
    },
  ],
};

function unitOf(form: string): string {
  return form === "recipes" ? "paper" : "batch";
}

const hasColumn = ({ columns }: RawTable, name: string): boolean => Object.hasOwn(columns, name);

function isPublished(raw: RawTable): boolean {
  return hasColumn(raw, "id") && ["comp", "D_nm"].some((name) => hasColumn(raw, name));
}

function isOurs(raw: RawTable): boolean {
  return (
    ["experiment", "leadMolar"].some((name) => hasColumn(raw, name)) &&
    ["phase", ...quantityColumns].some((name) => hasColumn(raw, name))
  );
}

function publishedOutcomes(raw: RawTable): readonly OutcomeRow[] {
  const cells = outcomeCells(raw);
  const rows: OutcomeRow[] = [];
  for (let row = 0; row < raw.numRows; row++) {
    const came = meantPhase(cells.text(row, "comp"));
    const phase = came === "" ? null : (came ?? foreign);
    // Sheets and wires are told in the same column, up to some micrometres.
    const size = cells.number(row, "D_nm", { unit: "nm", least: 0.5, most: 100_000 });
    if (phase === null && size === null) continue;
    rows.push({
      recipe: cells.text(row, "id"),
      row: row + 1,
      told: { phase, sizeNanometre: size === null || size > mostNanometre ? null : size },
      ...paperGroup(cells.text(row, "doi") || cells.text(row, "paper")),
    });
  }
  return rows;
}

function paperGroup(paper: string): Pick<OutcomeRow, "group" | "by"> {
  if (paper === "") return { group: null, by: {} };
  return { group: paper.toLowerCase(), by: { paper: paper.toLowerCase() } };
}

function publishedRecipes(raw: RawTable): readonly RecipeRow[] | null {
  if (!hasColumn(raw, "all")) return null;
  const { table } = loadAskedRecipes(raw);
  const papers = raw.columns.paper ?? [];
  return recipeRows(table, (place) => paperGroup(papers[place] ?? ""));
}

function ownOutcomes(raw: RawTable): readonly OutcomeRow[] {
  const cells = outcomeCells(raw);
  const rows: OutcomeRow[] = [];
  for (let row = 0; row < raw.numRows; row++) {
    const came = meantPhase(cells.text(row, "phase"));
    if (came === undefined)
      throw cells.refuse(
        row,
        "phase",
        `must be one of ${phaseNames.join(", ")}`,
        "correct it, or leave the cell empty",
      );
    const numbers = quantityColumns
      .filter((name) => cells.has(name))
      .map((name) => {
        const { unit, min = 0, max = Number.MAX_VALUE } = outcomeFields[name];
        // Wider than the schema, as a real one may lie beyond; another unit lies further.
        return [name, cells.number(row, name, { unit, least: min / 4, most: unit === "1" ? max : max * 4 })] as const;
      });
    if (came === "" && numbers.every(([, value]) => value === null)) continue;
    rows.push({
      recipe: cells.text(row, "experiment") || `row ${row + 1}`,
      row: row + 1,
      told: {
        phase: came === "" ? null : came,
        ...Object.fromEntries(
          numbers.map(([name, value]) => [
            name,
            name === "sizeNanometre" && value !== null && value > mostNanometre ? null : value,
          ]),
        ),
      },
      ...groupOf((name) => cells.text(row, name)),
    });
  }
  return rows;
}

/** Rows of one paper, else of one batch, else of one laboratory stand together. */
function groupOf(text: (column: string) => string): Pick<OutcomeRow, "group" | "by"> {
  const name = ["doi", "batch", "lab"].find((column) => text(column) !== "");
  if (name === undefined) return { group: null, by: {} };
  return { group: text(name), by: name === "doi" ? { paper: text(name) } : {} };
}

async function ownRecipes(file: string, raw: RawTable): Promise<readonly RecipeRow[] | null> {
  if (!hasColumn(raw, "leadMolar") || !hasColumn(raw, "caesiumMolar")) return null;
  const text = (place: number, column: string): string => raw.columns[column]?.[place] ?? "";
  const rows: RecipeRow[] = [];
  // As `twin predict` reads it, or its hash would be another.
  const { lab, experiment } = provenanceFields;
  const schema = { ...recipeColumns, lab, experiment };
  for await (const table of readTableStream(file, { schema, onFault: () => undefined })) {
    const before = rows.length;
    rows.push(...recipeRows(table, (place) => groupOf((column) => text(place, column)), { before }));
  }
  return rows;
}

function recipeRows(
  table: Table,
  groupAt: (place: number) => Pick<RecipeRow, "group" | "by">,
  { before = 0 }: { readonly before?: number } = {},
): readonly RecipeRow[] {
  const names = Object.keys(recipeColumns);
  const column = table.columns.experiment;
  const places = Object.hasOwn(table.columns, "sourceRow") ? numbersOf(table, "sourceRow") : null;
  return Array.from({ length: table.numRows }, (_, row) => {
    const place = places === null ? before + row + 1 : places[row];
    const name = column !== undefined && isCategory(column) ? column.levels[column.codes[row]] : "";
    return {
      recipe: name || `row ${place}`,
      row: place,
      recipeSha256: recipeHash(recipeOf(table, row, names)),
      ...groupAt(place - 1),
    };
  });
}

function score(rows: readonly JudgedRow[], random: Random): Readonly<Record<string, unknown>> {
  const told = rows.filter(({ told: { phase } }) => phase !== null);
  const unit = unitOf(rows[0].line.form);
  const quantities = toldQuantities(rows).map((name) => {
    const own = rows.filter((row) => quantityOf(row, name) !== null);
    const alpha = 1 - rules.parse(rows[0].line.judging.rules).intervals.level;
    const one = scoreRegistered(
      {
        truth: own.map((row) => row.told[name] as number),
        told: own.map((row) => quantityOf(row, name)!),
        groups: own.map(({ group }) => group),
      },
      random.fork(name),
      { alpha, unit },
    );
    return [name, one] as const;
  });
  return {
    phase: scoreClasses(
      {
        classes: phaseNames,
        truth: told.map(({ told: { phase } }) => {
          const code = (phaseNames as readonly (string | number | null)[]).indexOf(phase);
          return code < 0 ? null : code;
        }),
        probabilities: Float64Array.from(
          told.flatMap((row) => phaseNames.map((name) => answerOf(row).probabilities[name] ?? 0)),
        ),
        sets: told.map((row) => answerOf(row).set.map((name) => phaseNames.indexOf(name))),
        groups: told.map(({ group }) => group),
      },
      random.fork("phase"),
      { unit },
    ),
    ...Object.fromEntries(quantities),
  };
}

/** Quantities that some row tells and that some is answered. */
function toldQuantities(rows: readonly JudgedRow[]): readonly string[] {
  return quantityColumns.filter((name) => rows.some((row) => quantityOf(row, name) !== null));
}

/** What is said of a quantity that was measured; null where it was not, or nothing was said. */
function quantityOf(row: JudgedRow, name: string): PlateletQuantity | null {
  const { quantities } = answerOf(row);
  if (!Object.hasOwn(quantities, name) || typeof row.told[name] !== "number") return null;
  const { value, low, high } = quantities[name];
  return value === null || low === null || high === null ? null : { value, low, high };
}

function promises(rows: readonly JudgedRow[]): readonly RegisterPromise[] {
  const { phase, intervals } = rules.parse(rows[0].line.judging.rules);
  return [
    {
      promise: "the set of phases holds the phase that was made",
      level: phase.level,
      covered: (row) =>
        row.told.phase === null ? null : (answerOf(row).set as readonly (string | number)[]).includes(row.told.phase),
    },
    ...toldQuantities(rows).map((name) => ({
      promise: `the interval of ${name} holds it`,
      level: intervals.level,
      covered: (row: JudgedRow) => {
        const said = quantityOf(row, name);
        const measured = row.told[name] as number;
        return said === null ? null : said.low <= measured && measured <= said.high;
      },
    })),
  ];
}
