import { expect, it } from "vitest";
import { dayNumbers } from "../../src/core/dayNumbers.js";

it("dayNumbers counts days of the calendar, leap days too", () => {
  expect([...dayNumbers(["1970-01-01", "1970-01-02", "2024-03-01", "2024-02-28"])]).toEqual([0, 1, 19783, 19781]);
});

it.each(["", "2026-02-30", "2026-1-5", "yesterday", "2026-01-01T00:00:00Z"])(
  'dayNumbers refuses "%s" and names its row',
  (date) => {
    expect(() => dayNumbers(["2026-01-01", date])).toThrow(
      `dayNumbers: row 1 must hold a day written YYYY-MM-DD; got "${date}"`,
    );
  },
);
