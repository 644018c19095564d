import type { Table } from "../../../src/core/Table.js";
import type { RawTable } from "../../../src/core/RawTable.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { loadAllNanoplatelets } from "../../../src/experiments/loadAllNanoplatelets.js";

/** A synthesis in the columns of the published table; empty texts are empty cells. */
export type PlateletCells = Readonly<Record<string, string>>;

/** One recipe without outcomes. */
export const recipeCells: PlateletCells = {
  sample: "1",
  V_PbBr2_uL: "3000",
  c_PbBr2_M: "0.01",
  V_CsOA_uL: "150",
  c_CsOA_M: "0.02",
  antisolvent: "EtOH",
  V_antisolvent_uL: "2000",
  S_P: "P",
  first_commit: "2024-06-21",
};

/** Rows as readRawCsv gives them. */
export function rawPlatelets(rows: readonly PlateletCells[]): RawTable {
  return {
    where: "platelets.csv",
    sha256: "00",
    numRows: rows.length,
    headerLine: 1,
    columns: Object.fromEntries(Object.keys(rows[0]).map((name) => [name, rows.map((row) => row[name] || null)])),
  };
}

/**
 * A made-up table whose laws are known: the peak rises with Cs:Pb and falls with alcohol, the width follows the peak,
 * and DMF always fails. Every tenth row repeats the one before it as the other fraction.
 */
export function smallTable(rows: number): Table {
  return loadAllNanoplatelets(rawPlatelets(smallCells(rows))).table;
}

/** The same as cells of a file. */
export function smallCells(rows: number): readonly PlateletCells[] {
  const random = seededRandom(7).fork("small table");
  const made: PlateletCells[] = [];
  for (let row = 0; row < rows; row++) {
    const draw = random.fork(row);
    const antisolvent = ["EtOH", "Ac", "MeOH", "DMF"][row % 4];
    const caesium = Math.round(50 + 450 * draw());
    const own = {
      ...recipeCells,
      V_CsOA_uL: String(caesium),
      V_antisolvent_uL: String(Math.round(500 + 3000 * draw())),
      antisolvent,
    };
    const isRepeat = row % 10 === 9;
    const recipe = isRepeat ? made[row - 1] : own;
    const failed = recipe.antisolvent === "DMF";
    const peak = 430 + 0.15 * Number(recipe.V_CsOA_uL) - (recipe.antisolvent === "Ac" ? 0 : 8) + 2 * draw();
    made.push({
      ...recipe,
      sample: String(row + 1),
      S_P: failed ? "-" : isRepeat ? "S" : "P",
      perovskite: failed ? "0.0" : "1.0",
      monodispersity: "1.0",
      PLQY: "",
      peak_nm: failed ? "" : peak.toFixed(1),
      fwhm_nm: failed ? "" : (peak / 30 + draw()).toFixed(2),
      n_peaks: failed ? "" : "1.0",
    });
  }
  return made;
}
