import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderSite } from "../../../src/workspace/site/renderSite.js";
import { chromium, withPage } from "../../support/chromium.js";
import { sampleProject, sampleScorecard } from "./siteFixture.js";

const pages = [
  "index",
  "01-experiments",
  "02-generation",
  "99-scorecard",
  "scorecard",
  "doc-model-card",
  "evidence-02-generation-speed",
];
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

describe.skipIf(chromium === null)(`the site in Chromium${chromium === null ? " (skipped: no Chromium)" : ""}`, () => {
  let folder: string;
  const address = (name: string): string => pathToFileURL(join(folder, "site", `${name}.html`)).href;

  beforeAll(async () => {
    const project = await sampleProject();
    folder = project.folder;
    await renderSite({ ...project, scorecard: sampleScorecard(), tiers: {}, output: join(folder, "site") });
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ["desktop", true],
    ["desktop", false],
    ["phone", true],
    ["phone", false],
  ] as const)(
    "has no fault, no request beyond its folder and no sideways scroll: %s, scripts %s",
    async (size, javaScript) => {
      await withPage({ ...sizes[size], javaScript }, async (page) => {
        const faults: string[] = [];
        page.on("console", (message) => void (message.type() === "error" && faults.push(message.text())));
        page.on("pageerror", (error) => faults.push(error.message));
        page.on(
          "request",
          (request) => void (/^(?:file|data|blob):/.test(request.url()) || faults.push(request.url())),
        );
        page.on("requestfailed", (request) => faults.push(`missing: ${request.url()}`));
        for (const name of pages) {
          await page.goto(address(name));
          if (javaScript) await seeAllPlots(page);
          expect(
            await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
            name,
          ).toBe(0);
          expect(await page.title(), name).not.toBe("broken");
          expect(await smallestText(page), name).toBeGreaterThanOrEqual(12);
        }
        expect(faults).toEqual([]);
      });
    },
  );

  it("shows the static picture whole when scripts are off", async () => {
    await withPage({ ...sizes.phone, javaScript: false }, async (page) => {
      await page.goto(address("01-experiments"));
      const picture = page.locator("#figure-1 img");
      expect(await picture.isVisible()).toBe(true);
      expect(await picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBe(720);
      expect(await page.locator(".plot-area").count()).toBe(0);
      // Readable: the picture is not squeezed into the telephone's width, its frame scrolls instead.
      expect((await picture.boundingBox())!.width).toBeGreaterThanOrEqual(500);
    });
  });

  it.each(["desktop", "phone"] as const)(
    "puts the interactive plot in the picture's place, nothing moves, and it answers the mouse: %s",
    async (size) => {
      await withPage({ ...sizes[size], javaScript: true }, async (page) => {
        const positions = (): Promise<number[]> =>
          page.evaluate(() =>
            [...document.querySelectorAll("figcaption, h2, .neighbours")].map((one) =>
              Math.round(one.getBoundingClientRect().top + scrollY),
            ),
          );
        await page.goto(address("01-experiments"), { waitUntil: "commit" });
        await page.waitForSelector(".neighbours");
        await page.waitForFunction(() => document.readyState === "complete");
        const before = await positions();
        await seeAllPlots(page);
        expect(await positions()).toEqual(before);
        expect(await page.locator("#figure-1 img").evaluate((image) => getComputedStyle(image).visibility)).toBe(
          "hidden",
        );
        expect(await page.locator("#figure-1 .legendtext").first().textContent()).toContain("</script><img src=x");

        const plot = page.locator("#figure-1 .plot-area");
        const box = page.locator("#figure-1 .plot-box");
        expect(Math.abs((await plot.boundingBox())!.width - (await box.boundingBox())!.width)).toBeLessThan(1);
        await plot.scrollIntoViewIfNeeded();
        const point = (await page.locator("#figure-1 .points path").nth(4).boundingBox())!;
        await page.mouse.move(point.x + point.width / 2, point.y + point.height / 2, { steps: 4 });
        await page.locator("#figure-1 .hoverlayer .hovertext").first().waitFor({ timeout: 5000 });
        expect(await page.locator("#figure-1 .hoverlayer").textContent()).toContain("40");
      });
    },
  );

  it("loads Plotly only where a figure comes into view", async () => {
    await withPage({ ...sizes.desktop, javaScript: true }, async (page) => {
      for (const name of ["index", "scorecard", "02-generation"]) {
        await page.goto(address(name));
        await page.waitForTimeout(200);
        expect(await page.locator("script[src*=plotly]").count(), name).toBe(0);
      }
    });
  });

  it("keeps the picture when Plotly cannot draw", async () => {
    await withPage({ ...sizes.desktop, javaScript: true }, async (page) => {
      await page.route("**/plotly-cartesian.min.js", (route) => route.abort());
      const message = page.waitForEvent("console", (one) => one.text().includes("the static pictures stay"));
      await page.goto(address("01-experiments"));
      await page.locator("#figure-1").scrollIntoViewIfNeeded();
      await message;
      expect(await page.locator("#figure-1 img").isVisible()).toBe(true);
      expect(await page.locator(".plot-area").count()).toBe(0);
    });
  });

  it("has on every page one main heading, landmarks, a skip link first, and names for all pictures", async () => {
    await withPage({ ...sizes.desktop, javaScript: false }, async (page) => {
      for (const name of pages) {
        await page.goto(address(name));
        for (const selector of ["h1", "main", "body > header", "body > footer", "html[lang=en]"])
          expect(await page.locator(selector).count(), `${name}: ${selector}`).toBe(1);
        expect(
          await page
            .locator(
              "img:not([alt]), [role=img]:not([aria-label]), table:not(:has(caption)):not(.prose table), " +
                "nav:not([aria-label]):not([aria-labelledby])",
            )
            .count(),
          name,
        ).toBe(0);
        await page.keyboard.press("Tab");
        expect(await page.evaluate(() => document.activeElement?.textContent), name).toBe("Skip to content");
        const ids = await page.locator("[id]").evaluateAll((all) => all.map(({ id }) => id));
        expect(new Set(ids).size, name).toBe(ids.length);
      }
    });
  });

  it("keeps a contrast of 4.5 : 1 for its text, light and dark", async () => {
    await withPage({ ...sizes.desktop, javaScript: false }, async (page) => {
      for (const name of pages) {
        await page.goto(address(name));
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await poorContrasts(page), `${name}, ${colorScheme}`).toEqual([]);
        }
      }
      // The measure sees a text that is too pale.
      await page.locator("h1").evaluate((heading) => (heading.style.color = "#555"));
      expect(await poorContrasts(page)).toHaveLength(1);
    });
  });
});

