import { describe, expect, it } from "vitest";
import type { Fold } from "../../src/core/Fold.js";
import { boxMuller } from "../../src/core/random/boxMuller.js";
import { type Random, seededRandom } from "../../src/core/random/Random.js";
import { shuffledRows } from "../../src/core/random/shuffledRows.js";
import { meanOfRows } from "../../src/core/statistics/meanOfRows.js";
import { makeTable, categoryColumn } from "../../src/core/Table.js";
import { groupedKFold } from "../../src/splitting/groupedKFold.js";
import { leaveOneGroupOut } from "../../src/splitting/leaveOneGroupOut.js";
import { splitAtDate } from "../../src/splitting/splitAtDate.js";
import { auditFolds } from "../../src/validation/leakage/auditFolds.js";
import { leakageAudit } from "../../src/validation/leakage/leakageAudit.js";
import { judgeComparison } from "../../src/validation/judgeComparison.js";
import { pairedComparison } from "../../src/validation/pairedComparison.js";

const normal = (random: Random): number => boxMuller(1 - random(), random())[0];

/** A made-up table of syntheses: what is measured follows a recipe's one number, and what is planted. */
interface Rows {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly laboratories: readonly string[];
  readonly plates: readonly string[];
  readonly dates: readonly string[];
}

const [laboratories, platesOfEach, rowsOfEach] = [10, 4, 5];

