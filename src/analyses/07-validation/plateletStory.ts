import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { numbersOf, type Table, textsOf } from "../../core/Table.js";
import { spectrumAt } from "../../experiments/spectra/loadSpectra.js";
import { spectrumPeak } from "../../experiments/spectra/spectrumPeak.js";
import { spectrumWidth } from "../../experiments/spectra/spectrumWidth.js";
import { plateletRows } from "../../problems/platelets/plateletRows.js";
import type { JudgedQuestion } from "../../problems/questions/judgeQuestions.js";

/** One published synthesis, followed to the end. */
export interface PlateletStory {
  readonly recipe: ShownTable;
  /** What was measured, and what rivals said that had not seen the recipe. */
  readonly answers: ShownTable;
  /** nm and counts, null where none was recorded, with what is read from them. */
  readonly spectrum: {
    readonly name: string;
    readonly wavelengths: readonly number[];
    readonly counts: readonly (number | null)[];
    readonly peak: { readonly wavelength: number; readonly height: number } | null;
    readonly half: { readonly low: number; readonly high: number; readonly level: number } | null;
    readonly reason?: string;
  };
}

/**
 * The first synthesis of the table of which peak, width and quantum yield are told and whose recipe nobody repeated:
 * what was mixed, its spectrum, and what models said that had not seen it.
 *
 * @param judged  questions under the split by recipe, the peak first
 */
export function plateletStory(table: Table, spectra: Table, judged: readonly JudgedQuestion[]): PlateletStory {
  const { recipes } = plateletRows(table);
  const placeOf = ({ answers, split }: JudgedQuestion, recipe: string): number => {
    const places = Array.from(answers!.places.keys()).filter((at) => split.groups[answers!.places[at]] === recipe);
    return places.length === 1 ? places[0] : -1;
  };
  const row = recipes.findIndex((recipe) => judged.every((one) => placeOf(one, recipe) >= 0));
  if (row < 0) throw new RangeError("plateletStory: some recipe must stand once in every question; none does");
  const number = (name: string, factor = 1): number => Number((factor * numbersOf(table, name)[row]).toPrecision(4));
  const experiment = textsOf(table, "experiment")[row];
  const told = judged.map((one) => ({ one, at: placeOf(one, recipes[row]) }));
  const wavelengths = spectrumAt(spectra, textsOf(spectra, "experiment").indexOf(experiment));
  const [peak, width] = [spectrumPeak(wavelengths), spectrumWidth(wavelengths)];
  return {
    recipe: {
      caption: `A published synthesis, ${experiment}`,
      columns: [{ name: "quantity" }, { name: "value", align: "right" }, { name: "unit" }],
      rows: [
        ["caesium oleate stock", number("caesiumStockMillilitre"), "mL"],
        ["its strength", number("caesiumStockMolar", 1e3), "mmol/L"],
        ["lead bromide stock", number("leadStockMillilitre"), "mL"],
        ["its strength", number("leadStockMolar", 1e3), "mmol/L"],
        [`antisolvent: ${textsOf(table, "addedSolvent")[row]}`, number("addedMillilitre"), "mL"],
      ],
    },
    answers: shownTable({
      caption: "What was measured, and what models say that have not seen this recipe",
      columns: [
        { name: "question", of: ({ one }) => one.asked.problem.what },
        { name: "unit", of: ({ one }) => one.asked.problem.unit },
        { name: "measured", of: ({ one, at }) => short(one.asked.problem.truth[one.answers!.places[at]]) },
        ...Object.keys(judged[0].answers!.byRival).map((name) => ({
          name,
          of: ({ one, at }: (typeof told)[number]): number => short(one.answers!.byRival[name][at]),
        })),
        { name: "chosen", of: ({ one, at }) => one.answers!.choices[one.answers!.foldOf[at]].kept },
        {
          name: "90 % limits",
          align: "right" as const,
          of: ({ one, at }) => `${short(one.answers!.limits.low[at])} to ${short(one.answers!.limits.high[at])}`,
        },
      ],
      rows: told,
    }),
    spectrum: {
      name: experiment,
      wavelengths: Array.from(wavelengths.wavelengths),
      counts: Array.from(wavelengths.counts, (count) => (Number.isNaN(count) ? null : count)),
      peak: peak.reason === null ? { wavelength: peak.wavelength, height: peak.height } : null,
      half: width.reason === null ? { low: width.low, high: width.high, level: width.half } : null,
      ...(peak.reason === null && width.reason === null ? {} : { reason: peak.reason ?? width.reason! }),
    },
  };
}

function short(value: number): number {
  return Number(value.toPrecision(3));
}
