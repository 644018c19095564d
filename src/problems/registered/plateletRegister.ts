import { z } from "zod";
import type { RawTable } from "../../core/RawTable.js";
import type { Random } from "../../core/random/Random.js";
import { groupCodes } from "../../core/statistics/groupCodes.js";
import { loadAllNanoplatelets } from "../../experiments/loadAllNanoplatelets.js";
import { sharesElsewhere } from "../phase/sharesElsewhere.js";
import { formedClasses } from "../platelets/plateletCandidates.js";
import { plateletHashes } from "../platelets/plateletHashes.js";
import { repeatsTraining } from "../platelets/plateletJudging.js";
import { plateletRows } from "../platelets/plateletRows.js";
import { estimateOver, meanOver } from "../platelets/overRecipes.js";
import { scorePlatelets } from "../platelets/scorePlatelets.js";
import { meansElsewhere } from "./meansElsewhere.js";
import { type CellUnit, outcomeCells, wholeName } from "./outcomeCells.js";
import type { JudgedRow, OutcomeRow, RecipeRow, RegisterKind, RegisterPromise } from "./RegisterKind.js";
import { registeredAnswer } from "./registeredAnswer.js";
import { type RelativeWidth, relativeWidthOf } from "./scoreRegistered.js";

const quantity = z.object({ value: z.number(), low: z.number(), high: z.number() });
const answer = z.object({
  peak: quantity,
  width: quantity,
  formed: z.object({ probability: z.number(), set: z.array(z.enum(formedClasses)) }),
});
const answerOf = ({ line }: JudgedRow): z.infer<typeof answer> => registeredAnswer(line, answer);

const outcomeColumns: readonly string[] = ["perovskite", "monodispersity", "PLQY", "peak_nm", "fwhm_nm", "fwhm_meV"];
const recipeColumns = ["V_CsOA_uL", "V_PbBr2_uL", "V_antisolvent_uL", "c_CsOA_M", "c_PbBr2_M", "antisolvent"];

/** CsPbBr3 emits between 400 and 540 nm; eV, cm-1 and µm lie elsewhere. */
const wavelength: CellUnit = { unit: "nm", least: 350, most: 700 };
const width: CellUnit = { unit: "nm", least: 3, most: 250 };
const energy: CellUnit = { unit: "meV", least: 10, most: 1500 };
const share: CellUnit = { unit: "1", least: 0, most: 1 };

/** meV nm */
const photon = 1239841.984;
/** The two widths of the published table differ by 5 % at most. */
const mostApart = 1.25;

/** Platelet syntheses: whether one formed, and peak and width of its emission. */
export const plateletRegister: RegisterKind = {
  name: "platelets",
  forms: ["platelets"],
  unit: () => "recipe",
  groupSpread: 0.5,
  columns: "sample, and perovskite, peak_nm or fwhm_nm",
  isOutcomes: ({ columns }) =>
    Object.hasOwn(columns, "sample") &&
    ["perovskite", "peak_nm", "fwhm_nm"].some((column) => Object.hasOwn(columns, column)),
  outcomes,
  recipes,
  apart: {
    [repeatsTraining]: ({ line }) => line.notes.includes(repeatsTraining),
    "new recipe": ({ line }) => !line.notes.includes(repeatsTraining),
  },
  score,
  promises,
  losses: [
    { loss: "absolute error of the peak", unit: "nm", of: errorOf("peak") },
    { loss: "absolute error of the width", unit: "nm", of: errorOf("width") },
    {
      loss: "log loss of formed",
      unit: "nats",
      of: (row) => {
        const { probability } = answerOf(row).formed;
        const { formed } = row.told;
        if (formed === null) return null;
        return -Math.log(Math.max(1e-15, formed === 1 ? probability : 1 - probability));
      },
    },
  ],
};

function outcomes(raw: RawTable): readonly OutcomeRow[] {
  const cells = outcomeCells(raw);
  const rows: OutcomeRow[] = [];
  for (let row = 0; row < raw.numRows; row++) {
    const formed = cells.yesOrNo(row, "perovskite");
    const [peak, wide] = [cells.number(row, "peak_nm", wavelength), cells.number(row, "fwhm_nm", width)];
    const meV = cells.number(row, "fwhm_meV", energy);
    // It is not predicted, but what cannot be true tells of a column in another unit.
    cells.number(row, "PLQY", share);
    if (peak !== null && wide !== null && meV !== null) {
      const apart = (photon / (peak - wide / 2) - photon / (peak + wide / 2)) / meV;
      if (apart > mostApart || apart < 1 / mostApart)
        throw cells.refuse(
          row,
          "fwhm_meV",
          `must be the width of column fwhm_nm in meV, near ${(apart * meV).toPrecision(3)} at ${peak} nm`,
          "one of the two is in another unit: correct it",
        );
    }
    if (formed === null && peak === null && wide === null) continue;
    rows.push({
      recipe: `sample ${wholeName(cells.text(row, "sample"))}`,
      row: row + 1,
      // Where nothing formed, what shines is no platelet.
      told: { formed, peak: formed === 0 ? null : peak, width: formed === 0 ? null : wide },
      group: null,
      by: cells.text(row, "antisolvent") === "" ? {} : { antisolvent: cells.text(row, "antisolvent") },
    });
  }
  return rows;
}

