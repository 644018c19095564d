import { makeTable, type Table } from "../core/Table.js";
import { detectDrift, type DetectDriftOptions } from "./detectDrift.js";
import type { DriftReport } from "./DriftReport.js";

/**
 * Whether what a model answers is distributed as before: detectDrift over its answers. Inputs may drift where a model
 * does not look, and a small drift may sit where it is most sensitive.
 *
 * @param options.predict  answers to rows of a table, as columns (a class, probabilities, a size), in their order
 * @throws InputError as detectDrift, of the answers
 * @throws RangeError if an answer is missing
 */
export function predictionDrift({
  predict,
  reference,
  current,
  groups,
  ...options
}: DetectDriftOptions & {
  readonly reference: Table;
  readonly predict: (table: Table) => Table;
}): DriftReport {
  const answered = (table: Table): Table => {
    const answers = predict(table);
    if (answers.numRows !== table.numRows)
      throw new RangeError(
        `predictionDrift: every row needs an answer; got ${answers.numRows} answers to ${table.numRows} rows`,
      );
    if (groups === undefined || !Object.hasOwn(table.columns, groups)) return answers;
    return makeTable(
      { ...answers.schema, [groups]: table.schema[groups] },
      { ...answers.columns, [groups]: table.columns[groups] },
    );
  };
  return detectDrift({ ...options, groups, reference: answered(reference), current: answered(current) });
}
