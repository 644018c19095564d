import { connectedRows, type ConnectedRows } from "../../core/connectedRows.js";
import { duplicateRows } from "../../core/duplicateRows.js";
import { isCategory, type Table } from "../../core/Table.js";
import { recipeCategories, recipeFeatures } from "../../features/recipeFeatures.js";
import { eachNearPair } from "../../neighbours/eachNearPair.js";

/** Which rows must not be torn apart, and why. */
export interface RecipeGroups {
  /**
   * What each row stands together by, shape [n]: named after its first batch, or after its first row where that has
   * none; null where every row stands alone.
   */
  readonly groups: readonly string[] | null;
  /** What a group is. */
  readonly unit: "batch" | "recipe" | "row";
  /** What was joined, and what was not, with counts, in words. */
  readonly notes: readonly string[];
}

/** Columns that a model of the phase may look at: rows that agree in them are the same to it. */
export const comparedColumns: readonly string[] = [
  ...new Set([...recipeFeatures.flatMap(({ needs, reads = [] }) => [...needs, ...reads]), ...recipeCategories]),
];

/** As many as tables print: what differs beyond is rounding, not another recipe. */
const digits = 6;
/** As in the leakage audit. */
const nearness = 0.01;
/** Of all rows: a larger component is a design whose recipes are all neighbours, such as a grid. */
const mostOfRows = 0.2;

/**
 * Groups of rows that answer for each other, so that a split tears none apart: rows of one batch, rows of one recipe
 * (equal in six digits), rows of nearly equal recipes (within the tolerance of the leakage audit), and all that hang
 * together by these.
 *
 * Recipes and batches may cross, as where the same recipes, or a control, come in every batch: then a group of more
 * than a fifth of the rows would come of it (and more than the largest batch or recipe has). The rows of such recipes
 * stay together and leave their batches: a model that has seen a recipe knows what came of it, which says more than
 * its batch. Nearly equal recipes are not joined where such a group came of it: a grid design would be one.
 *
 * @param table    experiments with the columns of recipeColumns
 * @param batches  of each row; empty where it has none, and stands for itself
 */
export function recipeGroups(table: Table, batches: readonly string[]): RecipeGroups {
  const equal = duplicateRows(rounded(table), { names: comparedColumns }).toSorted((a, b) => a.length - b.length);
  const hasBatches = batches.some((batch) => batch !== "");
  const apart = crossing(equal, batches);
  const leaves = new Set(apart.flat());
  const connected = joinedBatches(batches, leaves);
  for (const rows of equal) for (const row of rows) connected.join(rows[0], row);
  const most = Math.max(mostOfRows * table.numRows, connected.largest(), equal.at(-1)?.length ?? 0);
  const near = withNearRows(table, connected, most);
  const components = near.connected.components();
  const isAlone = !hasBatches && near.connected.largest() < 2;
  const byBatch = hasBatches && leaves.size <= table.numRows / 2;
  return {
    groups: isAlone
      ? null
      : groupNames(
          components,
          batches.map((batch, row) => (leaves.has(row) ? "" : batch)),
        ),
    unit: byBatch ? "batch" : isAlone ? "row" : "recipe",
    notes: notesOn({
      unbatched: hasBatches ? batches.filter((batch) => batch === "").length : 0,
      equal: equal.filter((rows) => !apart.includes(rows)),
      apart,
      near: near.rows,
    }),
  };
}

/** Recipes that would tie batches to a group that is too large, those that come the most often last. */
function crossing(equal: readonly (readonly number[])[], batches: readonly string[]): (readonly number[])[] {
  const connected = joinedBatches(batches, new Set());
  const most = Math.max(mostOfRows * batches.length, connected.largest(), equal.at(-1)?.length ?? 0);
  return equal.filter((rows) => {
    const heads = new Set(rows.map((row) => connected.headOf(row)));
    const size = [...heads].reduce((sum, head) => sum + connected.sizeOf(head), 0);
    if (size > most) return true;
    for (const row of rows) connected.join(rows[0], row);
    return false;
  });
}

/** Rows of one batch together, but for those that leave theirs. */
function joinedBatches(batches: readonly string[], leaves: ReadonlySet<number>): ConnectedRows {
  const connected = connectedRows(batches.length);
  const firstOf = new Map<string, number>();
  batches.forEach((batch, row) => {
    if (batch === "" || leaves.has(row)) return;
    if (firstOf.has(batch)) connected.join(firstOf.get(batch)!, row);
    else firstOf.set(batch, row);
  });
  return connected;
}

/** Numbers as they are printed. */
function rounded(table: Table): Table {
  return {
    ...table,
    columns: Object.fromEntries(
      comparedColumns.map((name) => {
        const column = table.columns[name];
        return [name, isCategory(column) ? column : column.map((value) => Number(value.toPrecision(digits)))];
      }),
    ),
  };
}

/** With near rows joined too, and how many there are; as it was, and null, where a group became too large. */
function withNearRows(
  table: Table,
  connected: ConnectedRows,
  most: number,
): { readonly connected: ConnectedRows; readonly rows: number | null } {
  const joined = connected.copy();
  const near = new Set<number>();
  eachNearPair(table, { names: comparedColumns, tolerance: nearness }, (one, other) => {
    if (connected.headOf(one) !== connected.headOf(other)) near.add(one).add(other);
    joined.join(one, other);
    return joined.largest() <= most;
  });
  return joined.largest() <= most ? { connected: joined, rows: near.size } : { connected, rows: null };
}

function groupNames(components: Uint32Array, batches: readonly string[]): string[] {
  const taken = new Set(batches);
  const names = new Map<number, string>();
  components.forEach((component, row) => {
    if (batches[row] !== "" && !names.has(component)) names.set(component, batches[row]);
  });
  const nameOf = (component: number): string => {
    let name = `row ${component + 1}`;
    while (taken.has(name)) name = `${name}, no batch`;
    names.set(component, name);
    return name;
  };
  return Array.from(components, (component) => names.get(component) ?? nameOf(component));
}

function notesOn({
  unbatched,
  equal,
  apart,
  near,
}: {
  readonly unbatched: number;
  readonly equal: readonly (readonly number[])[];
  readonly apart: readonly (readonly number[])[];
  readonly near: number | null;
}): string[] {
  const count = (value: number): string => value.toLocaleString("en-GB");
  const rowsOf = (groups: readonly (readonly number[])[]): string =>
    count(groups.reduce((sum, { length }) => sum + length, 0));
  const recipes = (number: number): string => `${count(number)} ${number === 1 ? "recipe" : "recipes"}`;
  const large = `a group of more than ${100 * mostOfRows} % of the rows would come of it`;
  return [
    ...(unbatched === 0 ? [] : [`${count(unbatched)} rows have no batch: each is taken for one of its own`]),
    ...(equal.length === 0
      ? []
      : [`kept in one part: ${rowsOf(equal)} rows that repeat ${recipes(equal.length)} (equal in ${digits} digits)`]),
    ...(near === null || near === 0
      ? []
      : [`kept in one part: ${count(near)} recipes within ${nearness} standard deviations of another`]),
    ...(apart.length === 0
      ? []
      : [
          `${rowsOf(apart)} rows of ${recipes(apart.length)} that ` +
            `${apart.length === 1 ? "comes" : "come"} in many batches are kept together by recipe, ` +
            `and not with their batches: ${large}`,
        ]),
    ...(near === null
      ? [`not kept in one part: recipes within ${nearness} standard deviations of another: ${large}`]
      : []),
  ];
}
