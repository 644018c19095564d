import type { RawTable } from "../../core/RawTable.js";
import type { Random } from "../../core/random/Random.js";
import type { LedgerLine } from "../../io/predictions/predictionLedger.js";

/** What came of one experiment, as its file tells it. */
export interface OutcomeRow {
  /** As it is registered. */
  readonly recipe: string;
  /** Of the file, counted from 1. */
  readonly row: number;
  /** By name, in the units of the register; null where it was not told. */
  readonly told: Readonly<Record<string, number | string | null>>;
  /** What it stands together with (paper, batch, plate), where outcomes tell it. */
  readonly group: string | null;
  /** What scores are given apart by: "antisolvent". */
  readonly by: Readonly<Record<string, string>>;
}

/** The recipe of an experiment, where a file has it. */
export interface RecipeRow extends Pick<OutcomeRow, "recipe" | "row" | "group" | "by"> {
  /** As it is registered. */
  readonly recipeSha256: string;
}

/** An outcome beside what was registered of it. */
export interface JudgedRow extends Pick<OutcomeRow, "told" | "by"> {
  readonly line: LedgerLine;
  /** Intervals are over groups. */
  readonly group: string;
}

/** A share of rows that a register promised to cover. */
export interface RegisterPromise {
  readonly promise: string;
  readonly level: number;
  /** Whether a row was covered; null where it is not judged. */
  readonly covered: (row: JudgedRow) => boolean | null;
}

/** A loss per row, by which two registers of the same experiments are compared; null where it is not judged. */
export interface RowLoss {
  readonly loss: string;
  readonly unit: string;
  readonly of: (row: JudgedRow) => number | null;
}

/** How registers of one kind meet their outcomes: all that differs between kinds. */
export interface RegisterKind {
  readonly name: string;
  /** Forms of registered files (Registration) that are of this kind. */
  readonly forms: readonly string[];
  /** What rows of a form stand together by: "recipe". */
  readonly unit: (form: string) => string;
  /** Standard deviation of groups on the logit that promises allow for. */
  readonly groupSpread: number;
  /** Columns of a file of outcomes, for messages. */
  readonly columns: string;
  /** Whether a file has the columns. */
  readonly isOutcomes: (raw: RawTable) => boolean;
  /** Rows that tell an outcome. @throws InputError naming the cell that cannot be one */
  readonly outcomes: (raw: RawTable) => readonly OutcomeRow[];
  /** Null where the file has no recipes. @throws InputError if they cannot be read */
  readonly recipes: (file: string, raw: RawTable) => Promise<readonly RecipeRow[] | null>;
  /** Rows that scores are given apart for, beside inside and outside of the domain. */
  readonly apart: Readonly<Record<string, (row: JudgedRow) => boolean>>;
  /** Plain JSON, in which what is not known has its reason. */
  readonly score: (rows: readonly JudgedRow[], random: Random) => Readonly<Record<string, unknown>>;
  /** Of the rows of one register. */
  readonly promises: (rows: readonly JudgedRow[]) => readonly RegisterPromise[];
  readonly losses: readonly RowLoss[];
}
