import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { phaseNames } from "../../src/chemistry/phases.js";
import { isCategory, type Table, textsOf } from "../../src/core/Table.js";
import { encode } from "../../src/features/encode.js";
import { answerColumns } from "../../src/predictor/answerColumns.js";
import type { OnnxLimits } from "../../src/predictor/onnx/onnxLimits.js";
import { onnxLimitsKey } from "../../src/predictor/onnx/onnxPhaseGraph.js";
import type { LoadedPhaseModel } from "../../src/predictor/phaseModelOf.js";
import { holdsClass } from "../../src/uncertainty/conformal/labelSets.js";
import { pythonWith } from "./pythonWith.js";
import { temporaryProject } from "./temporaryProject.js";

/** A Python that runs ONNX files, or null. */
export const onnxPython: string | null = pythonWith(["onnx", "onnxruntime", "numpy"]);

const install =
  "python3 -m venv .twin/peers && .twin/peers/bin/pip install -r test/predictor/onnx/requirements.txt" +
  " (or set PEER_PYTHON to a Python that has them)";
if (onnxPython === null) console.warn(`No Python with onnxruntime was found: tests with it are skipped. ${install}`);

/** What stands in the title of tests that need it. */
export const withoutOnnx: string =
  onnxPython === null ? " (skipped: no Python with the packages of test/predictor/onnx/requirements.txt)" : "";

/** Probabilities, and numbers as a share of themselves, may be this far off. */
export const tolerance = 1e-5;

type Rows<Value> = readonly (readonly Value[])[];

/** What run_onnx.py wrote. */
export interface OnnxRun {
  readonly probabilities: Rows<number | null>;
  readonly phase: Rows<string>;
  readonly set?: Rows<boolean>;
  readonly quantities?: Rows<number | null>;
  readonly quantitiesLow?: Rows<number | null>;
  readonly quantitiesHigh?: Rows<number | null>;
  readonly outside: Rows<boolean>;
  readonly distance?: Rows<number | null>;
  readonly strange: Rows<boolean>;
  readonly whole: Rows<boolean>;
  readonly refused: Rows<boolean>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Recipes in onnxruntime by a file, which passes onnx.checker first. */
export function runOnnx(file: Uint8Array, recipes: Table): OnnxRun {
  const folder = temporaryProject({ "recipes.json": JSON.stringify(plainColumns(recipes)) });
  writeFileSync(join(folder, "model.onnx"), file);
  const script = join(import.meta.dirname, "..", "predictor", "onnx", "run_onnx.py");
  execFileSync(onnxPython!, [script, "model.onnx", "recipes.json", "answers.json"], { cwd: folder });
  return JSON.parse(readFileSync(join(folder, "answers.json"), "utf8")) as OnnxRun;
}

function plainColumns(recipes: Table): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(
    Object.entries(recipes.columns).map(([name, column]) => [
      name,
      isCategory(column) ? textsOf(recipes, name) : Array.from(column, (one) => (Number.isNaN(one) ? null : one)),
    ]),
  );
}

export function limitsOf({ metadata }: OnnxRun): OnnxLimits {
  return JSON.parse(metadata[onnxLimitsKey]) as OnnxLimits;
}

/** How far a file's answers are from our predictor's, counted. */
export interface OnnxAgreement {
  readonly recipes: number;
  readonly answered: number;
  /** Answered recipes that tell all that the model reads. */
  readonly whole: number;
  /** Greatest difference of a probability. */
  readonly probability: number;
  /** Greatest difference of a number or an end of its interval, as a share of it where it is above 1. */
  readonly quantity: number;
  /** Greatest difference of a distance. */
  readonly distance: number;
  /** Memberships in sets of whole recipes that differ, farther than `tolerance` from a threshold and closer. */
  readonly setsDifferent: number;
  readonly setsNear: number;
  /** Likeliest phases that differ where the two likeliest are farther apart than `tolerance`. */
  readonly phasesDifferent: number;
  /** Recipes that are refused by one alone, that are whole to one alone, or (whole ones) outside to one alone. */
  readonly flagsDifferent: number;
  /** Recipes that leave something out, or are refused, and are told more than that: a set, an interval. */
  readonly overclaimed: number;
}

