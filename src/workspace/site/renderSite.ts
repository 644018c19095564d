import { readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { canonicalJson } from "../../core/canonicalJson.js";
import { InputError } from "../../core/InputError.js";
import { readEvidenceFile } from "../../io/evidenceFiles.js";
import { projectName, projectPath } from "../../io/projectPath.js";
import { readJson, readText } from "../../io/readText.js";
import { sha256 } from "../../io/sha256.js";
import { writeAtomic } from "../../io/writeAtomic.js";
import type { Assessment } from "../../scorecard/assessReadiness.js";
import type { Tier } from "../evidenceTiers.js";
import { parseNotebook } from "../Notebook.js";
import { indexPage } from "./indexPage.js";
import { loadHighlighter } from "./loadHighlighter.js";
import { notebookPage } from "./notebookPage.js";
import { loadMarkdown } from "./pageMarkdown.js";
import { scorecardPage } from "./scorecardPage.js";
import type { SiteEvidence } from "./SiteEvidence.js";
import { siteLink } from "./siteLink.js";
import { siteNotebook, type SiteNotebook } from "./SiteNotebook.js";

export interface RenderedSite {
  /** Path of the front page. */
  readonly index: string;
  readonly files: number;
  readonly bytes: number;
}

/**
 * Writes the static site: front page, one page per notebook, scorecard, figures, evidence. It needs no
 * network and no server, and equal inputs give equal bytes. Each file is replaced whole; files of an
 * earlier site that this one no longer has are removed, other files in the folder are left alone.
 *
 * @param notebooks  paths of executed .ipynb files; pages are in the order of their names
 * @param evidence   paths of evidence files, each named after its id
 * @param tiers      by evidence id; one left out counts as recorded, the weaker claim
 * @param output     folder of the site
 * @throws InputError if a notebook or an evidence file cannot be read or is misnamed, or the folder cannot be written
 */
export async function renderSite({ notebooks, evidence, scorecard, tiers, output }: {
  readonly notebooks: readonly string[];
  readonly evidence: readonly string[];
  readonly scorecard: Assessment;
  readonly tiers: Readonly<Record<string, Tier>>;
  readonly output: string;
}): Promise<RenderedSite> {
  const evidenceFiles = await readEvidence(evidence, tiers);
  const byId = new Map(evidenceFiles.map(({ entry }) => [entry.id, entry]));
  const pages = await readNotebooks(notebooks, new Set(byId.keys()));

  const files = new Map<string, string | Uint8Array>(await assets());
  for (const { entry, content } of evidenceFiles) files.set(`evidence/${entry.id}.json`, content);
  for (const { figures } of pages) {
    for (const { file, svg } of figures) if (svg !== "") files.set(file, svg);
  }
  pages.forEach((page, i) => files.set(`${page.name}.html`, notebookPage(page, { previous: pages[i - 1], next: pages[i + 1] })));
  files.set("scorecard.html", scorecardPage(scorecard, byId));
  files.set("index.html", indexPage({ notebooks: pages, scorecard, evidence: byId }));

  await writeSite(output, files);
  return { index: join(output, "index.html"), files: files.size, bytes: [...files.values()].reduce((sum, content) => sum + Buffer.byteLength(content), 0) };
}

async function readNotebooks(paths: readonly string[], evidence: ReadonlySet<string>): Promise<SiteNotebook[]> {
  const [pageMarkdown, highlight] = await Promise.all([loadMarkdown(), loadHighlighter()]);
  const inOrder = [...paths].sort((a, b) => (basename(a) < basename(b) ? -1 : 1));
  for (const path of inOrder) requireName(basename(path), /^\d\d-[\w-]+\.ipynb$/, path, "NN-name.ipynb");
  const names = { notebooks: new Set(inOrder.map((path) => basename(path, ".ipynb"))), evidence };
  return Promise.all(
    inOrder.map(async (path) => {
      const notebook = parseNotebook(await readText(path), projectName(path));
      return siteNotebook(basename(path, ".ipynb"), notebook, { markdown: pageMarkdown((href) => siteLink(href, names)), highlight });
    }),
  );
}

async function readEvidence(paths: readonly string[], tiers: Readonly<Record<string, Tier>>): Promise<{ entry: SiteEvidence; content: string }[]> {
  const files = await Promise.all(
    paths.map(async (path) => {
      const { id, measurements } = await readEvidenceFile(path);
      requireName(id, /^[\w-]+$/, path, "an id of letters, digits and hyphens");
      return { entry: { id, measurements: measurements.length, tier: tiers[id] ?? "recorded" }, content: await readText(path) };
    }),
  );
  return files.sort((a, b) => (a.entry.id < b.entry.id ? -1 : 1));
}

/** Names become addresses and paths: one with a slash or a quote would lead out of the site. */
function requireName(name: string, pattern: RegExp, path: string, wanted: string): void {
  if (!pattern.test(name)) throw new InputError({ where: projectName(path), must: `must be named by ${wanted}`, got: `"${name}"`, mend: "rename it" });
}

/** What the pages share. Style and script are plain files beside this one's source, as a compiler has nothing to do with them. */
async function assets(): Promise<[string, string | Uint8Array][]> {
  const source = (name: string): Promise<string> => readText(projectPath("src", "workspace", "site", name));
  const plotly = createRequire(import.meta.url).resolve("plotly.js-cartesian-dist-min");
  return [
    ["assets/site.css", await source("site.css")],
    ["assets/site.js", await source("site.js")],
    ["assets/plotly-cartesian.min.js", await readFile(plotly)],
  ];
}

/** Name -> SHA-256 of every file of the site: what a later rendering may remove, and what a reader can check. */
const manifestName = "manifest.json";

async function writeSite(output: string, files: ReadonlyMap<string, string | Uint8Array>): Promise<void> {
  const before = await writtenBefore(output);
  for (const [name, content] of files) await writeAtomic(join(output, name), content);
  const stale = before.filter((name) => !files.has(name));
  for (const name of stale) await rm(join(output, name), { force: true });
  const hashes = [...files].map(([name, content]) => [name, sha256(content)] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  await writeAtomic(join(output, manifestName), canonicalJson(Object.fromEntries(hashes)));
}

/** Names an earlier manifest lists; only plain ones inside the folder, as they are about to be removed. */
async function writtenBefore(output: string): Promise<string[]> {
  try {
    const manifest = await readJson(join(output, manifestName));
    return Object.keys(manifest as object).filter((name) => /^(?:[\w-]+\/)?[\w-]+(?:\.[\w-]+)*$/.test(name));
  } catch {
    // No manifest, or a damaged one: nothing is known to be ours, so nothing is removed.
    return [];
  }
}
