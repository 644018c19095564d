import { describe, expect, it } from "vitest";
import { makeTable, numbersOf, selectColumns } from "../../../src/core/Table.js";
import { openReactionFolder } from "../../../src/experiments/exchange/openReactionFolder.js";
import { example, exampleTable } from "../../support/exchangeExample.js";

const { files, notHeld } = await openReactionFolder(example);
const { reactions } = JSON.parse(files["dataset.json"] as string) as {
  readonly reactions: readonly Readonly<Record<string, unknown>>[];
};

describe("openReactionFolder", () => {
  it("tells a synthesis as inputs in mmol, conditions and outcomes", () => {
    expect(reactions).toHaveLength(5);
    expect(reactions[0]).toMatchObject({
      identifiers: [
        { type: "CUSTOM", details: "experiment", value: "007" },
        { type: "CUSTOM", details: "sourceRow", value: "1" },
      ],
      inputs: {
        caesium: {
          components: [
            {
              identifiers: [{ type: "NAME", value: "Cs oleate" }],
              amount: { moles: { value: 0.05, units: "MILLIMOLE" } },
            },
          ],
        },
        lead: { components: [{ identifiers: [{ value: "PbBr2" }], amount: { moles: { value: 0.1 } } }] },
      },
      conditions: { temperature: { setpoint: { value: 25, units: "CELSIUS" } } },
      outcomes: [
        {
          reactionTime: { value: 0, units: "SECOND" },
          products: [
            {
              identifiers: [{ value: "CsPbBr3" }],
              measurements: [
                { type: "CUSTOM", stringValue: "CsPbBr3" },
                {
                  type: "CUSTOM",
                  details: "photoluminescencePeakNanometre [nm]: emission",
                  floatValue: { value: 512.25 },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it("leaves out what is not told, and invents no amount where no volume is", () => {
    expect(reactions[1]).toMatchObject({
      outcomes: [{ products: [{ identifiers: [{ value: "product that was not determined" }] }] }],
    });
    expect(JSON.stringify(reactions[2])).toContain("mol/L of all liquid, whose volume is not told");
    expect(reactions[3]).not.toHaveProperty("conditions");
    // No lead went in: its bromide came from elsewhere.
    expect(Object.keys(reactions[3].inputs as object)).toEqual(["caesium", "bromide"]);
  });

  it("says what it does not hold, and refuses a table of something else, and one that tells no amounts", async () => {
    const all = notHeld.join("\n");
    expect(all).toMatch(/Columns: route, baseline, hidden, note\./);
    expect(all).toMatch(/single precision/);
    expect(all).toMatch(/Provenance/);
    expect(files["NOT_HELD.md"]).toContain(notHeld[0]);
    const other = selectColumns(exampleTable, ["note", "baseline"]);
    await expect(openReactionFolder({ ...example, table: other })).rejects.toThrow(/must be a table of syntheses/);
    const none = (name: string): Float64Array => numbersOf(exampleTable, name).map(() => NaN) as Float64Array;
    const untold = makeTable(exampleTable.schema, {
      ...exampleTable.columns,
      ...Object.fromEntries(["caesiumMolar", "leadMolar", "bromideMolar"].map((name) => [name, none(name)])),
    });
    await expect(openReactionFolder({ ...example, table: untold })).rejects.toThrow(/how much of a compound went in/);
  });
});