function recipes(_: string, raw: RawTable): Promise<readonly RecipeRow[] | null> {
  if (!recipeColumns.some((column) => Object.hasOwn(raw.columns, column))) return Promise.resolve(null);
  const columns = Object.fromEntries(Object.entries(raw.columns).filter(([name]) => !outcomeColumns.includes(name)));
  // As recipes alone they were registered: what the list of reagents does not have keeps its name.
  delete columns.n_peaks;
  const rows = plateletRows(loadAllNanoplatelets({ ...raw, columns }).table);
  const places = rows.table.columns.sourceRow as Float64Array;
  const hashes = plateletHashes(rows);
  return Promise.resolve(
    rows.experiments.map((experiment, row) => ({
      recipe: `sample ${wholeName(experiment.replace(/^sample /, ""))}`,
      row: places[row],
      recipeSha256: hashes[row],
      group: rows.recipes[row],
      by: { antisolvent: rows.solvents[row] || "none" },
    })),
  );
}

function levelOf({ line }: JudgedRow, name: string): number {
  const rules = z.record(z.string(), z.unknown()).parse(line.judging.rules);
  return z.object({ level: z.number() }).parse(rules[name]).level;
}

function score(rows: readonly JudgedRow[], random: Random): Readonly<Record<string, unknown>> {
  const answers = rows.map(answerOf);
  const groups = rows.map(({ group }) => group);
  const truth = (name: string): number[] => rows.map(({ told }) => (told[name] as number | null) ?? Number.NaN);
  const [peak, wide, formed] = ["peak", "width", "formed"].map(truth);
  const known = (values: readonly number[]): number[] => [...values.keys()].filter((row) => !Number.isNaN(values[row]));
  const constantsOf = (
    values: readonly number[],
    constant: (own: readonly number[]) => readonly number[],
  ): number[] => {
    const own = known(values);
    const found = constant(own);
    const constants = values.map(() => Number.NaN);
    own.forEach((row, i) => (constants[row] = found[i]));
    return constants;
  };
  const meanOf = (values: readonly number[]) => (own: readonly number[]) =>
    meansElsewhere(
      own.map((row) => values[row]),
      own.map((row) => groups[row]),
    );
  const shareOf = (own: readonly number[]): number[] => {
    const { codes } = groupCodes(own.map((row) => groups[row]));
    const shares = sharesElsewhere(
      own.map((row) => formed[row]),
      codes,
      2,
    );
    return own.map((_, i) => shares[2 * i + 1]);
  };
  const constants = {
    peak: constantsOf(peak, meanOf(peak)),
    width: constantsOf(wide, meanOf(wide)),
    formed: constantsOf(formed, shareOf),
  };
  const scores = scorePlatelets(
    {
      recipes: groups,
      peak: Float64Array.from(peak),
      width: Float64Array.from(wide),
      formed: Float64Array.from(formed),
    },
    answers,
    rows.map((_, row) => ({
      peak: constants.peak[row],
      width: constants.width[row],
      formed: constants.formed[row],
    })),
    random,
  );
  const told = known(formed);
  const widthOf = (name: "peak" | "width", values: readonly number[]): RelativeWidth => {
    const own = known(values);
    return relativeWidthOf(
      { truth: own.map((row) => values[row]), told: own.map((row) => answers[row][name]) },
      1 - levelOf(rows[0], name),
    );
  };
  return {
    formed: {
      ...scores.formed,
      overconfidence: estimateOver(
        told.map((row) => groups[row]),
        (some) =>
          meanOver(
            told.map((row) => answers[row].formed.probability - formed[row]),
            some,
          ),
        random.fork("overconfidence"),
      ),
    },
    peak: { ...scores.peak, ...widthOf("peak", peak) },
    width: { ...scores.width, ...widthOf("width", wide) },
  };
}

function promises(rows: readonly JudgedRow[]): readonly RegisterPromise[] {
  const interval = (name: "peak" | "width"): RegisterPromise => ({
    promise: `the interval of the ${name} holds it`,
    level: levelOf(rows[0], name),
    covered: (row) => {
      const measured = row.told[name] as number | null;
      const { low, high } = answerOf(row)[name];
      return measured === null ? null : low <= measured && measured <= high;
    },
  });
  return [
    {
      promise: "the set of formed and failed holds what happened",
      level: levelOf(rows[0], "formed"),
      covered: (row) =>
        row.told.formed === null
          ? null
          : answerOf(row).formed.set.includes(row.told.formed === 1 ? "formed" : "failed"),
    },
    interval("peak"),
    interval("width"),
  ];
}

function errorOf(name: "peak" | "width"): (row: JudgedRow) => number | null {
  return (row) => {
    const measured = row.told[name] as number | null;
    return measured === null ? null : Math.abs(answerOf(row)[name].value - measured);
  };
}
