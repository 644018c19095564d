import { expect, it } from "vitest";
import { confusionTable } from "../../../src/analyses/02-generation/confusionTable.js";

it("confusionTable has a column for each phase that the twin may give", () => {
  expect(confusionTable({ confusion: [["training", "CsPbBr3", 9, 1, 2, 3, 4]] })).toEqual({
    caption: "Published phases against the twin's, recipes",
    columns: ["papers", "published", "CsPbBr3", "Cs4PbBr6", "CsPb2Br5", "coexistence", "no target product"].map(
      (name) => ({ name }),
    ),
    rows: [["training", "CsPbBr3", 9, 1, 2, 3, 4]],
  });
});
