import { describe, expect, it } from "vitest";
import { olympusFolder } from "../../../src/experiments/exchange/olympusFolder.js";
import { example } from "../../support/exchangeExample.js";

const { files, notHeld } = await olympusFolder(example);

describe("olympusFolder", () => {
  it("writes rows without a header: parameters that are told in every row and vary, then the number sought", () => {
    const config = JSON.parse(files["config.json"] as string) as {
      readonly parameters: readonly { readonly name: string }[];
    };
    expect(config).toMatchObject({
      parameters: [
        { name: "route", type: "categorical", options: ["LARP", "(empty)"] },
        { name: "caesiumMolar", type: "continuous", low: 0, high: 2 },
        { name: "leadMolar" },
        { name: "bromideMolar" },
        { name: "volumeMillilitre" },
        { name: "caesiumSource" },
        { name: "bromideSource" },
        // A text of the table that is spelt as the option for empty ones stays another option.
        { name: "antisolvent", options: ["toluene", "((empty))", "(empty)", "acetone"] },
      ],
      measurements: [{ name: "photoluminescencePeakNanometre", type: "continuous" }],
    });
    const lines = Buffer.from(files["data.csv"] as Uint8Array)
      .toString()
      .trimEnd()
      .split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[0]).toBe("LARP,0.01,0.02,0.04,5,Cs oleate,PbBr2,toluene,512.25");
    expect(lines.every((line) => line.split(",").length === config.parameters.length + 1)).toBe(true);
  });

  it("says what it does not hold: columns, rows, units, missing values, provenance", () => {
    const all = notHeld.join("\n");
    expect(all).toMatch(/neither set nor sought: phase, baseline, hidden, note, experiment, sourceRow/);
    expect(all).toMatch(/temperatureCelsius \(missing in 1 rows\), timeSecond \(missing in 1 rows\)/);
    expect(all).toMatch(/Rows where photoluminescencePeakNanometre is missing: 1 of 5/);
    expect(all).toMatch(/units in words only/);
    expect(all).toMatch(/That a text is missing/);
    expect(all).toMatch(/Provenance/);
    expect(files["NOT_HELD.md"]).toContain(notHeld[0]);
    expect(files["description.txt"]).toContain("caesiumMolar: all caesium [mol/L]");
  });
});
