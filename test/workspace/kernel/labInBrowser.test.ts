import { existsSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectPath } from "../../../src/io/projectPath.js";
import { cellIds, notebookJson } from "../../../src/workspace/notebooks/Notebook.js";
import { chromium, withPage } from "../../support/chromium.js";
import { jupyterPath, startLab } from "../../support/jupyterLab.js";
import type { LabServer } from "../../support/jupyterLab.js";

const missing = [jupyterPath === null ? "JupyterLab 4" : null, chromium === null ? "Chromium" : null]
  .filter((name) => name !== null)
  .join(" and ");

const probe = [
  `import * as twin from "cspbbr3-twin";\nconst answer: number = 6 * 7;`,
  "`kernel ${process.pid} answers ${answer}`",
  `twin.`,
  `twin.display;`,
  `await new Promise((resolve) => setTimeout(resolve, 600_000));`,
  `for (;;) {}`,
  `await new Promise((resolve) => setTimeout(resolve, 100));\nfor (;;) {}`,
  `setTimeout(() => console.log("late by two seconds"), 2000);\nconsole.log("begun");`,
  `import { prompt } from "cspbbr3-twin";\nconst name = await prompt("who? ");\nconsole.log(\`hello \${name}\`);`,
  `await new Promise((resolve) => setTimeout(resolve, 3000));\nconsole.log(answer / 2);`,
];
const [definition, use, unfinished, inspected, waiting, spinning, spinningLater, late, asking, slow] = probe.keys();