/** Ten laboratories of four plates of five rows, a plate a day. */
function simulated(random: Random, { offset = 0, drift = 0 } = {}): Rows {
  const rows = laboratories * platesOfEach * rowsOfEach;
  const own = Array.from({ length: laboratories }, () => offset * normal(random));
  const plateOf = (row: number): number => Math.floor(row / rowsOfEach);
  const laboratoryOf = (row: number): number => plateOf(row) % laboratories;
  const each = Array.from({ length: rows }, (_, row) => row);
  const x = each.map(() => normal(random));
  return {
    x,
    y: each.map((row) => x[row] + own[laboratoryOf(row)] + drift * plateOf(row) + 0.5 * normal(random)),
    laboratories: each.map((row) => `laboratory ${laboratoryOf(row)}`),
    plates: each.map((row) => `plate ${plateOf(row)}`),
    dates: each.map((row) => new Date(Date.UTC(2024, 0, 1 + plateOf(row))).toISOString().slice(0, 10)),
  };
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Squared errors of a line that knows its laboratories, shrunk as few rows ask, by row; of rows that were tested. */
function lossesOf({ x, y, laboratories: named }: Rows, folds: readonly Fold[]): Float64Array {
  const losses = new Float64Array(y.length).fill(Number.NaN);
  for (const { train, test } of folds) {
    const [centreX, centreY] = [x, y].map((values) => mean(Array.from(train, (row) => values[row])));
    const slope =
      train.reduce((sum, row) => sum + (x[row] - centreX) * (y[row] - centreY), 0) /
      train.reduce((sum, row) => sum + (x[row] - centreX) ** 2, 0);
    const left = new Map<string, number[]>();
    for (const row of train) {
      const rest = y[row] - centreY - slope * (x[row] - centreX);
      left.set(named[row], [...(left.get(named[row]) ?? []), rest]);
    }
    for (const row of test) {
      const known = left.get(named[row]) ?? [];
      const own = known.reduce((a, b) => a + b, 0) / (known.length + 1);
      losses[row] = (y[row] - centreY - slope * (x[row] - centreX) - own) ** 2;
    }
  }
  return losses;
}

/** Whether rows are predicted worse where their laboratory is left out than where a plate of it is. */
function laboratoryDrop(rows: Rows, random: Random): boolean {
  const together = lossesOf(rows, groupedKFold(rows.plates, random.fork("plates"), { folds: 10 }));
  const apart = lossesOf(rows, leaveOneGroupOut(rows.laboratories));
  const comparison = pairedComparison(rows.laboratories, meanOfRows(apart), meanOfRows(together), random.fork("drop"), {
    better: "smaller",
    unit: "laboratory",
  });
  return judgeComparison(comparison, { margin: 0 }).verdict === "worse";
}

/** Whether later rows are predicted worse by what came before than by as many rows of all times. */
function timeDrop(rows: Rows, random: Random): boolean {
  const forward = splitAtDate(rows.dates, { from: "2024-01-21" });
  const within = groupedKFold(rows.plates, random.fork("plates"), { folds: 8 }).map((fold) => ({
    ...fold,
    train: shuffledRows(fold.train, random.fork(fold.name)).slice(0, forward.train.length),
  }));
  const later = [...forward.test];
  const [ahead, beside] = [lossesOf(rows, [forward]), lossesOf(rows, within)].map((losses) =>
    meanOfRows(later.map((row) => losses[row])),
  );
  const days = later.map((row) => rows.dates[row]);
  const comparison = pairedComparison(days, ahead, beside, random.fork("drop"), { better: "smaller", unit: "day" });
  return judgeComparison(comparison, { margin: 0 }).verdict === "worse";
}

/** How often something is found in tables of one kind. */
function found(
  planted: { readonly offset?: number; readonly drift?: number },
  look: (rows: Rows, random: Random) => boolean,
  samples: number,
): number {
  let count = 0;
  for (let sample = 0; sample < samples; sample++) {
    const random = seededRandom(21).fork(sample);
    count += Number(look(simulated(random.fork("rows"), planted), random));
  }
  return count / samples;
}

/** 5 % and what so many samples leave of play, three standard errors of it. */
const quiet = (samples: number): number => 0.05 + 3 * Math.sqrt((0.05 * 0.95) / samples);

describe("planted effects", () => {
  it("a laboratory's offset is found by leaving laboratories out, and nothing is where there is none", () => {
    expect(found({ offset: 1 }, laboratoryDrop, 100)).toBeGreaterThan(0.9);
    expect(found({}, laboratoryDrop, 300)).toBeLessThan(quiet(300));
  });

  it("a drift in time is found forward in time, and nothing is where there is none", () => {
    expect(found({ drift: 0.05 }, timeDrop, 100)).toBeGreaterThan(0.9);
    expect(found({}, timeDrop, 300)).toBeLessThan(quiet(300));
  });

  it("a laboratory's offset is taken for no drift", () => {
    expect(found({ offset: 0.7 }, timeDrop, 100)).toBeLessThan(quiet(100));
  });

  it("a leaked plate is found by both audits, and none in folds by plate", () => {
    for (let sample = 0; sample < 40; sample++) {
      const random = seededRandom(22).fork(sample);
      const { x, plates } = simulated(random);
      const folds = groupedKFold(plates, random.fork("folds"));
      expect(auditFolds(folds, plates).clean).toBe(true);
      const table = makeTable(
        {
          x: { kind: "number", unit: "1", meaning: "planted" },
          plate: { kind: "category", unit: "", meaning: "planted" },
        },
        { x: Float64Array.from(x), plate: categoryColumn(plates) },
      );
      const nothing = new Uint32Array(0);
      const auditOf = ({ train, test }: Fold) =>
        leakageAudit(table, { train, tune: nothing, calibrate: nothing, test }, { features: ["x"], groups: ["plate"] });
      const [one] = folds;
      expect(auditOf(one).counts["group overlap"]).toBe(0);
      // One row of a tested plate is trained on.
      const leaked = one.test[Math.floor(random() * one.test.length)];
      const planted = {
        ...one,
        train: Uint32Array.of(...one.train, leaked).sort(),
        test: one.test.filter((row) => row !== leaked),
      };
      expect(auditFolds([planted], plates).seen).toEqual([
        { fold: one.name, fit: "train", group: plates[leaked], as: plates[leaked], rows: 1 },
      ]);
      expect(auditOf(planted).counts["group overlap"]).toBe(rowsOfEach);
    }
  });
});
