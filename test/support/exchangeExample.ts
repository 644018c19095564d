import type { Schema } from "../../src/core/Schema.js";
import { categoryColumn, makeTable, type Table } from "../../src/core/Table.js";
import type { ExchangeTable } from "../../src/experiments/exchange/ExchangeTable.js";
import { recipeFields } from "../../src/chemistry/recipeSchema.js";

const schema: Schema = {
  route: recipeFields.route,
  temperatureCelsius: recipeFields.temperatureCelsius,
  timeSecond: recipeFields.timeSecond,
  caesiumMolar: recipeFields.caesiumMolar,
  leadMolar: recipeFields.leadMolar,
  bromideMolar: recipeFields.bromideMolar,
  volumeMillilitre: recipeFields.volumeMillilitre,
  caesiumSource: recipeFields.caesiumSource,
  bromideSource: recipeFields.bromideSource,
  antisolvent: recipeFields.antisolvent,
  phase: { kind: "category", unit: "", meaning: "what formed", levels: ["CsPbBr3", "Cs4PbBr6"] },
  photoluminescencePeakNanometre: { kind: "number", unit: "nm", meaning: "emission", min: 395, max: 545 },
  baseline: { kind: "number", unit: "", meaning: "" },
  hidden: { kind: "number", unit: "1", meaning: "known to the simulator", latent: true },
  note: { kind: "category", unit: "", meaning: 'words, with "quotes", commas\nand lines' },
  experiment: { kind: "category", unit: "", meaning: "name" },
  sourceRow: { kind: "number", unit: "1", meaning: "row", min: 1, max: 2 ** 53 },
};

/** Five experiments with all that a table can hold: odd numbers, odd texts, missing values of both kinds. */
export const exampleTable: Table = makeTable(schema, {
  route: categoryColumn(["LARP", "LARP", "hot injection", "LARP", ""]),
  temperatureCelsius: Float64Array.of(25, 25, 160.1, NaN, 30),
  timeSecond: Float64Array.of(0, 1, 60, NaN, 864_000),
  caesiumMolar: Float64Array.of(0.01, 1 / 3, Number.MIN_VALUE, 0.1 + 0.2, 0.02),
  leadMolar: Float64Array.of(0.02, 0.1, 0.2, 0, 0.02),
  bromideMolar: Float64Array.of(0.04, 0.2, 0.4, 0.1, 0.06),
  volumeMillilitre: Float64Array.of(5, 10, NaN, 2, 3),
  caesiumSource: categoryColumn(["Cs oleate", "Cs oleate", "", "caesium bromide", "Cs oleate"]),
  bromideSource: categoryColumn(["PbBr2", "PbBr2", "lead bromide", "caesium bromide", ""]),
  antisolvent: categoryColumn(["toluene", "", "toluene", "(empty)", "acetone"]),
  phase: categoryColumn(["CsPbBr3", "", "Cs4PbBr6", "CsPbBr3", "CsPbBr3"]),
  photoluminescencePeakNanometre: Float64Array.of(512.25, 460, NaN, 500, 530),
  baseline: Float32Array.of(-0, 0, 0.1, 1e-40, NaN),
  hidden: Float64Array.of(-0, 0, 1.7976931348623157e308, -1e-7, 2 ** 53 + 2),
  note: categoryColumn(["NA", " n/a ", 'a "b", c\nd', "", "# é 31/01/2026"]),
  experiment: categoryColumn(["007", "7", "#1", "31/01/2026", "true"]),
  sourceRow: Float64Array.of(1, 2, 3, 4, 5),
});

/** The same for others. */
export const example: ExchangeTable = {
  name: "example",
  content: "five planted experiments",
  table: exampleTable,
  licence: "CC-BY-4.0",
  origin: "somebody/repository, table.csv",
  citation: "Somebody 2026",
  assumptions: ["All of it is planted."],
  roles: { inputs: Object.keys(recipeFields), target: "photoluminescencePeakNanometre" },
};
