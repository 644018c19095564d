import { describe, expect, it } from "vitest";
import { selectRows } from "../../../src/core/Table.js";
import { loadAllNanoplatelets } from "../../../src/experiments/loadAllNanoplatelets.js";
import { answerPlatelets } from "../../../src/problems/platelets/answerPlatelets.js";
import { modelText, parseModelText } from "../../../src/problems/fewRows/modelFile.js";
import type { PlateletModel } from "../../../src/problems/platelets/PlateletModel.js";
import { plateletFile } from "../../../src/problems/platelets/storedPlatelets.js";
import { plateletRows } from "../../../src/problems/platelets/plateletRows.js";
import { trainPlatelets } from "../../../src/problems/platelets/trainPlatelets.js";
import { type PlateletCells, rawPlatelets, recipeCells, smallTable } from "./smallTable.js";

const table = smallTable(160);
const training = Uint32Array.from({ length: 120 }, (_, row) => row);
const others = Uint32Array.from({ length: 40 }, (_, row) => 120 + row);
const { model: real } = await trainPlatelets(selectRows(table, training), { seed: 3 });
const { model: twinPrior } = await trainPlatelets(selectRows(table, training), { seed: 3, twinPrior: true });
const unseen = plateletRows(selectRows(table, others));
const recipesOf = (...cells: PlateletCells[]) =>
  plateletRows(loadAllNanoplatelets(rawPlatelets(cells.map((own) => ({ ...recipeCells, ...own })))).table);

describe.each([
  ["a model of platelets", real],
  ["one that has the twin as prior", twinPrior],
])("%s", (_, model) => {
  it("keeps what beats a constant answer, for each target, and tells peaks of a known law to 2 nm", async () => {
    for (const { chosen } of Object.values(model.targets)) expect(chosen.kept).not.toBe("constant");
    const answers = await answerPlatelets(model, unseen);
    const errors = answers.flatMap(({ peak }, row) => {
      const off = Math.abs(peak.value - unseen.peak[row]);
      return Number.isNaN(off) ? [] : [off];
    });
    expect(errors.length).toBe(32);
    expect(errors.reduce((sum, one) => sum + one, 0) / errors.length).toBeLessThan(2);
  });

  it("tells from the solvent what fails, and its sets are never empty", async () => {
    const answers = await answerPlatelets(model, unseen);
    answers.forEach(({ formed: { probability, set } }, row) => {
      expect(probability > 0.5).toBe(unseen.formed[row] === 1);
      expect(set).toContain(unseen.formed[row] === 1 ? "formed" : "failed");
    });
  });

  it("has limits about its values, which hold about the promised share of new rows", async () => {
    const answers = await answerPlatelets(model, unseen);
    let held = 0;
    answers.forEach(({ peak, width }, row) => {
      for (const { value, low, high } of [peak, width]) expect(low <= value && value <= high).toBe(true);
      expect(width.low).toBeGreaterThan(0);
      held += Number(unseen.peak[row] >= peak.low && unseen.peak[row] <= peak.high);
    });
    // Of 32; fewer than 24 would come once in a thousand at 90 %.
    expect(held).toBeGreaterThanOrEqual(24);
    const wider = await answerPlatelets(model, unseen, { alpha: 0.05 });
    wider.forEach(({ peak }, row) => {
      expect(peak.high - peak.low).toBeGreaterThanOrEqual(answers[row].peak.high - answers[row].peak.low);
    });
  });

  it("answers to the last bit alike when it comes back from its text", async () => {
    const text = modelText(model);
    const back = parseModelText<PlateletModel>(plateletFile, text, "model.json");
    expect(await answerPlatelets(back, unseen)).toEqual(await answerPlatelets(model, unseen));
    expect(modelText(back)).toBe(text);
  });

  it("answers a row alike whatever comes with it", async () => {
    const whole = await answerPlatelets(model, unseen);
    const some = Uint32Array.of(137, 120, 131);
    const apart = await answerPlatelets(model, plateletRows(selectRows(table, some)));
    expect(apart).toEqual(Array.from(some, (row) => whole[row - 120]));
  });

  it("marks an antisolvent that it never saw as outside, and answers with both outcomes open", async () => {
    const [known, strange, elixir] = await answerPlatelets(
      model,
      recipesOf({}, { antisolvent: "CyPen" }, { antisolvent: "elixir" }),
    );
    expect(known.outside).toEqual([]);
    expect(strange.outside).toEqual([
      { why: "no training row has its antisolvent", told: "no training row has cyclopentanone" },
    ]);
    expect(elixir.outside.map(({ told }) => told)).toEqual([
      "no training row has elixir",
      "the list of reagents does not tell how polar elixir is",
    ]);
    expect([known, strange, elixir].map(({ formed }) => formed.set)).toEqual([
      ["formed"],
      ["failed", "formed"],
      ["failed", "formed"],
    ]);
    for (const { peak, width, formed } of [strange, elixir])
      expect([peak.value, width.value, formed.probability].every(Number.isFinite)).toBe(true);
  });

  it("marks amounts beyond those of training, and says which", async () => {
    const [answer] = await answerPlatelets(model, recipesOf({ c_CsOA_M: "0.2" }));
    expect(answer.outside.map(({ why }) => why)).toEqual([
      "Cs:Pb is more than in any training row",
      "caesium is more than in any training row",
    ]);
    expect(answer.outside[0].told).toMatch(/^Cs:Pb 1 is more than in any training row \(0\.0\d+ to 0\.3\d+\)$/);
    expect(answer.outside[1].told).toContain("caesium 5.83 mmol/L is");
  });

  it("marks repeats of training recipes, in whichever fraction, and no others", async () => {
    const again = await answerPlatelets(model, plateletRows(selectRows(table, Uint32Array.of(8, 9))));
    expect(again.map(({ repeat }) => repeat)).toEqual([true, true]);
    const answers = await answerPlatelets(model, unseen);
    expect(answers.some(({ repeat }) => repeat)).toBe(false);
  });
});

describe("trainPlatelets", () => {
  it("gives equal bytes for equal input, and knows neither days nor names of samples", async () => {
    const { columns } = table;
    const renamed = { ...table, columns: { ...columns, firstCommit: columns.source, experiment: columns.lab } };
    const { model: again } = await trainPlatelets(selectRows(renamed, training), { seed: 3 });
    expect(modelText(again)).toBe(modelText(real));
  });

  it("leaves all rows of a recipe out together", () => {
    const { places, chosen } = real.targets.peak;
    const folds = new Map<string, Set<number>>();
    places.forEach((row, at) => {
      const recipe = real.recipes[row];
      folds.set(recipe, (folds.get(recipe) ?? new Set()).add(chosen.foldOf[at]));
    });
    expect([...folds.values()].every(({ size }) => size === 1)).toBe(true);
  });
});

describe("parseModelText", () => {
  it.each([
    ["{", "no JSON of numbers"],
    ["null", "no format"],
    ['{"format":"phases 3"}', 'got "phases 3"'],
  ])("refuses %s", (text, message) => {
    expect(() => parseModelText(plateletFile, text, "mine.json")).toThrow(message);
  });
});
