import { describe, expect, it } from "vitest";
import { splitAtDate } from "../../src/splitting/splitAtDate.js";

const dates = ["2024-07-02", "2024-06-21", "", "2024-06-30", "2025-01-01", "2024-06-21"];

describe("splitAtDate", () => {
  it("trains before the date and tests from it on; rows without a date are in neither", () => {
    const { name, train, test, undated, embargoed } = splitAtDate(dates, { from: "2024-06-30" });
    expect(name).toBe("from 2024-06-30");
    expect([[...train], [...test], [...undated], [...embargoed]]).toEqual([[1, 5], [0, 3, 4], [2], []]);
  });

  it("leaves out the days of an embargo, and ends the test where asked", () => {
    const fold = splitAtDate(dates, { from: "2024-07-02", to: "2024-12-31", embargo: 5 });
    expect(fold.name).toBe("from 2024-07-02 to 2024-12-31");
    expect([[...fold.train], [...fold.test], [...fold.embargoed]]).toEqual([[1, 5], [0], [3]]);
  });

  it("says that a table without dates cannot be split in time", () => {
    expect(() => splitAtDate(["", ""], { from: "2024-01-01" })).toThrow(
      "splitAtDate: a split in time needs rows with a date; got 2 rows without one; take another split",
    );
  });

  it("says where the dates lie that leave one side empty, and refuses what is no date", () => {
    expect(() => splitAtDate(dates, { from: "2024-06-21" })).toThrow(
      "rows must stand on both sides of 2024-06-21; got 0 rows to train on and 5 to test, dated 2024-06-21 to",
    );
    expect(() => splitAtDate(dates, { from: "2026-01-01", embargo: 3 })).toThrow(
      "an embargo of 3 days left out; got 5",
    );
    expect(() => splitAtDate(["June 2024"], { from: "2024-01-01" })).toThrow('got "June 2024"');
    expect(() => splitAtDate(dates, { from: "soon" })).toThrow('got "soon"');
    expect(() => splitAtDate(dates, { from: "2024-07-01", embargo: -1 })).toThrow("the embargo must be");
  });
});
