import { InputError } from "../../core/InputError.js";
import type { RawTable } from "../../core/RawTable.js";
import { shortText } from "../../core/shortText.js";
import type { LedgerLine } from "../../io/predictions/predictionLedger.js";
import { readRawCsv } from "../../io/tables/readRawCsv.js";
import { registerKinds } from "./registerKinds.js";
import type { JudgedRow, OutcomeRow, RecipeRow, RegisterKind } from "./RegisterKind.js";

/** Outcomes that met predictions of one registered name. */
export interface MatchedRegister {
  readonly register: string;
  /** In the order of the ledger. */
  readonly rows: readonly JudgedRow[];
}

/** A file of outcomes beside what was registered of its experiments. */
export interface MatchedOutcomes {
  readonly kind: RegisterKind;
  readonly sha256: string;
  /** Rows of the file, and those of them that tell nothing yet. */
  readonly rows: number;
  readonly untold: number;
  /** Whether recipes were there, so that their hashes were compared. */
  readonly recipesCompared: boolean;
  readonly registers: readonly MatchedRegister[];
}

/** Names that a message shows. */
const shown = 5;

/**
 * Reads outcomes and joins them with predictions, by the names of experiments; where recipes are there, in the file or
 * in one beside it, each must be the recipe that was registered.
 *
 * @param options.recipes   file of the recipes, as they were registered
 * @param options.register  the one name that is meant (default: all that predicted some of the experiments)
 * @throws InputError if the table is of no kind, tells nothing, names an experiment twice or one that nobody predicted,
 *   or a recipe is another
 */
export async function matchOutcomes(
  file: string,
  lines: readonly LedgerLine[],
  { recipes: beside, register }: { readonly recipes?: string; readonly register?: string } = {},
): Promise<MatchedOutcomes> {
  const raw = await readRawCsv(file);
  const kind = kindOf(raw);
  const outcomes = kind.outcomes(raw);
  requireOutcomes(raw, kind, outcomes);
  const recipes = beside === undefined ? await kind.recipes(file, raw) : await besideRecipes(beside, kind, outcomes);
  const names = requireRegisters(raw, kind, outcomes, { lines, register });
  const byRecipe = new Map((recipes ?? []).map((row) => [row.recipe, row]));
  return {
    kind,
    sha256: raw.sha256,
    rows: raw.numRows,
    untold: raw.numRows - outcomes.length,
    recipesCompared: recipes !== null,
    registers: names.map((name) => ({
      register: name,
      rows: joined(
        raw,
        lines.filter((line) => line.name === name),
        outcomes,
        byRecipe,
      ),
    })),
  };
}

function kindOf(raw: RawTable): RegisterKind {
  const kind = registerKinds.find((one) => one.isOutcomes(raw));
  if (kind !== undefined) return kind;
  throw new InputError({
    where: raw.where,
    must: `must have outcomes of a kind of register: ${registerKinds
      .map(({ name, columns }) => `${name} (${columns})`)
      .join("; ")}`,
    got: shortText(Object.keys(raw.columns).join(", ")),
    mend: "name the file of the outcomes, with the names of their experiments",
  });
}

function requireOutcomes(raw: RawTable, kind: RegisterKind, outcomes: readonly OutcomeRow[]): void {
  if (outcomes.length === 0)
    throw new InputError({
      where: raw.where,
      must: `must tell an outcome (${kind.columns})`,
      got: `${raw.numRows} rows, each without one`,
      mend: "fill in what came of the experiments, and leave the others empty",
    });
  const seen = new Map<string, number>();
  for (const { recipe, row } of outcomes) {
    const before = seen.get(recipe);
    if (before !== undefined)
      throw new InputError({
        where: `${raw.where}, row ${row}`,
        must: "must be another experiment than those before",
        got: `"${recipe}" again, which row ${before} has`,
        mend: "leave one of them out; a repeat is an experiment of its own, registered under its own name",
      });
    seen.set(recipe, row);
  }
}

