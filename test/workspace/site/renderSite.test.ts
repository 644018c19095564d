import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/InputError.js";
import { readEvidenceFile } from "../../../src/io/evidence/evidenceFiles.js";
import { evidenceHash } from "../../../src/io/evidence/evidenceLedger.js";
import { sha256 } from "../../../src/io/sha256.js";
import { renderSite, type RenderedSite } from "../../../src/workspace/site/renderSite.js";
import { sampleProject, sampleScorecard } from "./siteFixture.js";

describe("renderSite", () => {
  let project: Awaited<ReturnType<typeof sampleProject>>;
  let site: RenderedSite;
  const tiers = { "01-experiments-quality": "recorded", "02-generation-speed": "recomputed" } as const;
  const at = (...names: string[]): string => join(project.folder, "site", ...names);
  const page = (name: string): Promise<string> => readFile(at(name), "utf8");

  beforeAll(async () => {
    project = await sampleProject();
    site = await renderSite({ ...project, scorecard: sampleScorecard(), tiers, output: at() });
  });
  afterAll(() => rm(project.folder, { recursive: true }));

  it("writes a page per notebook, document and evidence file beside the front page, in at most 8 MB", async () => {
    const files = (await readdir(at(), { recursive: true })).filter((name) => name.includes(".")).sort();
    expect(files).toEqual([
      "01-experiments.html",
      "02-generation.html",
      "99-scorecard.html",
      "assets/plotly-cartesian.min.js",
      "assets/site.css",
      "assets/site.js",
      "doc-model-card.html",
      "doc-runbooks.html",
      "evidence-01-experiments-quality.html",
      "evidence-02-generation-speed.html",
      "evidence/01-experiments-quality.json",
      "evidence/02-generation-speed.json",
      "figures/01-experiments-1.svg",
      "figures/01-experiments-2.svg",
      "index.html",
      "manifest.json",
      "scorecard.html",
    ]);
    expect(site).toMatchObject({ index: at("index.html"), files: files.length - 1 });
    expect(site.bytes).toBeLessThan(8e6);
  });

  it("gives equal bytes for equal inputs in any order, and its manifest their hashes", async () => {
    const again = join(project.folder, "again");
    await renderSite({
      ...project,
      notebooks: [...project.notebooks].reverse(),
      documents: [...project.documents].reverse(),
      evidence: [...project.evidence].reverse(),
      scorecard: sampleScorecard(),
      tiers,
      output: again,
    });
    const manifest = JSON.parse(await page("manifest.json")) as Record<string, string>;
    expect(await readFile(join(again, "manifest.json"), "utf8")).toBe(await page("manifest.json"));
    for (const [name, hash] of Object.entries(manifest)) expect(sha256(await readFile(join(again, name)))).toBe(hash);
  });

  it("refers to nothing but files of the site; addresses elsewhere are links only", async () => {
    const names = new Set(Object.keys(JSON.parse(await page("manifest.json")) as object));
    for (const name of [...names].filter((one) => one.endsWith(".html"))) {
      const html = await page(name);
      const anchors = new Map<string, string>();
      for (const [, source] of html.matchAll(/<(?:img|script|link)\b[^>]*\s(?:src|href)="([^"]*)"/g))
        expect(source === "data:," || names.has(source), `${name}: ${source}`).toBe(true);
      for (const [, href] of html.matchAll(/<a\b[^>]*\shref="([^"]*)"/g)) {
        const [file, anchor] = href.split("#");
        if (!anchors.has(file)) anchors.set(file, file === "" ? html : await page(file));
        if (anchor !== undefined) expect(anchors.get(file), `${name}: ${href}`).toContain(`id="${anchor}"`);
      }
    }
    expect(await page("assets/site.css")).not.toMatch(/url\(|@import/);
  });

  it("copies evidence byte for byte", async () => {
    for (const path of project.evidence)
      expect(await readFile(at("evidence", path.split("/").at(-1)!))).toEqual(await readFile(path));
  });

  it("shows verdict, band, gates, takeaway, failure and tiers on the front page", async () => {
    const html = await page("index.html");
    expect(html).toContain("NOT SHOWN");
    expect(html).toContain("band 2.5 to 100");
    expect(html).toContain("0 of 11 gates are open");
    expect(html).toMatch(/<p>Only 41 % \[38, 44\]/);
    expect(html.match(/did not finish/g)).toHaveLength(1);
    const files = html.slice(html.indexOf("evidence-01-experiments-quality.html"));
    expect(files).toMatch(/>recorded<[\s\S]*?evidence-02-generation-speed\.html[\s\S]*?>recomputed</);
  });

  it("shows documents in the site's frame, their links to pages where there are pages", async () => {
    const card = await page("doc-model-card.html");
    expect(card).toContain('<a href="evidence-02-generation-speed.html#02-generation-speed.rows">3</a>');
    expect(card).toContain('<a href="01-experiments.html">notebook 01</a>');
    expect(card).toContain('<a href="doc-runbooks.html">runbooks</a>');
    const runbooks = await page("doc-runbooks.html");
    expect(runbooks).toContain('<a href="doc-model-card.html#use">card</a>');
    expect(runbooks).toContain("how to help (<code>CONTRIBUTING.md</code>)");
    expect(await page("index.html")).toMatch(
      /id="documents"[\s\S]*href="doc-model-card\.html">Model card<\/a>[\s\S]*href="doc-runbooks\.html"/,
    );
  });

  it("dates evidence by the ledger's entry for these very bytes", async () => {
    const output = join(project.folder, "dated");
    const known = await readEvidenceFile(project.evidence[0]);
    const ledger = [
      { id: known.id, sha256: "0".repeat(64), date: "2026-01-01" },
      { id: known.id, sha256: evidenceHash(known), date: "2026-02-03" },
    ];
    await renderSite({ ...project, scorecard: sampleScorecard(), tiers, ledger, output });
    const read = (name: string): Promise<string> => readFile(join(output, name), "utf8");
    expect(await read("evidence-02-generation-speed.html")).toContain("2026-02-03");
    expect(await read("evidence-01-experiments-quality.html")).toContain("not in the ledger");
  });

  it("links neighbours in the order of their names", async () => {
    expect(await page("01-experiments.html")).not.toContain('rel="prev"');
    expect(await page("02-generation.html")).toMatch(
      /rel="prev" href="01-experiments\.html"[\s\S]*rel="next" href="99-scorecard\.html"/,
    );
    expect(await page("99-scorecard.html")).not.toContain('rel="next"');
  });

  it("removes pages of notebooks that are gone, and no file of others, also when a manifest names it", async () => {
    const output = join(project.folder, "shrinking");
    const inputs = { ...project, scorecard: sampleScorecard(), tiers, output };
    await renderSite(inputs);
    await writeFile(join(output, "mine.txt"), "mine");
    await writeFile(join(project.folder, "outside.txt"), "outside");
    const manifest = JSON.parse(await readFile(join(output, "manifest.json"), "utf8")) as Record<string, string>;
    await writeFile(join(output, "manifest.json"), JSON.stringify({ ...manifest, "../outside.txt": "x" }));
    await renderSite({ ...inputs, notebooks: inputs.notebooks.filter((path) => !path.includes("02-")), evidence: [] });
    const left = await readdir(output, { recursive: true });
    expect(left).not.toContain("02-generation.html");
    expect(left).not.toContain("evidence/01-experiments-quality.json");
    expect(left).toContain("mine.txt");
    expect(await readFile(join(project.folder, "outside.txt"), "utf8")).toBe("outside");
  });

  it("names a corrupt notebook and leaves the site as it was", async () => {
    const broken = join(project.folder, "notebooks", "03-broken.ipynb");
    await writeFile(broken, '{"nbformat": 4, "cells": [');
    const before = await page("index.html");
    const rendering = renderSite({
      ...project,
      notebooks: [...project.notebooks, broken],
      scorecard: sampleScorecard(),
      tiers,
      output: at(),
    });
    await expect(rendering).rejects.toThrow(InputError);
    await expect(rendering).rejects.toThrow("03-broken.ipynb");
    expect(await page("index.html")).toBe(before);
  });

  it.each([
    ["notebooks", "notebooks/index.ipynb", (text: string) => text],
    ["notebooks", 'notebooks/03-a"b.ipynb', (text: string) => text],
    [
      "evidence",
      "evidence/03-up.json",
      (text: string) => text.replace('"id": "01-experiments-quality"', '"id": "../../up"'),
    ],
  ] as const)(
    "refuses a name that would collide with a page or lead out of the site: %s %s",
    async (kind, name, change) => {
      const path = join(project.folder, name);
      await writeFile(
        path,
        change(
          await readFile(
            project[kind].find((one) => one.includes("01-"))!,
            "utf8",
          ),
        ),
      );
      await expect(
        renderSite({
          ...project,
          [kind]: [path],
          scorecard: sampleScorecard(),
          tiers,
          output: join(project.folder, "refused"),
        }),
      ).rejects.toThrow(/must be (?:named by|letters, digits, _ and -)/);
      await expect(readdir(join(project.folder, "refused"))).rejects.toThrow("ENOENT");
    },
  );

  it("names the file it cannot write", async () => {
    const output = join(project.folder, "blocked");
    await mkdir(output);
    await writeFile(join(output, "assets"), "a file where a folder is needed");
    await expect(renderSite({ ...project, scorecard: sampleScorecard(), tiers, output })).rejects.toThrow(
      /blocked.*remove it or choose another name/,
    );
  });
});
