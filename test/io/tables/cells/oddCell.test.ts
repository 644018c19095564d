import { describe, expect, it } from "vitest";
import { oddCell } from "../../../../src/io/tables/cells/oddCell.js";

describe("oddCell", () => {
  it.each(["n/a", "N/A", " - ", "–", "—", "none", "not measured", "n.d.", "#N/A"])("takes %j for missing", (text) => {
    expect(oddCell(text)).toEqual({ oddity: "missing", number: "" });
  });

  it.each(["<5", "< 0.5", ">300", "≤ 1,5", ">=7"])("makes no value up from the limit %j", (text) => {
    expect(oddCell(text)).toEqual({ oddity: "limit", number: "" });
  });

  it.each([
    ["~5", "approximate", "5"],
    ["≈ 0,5", "approximate", "0,5"],
    ["ca. 12", "approximate", "12"],
    ["5 ± 1", "uncertain", "5"],
    ["5.2+/-0.1", "uncertain", "5.2"],
    ["~5 ± 1", "uncertain", "5"],
  ])("keeps the value of %j (%s)", (text, oddity, number) => {
    expect(oddCell(text)).toEqual({ oddity, number });
  });

  it.each(["5-10", "5–10", "5 to 10", "<5-10", "< LOD", "5 ± x", "± 1", "~", "<", "Cs4PbBr6", "cascade", "5 nm", ""])(
    "cannot read %j in one way, and leaves it",
    (text) => {
      expect(oddCell(text)).toBeUndefined();
    },
  );
});
