import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { canonicalJson } from "../../core/canonicalJson.js";
import { InputError } from "../../core/InputError.js";
import type { EvidenceFile } from "../../core/Evidence.js";
import { readEvidenceFile } from "../../io/evidence/evidenceFiles.js";
import type { EvidenceFreshness } from "../../io/evidence/evidenceFreshness.js";
import { evidenceHash, type LedgerEntry } from "../../io/evidence/evidenceLedger.js";
import { projectName, projectPath } from "../../io/projectPath.js";
import { readJson, readText } from "../../io/readText.js";
import { requireFolder } from "../../io/requireFolder.js";
import { sha256 } from "../../io/sha256.js";
import { writeAtomic } from "../../io/writeAtomic.js";
import type { Assessment } from "../../scorecard/assessReadiness.js";
import type { Tier } from "./evidenceTiers.js";
import { parseNotebook, type Notebook } from "../notebooks/Notebook.js";
import type { SiteComparison } from "./comparisonHtml.js";
import { evidenceCells } from "./evidenceCells.js";
import { evidencePage } from "./evidencePage.js";
import { indexPage } from "./indexPage.js";
import { linkDocumentNumbers } from "./linkDocumentNumbers.js";
import { loadHighlighter } from "./loadHighlighter.js";
import { notebookPage } from "./notebookPage.js";
import { loadMarkdown, type PageMarkdown } from "./pageMarkdown.js";
import { scorecardPage } from "./scorecardPage.js";
import { documentPage, documentPageName, siteDocument } from "./SiteDocument.js";
import { evidenceAddress, type SiteEvidence } from "./SiteEvidence.js";
import { siteLink } from "./siteLink.js";
import { siteNotebook } from "./SiteNotebook.js";

export interface RenderedSite {
  /** Path of the front page. */
  readonly index: string;
  readonly files: number;
  readonly bytes: number;
}

/**
 * Writes the static site: front page, scorecard, one page per notebook, document and evidence file, figures. It needs
 * no network and no server, and equal inputs give equal bytes. Each file is replaced whole; files of an earlier site
 * that this one no longer has are removed, other files in the folder are left alone.
 *
 * @param notebooks  paths of executed .ipynb files; pages are in the order of their names
 * @param documents  paths of Markdown files in docs/ or docs/runbooks/
 * @param evidence   paths of evidence files, each named after its id
 * @param tiers      by evidence id; one left out counts as recorded, the weaker claim
 * @param freshness  by evidence id, as the scorecard judged it
 * @param ledger     days of the evidence
 * @param compared   an earlier scorecard beside this one; null: none is shown
 * @param asOf       ISO date at which `freshness` judged the age; null: it did not
 * @param output     folder of the site
 * @throws InputError if a notebook or an evidence file cannot be read or is misnamed, or the folder cannot be written
 */
export async function renderSite({
  notebooks,
  documents = [],
  evidence,
  scorecard,
  tiers,
  freshness = {},
  ledger = [],
  compared = null,
  asOf = null,
  output,
}: {
  readonly notebooks: readonly string[];
  readonly documents?: readonly string[];
  readonly evidence: readonly string[];
  readonly scorecard: Assessment;
  readonly tiers: Readonly<Record<string, Tier>>;
  readonly freshness?: Readonly<Record<string, EvidenceFreshness>>;
  readonly ledger?: readonly LedgerEntry[];
  readonly compared?: SiteComparison | null;
  readonly asOf?: string | null;
  readonly output: string;
}): Promise<RenderedSite> {
  // Said before the work; a folder is made only when all pages are.
  await requireFolder(existsSync(output) ? output : dirname(output));
  const read = {
    notebooks: await readNotebooks(notebooks),
    documents: await readDocuments(documents),
    evidence: await readEvidence(evidence),
  };
  const cells = evidenceCells(read.notebooks);
  const byId = new Map(
    read.evidence.map(({ file }): [string, SiteEvidence] => {
      const { age = null, difference = "" } = freshness[file.id] ?? {};
      return [
        file.id,
        {
          file,
          tier: tiers[file.id] ?? "recorded",
          date: dateOf(file, ledger),
          age,
          difference,
          cell: cells.get(file.id) ?? null,
        },
      ];
    }),
  );
  const [pageMarkdown, highlight] = await Promise.all([loadMarkdown(), loadHighlighter()]);
  const pages = pagesOf(read);
  const filesById = new Map(read.evidence.map(({ file }) => [file.id, file]));
  const markdownIn = (folder: string): PageMarkdown => pageMarkdown((href) => siteLink(href, { folder, pages }));
  const shownNotebooks = read.notebooks.map(({ name, notebook }) =>
    siteNotebook(name, notebook, { markdown: markdownIn("notebooks"), highlight, evidence: byId }),
  );
  const shownDocuments = read.documents.map(({ path, text }) =>
    siteDocument(path, linkDocumentNumbers(text, filesById), markdownIn(dirname(path))),
  );

  const files = new Map<string, string | Uint8Array>(await assets());
  for (const { file, content } of read.evidence) files.set(`evidence/${file.id}.json`, content);
  for (const entry of byId.values()) files.set(evidenceAddress(entry.file.id), evidencePage(entry, scorecard));
  for (const { figures } of shownNotebooks) {
    for (const { file, svg } of figures) if (svg !== "") files.set(file, svg);
  }
  shownNotebooks.forEach((page, i) =>
    files.set(
      `${page.name}.html`,
      notebookPage(page, { previous: shownNotebooks[i - 1], next: shownNotebooks[i + 1] }),
    ),
  );
  for (const document of shownDocuments) files.set(document.page, documentPage(document));
  files.set("scorecard.html", scorecardPage(scorecard, { evidence: byId, compared }));
  files.set(
    "index.html",
    indexPage({ notebooks: shownNotebooks, documents: shownDocuments, scorecard, evidence: byId, compared, asOf }),
  );

  await writeSite(output, files);
  return {
    index: join(output, "index.html"),
    files: files.size,
    bytes: [...files.values()].reduce((sum, content) => sum + Buffer.byteLength(content), 0),
  };
}

