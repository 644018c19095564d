import { expect, it } from "vitest";
import { evidenceCells } from "../../../src/workspace/site/evidenceCells.js";
import { code, display, markdown } from "./siteFixture.js";

const cites = (...ids: string[]) => {
  const links = ids.map((id) => `[${id}](../data/evidence/${id}.json)`);
  return display({ "text/markdown": `**Takeaway.** **1**. *Evidence: ${links.join(", ")}.*` });
};
const cellsOf = (...cells: Parameters<typeof evidenceCells>[0][number]["notebook"]["cells"]) =>
  evidenceCells([{ name: "01-a", notebook: { cells } }]);

it("finds the cell that declares the variable which a takeaway names", () => {
  const [first, second] = [
    code("const sizes = await sizeLaws();"),
    code("const emission = await emissionLaw({ seed });\nconst other = 1;"),
  ];
  const concluding = code(
    "await display(takeaway(`{size.slope} and\n  ${other} {emission.error}.`, sizes, emission));",
    cites("01-sizes", "01-emission"),
  );
  expect(cellsOf(markdown("# A"), first, second, concluding)).toEqual(
    new Map([
      ["01-sizes", { page: "01-a", cell: first.id, number: 1 }],
      ["01-emission", { page: "01-a", cell: second.id, number: 2 }],
    ]),
  );
});

it("takes the cell that concludes where no cell declares the variable, and the first where several conclude", () => {
  const [early, late] = [
    code("display(takeaway(`{a.b}`, imported.file))", cites("01-sizes")),
    code("display(takeaway(`{a.c}`, unknown))", cites("01-sizes")),
  ];
  expect(cellsOf(early, late).get("01-sizes")).toEqual({ page: "01-a", cell: early.id, number: 1 });
});

it("knows nothing of a file that no takeaway rests on", () => {
  expect(cellsOf(code("const a = 1;", display({ "text/markdown": "plain" }))).size).toBe(0);
});
