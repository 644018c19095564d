import { describe, expect, it } from "vitest";
import { daysOfMidnights, plainTime } from "../../src/core/plainTime.js";

describe("plainTime", () => {
  it.each([
    ["2026-01-31T12:30:00", "2026-01-31 12:30:00"],
    ["2026-01-31 12:30", "2026-01-31 12:30:00"],
    ["2026-01-31 12:30:00.500000", "2026-01-31 12:30:00.5"],
    ["2026-01-31 12:30:00.000000", "2026-01-31 12:30:00"],
    ["1969-12-31 23:59:59.999999999", "1969-12-31 23:59:59.999999999"],
    ["2026-01-31T12:30:00z", "2026-01-31 12:30:00Z"],
    ["2026-01-31 12:30:00+02:00", "2026-01-31 10:30:00Z"],
    ["1969-12-31 19:28:20-0500", "1970-01-01 00:28:20Z"],
    ["2026-03-01 00:10:00.25+01", "2026-02-28 23:10:00.25Z"],
    ["01:02:03.500", "01:02:03.5"],
    ["01:02:03.000", "01:02:03"],
  ])("writes %s as %s", (text, plain) => {
    expect(plainTime(text)).toBe(plain);
    expect(plainTime(plain)).toBe(plain);
  });

  it.each([
    "2026-02-30 12:00:00",
    "2026-01-31 25:00",
    "2026-01-31",
    "0000-01-01 00:00+05:00",
    "B-12",
    "lab-2 12:30",
    "12:30",
    "31.01.2026 12:30",
    "",
  ])("leaves %j as it is", (text) => {
    expect(plainTime(text)).toBe(text);
  });
});

describe("daysOfMidnights", () => {
  it("takes a column that is midnight throughout for one of days, missing ones aside", () => {
    expect(daysOfMidnights(["2026-01-31 00:00:00", "", "2026-02-01 00:00:00"])).toEqual([
      "2026-01-31",
      "",
      "2026-02-01",
    ]);
  });

  it.each([
    [["2026-01-31 00:00:00", "2026-01-31 00:00:01"]],
    [["2026-01-31 00:00:00Z"]],
    [["2026-01-31 00:00:00", "B12"]],
    [[""]],
    [[]],
  ])("leaves %j", (texts) => {
    expect(daysOfMidnights(texts)).toEqual(texts);
  });
});
