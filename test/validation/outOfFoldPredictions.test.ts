import { expect, it } from "vitest";
import { seededRandom } from "../../src/core/random/Random.js";
import { groupedKFold } from "../../src/splitting/groupedKFold.js";
import { leaveOneGroupOut } from "../../src/splitting/leaveOneGroupOut.js";
import { stratifiedGroupKFold } from "../../src/splitting/stratifiedGroupKFold.js";
import { stratifiedKFold } from "../../src/splitting/stratifiedKFold.js";
import { outOfFoldPredictions } from "../../src/validation/outOfFoldPredictions.js";

const groups = ["a", "a", "b", "c", "b", "c", "c"];
const values = [1, 2, 3, 4, 5, 6, 7];

it("outOfFoldPredictions gives each row what was fitted without its group, whatever the sizes of folds", async () => {
  const meanOf = (train: Uint32Array, test: Uint32Array): number[] =>
    Array.from(test, () => train.reduce((total, row) => total + values[row], 0) / train.length);
  const predicted = await outOfFoldPredictions(leaveOneGroupOut(groups), 7, meanOf);
  expect([...predicted]).toEqual([25 / 5, 25 / 5, 20 / 5, 11 / 4, 20 / 5, 11 / 4, 11 / 4]);
});

it("outOfFoldPredictions refuses folds that lose a row or test one twice", async () => {
  const [first, ...rest] = leaveOneGroupOut(groups);
  await expect(outOfFoldPredictions(rest, 7, () => [])).rejects.toThrow(/row 0 is tested 0 times/);
  await expect(outOfFoldPredictions([first, first, ...rest], 7, () => [])).rejects.toThrow(/row 0 is tested 2 times/);
  await expect(outOfFoldPredictions([first, ...rest], 7, () => [1])).rejects.toThrow(
    /fold [abc] must return [23] predictions; got 1/,
  );
});

it("outOfFoldPredictions refuses a fold that trains on a row it tests, and a row that is not there", async () => {
  const [first, ...rest] = leaveOneGroupOut(groups);
  await expect(
    outOfFoldPredictions([{ ...first, train: Uint32Array.of(2, 1, 3) }, ...rest], 7, () => []),
  ).rejects.toThrow(/fold a must not train on a row that it tests; got row 1 in both/);
  await expect(
    outOfFoldPredictions([...rest, { ...first, test: Uint32Array.of(0, 1, 7) }], 7, () => []),
  ).rejects.toThrow(/fold a must test rows below 7; got 7/);
});

it.each([
  [
    "stratifiedKFold",
    stratifiedKFold(
      values.map((value) => value % 2),
      seededRandom(1),
      { folds: 3 },
    ),
  ],
  ["groupedKFold", groupedKFold(groups, seededRandom(1), { folds: 3 })],
  [
    "stratifiedGroupKFold",
    stratifiedGroupKFold(
      values.map((value) => value % 2),
      groups,
      seededRandom(1),
      { folds: 2 },
    ),
  ],
])(
  "outOfFoldPredictions takes the folds of %s: every row is answered by a model that never saw it",
  async (_, folds) => {
    const predicted = await outOfFoldPredictions(folds, 7, (train, test) =>
      Array.from(test, (row) => (train.includes(row) ? -1 : train.length)),
    );
    expect([...predicted]).toEqual(
      values.map((_, row) => 7 - folds.find(({ test }) => test.includes(row))!.test.length),
    );
  },
);
