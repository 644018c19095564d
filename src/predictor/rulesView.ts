import * as z from "zod";
import { decidingRules, phaseRules, ruleColumns } from "../chemistry/phaseRules.js";
import { phaseCode, type PhaseName } from "../chemistry/phases.js";
import { isCategory, type Table } from "../core/Table.js";
import { holdsClass } from "../uncertainty/conformal/labelSets.js";

/** How a rule fared on the training rows that it decided. */
export interface TrackRecord {
  readonly decided: number;
  readonly right: number;
  /**
   * Lower 95 % bound, one-sided, of the share that is right in new batches (in new rows where training rows had none);
   * null where fewer than two batches say nothing of others.
   */
  readonly bound: number | null;
}

/**
 * The record of a rule of phaseRules: plain JSON. What is missing lets a rule apply where it would not, so recipes that
 * give all that rules read and those that do not stand apart.
 */
export interface RuleTrackRecord {
  readonly name: string;
  readonly complete: TrackRecord;
  readonly incomplete: TrackRecord;
}

/** What the chemist's rules say of a recipe, beside what the model says. */
export interface RuleView {
  /** The rule of phaseRules that decides. */
  readonly rule: string;
  readonly says: PhaseName;
  readonly because: string;
  /** DOIs of where it was seen. */
  readonly dois: readonly string[];
  /** On training rows that are as complete as the recipe. */
  readonly record: TrackRecord;
  /** Whether its record is good enough for it to count: otherwise it is shown, no more. */
  readonly speaks: boolean;
  /** Whether it says the model's likeliest phase. */
  readonly agrees: boolean;
  /** Whether the model's set holds what it says. */
  readonly inSet: boolean;
}

/** All rules together are right in less than half of the rows; one that speaks, in at least so many that it decides. */
const leastBound = 0.8;

/** Whether a rule with such a record speaks. */
export function maySpeak({ bound }: TrackRecord): boolean {
  return bound !== null && bound >= leastBound;
}

/**
 * What the chemist's rules say of each recipe, how often the deciding one was right on training rows, and whether it
 * agrees with the model. A view beside the answer: it changes nothing in it.
 *
 * @param records  one per rule of phaseRules, in their order, as fitRuleRecords counts them
 * @param recipes  in the terms of the twin (twinTerms), with ruleColumns
 * @param answers.phase  likeliest phase of each recipe, by code
 * @param answers.sets   phases of each recipe's set, as bits
 * @throws RangeError if there is not one record per rule, or one answer per recipe
 */
export function rulesView(
  records: readonly RuleTrackRecord[],
  recipes: Table,
  { phase, sets }: { readonly phase: ArrayLike<number>; readonly sets: ArrayLike<number> },
): RuleView[] {
  if (records.length !== phaseRules.length || records.some(({ name }, k) => name !== phaseRules[k].name))
    throw new RangeError(
      `rulesView: there must be one record per rule, ${phaseRules.map(({ name }) => name).join(", ")}; ` +
        `got ${records.map(({ name }) => name).join(", ") || "none"}`,
    );
  for (const [name, { length }] of Object.entries({ phase, sets }))
    if (length !== recipes.numRows)
      throw new RangeError(`rulesView: one ${name} per recipe is needed; got ${length} for ${recipes.numRows} recipes`);
  const isComplete = completeRecipes(recipes);
  return Array.from(decidingRules(recipes), (rule, row): RuleView => {
    const { name, says, because, dois } = phaseRules[rule];
    const record = isComplete[row] === 1 ? records[rule].complete : records[rule].incomplete;
    const code = phaseCode(says);
    return {
      rule: name,
      says,
      because,
      dois,
      record,
      speaks: maySpeak(record),
      agrees: phase[row] === code,
      inSet: holdsClass(sets[row], code),
    };
  });
}

/** 1 where a recipe gives all that rules read. */
export function completeRecipes(recipes: Table): Uint8Array {
  const isGiven = ruleColumns.map((name): ((row: number) => boolean) => {
    const column = recipes.columns[name];
    return isCategory(column) ? (row) => column.levels[column.codes[row]] !== "" : (row) => !Number.isNaN(column[row]);
  });
  return Uint8Array.from({ length: recipes.numRows }, (_, row) => Number(isGiven.every((given) => given(row))));
}

const track = z
  .strictObject({ decided: z.int().min(0), right: z.int().min(0), bound: z.number().min(0).max(1).nullable() })
  .refine(({ decided, right }) => right <= decided, { message: "more right than decided" });

/** Records as they are stored beside a model: one per rule of phaseRules. */
export const ruleRecordsShape: z.ZodType<readonly RuleTrackRecord[]> = z
  .array(z.strictObject({ name: z.string(), complete: track, incomplete: track }))
  .refine((records) => records.map(({ name }) => name).join() === phaseRules.map(({ name }) => name).join(), {
    message: "other rules than those of phaseRules",
  });
