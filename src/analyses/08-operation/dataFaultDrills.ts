import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { dayNumbers } from "../../core/dayNumbers.js";
import { percent } from "../../core/percent.js";
import { seededRandom } from "../../core/random/Random.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { categoryColumn, makeTable, selectColumns, selectRows, type Table, textsOf } from "../../core/Table.js";
import { outcomeFields } from "../../chemistry/recipeSchema.js";
import { generateExperiments } from "../../generation/generateExperiments.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { type DataDrills, drillDataFaults } from "../../monitoring/quality/drillDataFaults.js";
import type { DataFaultName } from "../../monitoring/quality/incoming/IncomingReport.js";
import { recipeColumns } from "../../predictor/recipeColumns.js";

/** What the check of incoming tables stops, and what it raises of clean ones. */
export interface DataFaultDrills extends DataDrills {
  readonly table: ShownTable;
}

/** What each fault is, in the words of who makes it. */
const faultWords: Readonly<Record<DataFaultName, string>> = {
  schema: "a column is missing, or came as text",
  infinite: "an instrument divided by zero",
  unit: "a column came in another unit",
  range: "a decimal point slipped",
  missing: "an instrument stopped reporting",
  category: "a name that nobody knows",
  constant: "a column holds one value",
  stuck: "a sensor stands still",
  repeat: "rows came twice",
  clock: "the clock went back",
  lot: "another lot, told or not",
};
const drillsEach = 20;
const cleanWindows = 200;
/** Probability of any finding in a clean window that all checks together are given. */
const alpha = 0.005;
/** Days of the first year, which the check is fitted on; windows are of the second. */
const referenceDays = 364;

/**
 * Notebook 08: each kind of fault is planted into windows of the twin's second year, held against its first; the check
 * PI2.
 */
export async function dataFaultDrills({ seed }: { readonly seed: number }): Promise<EvidenceFile<DataFaultDrills>> {
  const request = { id: "08-operation-data", inputs: [], source: moduleSource(import.meta.url) };
  return recordedEvidence({ ...request, seed, engine: "simd", labels: "simulated" }, async () => {
    const { table } = await generateExperiments({ rows: 20_000, seed });
    const { reference, clean } = withLots(table, seed);
    const drilled = drillDataFaults({
      reference,
      clean,
      groups: "batch",
      time: "date",
      lot: "leadBromideLot",
      random: seededRandom(seed).fork("data faults"),
      drills: drillsEach,
      cleanWindows,
      alpha,
    });
    const missed = drilled.drills.filter(({ planted, stopped }) => stopped < planted);
    return {
      result: {
        ...drilled,
        table: shownTable({
          caption: `${drillsEach} windows of 200 to 1,000 rows with each fault`,
          columns: [
            { name: "fault", of: ({ fault }) => fault },
            { name: "what happens", of: ({ fault }) => faultWords[fault] },
            { name: "stopped", of: ({ stopped }) => stopped },
            { name: "by its name", of: ({ named }) => named },
            { name: "at least", unit: "share", of: ({ share }) => share.low },
          ],
          rows: drilled.drills,
        }),
      },
      measurements: [
        measurement({
          id: "PI2.missedFaultTypes",
          meaning: "kinds of planted faults of which a window was let through",
          value: missed.length,
          unit: `of ${drilled.drills.length} kinds of faults`,
          n: drilled.drills.reduce((sum, { planted }) => sum + planted, 0),
        }),
        measurement({
          id: "data.falseAlarms",
          meaning: `share of clean windows that raise anything, where at most ${percent(alpha)} should`,
          value: drilled.clean.falseAlarms / drilled.clean.windows,
          unit: "share",
          interval: drilled.clean.share,
          n: drilled.clean.windows,
        }),
      ],
    };
  });
}

/** Rows in the order of their days, as a laboratory's table has them, with the lot of lead bromide and its assay. */
function withLots(generated: Table, seed: number): { readonly reference: Table; readonly clean: Table } {
  const days = dayNumbers(textsOf(generated, "date"));
  const order = Uint32Array.from(days.keys()).sort((a, b) => days[a] - days[b] || a - b);
  const names = [...Object.keys(recipeColumns), ...Object.keys(outcomeFields), "batch", "date"];
  const known = selectColumns(
    generated,
    names.filter((name) => Object.hasOwn(generated.columns, name)),
  );
  const table = selectRows(known, order);
  const [first] = dayNumbers(["2024-01-01"]);
  // Four bottles stand on the shelf, and every four weeks the next one is opened.
  const lots = Array.from(order, (row) => Math.floor((days[row] - first) / 28) % 4);
  const random = seededRandom(seed).fork("assays");
  const assays = Array.from({ length: 4 }, () => 98 + 1.5 * random());
  const schema = {
    ...table.schema,
    leadBromideLot: { kind: "category", unit: "", meaning: "bottle of lead bromide" },
    leadBromideAssay: { kind: "number", unit: "%", meaning: "its content of lead bromide, titrated once" },
  } as const;
  const whole = makeTable(schema, {
    ...table.columns,
    leadBromideLot: categoryColumn(lots.map((lot) => `lot ${lot + 1}`)),
    leadBromideAssay: Float64Array.from(lots, (lot) => assays[lot]),
  });
  const years = Array.from(order, (row) => days[row] - first < referenceDays);
  const rowsOf = (isFirst: boolean): Uint32Array =>
    Uint32Array.from(years.keys()).filter((row) => years[row] === isFirst);
  return { reference: selectRows(whole, rowsOf(true)), clean: selectRows(whole, rowsOf(false)) };
}
