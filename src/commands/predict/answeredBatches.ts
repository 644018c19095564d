import { selectRows } from "../../core/Table.js";
import type { TableFault } from "../../io/tables/TableFault.js";
import { type AnswerColumns, answerColumns } from "../../predictor/answerColumns.js";
import type { ReagentList } from "../../chemistry/reagentList.js";
import type { LoadedPhaseModel } from "../../predictor/phaseModelOf.js";
import type { RecipeBatch } from "./recipeBatches.js";

/** What a model says of some recipes, and which of them it cannot be asked about. */
export interface AnsweredBatch {
  readonly answers: AnswerColumns;
  /** Row of the file, counted from 1, of an answer. */
  readonly rowOf: (place: number) => number;
  /** Rows that are not answered, from top to bottom; first what is wrong with lines as a whole. */
  readonly refused: readonly TableFault[];
}

/** Answers batch by batch. A row of which a cell cannot be read is refused for it, and not asked about. */
export async function* answeredBatches(
  model: LoadedPhaseModel,
  batches: AsyncIterable<RecipeBatch>,
  options: { readonly reagents?: ReagentList } = {},
): AsyncGenerator<AnsweredBatch, void, undefined> {
  for await (const { table, rowOf, unread } of batches) {
    const broken = new Set(unread.map(({ row }) => row));
    const all = Uint32Array.from({ length: table.numRows }, (_, row) => row);
    const asked = unread.length === 0 ? all : all.filter((row) => !broken.has(rowOf(row)));
    const recipes = asked.length === all.length ? table : selectRows(table, asked);
    const answers = answerColumns(model, recipes, options);
    const unanswered = answers.refused.map(({ row, column, must, got, mend }): TableFault => {
      const at = rowOf(asked[row]);
      return { row: at, column, at: `row ${at}${column === null ? "" : `, column ${column}`}`, must, got, mend };
    });
    yield {
      answers,
      rowOf: (place) => rowOf(asked[answers.rows[place]]),
      refused: [...firstOfRows(unread), ...unanswered].sort((a, b) => (a.row ?? 0) - (b.row ?? 0)),
    };
  }
}

/** A row is refused once, however many of its cells cannot be read. */
function firstOfRows(faults: readonly TableFault[]): readonly TableFault[] {
  const seen = new Set<number>();
  return faults.filter(({ row }) => {
    if (row === null) return true;
    if (seen.has(row)) return false;
    seen.add(row);
    return true;
  });
}