/** Answers both ways. @param file  an ONNX file of the same model */
export function onnxAgreement(file: Uint8Array, model: LoadedPhaseModel, recipes: Table): OnnxAgreement {
  const theirs = runOnnx(file, recipes);
  const ours = answerColumns(model, recipes);
  const classes = phaseNames.length;
  const places = new Map(Array.from(ours.rows, (row, place) => [row, place]));
  const whole = model.without([]).sets;
  const raw = model.answer(encode({ ...model.encoder, unseen: "ignore" }, ours.told), ours.told).probabilities;
  const found = {
    ...{ whole: 0, probability: 0, quantity: 0, distance: 0, setsDifferent: 0, setsNear: 0 },
    ...{ phasesDifferent: 0, flagsDifferent: 0, overclaimed: 0 },
  };
  /** NaN, as of something that one alone answers, is infinitely far. */
  const farther = (most: number, one: number): number => (one <= most ? most : Number.isNaN(one) ? Infinity : one);
  const value = (of: Rows<number | null> | undefined, row: number, k: number): number => of?.[row][k] ?? NaN;
  const answered = ours.quantities.filter(({ reason }) => reason === null);
  for (let row = 0; row < recipes.numRows; row++) {
    const place = places.get(row);
    if (theirs.refused[row][0] !== (place === undefined)) found.flagsDifferent++;
    const isWhole = place !== undefined && ours.limits[place].missing.length === 0;
    if (place !== undefined && theirs.whole[row][0] !== isWhole) found.flagsDifferent++;
    if (!isWhole) {
      const claims = [
        theirs.set !== undefined && !theirs.set[row].every(Boolean),
        ...[theirs.quantitiesLow, theirs.quantitiesHigh, theirs.distance].map(
          (one) => one !== undefined && one[row].some((own) => own !== null),
        ),
        place === undefined && (theirs.phase[row][0] !== "" || theirs.probabilities[row].some((own) => own !== null)),
      ];
      if (claims.some(Boolean)) found.overclaimed++;
    }
    if (place === undefined) continue;
    const own = Array.from(ours.probabilities.subarray(place * classes, (place + 1) * classes));
    own.forEach((one, k) => {
      found.probability = farther(found.probability, Math.abs(one - value(theirs.probabilities, row, k)));
    });
    const [first, second] = [...own].sort((a, b) => b - a);
    if (first - second > tolerance && theirs.phase[row][0] !== phaseNames[ours.phase[place]]) found.phasesDifferent++;
    if (answered.length > 0 && theirs.quantities !== undefined)
      answered.forEach((quantity, k) => {
        const pairs: readonly (readonly [Float64Array, Rows<number | null> | undefined])[] = [
          [quantity.value, theirs.quantities],
          ...(isWhole
            ? ([
                [quantity.low, theirs.quantitiesLow],
                [quantity.high, theirs.quantitiesHigh],
              ] as const)
            : []),
        ];
        for (const [mine, other] of pairs) {
          // Of recipes that leave much out no number is told, as too few calibrate rows tell as little.
          if (Number.isNaN(mine[place]) && !isWhole) continue;
          const off = Math.abs(mine[place] - value(other, row, k)) / Math.max(1, Math.abs(mine[place]));
          found.quantity = farther(found.quantity, off);
        }
      });
    if (!isWhole) continue;
    found.whole++;
    if (theirs.distance !== undefined)
      found.distance = farther(found.distance, Math.abs(ours.distance[place] - value(theirs.distance, row, 0)));
    if (theirs.outside[row][0] !== ours.outside.has(place)) found.flagsDifferent++;
    if (theirs.set === undefined || "foldOf" in whole) continue;
    for (let k = 0; k < classes; k++) {
      if (theirs.set[row][k] === holdsClass(ours.sets[place], k)) continue;
      const off = Math.abs(1 - raw[place * classes + k] - (whole.thresholds[k].value ?? Infinity));
      found[off <= tolerance ? "setsNear" : "setsDifferent"]++;
    }
  }
  return { recipes: recipes.numRows, answered: ours.rows.length, ...found };
}
