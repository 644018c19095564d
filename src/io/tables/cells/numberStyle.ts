import { InputError } from "../../../core/InputError.js";
import type { DecimalMark } from "../csv/CsvOptions.js";
import { markedNumber, type NumberForm } from "./numberForm.js";

/** A cell as messages name it. */
export interface CellPlace {
  /** Data row, counted from 1. */
  readonly row: number;
  readonly column: string;
  /** Within its file: "row 3, column timeSecond". */
  readonly at: string;
  readonly text: string;
}

/** How the cells of one column are written. */
export interface ColumnForms {
  readonly numbers: number;
  readonly texts: number;
  /** First cell of each form. */
  readonly first: Readonly<Partial<Record<NumberForm, CellPlace>>>;
  /** First cells that are no numbers, at most three. */
  readonly strange: readonly CellPlace[];
}

/** What points and commas mean in the numbers of a file. */
export interface NumberStyle {
  readonly mark: DecimalMark;
  /** In words, where it is not the plain one. */
  readonly unusual: readonly string[];
}

/**
 * Decides for a whole file what points and commas in its numbers mean. One cell that can be read in one way only
 * settles it: 0,5 or 1.234,5 for the comma, 0.5 or 1,234.5 for the point.
 *
 * @param columns    of numbers, or mostly of numbers
 * @param separator  of cells: where it is the semicolon, a comma may well be the decimal mark
 * @throws InputError naming the first cell that can be read in two ways (1,000) where nothing settles it, or two cells
 *   of two customs
 */
export function numberStyle(
  columns: readonly ColumnForms[],
  { separator, wanted, where }: { readonly separator: string; readonly wanted?: DecimalMark; readonly where: string },
): NumberStyle {
  const first = (form: NumberForm): CellPlace | undefined =>
    columns
      .flatMap((column) => column.first[form] ?? [])
      .reduce<CellPlace | undefined>(
        (least, cell) => (least === undefined || cell.row < least.row ? cell : least),
        undefined,
      );
  const [point, comma] = [first("point"), first("comma")];
  const [maybePoint, maybeComma] = [first("pointOrGroups"), first("commaOrGroups")];
  const open = maybeComma ?? (separator === ";" ? maybePoint : undefined);
  if (wanted === undefined) {
    // Between commas a comma in a number stands in quotes: there the point is what is usual.
    if (point !== undefined && comma !== undefined && separator !== ",")
      throw new InputError({
        where: `${where}, ${comma.at}`,
        must: "every number must be written with one decimal mark",
        got: `"${comma.text}", and "${point.text}" in ${point.at}`,
        mend: "write them alike, or name the mark: --decimal-mark point or --decimal-mark comma",
      });
    if (point === undefined && comma === undefined && open !== undefined)
      throw new InputError({
        where: `${where}, ${open.at}`,
        must: "must be a number that can be read in one way",
        got: `"${open.text}", which is ${readings(open.text)}`,
        mend: "say which: --decimal-mark point or --decimal-mark comma",
      });
  }
  const mark = wanted ?? (point === undefined && comma !== undefined ? "," : ".");
  const grouped = mark === "." ? maybeComma : maybePoint;
  const groups = first("groups");
  return {
    mark,
    unusual: [
      ...(mark === "," ? ["decimal comma"] : []),
      ...[grouped, groups].flatMap((cell) =>
        cell === undefined ? [] : [`"${cell.text}" (${cell.at}) is ${markedNumber(cell.text, mark)}`],
      ),
    ],
  };
}

function readings(text: string): string {
  const [point, comma] = ([".", ","] as const).map((mark) => markedNumber(text, mark)!);
  return `${Math.max(point, comma)} or ${Math.min(point, comma)}`;
}
