import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { NamedObjective } from "../../../src/tuning/studyInWords.js";
import { studyPage } from "../../../src/workspace/site/studyPage.js";
import { chromium, withPage } from "../../support/chromium.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";
import { exampleRecord, failedRecord } from "../../tuning/studyExample.js";

const loss: NamedObjective = { name: "log loss", unit: "nats" };
const speed: NamedObjective = { name: "speed", unit: "1/s" };
const titles = (html: string): string[] => Array.from(html.matchAll(/<h2 [^>]*>([^<]*)/g), ([, title]) => title);

describe("studyPage", () => {
  let page: string;
  beforeAll(async () => {
    page = await studyPage(exampleRecord(), { objectives: [loss] });
  }, 60_000);

  it("shows what was found, the course, what mattered, slices, parallel axes and all trials, and warns", () => {
    expect(titles(page)).toEqual([
      "What was found",
      "Parameters",
      "Course",
      "What mattered",
      "Two together",
      "Slices",
      "Parallel axes",
      "All trials",
    ]);
    expect(page).toContain("it is optimistic");
    expect(page).toContain("What to beware of:");
    expect(page.match(/<tr role="row"><th role="rowheader" scope="row">\d+/g)).toHaveLength(40);
    expect(page).toContain("pruned after step 4 with");
  });

  it("is one file that names no other, and keeps texts of a study as text", () => {
    expect(page).not.toMatch(/(?:src|href)="(?!#|data:)/);
    expect(page).not.toMatch(/@import|url\((?!#)/);
    expect(page).toContain("<h1>network &amp; &quot;twin&quot;</h1>");
    expect(page).toContain("3 &lt;b&gt;");
  });

  it("numbers its figures in the order in which they stand, each with words for who cannot see it", () => {
    const numbers = Array.from(page.matchAll(/Figure (\d+)</g), ([, number]) => Number(number));
    expect(numbers).toEqual([1, 2, 3, 4, 5]);
    for (const [, alt] of page.matchAll(/<img [^>]*alt="([^"]*)"/g)) expect(alt.length).toBeGreaterThan(40);
  });

  it("gives equal bytes for equal studies", async () => {
    expect(await studyPage(exampleRecord(), { objectives: [loss] })).toBe(page);
  }, 60_000);

  it("shows fronts of several objectives two by two, and no best", async () => {
    const record = exampleRecord({ objectives: 2 });
    const html = await studyPage(record, { objectives: [loss, speed] });
    expect(titles(html).slice(0, 4)).toEqual(["What was found", "Parameters", "Front", "Course"]);
    expect(html).toContain("Front of log loss and speed");
    expect(html).toContain("no other is better in all objectives");
    expect(html).not.toContain("In the best");
  }, 60_000);

  it("says that nothing came of a study whose trials all failed, without a figure", async () => {
    const html = await studyPage(failedRecord(), { objectives: [loss] });
    expect(html).not.toContain("<img");
    expect(html).toContain("there is no best");
    expect(titles(html)).toEqual(["What was found", "Parameters", "All trials"]);
  });
});

describe.skipIf(chromium === null)(
  `the page of a study in Chromium${chromium === null ? " (skipped: no Chromium)" : ""}`,
  () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    let address: string;
    beforeAll(async () => {
      const folder = await temporaryFolder();
      await writeFile(join(folder, "study.html"), await studyPage(exampleRecord(), { objectives: [loss] }));
      address = pathToFileURL(join(folder, "study.html")).href;
    }, 60_000);

    it.each([
      { width: 1280, height: 800, scheme: "light" },
      { width: 390, height: 844, scheme: "dark" },
    ] as const)(
      "asks for no other file, prints no error, scrolls down alone and shows axe no fault: $width px, $scheme",
      async ({ width, height, scheme }) => {
        await withPage({ width, height, javaScript: true }, async (page) => {
          await page.emulateMedia({ colorScheme: scheme });
          const faults: string[] = [];
          page.on("console", (message) => void (message.type() === "error" && faults.push(message.text())));
          page.on("pageerror", (error) => faults.push(error.message));
          page.on("request", (request) => {
            if (request.url() !== address && !request.url().startsWith("data:")) faults.push(request.url());
          });
          await page.goto(address);
          await page.keyboard.press("Tab");
          expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to content");
          await page.locator("summary").click();
          await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
          expect(
            await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
          ).toBeLessThanOrEqual(0);
          await page.evaluate(axe);
          const { violations } = await page.evaluate(() => {
            const { axe: checker } = globalThis as unknown as {
              axe: { run: (context: object, options: object) => Promise<AxeResults> };
            };
            return checker.run(document, { preload: false, resultTypes: ["violations"] });
          });
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0].target.join(" ")}`)).toEqual([]);
          expect(faults).toEqual([]);
        });
      },
      60_000,
    );
  },
);
