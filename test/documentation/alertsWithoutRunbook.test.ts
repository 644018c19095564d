import { describe, expect, it } from "vitest";
import { alertsWithoutRunbook } from "../../src/documentation/alertsWithoutRunbook.js";

const whole = "# Drift\n\n## What it means\n\nRecipes have changed.\n\n## What to do\n\nLook.\n";

describe("alertsWithoutRunbook", () => {
  it("names alerts whose runbook is missing, or does not say what to do (planted)", () => {
    expect(
      alertsWithoutRunbook(["drift", "gap", "late"], {
        drift: whole,
        gap: "# Gap\n\n## What it means\n\nHoles.\n\n## What to do\n",
      }),
    ).toEqual(["gap", "late"]);
  });

  it("names none where there are no alerts", () => {
    expect(alertsWithoutRunbook([], {})).toEqual([]);
  });
});