describe.skipIf(missing !== "")(
  `JupyterLab with the project's kernel${missing === "" ? "" : ` (skipped: ${missing} is missing)`}`,
  () => {
    let server: LabServer;
    let page: Page;
    let closePage = (): void => undefined;
    let pageClosed: Promise<void> = Promise.resolve();
    let kernel = 0;
    const strangers: string[] = [];

    beforeAll(async () => {
      const experiments = readFileSync(projectPath("notebooks", "01-experiments.ipynb"), "utf8");
      server = await startLab({
        "01-experiments.ipynb": withoutOutputs(experiments),
        "probe.ipynb": notebook(probe),
        "saved.nb.ts": "// %% [markdown]\n// # Saved\n\n// %%\nconst saved = 1;\n",
      });
      page = await new Promise<Page>((resolve, reject) => {
        pageClosed = withPage({ width: 1200, height: 900, javaScript: true }, (opened) => {
          resolve(opened);
          return new Promise<void>((finish) => (closePage = finish));
        });
        pageClosed.catch(reject);
      });
      page.setDefaultTimeout(60_000);
      page.on("request", (request) => {
        if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).hostname !== "localhost")
          strangers.push(request.url());
      });
    }, 90_000);

    afterAll(async () => {
      closePage();
      await pageClosed;
      await server?.stop();
    }, 30_000);

    it("runs all of 01-experiments without an error, and Plotly draws its figures", async () => {
      await open("01-experiments.ipynb");
      await command("notebook:run-all-cells");
      await expect
        .poll(() => state(page), { timeout: 60_000, interval: 200 })
        .toEqual({ status: "idle", unfinished: 0 });
      expect(
        await page
          .locator(
            `[data-mime-type="application/vnd.jupyter.error"], [data-mime-type="application/vnd.jupyter.stderr"]`,
          )
          .allInnerTexts(),
      ).toEqual([]);
      const figure = page.locator(".jp-RenderedPlotly .main-svg").first();
      await figure.scrollIntoViewIfNeeded();
      expect((await figure.boundingBox())!.width).toBeGreaterThan(300);
      expect(await page.locator(".jp-RenderedPlotly .xtick text").count()).toBeGreaterThan(1);
      await picture("01-experiments");
    }, 120_000);

    it("runs a cell and shows its result", async () => {
      await open("probe.ipynb");
      await run(definition);
      kernel = Number(/kernel (\d+) answers 42/.exec(await run(use))![1]);
      expect(kernel).toBeGreaterThan(0);
    }, 90_000);

    it("Tab completes the names of the package", async () => {
      await cursor(unfinished, "Control+End");
      await page.keyboard.press("Tab");
      const offered = page.locator(".jp-Completer:visible .jp-Completer-item");
      await offered.first().waitFor();
      expect(await offered.allInnerTexts()).toContain("display");
      await picture("completion");
      await page.keyboard.press("Escape");
    }, 90_000);

    it("Shift-Tab shows the signature and what it is for", async () => {
      await cursor(inspected, "Home");
      for (let step = 0; step < "twin.dis".length; step++) await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Shift+Tab");
      const tooltip = page.locator(".jp-Tooltip");
      await tooltip.waitFor();
      expect(await tooltip.innerText()).toMatch(/display\(.*\): Promise<void>/s);
      await picture("inspection");
      await page.keyboard.press("Escape");
    }, 90_000);

    it.each([
      ["a cell that awaits", waiting],
      ["a loop that never yields", spinning],
      ["a loop that never yields, after an await", spinningLater],
    ])(
      "interrupt ends %s, with an error, and the next cell runs",
      async (_, cell) => {
        await start(cell);
        await page.locator('.jp-Notebook-ExecutionIndicator[data-status="busy"]:visible').waitFor();
        await wait(500);
        await command("notebook:interrupt-kernel");
        expect(await finished(cell, "[ ]:")).toMatch(/interrupt/i);
        expect(await run(use)).toContain(`kernel ${kernel} answers 42`);
        await picture(`interrupt-${cell}`);
      },
      90_000,
    );

    it("what a cell prints after its end lands below it, not below the one that ran meanwhile", async () => {
      expect(await run(late)).toBe("begun\n");
      expect(await run(use)).toContain("answers 42");
      await expect.poll(() => shown(late), { timeout: 10_000 }).toBe("begun\nlate by two seconds\n");
      expect(await shown(use)).not.toContain("late");
    }, 90_000);

    it("prompt asks in the page, and the cell goes on with what is typed", async () => {
      await start(asking);
      const box = cellAt(asking).locator(".jp-Stdin-input");
      await box.waitFor();
      expect(await cellAt(asking).locator(".jp-Stdin-prompt").innerText()).toContain("who?");
      await picture("prompt");
      await box.fill("Ada");
      await box.press("Enter");
      expect(await finished(asking, "[ ]:")).toContain("hello Ada");
    }, 90_000);

    it("cells run on while a source is saved, again and again, through jupytext", async (context) => {
      await start(slow);
      await page.locator('.jp-Notebook-ExecutionIndicator[data-status="busy"]:visible').waitFor();
      for (let time = 1; time <= 3; time++) {
        const saved = await saveSource("saved.nb.ts", `const saved = ${time + 1};`);
        if (!saved) return context.skip("this Jupyter has no jupytext, which requirements.txt names");
      }
      expect(await finished(slow, "[ ]:")).toBe("21\n");
      expect(await run(use)).toContain(`kernel ${kernel} answers 42`);
      expect(server.text("saved.nb.ts")).toContain("const saved = 4;");
    }, 90_000);

    it("restart forgets everything, in a new process, and the cells run again", async () => {
      const restarted = command("notebook:restart-clear-output");
      await page.locator(".jp-Dialog .jp-mod-accept").click();
      await restarted;
      await connected("probe.ipynb");
      expect(isAlive(kernel)).toBe(false);
      expect(await run(use)).toContain("Cannot find name 'answer'");
      await run(definition);
      const again = Number(/kernel (\d+) answers 42/.exec(await run(use))![1]);
      expect(again).not.toBe(kernel);
      kernel = again;
      await picture("restart");
    }, 90_000);

    it("asks no other machine for anything, and the server finds no fault with the kernel", () => {
      expect(strangers).toEqual([]);
      expect(server.log()).not.toMatch(
        /KernelRestarter|died|unresponsive|Invalid Signature|Malformed|Unrecognized message/i,
      );
    });

    it("takes its kernels along when it ends", async () => {
      closePage();
      await pageClosed;
      await server.stop();
      await expect.poll(() => isAlive(kernel), { timeout: 5_000 }).toBe(false);
    }, 30_000);

    /** Opens a notebook and waits for its kernel: before that, JupyterLab silently drops a request to run a cell. */
    async function open(name: string): Promise<void> {
      await page.goto(server.address(name));
      await connected(name);
      await cellAt(0).waitFor();
    }

    async function connected(name: string): Promise<void> {
      await page.waitForFunction((path) => {
        const { sessionContext } = (globalThis as unknown as Partial<LabWindow>).jupyterapp?.shell.currentWidget ?? {};
        const kernel = sessionContext?.path === path ? sessionContext.session?.kernel : null;
        return kernel?.connectionStatus === "connected" && kernel.status === "idle";
      }, name);
    }

    /** Runs one of JupyterLab's commands, as its menus do. */
    function command(id: string): Promise<void> {
      return page.evaluate((name) => (globalThis as unknown as LabWindow).jupyterapp.commands.execute(name), id);
    }

    function cellAt(index: number): Locator {
      return page.locator(".jp-NotebookPanel:visible .jp-CodeCell").nth(index);
    }

    async function cursor(cell: number, key: string): Promise<void> {
      await cellAt(cell).locator(".cm-content").click();
      await page.keyboard.press(key);
    }

    async function start(cell: number): Promise<void> {
      await cellAt(cell).locator(".cm-content").click();
      await page.keyboard.press("Control+Enter");
    }

    /** The cell's prompt: "[ ]:" before it runs, "[*]:" while it runs, then with its number. */
    function prompt(cell: number): Promise<string> {
      return cellAt(cell).locator(".jp-InputPrompt").innerText();
    }

    /** The text of the cell's output, once it has a number, and another one than `before`. */
    async function finished(cell: number, before: string): Promise<string> {
      await expect
        .poll(async () => ((await prompt(cell)) === before ? "as before" : await prompt(cell)), { timeout: 30_000 })
        .toMatch(/^\[\d+\]:$/);
      return await shown(cell);
    }

    /** The text of the cell's output, as it is now. */
    function shown(cell: number): Promise<string> {
      return cellAt(cell).locator(".jp-Cell-outputArea").innerText();
    }

    /**
     * Saves a source with another last cell, by the way that JupyterLab's own save takes; false if its server does not
     * take the source for a notebook.
     */
    function saveSource(name: string, lastCell: string): Promise<boolean> {
      return page.evaluate(
        async ([path, source]) => {
          const { contents } = (globalThis as unknown as LabWindow).jupyterapp.serviceManager;
          const { content, type } = await contents.get(path, { type: "notebook", content: true }).catch(() => ({
            type: "none",
            content: { cells: [] },
          }));
          if (type !== "notebook") return false;
          content.cells.at(-1)!.source = source;
          await contents.save(path, { type: "notebook", format: "json", content });
          return true;
        },
        [name, lastCell],
      );
    }

    async function run(cell: number): Promise<string> {
      const before = await prompt(cell);
      await start(cell);
      return await finished(cell, before);
    }

    async function picture(name: string): Promise<void> {
      const folder = process.env.TWIN_PICTURES;
      if (folder !== undefined) await page.screenshot({ path: `${folder}/lab-${name}.png` });
    }
  },
);

