import type { Table } from "../../core/Table.js";
import type { AnswersByLaboratory } from "../../generation/answersByLaboratory.js";
import type { LaboratoryEvidence } from "../../generation/laboratoryWeights.js";

/** Recipes, of laboratories that may be told, and what the twin's laboratories would make of them. */
export interface OwnRecipes {
  /** In the twin's terms. */
  readonly table: Table;
  /** Of each row; empty where it is not told. */
  readonly labs: readonly string[];
  /** Of the same rows; null where the twin cannot answer. */
  readonly twin: AnswersByLaboratory | null;
}

/** Rows of experiments that are learned from, or of recipes that are answered: places in one pool. */
export interface OwnRows extends OwnRecipes {
  readonly places: Uint32Array;
  /** Of the pool's rows; empty for recipes that are only answered. */
  readonly labels: Uint8Array;
  /** Group of each of the pool's rows, from 0: rows that answer for each other. */
  readonly groups: Uint32Array;
  /** Of the pool's outcomes; null where the twin cannot answer. */
  readonly evidence: LaboratoryEvidence | null;
}

/** Recipes that are only answered. */
export function recipesAlone(recipes: OwnRecipes): OwnRows {
  const places = Uint32Array.from({ length: recipes.table.numRows }, (_, row) => row);
  return { ...recipes, places, labels: new Uint8Array(0), groups: new Uint32Array(0), evidence: null };
}