interface SiteSources {
  readonly notebooks: readonly { readonly name: string; readonly notebook: Notebook }[];
  /** By path from the project root. */
  readonly documents: readonly { readonly path: string; readonly text: string }[];
  readonly evidence: readonly { readonly file: EvidenceFile; readonly content: string }[];
}

/** Which page shows which file of the project. */
function pagesOf({ notebooks, documents, evidence }: SiteSources): ReadonlyMap<string, string> {
  return new Map([
    ...notebooks.flatMap(({ name }) =>
      ["ipynb", "nb.ts"].map((ending) => [`notebooks/${name}.${ending}`, `${name}.html`] as const),
    ),
    ...documents.map(({ path }) => [path, documentPageName(path)] as const),
    ...evidence.map(({ file: { id } }) => [`data/evidence/${id}.json`, evidenceAddress(id)] as const),
  ]);
}

async function readNotebooks(paths: readonly string[]): Promise<SiteSources["notebooks"]> {
  const inOrder = sortedBy(paths, (path) => basename(path));
  for (const path of inOrder) requireName(basename(path), /^\d\d-[\w-]+\.ipynb$/, path, "NN-name.ipynb");
  return Promise.all(
    inOrder.map(async (path) => ({
      name: basename(path, ".ipynb"),
      notebook: parseNotebook(await readText(path), projectName(path)),
    })),
  );
}

async function readDocuments(paths: readonly string[]): Promise<SiteSources["documents"]> {
  for (const path of paths) requireName(basename(path), /^[\w-]+\.md$/, path, "letters, digits and hyphens");
  const documents = await Promise.all(
    paths.map(async (path) => ({
      path: `docs/${basename(dirname(path)) === "docs" ? "" : `${basename(dirname(path))}/`}${basename(path)}`,
      text: await readText(path),
    })),
  );
  return sortedBy(documents, ({ path }) => path);
}

async function readEvidence(paths: readonly string[]): Promise<SiteSources["evidence"]> {
  const files = await Promise.all(
    paths.map(async (path) => {
      const file = await readEvidenceFile(path);
      return { file, content: await readText(path) };
    }),
  );
  return sortedBy(files, ({ file }) => file.id);
}

function sortedBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The day on which the ledger first noted these very bytes. */
function dateOf(file: EvidenceFile, ledger: readonly LedgerEntry[]): string | null {
  const hash = evidenceHash(file);
  return ledger.find(({ id, sha256 }) => id === file.id && sha256 === hash)?.date ?? null;
}

/** Names become addresses and paths: one with a slash or a quote would lead out of the site. */
function requireName(name: string, pattern: RegExp, path: string, wanted: string): void {
  if (!pattern.test(name))
    throw new InputError({
      where: projectName(path),
      must: `must be named by ${wanted}`,
      got: `"${name}"`,
      mend: "rename it",
    });
}

/**
 * What the pages share. Style and script are plain files beside this one's
 * source, as a compiler has nothing to do with them.
 */
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
  const hashes = [...files]
    .map(([name, content]) => [name, sha256(content)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
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
