import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { projectPath } from "../../../src/io/projectPath.js";
import { parseNotebook } from "../../../src/workspace/notebooks/Notebook.js";
import { runNotebooks } from "../../../src/workspace/notebooks/runNotebooks.js";
import { verifyNotebooks } from "../../../src/workspace/notebooks/verifyNotebooks.js";
import { get, put } from "../playedKernel.js";

const writing = `// %%
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// %%
mkdirSync(join(process.env.TWIN_OUTPUT!, "figures"), { recursive: true });
writeFileSync(join(process.env.TWIN_OUTPUT!, "figures", "01-a.svg"), "<svg/>");
console.log("written from", process.cwd().split("/").at(-1));
`;

let root = "";

beforeAll(() => {
  // Inside the project, where the kernel finds its packages.
  mkdirSync(projectPath(".twin"), { recursive: true });
  root = mkdtempSync(projectPath(".twin", "run-test-"));
});

afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

it(
  "runNotebooks on the real kernel publishes, skips, verifies, and tells a failing cell by its number",
  { timeout: 120_000 },
  async () => {
    put(root, "notebooks/01-a.nb.ts", writing);
    expect(await runNotebooks({ root })).toMatchObject({
      passed: true,
      runs: [{ state: "done", written: ["figures/01-a.svg", "notebooks/01-a.ipynb"] }],
    });
    expect(get(root, "figures/01-a.svg")).toBe("<svg/>");
    const [, cell] = parseNotebook(get(root, "notebooks/01-a.ipynb")!, "01-a.ipynb").cells;
    expect(cell).toMatchObject({ execution_count: 2, outputs: [{ text: "written from notebooks\n" }] });
    expect(await runNotebooks({ root })).toMatchObject({ passed: true, runs: [{ state: "skipped" }] });
    expect(await verifyNotebooks({ root })).toMatchObject({
      passed: true,
      equal: [{ path: "figures/01-a.svg" }, { path: "notebooks/01-a.ipynb" }],
    });

    put(
      root,
      "notebooks/01-a.nb.ts",
      `// %% [markdown]\n// # A\n\n${writing}\n// %%\nthrow new RangeError("planted");\n`,
    );
    put(root, "figures/01-a.svg", "as it was");
    expect(await runNotebooks({ root })).toMatchObject({
      passed: false,
      runs: [{ failure: { cell: 3, firstLine: 'throw new RangeError("planted");', ename: "RangeError" } }],
    });
    expect(get(root, "figures/01-a.svg")).toBe("as it was");
    expect(get(root, "notebooks/01-a.ipynb")).toContain('"evalue": "planted"');
  },
);
