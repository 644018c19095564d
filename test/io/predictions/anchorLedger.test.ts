import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random/Random.js";
import { chainedText } from "../../../src/io/chainedLedger.js";
import {
  anchorsOf,
  appendAnchor,
  committedAnchors,
  readAnchors,
  requireAnchored,
} from "../../../src/io/predictions/anchorLedger.js";
import { emptyHead, type LedgerLine, readPredictionLedger } from "../../../src/io/predictions/predictionLedger.js";
import { registerPredictions } from "../../../src/io/predictions/registerPredictions.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { gitFolder } from "../../support/gitFolder.js";
import { playedRegistration } from "./playedRegistration.js";

const { folder, commit } = gitFolder();
const ledger = join(folder, "ledger.jsonl");

beforeAll(async () => {
  await registerPredictions(playedRegistration("first", { rows: 8 }), { ledger, day: "2026-11-29" });
  await registerPredictions(playedRegistration("second", { rows: 5, model: "c" }), { ledger, day: "2026-11-29" });
  await appendAnchor(await readPredictionLedger(ledger), ledger, "2026-11-30");
  commit("2026-11-30T08:00:00Z");
  await registerPredictions(playedRegistration("third", { rows: 4, model: "d" }), { ledger, day: "2026-12-01" });
});

/** Lines as somebody would write them who makes all hashes anew, places and rows told anew where they must be. */
function chainedAgain(lines: readonly LedgerLine[]): string {
  let previous = emptyHead;
  const count = (name: string): number => lines.filter((line) => line.name === name).length;
  const seen = new Map<string, number>();
  return lines
    .map((line, i) => {
      seen.set(line.name, (seen.get(line.name) ?? 0) + 1);
      const { sha256: _, ...body } = line;
      const own = { ...body, line: i + 1, row: seen.get(line.name)!, of: count(line.name), previous };
      const text = chainedText(own);
      previous = (JSON.parse(text) as LedgerLine).sha256;
      return `${text}\n`;
    })
    .join("");
}

type Plant = (lines: LedgerLine[], at: number) => void;

/** What an owner of the ledger could do to predictions that did not come true. */
const plants: Readonly<Record<string, Plant>> = {
  "a changed prediction": (lines, at) => (lines[at] = { ...lines[at], predictions: { phase: "Cs4PbBr6" } }),
  "a changed recipe": (lines, at) => (lines[at] = { ...lines[at], recipeSha256: "f".repeat(64) }),
  "a changed day": (lines, at) => (lines[at] = { ...lines[at], day: "2026-11-01" }),
  "a changed rule": (lines, at) =>
    (lines[at] = { ...lines[at], judging: { sentence: "All is right.", rules: { level: 0.1 } } }),
  "called outside": (lines, at) => (lines[at] = { ...lines[at], inDomain: !lines[at].inDomain }),
  "a dropped one": (lines, at) => void lines.splice(at, 1),
  "two in another order": (lines, at) => {
    const to = lines.findIndex((one, i) => one.name === lines[at].name && i !== at);
    [lines[at], lines[to]] = [lines[to], lines[at]];
  },
  "an added one": (lines, at) => void lines.splice(at, 0, { ...lines[at], recipe: "a lucky one" }),
  "a dropped register": (lines, at) => {
    const { name } = lines[at];
    for (let i = lines.length - 1; i >= 0; i--) if (lines[i].name === name) lines.splice(i, 1);
  },
  "all cut from there on": (lines, at) => void lines.splice(at),
};

describe("anchors of a ledger of predictions", () => {
  it("find 100 of 100 planted changes of what they hold, though all hashes were made anew", async () => {
    const { lines } = await readPredictionLedger(ledger);
    const anchors = await committedAnchors(ledger);
    const random = seededRandom(20).fork("plants");
    const kinds = Object.values(plants);
    const copy = join(folder, "copy.jsonl");
    let found = 0;
    for (let plant = 0; plant < 100; plant++) {
      const changed = [...lines];
      kinds[plant % kinds.length](changed, Math.floor(random() * 13));
      writeFileSync(copy, chainedAgain(changed));
      // The chain alone knows of nothing.
      const forged = await readPredictionLedger(copy);
      expect(forged.head).not.toBe(lines.at(-1)!.sha256);
      try {
        requireAnchored(forged, anchors, "copy.jsonl");
      } catch (error) {
        expect(String(error)).toMatch(/copy\.jsonl, line 13: .*as anchored on 2026-11-30: predictions were changed/);
        found++;
      }
    }
    expect(found).toBe(100);
  });

  it("hold nothing behind the last of them: what was registered since may be cut off unseen", async () => {
    const { lines } = await readPredictionLedger(ledger);
    const anchors = await committedAnchors(ledger);
    expect(lines).toHaveLength(17);
    expect(() => requireAnchored({ lines: lines.slice(0, 13) }, anchors, "")).not.toThrow();
    expect(() => requireAnchored({ lines: lines.slice(0, 12) }, anchors, "")).toThrow(/got 12 lines/);
  });

  it("count from their commit on, with its time: one that stands in the file alone is none", async () => {
    expect(await committedAnchors(ledger)).toMatchObject([{ lines: 13, committed: "2026-11-30T08:00:00.000Z" }]);
    const own = readFileSync(anchorsOf(ledger), "utf8");
    const { isNew, anchor } = await appendAnchor(await readPredictionLedger(ledger), ledger, "2026-12-01");
    expect([isNew, anchor.lines]).toEqual([true, 17]);
    expect((await appendAnchor(await readPredictionLedger(ledger), ledger, "2026-12-02")).isNew).toBe(false);
    expect(await readAnchors(ledger)).toHaveLength(2);
    expect(await committedAnchors(ledger)).toHaveLength(1);
    writeFileSync(anchorsOf(ledger), own);
  });

  it("are refused where those that were committed were changed or removed", async () => {
    const own = readFileSync(anchorsOf(ledger), "utf8");
    writeFileSync(anchorsOf(ledger), "");
    await expect(committedAnchors(ledger)).rejects.toThrow(/line 1: must be the anchor that was committed.*got none/);
    const head = "e".repeat(64);
    const forged = chainedText({ head, lines: 13, day: "2026-11-30", previous: emptyHead });
    writeFileSync(anchorsOf(ledger), `${forged}\n`);
    await expect(committedAnchors(ledger)).rejects.toThrow(/got another one; restore it from git/);
    writeFileSync(anchorsOf(ledger), own.replace('"lines":13', '"lines":12'));
    await expect(committedAnchors(ledger)).rejects.toThrow(/line 1: must be an anchor with the hash that it says/);
    writeFileSync(anchorsOf(ledger), own);
  });

  it.each([["predictions"], ["demonstration"]])("hold the committed ledger of data/%s whole", async (name) => {
    const own = projectPath("data", name, "ledger.jsonl");
    const { lines } = await readPredictionLedger(own);
    const anchors = await readAnchors(own);
    expect(anchors.at(-1)!.lines).toBe(lines.length);
    expect(() => requireAnchored({ lines }, anchors, name)).not.toThrow();
  });

  it("need a ledger that has a line, and are none outside of a repository", async () => {
    await expect(appendAnchor({ lines: [], head: emptyHead }, ledger)).rejects.toThrow(
      /must have predictions to anchor/,
    );
    const { folder: other } = gitFolder();
    copyFileSync(ledger, join(other, "ledger.jsonl"));
    expect(await committedAnchors(join(other, "ledger.jsonl"))).toEqual([]);
  });
});
