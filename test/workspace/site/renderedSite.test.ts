import { readFileSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { judgeEvidence } from "../../../src/analyses/99-scorecard/scorecard.js";
import { readAllEvidence } from "../../../src/io/evidence/evidenceFiles.js";
import { readLedger } from "../../../src/io/evidence/evidenceLedger.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { documentNames } from "../../../src/workspace/site/documentNames.js";
import { listNotebooks } from "../../../src/workspace/notebooks/notebookFiles.js";
import { renderSite } from "../../../src/workspace/site/renderSite.js";
import { chromium, withPage } from "../../support/chromium.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe.skipIf(chromium === null)(
  `the site of this project's notebooks, in Chromium${chromium === null ? " (skipped: no Chromium)" : ""}`,
  () => {
    let folder: string;
    let pages: readonly string[];
    const address = (name: string): string => pathToFileURL(join(folder, name)).href;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "twin-rendered-"));
      const evidence = await readAllEvidence();
      const { scorecard, freshness } = await judgeEvidence({ asOf: "2026-12-31" });
      await renderSite({
        notebooks: (await listNotebooks(projectPath())).map(({ executed }) => executed),
        documents: (await documentNames()).filter((name) => name.startsWith("docs/")).map((name) => projectPath(name)),
        evidence: evidence.map(({ id }) => projectPath("data", "evidence", `${id}.json`)),
        scorecard,
        tiers: {},
        freshness,
        ledger: await readLedger(),
        asOf: "2026-12-31",
        output: folder,
      });
      pages = (await readdir(folder)).filter((name) => name.endsWith(".html")).sort();
    }, 60_000);
    afterAll(() => rm(folder, { recursive: true }));

    it("is loaded in 2 s without console error or foreign request, and axe finds no fault", async () => {
      await withPage({ width: 1280, height: 800, javaScript: true }, async (page) => {
        const faults = watched(page, pathToFileURL(folder).href);
        const times: { name: string; interactive: number; loaded: number }[] = [];
        for (const name of pages) {
          await page.goto(address(name));
          times.push({ name, ...(await loadTimes(page)) });
          await seeAllPlots(page);
          faults.push(...(await violations(page)).map((fault) => `${name}: ${fault}`));
        }
        const slowest = times.reduce((worst, one) => (one.loaded > worst.loaded ? one : worst));
        console.info(
          `${pages.length} pages from disk; the slowest, ${slowest.name}: ` +
            `interactive after ${slowest.interactive} ms, loaded after ${slowest.loaded} ms`,
        );
        // In words: a report of the whole suite would say no more than that the list is not empty.
        expect(faults.join("\n")).toBe("");
        expect(slowest.loaded).toBeLessThan(2000);
      });
    }, 120_000);

    it("does not scroll sideways on a phone, and axe finds no fault there, in the dark", async () => {
      await withPage({ width: 390, height: 844, javaScript: true }, async (page) => {
        await page.emulateMedia({ colorScheme: "dark" });
        const faults = watched(page, pathToFileURL(folder).href);
        const kinds = new Set<string>();
        for (const name of pages) {
          await page.goto(address(name));
          const { beyond, kind } = await page.evaluate(() => ({
            beyond: document.documentElement.scrollWidth - document.documentElement.clientWidth,
            kind: document.body.className,
          }));
          if (beyond > 0) faults.push(`${name}: ${beyond} px beyond the screen`);
          if (!kinds.has(kind)) faults.push(...(await violations(page)).map((fault) => `${name}: ${fault}`));
          kinds.add(kind);
        }
        expect(faults.join("\n")).toBe("");
        expect([...kinds].sort()).toEqual(["document", "evidence-page", "index", "notebook", "scorecard"]);
      });
    }, 120_000);

    it("sees a fault that is planted", async () => {
      await withPage({ width: 1280, height: 800, javaScript: true }, async (page) => {
        const faults = watched(page, pathToFileURL(folder).href);
        await page.goto(address("index.html"));
        await page.evaluate(() => {
          document.querySelector("img")!.removeAttribute("alt");
          console.error("planted");
        });
        expect(faults).toEqual([expect.stringContaining("planted")]);
        expect(await violations(page)).toEqual([expect.stringContaining("image-alt")]);
      });
    });
  },
);

/** Collects what goes wrong on the page, from now on. */
function watched(page: Page, folder: string): string[] {
  const faults: string[] = [];
  page.on("console", (message) => void (message.type() === "error" && faults.push(`${page.url()}: ${message.text()}`)));
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on(
    "request",
    (request) =>
      void (
        request.url().startsWith(folder) ||
        /^(?:data|blob):/.test(request.url()) ||
        faults.push(`${page.url()} asks for ${request.url()}`)
      ),
  );
  page.on("requestfailed", (request) => {
    const error = request.failure()?.errorText ?? "";
    // A page that is left before its last picture came misses nothing.
    if (error !== "net::ERR_ABORTED") faults.push(`${page.url()} misses ${request.url()}: ${error}`);
  });
  return faults;
}

/** Milliseconds from the start of the navigation. */
function loadTimes(page: Page): Promise<{ interactive: number; loaded: number }> {
  return page.evaluate(() => {
    const [{ domInteractive, loadEventEnd }] = performance.getEntriesByType(
      "navigation",
    ) as PerformanceNavigationTiming[];
    return { interactive: Math.round(domInteractive), loaded: Math.round(loadEventEnd) };
  });
}

async function seeAllPlots(page: Page): Promise<void> {
  for (const box of await page.locator(".plot-box.interactive").all()) await box.scrollIntoViewIfNeeded();
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".plot-box.interactive")].every((box) => box.classList.contains("drawn")),
  );
}

/**
 * Every rule that the page breaks, of any impact, with the first place. Plotly's own
 * drawing is one picture to the page and is left out.
 */
async function violations(page: Page): Promise<string[]> {
  // What scrolls is found once it has been laid out, which a busy machine does late.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as {
      axe: { run: (context: object, options: object) => Promise<AxeResults> };
    };
    // Preloading would fetch the style sheet once more, which a page from disk may not do.
    const found = await checker.run({ exclude: [[".plot-area"]] }, { preload: false, resultTypes: ["violations"] });
    return found.violations.map(
      ({ id, impact, nodes }) =>
        `${impact} ${id}, ${nodes.length} times, first ${nodes[0].target.join(" ")}: ${nodes[0].failureSummary ?? ""}`,
    );
  });
}
