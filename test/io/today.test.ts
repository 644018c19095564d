import { afterEach, expect, it, vi } from "vitest";
import { today } from "../../src/io/today.js";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

it.each([
  ["Pacific/Kiritimati", "2026-02-28T23:59:59Z", "2026-02-28", 1],
  ["America/Los_Angeles", "2026-03-01T00:00:00Z", "2026-03-01", 28],
])("today is the day in UTC, whatever the calendar in %s says", (zone, now, day, localDate) => {
  vi.stubEnv("TZ", zone);
  vi.useFakeTimers({ now: new Date(now) });
  expect(new Date().getDate()).toBe(localDate);
  expect(today()).toBe(day);
});
