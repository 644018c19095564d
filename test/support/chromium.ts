import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium as playwright, type Page } from "playwright-core";

/**
 * Path of a Chromium or Chrome on this machine (the CHROMIUM variable wins), or
 * null: tests that need one then skip and say so.
 */
export const chromium: string | null = findChromium();

if (chromium === null)
  console.warn(
    "Chromium was not found: tests that look at pages are skipped. Install chromium, or set CHROMIUM to its path.",
  );

/** Background services off, so that a page's own requests are the only ones. */
const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Opens a fresh page in a fresh headless browser and closes both afterwards, whatever `use` does.
 *
 * @param options.width       viewport, CSS pixels
 * @param options.height      viewport, CSS pixels
 * @param options.javaScript  whether the page's scripts run
 * @throws Error if there is no Chromium
 */
export async function withPage<T>(
  { width, height, javaScript }: { width: number; height: number; javaScript: boolean },
  use: (page: Page) => Promise<T>,
): Promise<T> {
  if (chromium === null) throw new Error("withPage: a Chromium must be installed; got none; set CHROMIUM to its path");
  const browser = await playwright.launch({ executablePath: chromium, args: flags });
  try {
    const context = await browser.newContext({ viewport: { width, height }, javaScriptEnabled: javaScript });
    return await use(await context.newPage());
  } finally {
    await browser.close();
  }
}

function findChromium(): string | null {
  const given = process.env["CHROMIUM"];
  if (given !== undefined && given !== "") return existsSync(given) ? given : null;
  for (const name of ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    } catch {
      // Not under this name.
    }
  }
  return null;
}