async function seeAllPlots(page: Page): Promise<void> {
  for (const box of await page.locator(".plot-box.interactive").all()) {
    await box.scrollIntoViewIfNeeded();
    await box.locator(".main-svg").first().waitFor();
  }
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".plot-box.interactive")].every((box) => box.classList.contains("drawn")),
  );
}

/** Font size in px of the smallest text, subscripts and drawings left out. */
function smallestText(page: Page): Promise<number> {
  return page.evaluate(() => {
    const texts = [...document.querySelectorAll("body *")].filter(
      (one) =>
        !one.closest("sub, sup, math, svg, script, .plot-area, .hidden") &&
        [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
    );
    return Math.min(...texts.map((one) => parseFloat(getComputedStyle(one).fontSize)));
  });
}

/** Texts whose colour stands too little apart from the nearest background colour (WCAG 2 relative luminance). */
function poorContrasts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const channels = (colour: string): number[] => colour.match(/[\d.]+/g)!.map(Number);
    const luminance = (colour: string): number => {
      const [r, g, b] = channels(colour).map((value) =>
        value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const background = (one: Element | null): string => {
      if (one === null) return "rgb(255, 255, 255)";
      const colour = getComputedStyle(one).backgroundColor;
      return channels(colour)[3] === 0 ? background(one.parentElement) : colour;
    };
    return [...document.querySelectorAll("body *")]
      .filter(
        (one) =>
          [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()) &&
          !one.closest("script, annotation"),
      )
      .map((one) => {
        const [light, dark] = [luminance(getComputedStyle(one).color), luminance(background(one))].sort(
          (a, b) => b - a,
        );
        return { text: one.textContent.slice(0, 40), ratio: (light + 0.05) / (dark + 0.05) };
      })
      .filter(({ ratio }) => ratio < 4.5)
      .map(({ text, ratio }) => `${text}: ${ratio.toFixed(2)}`);
  });
}
