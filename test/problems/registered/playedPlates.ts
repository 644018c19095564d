import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { boxMuller } from "../../../src/core/random/boxMuller.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { loadAllNanoplatelets } from "../../../src/experiments/loadAllNanoplatelets.js";
import type { RegisteredRow, Registration } from "../../../src/io/predictions/predictionLedger.js";
import { plateletHashes } from "../../../src/problems/platelets/plateletHashes.js";
import { plateletJudging } from "../../../src/problems/platelets/plateletJudging.js";
import { plateletRows } from "../../../src/problems/platelets/plateletRows.js";
import { playedRegistration } from "../../io/predictions/playedRegistration.js";
import { type PlateletCells, rawPlatelets, recipeCells } from "../platelets/smallTable.js";

/** Recipes, two by two the same, of three antisolvents; nobody made them. */
export function plateCells(rows: number, first = 1): readonly PlateletCells[] {
  return Array.from({ length: rows }, (_, row) => {
    const recipe = Math.floor((first + row) / 2);
    return {
      ...recipeCells,
      sample: String(first + row),
      V_CsOA_uL: String(100 + recipe),
      antisolvent: ["EtOH", "Ac", "MeOH"][recipe % 3],
    };
  });
}

/** What no model said of them: peaks within 10 nm in 90 of 100, and that nearly all form. */
export function platesRegistration(name: string, cells: readonly PlateletCells[], shift = 0): Registration {
  const rows = plateletRows(loadAllNanoplatelets(rawPlatelets(cells)).table);
  const hashes = plateletHashes(rows);
  return {
    ...playedRegistration(name),
    form: "platelets",
    judging: plateletJudging,
    rows: rows.experiments.map((recipe, row): RegisteredRow => {
      const peak = peakOf(recipe) + shift;
      return {
        recipe,
        recipeSha256: hashes[row],
        predictions: {
          peak: { value: peak, low: peak - 10, high: peak + 10 },
          width: { value: 20, low: 12, high: 28 },
          unit: "nm",
          formed: { probability: 0.95, set: ["formed"] },
        },
        inDomain: row % 3 !== 0,
        notes: row % 5 === 0 ? ["repeats a recipe of training"] : [],
      };
    }),
  };
}

function peakOf(recipe: string): number {
  return 470 + (Number(recipe.replace(/\D/g, "")) % 7) * 5;
}

/** Outcomes of which nine of ten lie within the limits of the peak, or fewer, by a factor on their scatter. */
export function plateOutcomes(cells: readonly PlateletCells[], { scatter = 1 } = {}): readonly PlateletCells[] {
  const random = seededRandom(8).fork("plates");
  return cells.map((cell) => {
    const draw = random.fork(cell.sample);
    const [peak, width] = boxMuller(1 - draw(), draw());
    const formed = draw() < 0.95;
    return {
      sample: cell.sample,
      perovskite: formed ? "1.0" : "0.0",
      monodispersity: "",
      PLQY: "",
      peak_nm: formed ? (peakOf(cell.sample) + (10 / 1.645) * scatter * peak).toFixed(1) : "",
      fwhm_nm: formed ? (20 + 3 * width).toFixed(2) : "",
    };
  });
}

/** Writes rows as a CSV file. */
export function writeCsv(folder: string, name: string, rows: readonly PlateletCells[]): string {
  const header = Object.keys(rows[0]);
  const path = join(folder, name);
  writeFileSync(path, `${[header, ...rows.map((row) => header.map((column) => row[column]))].join("\n")}\n`);
  return path;
}