/** What the page says of itself under --LabApp.expose_app_in_browser. */
interface LabWindow {
  readonly jupyterapp: {
    readonly commands: { execute: (name: string) => Promise<void> };
    readonly shell: { readonly currentWidget: { readonly sessionContext?: SessionContext } | null };
    readonly serviceManager: { readonly contents: Contents };
  };
}

/** A file as the server's contents API has it. */
interface Model {
  readonly type: string;
  readonly content: { readonly cells: { source: string }[] };
}

interface Contents {
  readonly get: (path: string, options: { readonly type: string; readonly content: boolean }) => Promise<Model>;
  readonly save: (path: string, model: Model & { readonly format: string }) => Promise<unknown>;
}

interface SessionContext {
  readonly path: string;
  readonly session: { readonly kernel: { readonly connectionStatus: string; readonly status: string } | null } | null;
}

/** Kernel status, and how many code cells have not run to their end. */
async function state(page: Page): Promise<{ status: string | null; unfinished: number }> {
  const prompts = await page.locator(".jp-NotebookPanel:visible .jp-CodeCell .jp-InputPrompt").allInnerTexts();
  return {
    status: await page.locator(".jp-Notebook-ExecutionIndicator:visible").getAttribute("data-status"),
    unfinished: prompts.filter((prompt) => !/\d/.test(prompt)).length,
  };
}

function notebook(cells: readonly string[]): string {
  const nextId = cellIds();
  return notebookJson({
    cells: cells.map((source) => ({
      cell_type: "code",
      id: nextId("code", source),
      source,
      execution_count: null,
      outputs: [],
    })),
  });
}

/** So that a figure seen is one that this run drew. */
function withoutOutputs(json: string): string {
  const { cells, ...rest } = JSON.parse(json) as { cells: { cell_type: string }[] };
  return JSON.stringify({
    ...rest,
    cells: cells.map((cell) => (cell.cell_type === "code" ? { ...cell, outputs: [], execution_count: null } : cell)),
  });
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    // In a container whose first process reaps nobody, the dead stay in the table as zombies.
    const table = `/proc/${id}/stat`;
    return !existsSync(table) || !readFileSync(table, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}
