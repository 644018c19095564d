import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { isCategory, makeTable, categoryColumn, selectRows, type Table } from "../../core/Table.js";
import type { CsvOptions } from "../../io/tables/csv/CsvOptions.js";
import type { TableLimits } from "../../io/tables/tableLimits.js";
import { detectDrift } from "../../monitoring/detectDrift.js";
import type { DriftReport, FeatureDrift } from "../../monitoring/DriftReport.js";
import { namesOfRows } from "../../monitoring/fitDriftReference.js";
import { featureShares } from "../../monitoring/featureShares.js";
import { predictionDrift } from "../../monitoring/predictionDrift.js";
import { readForQuality, type TableForQuality } from "../quality/readForQuality.js";
import { csvOptionsOf, limitsOf } from "../tableOptions.js";
import { changeText } from "./driftLines.js";

/** What the command line asks of two files. */
export interface FileDriftOptions extends CsvOptions, TableLimits {
  readonly reference: string;
  readonly current: string;
  /** Column that names the batch of each row. */
  readonly groups?: string;
  /** Probability of any false alarm (default 0.05). */
  readonly alpha?: number;
  /** Name of a model whose answers to both files are compared, too. */
  readonly model?: string;
  /** Folder for a figure of each feature that drifted. */
  readonly figures?: string;
  /** Of the permutations (default 1). */
  readonly seed?: number;
}

/** How a file differs from another. */
export interface FileDrift extends DriftReport {
  readonly rows: { readonly reference: number; readonly current: number };
  /** Of the answers of a model; null where none was named. */
  readonly answers: DriftReport | null;
  /** How the files are written, and what to know of them. */
  readonly notes: readonly string[];
  /** Paths of the figures that were written. */
  readonly figures: readonly string[];
}

/**
 * Drift of a file against another, as `twin drift` gives it.
 *
 * @throws InputError as readForQuality and detectDrift; or if the model or the folder is not there
 */
export async function fileDrift({
  reference: referencePath,
  current: currentPath,
  groups,
  alpha,
  model,
  figures,
  seed,
  ...reading
}: FileDriftOptions): Promise<FileDrift> {
  const how = { csv: csvOptionsOf(reading), limits: limitsOf(reading) };
  if (figures !== undefined) await (await import("../../io/ensureFolder.js")).ensureFolder(figures);
  const reference = await readForQuality(referencePath, how);
  const current = await readForQuality(currentPath, how);
  requireComparable({ path: referencePath, ...reference }, { path: currentPath, ...current }, groups);
  const asked = { groups, alpha, seed };
  const report = detectDrift({ ...asked, reference: reference.table, current: current.table });
  const answers =
    model === undefined
      ? null
      : predictionDrift({
          ...asked,
          ...(await answersOf(
            [
              { path: referencePath, table: reference.table },
              { path: currentPath, table: current.table },
            ],
            { ...how.csv, ...how.limits, model },
          )),
        });
  return {
    ...report,
    rows: { reference: reference.table.numRows, current: current.table.numRows },
    answers,
    notes: [
      ...notesOf(referencePath, reference),
      ...notesOf(currentPath, current),
      ...(groups === undefined ? batchNote(current.table) : []),
    ],
    figures: figures === undefined ? [] : await writeFigures(report, [reference.table, current.table], figures),
  };
}

function requireComparable(
  there: TableForQuality & { readonly path: string },
  here: TableForQuality & { readonly path: string },
  groups: string | undefined,
): void {
  for (const { path, table } of [there, here]) {
    if (table.numRows === 0)
      throw new InputError({
        where: path,
        must: "must have rows to be compared",
        got: "none",
        mend: "name a file with rows",
      });
    if (groups !== undefined && !Object.hasOwn(table.columns, groups))
      throw new InputError({
        where: "--groups",
        must: `must name a column of ${path}`,
        got: `"${groups}"`,
        mend: `choose one of ${Object.keys(table.columns).slice(0, 30).join(", ")}`,
      });
  }
  const isCommon = (name: string): boolean =>
    ![...namesOfRows, groups].includes(name) &&
    Object.hasOwn(there.table.columns, name) &&
    isCategory(there.table.columns[name]) === isCategory(here.table.columns[name]);
  if (Object.keys(here.table.columns).some(isCommon)) return;
  throw new InputError({
    where: "--current",
    must: `must be a file with columns of ${there.path}`,
    got: `${here.path}, with ${Object.keys(here.table.columns).slice(0, 30).join(", ")}`,
    mend: "compare files of the same kind",
  });
}

