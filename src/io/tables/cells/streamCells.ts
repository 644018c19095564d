import { isIdentifierName } from "../../../core/isIdentifierName.js";
import type { Column } from "../../../core/Table.js";
import { fieldOf, type ReadColumns } from "../ReadColumns.js";
import { faultError, type TableFault } from "../TableFault.js";
import { tellColumns } from "../tellColumns.js";
import type { CellRecord, CellSource } from "./CellSource.js";
import { numberStyle } from "./numberStyle.js";
import { placeOf } from "./placeOf.js";
import { checkUnit, notANumber, type ReadCellsOptions, widthFault } from "./readCells.js";
import {
  countOdd,
  type Filler,
  numberFiller,
  oddColumnNotes,
  type OddRow,
  oddRowNotes,
  Survey,
  textFiller,
} from "./Survey.js";

export interface StreamCellsOptions extends ReadCellsOptions {
  /** Rows of a piece, at least, but for the last one. */
  readonly leastRows: number;
}

/**
 * The columns of a schema in a table of cells, piece by piece, in memory that does not grow with its rows: what
 * `readCells` has of them. What a comma means depends on the whole file: while every number is written as we write
 * them, pieces are given as they come; from the first one that is not, the rest is looked at before it is read, and
 * columns that are not read as well where these do not tell it.
 *
 * @throws InputError naming line, or row and column, what must hold and the mend, once it is come upon
 */
export async function* streamCells(
  source: CellSource,
  where: string,
  { decimalMark, namesOf, onNote, onRepair, onFault, leastRows }: StreamCellsOptions,
): AsyncGenerator<ReadColumns, void, undefined> {
  const { names, schema } = namesOf(source.header);
  const refuse =
    onFault ??
    ((fault: TableFault): never => {
      throw faultError(where, fault);
    });
  const read = names.flatMap((name, place) => {
    const field = fieldOf(schema, name);
    if (field === undefined) return [];
    checkUnit(source.units?.[place] ?? "", name, field, where);
    const placed = placeOf(source, name, place);
    const onText = (row: number, text: string): void => void faults.push(notANumber(placed(row, text), field.unit));
    return [{ name, place, field, placed, onText, odd: countOdd([]) }];
  });
  const isWanted = names.map((_, i) => read.some(({ place }) => place === i));
  /** Of rows that are not given yet. */
  let faults: TableFault[] = [];
  const piece = (numRows: number, filled: readonly { readonly column: Column; readonly odd: readonly OddRow[] }[]) => {
    faults.splice(0).forEach(refuse);
    read.forEach((one, i) => {
      countOdd(filled[i].odd, one.odd);
      if (onRepair !== undefined) oddRowNotes(one.name, filled[i].odd).forEach(onRepair);
    });
    const columns = Object.fromEntries(read.map(({ name }, i) => [name, filled[i].column]));
    return { columns, schema, numRows } satisfies ReadColumns;
  };
  const labels = (): (Filler | undefined)[] =>
    read.map(({ field }) => (field.kind === "category" ? textFiller(field.levels) : undefined));
  const surveys = read.map(({ field, placed, onText }) =>
    field.kind === "category" ? undefined : new Survey(placed, false, onText),
  );
  const numeric = surveys.filter((survey) => survey !== undefined);
  let isOpen = decimalMark === ",";
  let [rows, given, texts] = [0, 0, labels()];
  const surveyed = (): ReadColumns => {
    const filled = surveys.map((survey, i) => {
      const { values, odd } = survey?.take() ?? { values: texts[i]!.finish(), odd: [] };
      return { column: values, odd };
    });
    const some = piece(rows - given, filled);
    [given, texts] = [rows, labels()];
    return some;
  };
  /** Columns of numbers among those that are not read, as they too may tell what a comma means. */
  const strangers = async (): Promise<readonly Survey[]> => {
    const found = names.flatMap((name, place) =>
      isWanted[place] || isIdentifierName(name)
        ? []
        : [{ place, survey: new Survey(placeOf(source, name, place), true, () => undefined) }],
    );
    let row = 0;
    for await (const records of source.rows(
      () => undefined,
      isWanted.map((one) => !one),
    )) {
      for (const { cells } of records) {
        for (const { place, survey } of found) survey.add(cells[place], row);
        row++;
      }
      found.forEach(({ survey }) => survey.take());
    }
    return found.flatMap(({ survey }) => (survey.numbers > survey.texts ? [survey] : []));
  };
  const onWidth = onFault && ((record: CellRecord): void => onFault(widthFault(record, names.length)));
  for await (const records of source.rows(onWidth, isWanted)) {
    for (const { cells } of records) {
      for (let i = 0; i < read.length; i++) (surveys[i] ?? texts[i]!).add(cells[read[i].place], rows);
      rows++;
    }
    isOpen ||= hasOpenNumbers(numeric);
    if (isOpen) {
      // What these rows hold is read again: kept is what numbers look like.
      numeric.forEach((survey) => survey.take());
      [faults, texts] = [[], labels()];
    } else if (rows - given >= leastRows) yield surveyed();
  }
  const others = isOpen && decimalMark === undefined && !isDecided(numeric, source.separator) ? await strangers() : [];
  const { mark, unusual } = numberStyle([...numeric, ...others], {
    separator: source.separator,
    wanted: decimalMark,
    where,
  });
  if (rows === 0 || (!isOpen && rows > given)) yield surveyed();
  if (isOpen)
    for await (const records of fromRow(
      source.rows(() => undefined, isWanted),
      given,
      leastRows,
    )) {
      const filled = read.map(({ place, field, onText }) => {
        const first = given;
        const filler =
          field.kind === "category"
            ? textFiller(field.levels)
            : numberFiller(records.length, mark, (row, text) => onText(first + row, text));
        records.forEach(({ cells }, row) => filler.add(cells[place], row));
        return { column: filler.finish(), odd: (filler.odd ?? []).map((one) => ({ ...one, row: first + one.row })) };
      });
      yield piece(records.length, filled);
      given += records.length;
    }
  const all = [...source.unusual, ...unusual];
  if (all.length > 0) onNote(`read as: ${all.join(", ")}`);
  tellColumns(
    read.flatMap(({ name, odd }) => oddColumnNotes(name, odd)),
    onNote,
  );
}

/** Whether a number so far may turn out as another one, once it is known what points and commas mean. */
function hasOpenNumbers(surveys: readonly Survey[]): boolean {
  const isPlain = surveys.every((survey) => survey.isSettled(false, "."));
  const mayBeGroups = surveys.some(({ first }) => first.pointOrGroups !== undefined);
  return !isPlain || (mayBeGroups && surveys.every(({ first }) => first.point === undefined));
}

/** Whether columns tell by themselves what a comma means, as `numberStyle` decides it. */
function isDecided(surveys: readonly Survey[], separator: string): boolean {
  const has = (form: "point" | "comma"): boolean => surveys.some(({ first }) => first[form] !== undefined);
  // Between commas a point anywhere outweighs a comma.
  return has("point") || (separator !== "," && has("comma"));
}

/** Records from a row on, counted from 0, at least so many at a time but for the last ones. */
async function* fromRow(
  pieces: AsyncIterable<readonly CellRecord[]>,
  first: number,
  leastRows: number,
): AsyncGenerator<readonly CellRecord[], void, undefined> {
  let left = first;
  let held: CellRecord[] = [];
  for await (const records of pieces) {
    held = held.concat(records.slice(left));
    left = Math.max(0, left - records.length);
    if (held.length < leastRows) continue;
    yield held;
    held = [];
  }
  if (held.length > 0) yield held;
}
