import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { projectPath } from "../../../src/io/projectPath.js";
import { parseNotebook } from "../../../src/workspace/notebooks/Notebook.js";
import { runNotebooks } from "../../../src/workspace/notebooks/runNotebooks.js";
import { temporaryProject } from "../../support/temporaryProject.js";
import { get, playedKernel } from "../playedKernel.js";

/** A process that runs the notebook over and over, with a stand-in for the kernel that writes 20 figures a run. */
const endless = (root: string): string => `
  import { writeAtomic } from ${JSON.stringify(projectPath("dist/io/writeAtomic.js"))};
  import { runNotebooks } from ${JSON.stringify(projectPath("dist/workspace/notebooks/runNotebooks.js"))};
  const execute = async (notebook, { environment }) => {
    const figures = environment.TWIN_OUTPUT + "/figures/";
    const svg = "<svg>" + "x".repeat(20000) + "</svg>";
    for (let figure = 0; figure < 20; figure++) await writeAtomic(figures + "01-" + figure + ".svg", svg);
    return { notebook, failure: null };
  };
  for (;;) {
    await runNotebooks({ root: ${JSON.stringify(root)}, force: true, execute });
    console.log("ran");
  }`;

it("a run killed at any moment leaves every file whole, and the next run takes over", { timeout: 60_000 }, async () => {
  const root = temporaryProject({ "notebooks/01-one.nb.ts": '// %%\nwrite("figures/01-0.svg", "<svg></svg>");\n' });
  for (const delay of [0, 3, 7, 13, 29, 53]) {
    const child = spawn(process.execPath, ["--input-type=module", "-e", endless(root)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    await wait(delay);
    child.kill("SIGKILL");
    await once(child, "exit");
    for (let figure = 0; figure < 20; figure++) expect(get(root, `figures/01-${figure}.svg`)).toHaveLength(20011);
    expect(parseNotebook(get(root, "notebooks/01-one.ipynb")!, "01-one.ipynb").cells).toHaveLength(1);
  }
  expect((await runNotebooks({ root, force: true, execute: playedKernel(root).execute })).passed).toBe(true);
  expect(get(root, "figures/01-0.svg")).toBe("<svg></svg>");
  expect(get(root, "figures/01-1.svg")).toBeNull();
});