function notesOf(path: string, { notes, faultCount }: TableForQuality): string[] {
  return [
    ...notes.map((note) => `${path}: ${note}`),
    ...(faultCount === 0
      ? []
      : [`${path}: ${faultCount} cells or names cannot be read and count as missing: \`twin quality ${path}\``]),
  ];
}

/** Columns that rows may come in batches by. */
const batchNames: readonly string[] = ["batch", "lab", "day", "doi"];

function batchNote({ columns }: Table): string[] {
  const name = Object.keys(columns).find((one) => batchNames.includes(one.toLowerCase()));
  return name === undefined
    ? []
    : [`rows of one ${name} are not independent and pass for drift: keep them whole with --groups ${name}`];
}

interface Asked {
  readonly path: string;
  readonly table: Table;
}

/** Rows of both files that a model answers, and its answers to them: it reads them as they were read before. */
async function answersOf(
  asked: readonly [Asked, Asked],
  how: CsvOptions & TableLimits & { readonly model: string },
): Promise<{
  readonly reference: Table;
  readonly current: Table;
  readonly predict: (table: Table) => Table;
}> {
  const { predictPhases } = await import("../predict/predictPhases.js");
  const answers = new Map<Table, Table>();
  const tables: Table[] = [];
  for (const { path, table } of asked) {
    const { rows } = await predictPhases(path, how);
    const answered = selectRows(
      table,
      Uint32Array.from(rows, ({ row }) => row - 1),
    );
    const phases = Object.keys(rows[0].probabilities);
    const probability = (phase: string): string => `probability of ${phase}`;
    const schema = Object.fromEntries(
      phases.map((phase) => [probability(phase), { kind: "number", unit: "1", meaning: "" } as const]),
    );
    tables.push(answered);
    answers.set(
      answered,
      makeTable(
        { "answered phase": { kind: "category", unit: "", meaning: "" }, ...schema },
        {
          "answered phase": categoryColumn(rows.map(({ phase }) => phase)),
          ...Object.fromEntries(
            phases.map((phase) => [
              probability(phase),
              Float64Array.from(rows, ({ probabilities }) => probabilities[phase]),
            ]),
          ),
        },
      ),
    );
  }
  return { reference: tables[0], current: tables[1], predict: (table) => answers.get(table)! };
}

async function writeFigures(
  { features }: DriftReport,
  [reference, current]: readonly [Table, Table],
  folder: string,
): Promise<string[]> {
  const drifted = features.filter((one) => one.drifted);
  if (drifted.length === 0) return [];
  const { plotDrift } = await import("../../figures/plotDrift.js");
  const { renderSvg } = await import("../../figures/render/renderSvg.js");
  const { writeAtomic } = await import("../../io/writeAtomic.js");
  const paths: string[] = [];
  for (const [i, one] of drifted.entries()) {
    const words = `${one.feature}-${one.compared}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
    const id = `08-drift-${i + 1}-${words.replaceAll(/^-|-$/g, "").slice(0, 60)}`.replace(/-$/, "");
    const path = join(folder, `${id}.svg`);
    const shares = one.compared === "missing" ? missingShares(one) : featureShares(one.feature, reference, current);
    const { unit } = current.schema[one.feature];
    const figure = plotDrift({ id, feature: one.feature, unit, line: changeText(one), ...shares });
    await writeAtomic(path, await renderSvg(figure));
    paths.push(path);
  }
  return paths;
}

function missingShares({ change: { from, to } }: FeatureDrift): ReturnType<typeof featureShares> {
  return { edges: null, levels: ["present", "missing"], reference: [1 - from, from], current: [1 - to, to] };
}