async function besideRecipes(
  beside: string,
  kind: RegisterKind,
  outcomes: readonly OutcomeRow[],
): Promise<readonly RecipeRow[]> {
  const raw = await readRawCsv(beside);
  const recipes = await kind.recipes(beside, raw);
  if (recipes === null)
    throw new InputError({
      where: `--recipes ${raw.where}`,
      must: `must have the recipes of ${kind.name}, as they were registered`,
      got: shortText(Object.keys(raw.columns).join(", ")),
      mend: "name the file that `twin predict --register` was given",
    });
  const there = new Set(recipes.map(({ recipe }) => recipe));
  const missing = outcomes.find(({ recipe }) => !there.has(recipe));
  if (missing !== undefined)
    throw new InputError({
      where: `--recipes ${raw.where}`,
      must: "must have the recipe of each experiment that tells an outcome",
      got: `none of "${missing.recipe}"`,
      mend: "name the file that `twin predict --register` was given",
    });
  return recipes;
}

/** Registered names that the outcomes are scored against. */
function requireRegisters(
  raw: RawTable,
  kind: RegisterKind,
  outcomes: readonly OutcomeRow[],
  { lines, register }: { readonly lines: readonly LedgerLine[]; readonly register?: string },
): readonly string[] {
  const own = lines.filter(({ form }) => kind.forms.includes(form));
  const known = [...new Set(own.map(({ name }) => name))];
  if (register !== undefined && !known.includes(register))
    throw new InputError({
      where: "--register",
      must: `must be a registered name of ${kind.name}: ${known.join(", ") || "none is registered"}`,
      got: `"${register}"`,
      mend: "correct the name, or leave it out",
    });
  const wanted = register === undefined ? known : [register];
  const told = new Set(outcomes.map(({ recipe }) => recipe));
  const names = wanted.filter((name) => own.some((line) => line.name === name && told.has(line.recipe)));
  if (names.length === 0)
    throw new InputError({
      where: raw.where,
      must: `must be of experiments that a register of ${kind.name} predicted: ${wanted.join(", ") || "there is none"}`,
      got: shortNames(outcomes.map(({ recipe }) => recipe)),
      mend: "register predictions with `twin predict --register NAME` before outcomes come, or name another --ledger",
    });
  const predicted = new Set(own.filter(({ name }) => names.includes(name)).map(({ recipe }) => recipe));
  const unknown = outcomes.filter(({ recipe }) => !predicted.has(recipe));
  if (unknown.length > 0)
    throw new InputError({
      where: `${raw.where}, row ${unknown[0].row}`,
      must: `must be an experiment that ${names.join(" or ")} predicted`,
      got: shortNames(unknown.map(({ recipe }) => recipe)),
      mend: "correct the name, or leave the row out",
    });
  return names;
}

function joined(
  raw: RawTable,
  lines: readonly LedgerLine[],
  outcomes: readonly OutcomeRow[],
  recipes: ReadonlyMap<string, RecipeRow>,
): readonly JudgedRow[] {
  const byName = new Map(outcomes.map((row) => [row.recipe, row]));
  return lines.flatMap((line): JudgedRow[] => {
    const outcome = byName.get(line.recipe);
    if (outcome === undefined) return [];
    const recipe = recipes.get(line.recipe);
    if (recipe !== undefined && recipe.recipeSha256 !== line.recipeSha256)
      throw new InputError({
        where: `${raw.where}, "${line.recipe}"`,
        must: `must be the recipe that "${line.name}" predicted, of hash ${line.recipeSha256.slice(0, 12)}`,
        got: `another recipe, of hash ${recipe.recipeSha256.slice(0, 12)}`,
        mend: "leave the row out: an outcome judges no other recipe. Register the one that was made",
      });
    // Without a paper or a batch, rows of one recipe stand together.
    const group = outcome.group ?? recipe?.group ?? line.recipeSha256;
    return [{ line, told: outcome.told, group, by: { ...outcome.by, ...recipe?.by } }];
  });
}

function shortNames(names: readonly string[]): string {
  const more = names.length > shown ? ` and ${names.length - shown} more` : "";
  return `${names
    .slice(0, shown)
    .map((name) => `"${shortText(name)}"`)
    .join(", ")}${more}`;
}
