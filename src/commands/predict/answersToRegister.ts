import { z } from "zod";
import { outcomeFields } from "../../chemistry/recipeSchema.js";
import { isCategory, type Table } from "../../core/Table.js";
import { sourceHash } from "../../io/evidence/sourceHash.js";
import {
  outcomeKnown,
  type RegisteredRow,
  type Registration,
  type Remaking,
} from "../../io/predictions/predictionLedger.js";
import { recipeHash, recipeOf } from "../../io/predictions/recipeHash.js";
import { recipeColumns } from "../../predictor/recipeColumns.js";
import { phaseJudging } from "../../problems/phase/phaseJudging.js";
import { requireFew } from "../../io/predictions/registerPredictions.js";
import type { AdvisedAnswer, RecipeBatch } from "./answerBatch.js";
import { hasOutcome } from "./hasOutcome.js";
import type { StoredModel } from "./readyModel.js";

/** What is kept of a recipe that is asked about. */
export interface AskedRecipe {
  /** As its file names it, else by its row. */
  readonly recipe: string;
  readonly recipeSha256: string;
  /** Whether its outcome stands in the file. */
  readonly isKnown: boolean;
}

/**
 * Adds what is kept of the recipes of a batch, by row of the file.
 *
 * @throws InputError if they are more than are registered: all of them would be held in memory
 */
export function addAsked({ table, rows }: RecipeBatch, asked: Map<number, AskedRecipe>): void {
  requireFew(asked.size + rows.length);
  const names = Object.keys(recipeColumns);
  rows.forEach((row, place) => {
    const recipe = nameOf(table, place) ?? `row ${row}`;
    const isKnown = hasOutcome(table, place, outcomes);
    asked.set(row, { recipe, recipeSha256: recipeHash(recipeOf(table, place, names)), isKnown });
  });
}

const outcomes = Object.keys(outcomeFields);

function nameOf(table: Table, place: number): string | null {
  if (!Object.hasOwn(table.columns, "experiment")) return null;
  const column = table.columns.experiment;
  return isCategory(column) ? column.levels[column.codes[place]] || null : null;
}

/** What is registered of an answer: all of it but advice, and no value or name of its recipe. */
function registeredRow(
  { phase, probabilities, set, quantities, distance, missing, inDomain, outside, label }: AdvisedAnswer,
  { isKnown, ...asked }: AskedRecipe,
): RegisteredRow {
  return {
    ...asked,
    predictions: { phase, probabilities, set, quantities, distance, missing: missing.columns, label },
    inDomain,
    notes: [
      ...outside.map((why) => why.replaceAll(/"[^"]*"/g, "(name kept back)")),
      ...(isKnown ? [outcomeKnown] : []),
    ],
  };
}

/**
 * What is registered of answers of a model of the phase.
 *
 * @param asked  by row of the file, each answered row
 */
export async function answersToRegister(
  answers: readonly AdvisedAnswer[],
  asked: ReadonlyMap<number, AskedRecipe>,
  { stored, ...own }: Pick<Registration, "name" | "form" | "model"> & { readonly stored: StoredModel },
): Promise<Registration> {
  return {
    ...own,
    remaking: await remakingOf(stored),
    judging: phaseJudging({ isSimulated: isSimulated(stored) }),
    rows: answers.map((answer) => registeredRow(answer, asked.get(answer.row)!)),
  };
}

const optionsShape = z.object({
  origin: z.union([z.object({ generated: z.object({ rows: z.number() }) }), z.object({ fileSha256: z.string() })]),
  members: z.number(),
  layers: z.object({ hidden: z.array(z.number()) }),
  training: z.object({ epochs: z.number(), learningRate: z.number() }),
});

function isSimulated(stored: StoredModel): boolean {
  if (!("network" in stored)) return false;
  const parsed = optionsShape.safeParse(stored.network.manifest.options);
  return parsed.success && "generated" in parsed.data.origin;
}

/** How a model of the phase is made again: what `twin train` was told, so far as its model says. */
export async function remakingOf(stored: StoredModel): Promise<Remaking> {
  const dataOf = (fileSha256: string): string => `--data FILE (of SHA-256 ${fileSha256})`;
  if (!("network" in stored)) {
    const { seed, fileSha256 } = stored.laboratory;
    return {
      command: `twin train --seed ${seed} ${dataOf(fileSha256)}`,
      seed,
      codeSha256: await sourceHash("src/commands/train/trainOwnLaboratory.ts"),
      dataSha256: fileSha256,
    };
  }
  const { options, seed, dataSha256 } = stored.network.manifest;
  const codeSha256 = await sourceHash("src/commands/train/trainPhaseModel.ts");
  const { success, data } = optionsShape.safeParse(options);
  if (!success) return { command: "not told by the model", seed, codeSha256, dataSha256 };
  const { origin, members, layers, training } = data;
  const rows = "generated" in origin ? `--rows ${origin.generated.rows}` : dataOf(origin.fileSha256);
  const network =
    `--hidden ${layers.hidden.join(",")} --epochs ${training.epochs} ` +
    `--learning-rate ${training.learningRate} --members ${members}`;
  return { command: `twin train --seed ${seed} ${rows} ${network}`, seed, codeSha256, dataSha256 };
}
