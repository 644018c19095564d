import { rowKinds } from "../../balancing/Resampled.js";
import { smote } from "../../balancing/smote.js";
import { phaseCode, type PhaseName } from "../../chemistry/phases.js";
import { recipeFaultNames, recipeFaults } from "../../chemistry/recipeFaults.js";
import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { makeMatrix, type Matrix, selectMatrixRows } from "../../core/Matrix.js";
import { seededRandom } from "../../core/random/Random.js";
import type { ShownTable } from "../../core/ShownTable.js";
import { numbersOf, textsOf } from "../../core/Table.js";
import { decodeRecipes } from "../../features/decodeRecipes.js";
import { encode } from "../../features/encode.js";
import type { Encoder } from "../../features/Encoder.js";
import { nominalColumns } from "../../features/nominalColumns.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { countsOf, labelsOf } from "../../problems/phase/phaseTable.js";
import { balancingData, balancingEngine } from "./balancingData.js";

/** Two rows that SMOTE-NC made up, each beside its parents. */
export interface OneSyntheticRow {
  /** The first row that a chemist could make. */
  readonly possible: ShownTable;
  /** The first row that nobody can make; null if there is none. */
  readonly impossible: ShownTable | null;
}

const rarest: PhaseName = "CsPb2Br5";

/**
 * The first rows that SMOTE-NC interpolates for the rarest class, decoded to recipes: they are among the rows that
 * `syntheticPhysics` counts.
 */
export async function oneSyntheticRow({ seed }: { readonly seed: number }): Promise<EvidenceFile<OneSyntheticRow>> {
  return recordedEvidence(
    {
      id: "03-balancing-row",
      inputs: [],
      source: moduleSource(import.meta.url),
      seed,
      engine: balancingEngine,
      labels: "simulated",
    },
    async () => {
      const { split, encoder, labels, train } = await balancingData(seed);
      const trainLabels = labelsOf(labels, split.train);
      const { features, origins } = await smote(train, trainLabels, seededRandom(seed).fork("physics").fork("smote"), {
        nominal: nominalColumns(encoder),
        to: { [phaseCode(rarest)]: Math.max(...countsOf(trainLabels)) },
      });
      const made = Uint32Array.from(origins.kinds.keys()).filter((row) => rowKinds[origins.kinds[row]] === "smote");
      const faults = recipeFaults(decodeRecipes(encoder, selectMatrixRows(features, made)));
      const familyOf = (row: number, fault: number): Family => ({
        // Parents are training rows, which stand first and in order.
        rows: selectMatrixRows(features, Uint32Array.of(origins.parents[2 * row], origins.parents[2 * row + 1], row)),
        gap: origins.gaps[row],
        fault: recipeFaultNames[fault],
      });
      const [sound, faulty] = [faults.indexOf(0), faults.findIndex((fault) => fault > 0)];
      const possible = familyOf(made[sound], 0);
      const impossible = faulty < 0 ? null : familyOf(made[faulty], faults[faulty]);
      return {
        result: {
          possible: familyTable(encoder, possible, `A row of ${rarest} that could be made`),
          impossible:
            impossible === null
              ? null
              : familyTable(encoder, impossible, `A row of ${rarest} that cannot be made: ${impossible.fault}`),
        },
        measurements: [
          measurement({
            id: "syntheticRow.place",
            meaning: "place of the possible row between its parents, 0 at the first and 1 at the second",
            value: possible.gap,
            unit: "1",
          }),
          measurement({
            id: "syntheticRow.bromideExcess",
            meaning: "bromide of the impossible row less what its compounds bring, over that",
            ...(impossible === null
              ? { value: null, reason: `every one of the ${made.length} rows could be made` }
              : { value: bromideExcess(encoder, impossible.rows) }),
            unit: "share",
          }),
        ],
      };
    },
  );
}

/** A made-up row after its two parents. */
interface Family {
  readonly rows: Matrix;
  readonly gap: number;
  readonly fault: string;
}

const texts = [
  { column: "route", name: "route" },
  { column: "polarSolvent", name: "polar solvent" },
  { column: "caesiumSource", name: "caesium source" },
  { column: "bromideSource", name: "bromide source" },
] as const;
const numbers = [
  { column: "temperatureCelsius", name: "temperature (°C)", factor: 1 },
  { column: "timeSecond", name: "time (s)", factor: 1 },
  { column: "leadMolar", name: "lead (mmol/L)", factor: 1e3 },
  { column: "caesiumMolar", name: "caesium (mmol/L)", factor: 1e3 },
  { column: "bromideMolar", name: "bromide (mmol/L)", factor: 1e3 },
  { column: "oleicAcidMolar", name: "oleic acid (mmol/L)", factor: 1e3 },
  { column: "oleylamineMolar", name: "oleylamine (mmol/L)", factor: 1e3 },
  { column: "polarSolventFraction", name: "polar solvent (volume %)", factor: 100 },
  { column: "waterFraction", name: "water (volume %)", factor: 100 },
  { column: "antisolventRatio", name: "poor solvent per rest (mL/mL)", factor: 1 },
] as const;

function familyTable(encoder: Encoder, { rows, gap }: Family, caption: string): ShownTable {
  const recipes = decodeRecipes(encoder, rows);
  const inWords = (value: string): string => (value === "" ? "none" : value.replaceAll("+", ", "));
  return {
    caption: `${caption}; it lies ${Math.round(100 * gap)} % of the way from the first parent to the second`,
    columns: ["quantity", "first parent", "second parent", "row made up"].map((name) => ({ name, align: "left" })),
    rows: [
      ...texts.map(({ column, name }) => [name, ...textsOf(recipes, column).map(inWords)]),
      ...numbers.map(({ column, name, factor }) => [
        name,
        ...Array.from(numbersOf(recipes, column), (value) => fourDigits(factor * value)),
      ]),
      ["ln S of CsPbBr3, as interpolated", ...supersaturations(encoder, rows)],
      ["ln S of CsPbBr3, of the recipe above", ...supersaturations(encoder, encode(encoder, recipes))],
    ],
  };
}

/** The feature in its own unit: what the matrix holds is standardised. */
function supersaturations(encoder: Encoder, { values, names, rows, columns }: Matrix): number[] {
  const place = names.indexOf("lnSupersaturation");
  const column = encoder.columns[place];
  const [scale, mean] = column.kind === "number" ? [column.scale, column.mean] : [1, 0];
  return Array.from({ length: rows }, (_, row) => fourDigits(values[row * columns + place] * scale + mean));
}

/** Of the last row: lead bromide brings two bromides per lead, caesium bromide one per caesium. */
function bromideExcess(encoder: Encoder, rows: Matrix): number {
  const own = makeMatrix(rows.names, rows.values.slice((rows.rows - 1) * rows.columns));
  const recipe = decodeRecipes(encoder, own);
  const [lead, caesium, bromide] = ["leadMolar", "caesiumMolar", "bromideMolar"].map(
    (name) => numbersOf(recipe, name)[0],
  );
  const brought = 2 * lead + (textsOf(recipe, "caesiumSource")[0].includes("bromide") ? caesium : 0);
  return bromide / brought - 1;
}

/** What float32 leaves of a recipe that was standardised and read back. */
function fourDigits(value: number): number {
  return Number(value.toPrecision(4));
}
