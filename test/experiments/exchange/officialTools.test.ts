import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type ExchangeFormat, exchangeFormats } from "../../../src/experiments/exchange/exchangeFormats.js";
import type { ExchangeTable } from "../../../src/experiments/exchange/ExchangeTable.js";
import {
  manifestTable,
  publishedExchange,
  shareableNames,
} from "../../../src/experiments/exchange/publishedExchange.js";
import { writeFolderAtomic } from "../../../src/io/writeFolderAtomic.js";
import { exportCountsVariable, type ExportCounts } from "../../../src/workspace/proofs/exportsProof.js";
import { example } from "../../support/exchangeExample.js";
import { pythonWith } from "../../support/pythonWith.js";
import { hasRealData, realData } from "../../support/realData.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const root = await temporaryFolder();

/** Package and place of the tool of each format, and a fault that it must find. */
const tools: Readonly<Record<ExchangeFormat, Tool>> = {
  frictionless: {
    python: pythonWith(["frictionless"]),
    fault: { file: "example.csv", from: "512.25", to: "712.25" },
  },
  croissant: {
    python: pythonWith(["mlcroissant"]),
    fault: { file: "croissant.json", from: '"column": "timeSecond"', to: '"column": "time"' },
  },
  ord: {
    python: pythonWith(["ord_schema"]),
    fault: { file: "dataset.json", from: '"units": "CELSIUS"', to: '"units": "UNSPECIFIED"' },
  },
  olympus: {
    python: pythonWith(["olympus", "matplotlib"], { folder: "olympus", variable: "OLYMPUS_PYTHON" }),
    fault: { file: "data.csv", from: "toluene", to: "benzene" },
  },
};

interface Tool {
  readonly python: string | null;
  readonly fault: { readonly file: string; readonly from: string; readonly to: string };
}

interface Verdicts {
  readonly version: string;
  readonly folders: readonly {
    readonly errors: readonly string[];
    readonly count: number;
    readonly rows: number;
    readonly different: number;
  }[];
}

const counts: Partial<Record<ExchangeFormat, ExportCounts | null>> = {};

afterAll(() => {
  const report = process.env[exportCountsVariable];
  if (report === undefined) return;
  mkdirSync(dirname(report), { recursive: true });
  writeFileSync(report, JSON.stringify(counts));
});

function judged(format: ExchangeFormat, python: string, folders: readonly string[]): Verdicts {
  const verdicts = join(root, `${format}.json`);
  const script = join(import.meta.dirname, "judge_export.py");
  execFileSync(python, [script, verdicts, format, ...folders], { stdio: "ignore" });
  return JSON.parse(readFileSync(verdicts, "utf8")) as Verdicts;
}

/** Published tables that a format takes. */
async function published(format: ExchangeFormat): Promise<readonly ExchangeTable[]> {
  if (!hasRealData) return [];
  const all = await Promise.all(
    shareableNames().map((name) => publishedExchange(manifestTable(name)!, { folder: realData })),
  );
  if (format === "olympus") return all.filter(({ roles }) => roles.target !== null);
  return format === "ord" ? all.filter(({ name }) => /platelets|selenide/.test(name)) : all;
}

describe.each(Object.keys(exchangeFormats) as ExchangeFormat[])("a table as %s", (format) => {
  const { python, fault } = tools[format];
  const skipped = python === null ? " (skipped: no Python with that tool; see requirements.txt beside this test)" : "";
  counts[format] = null;

  it.skipIf(python === null)(
    `passes the official tool, which finds a planted fault${skipped}`,
    async () => {
      const tables = await published(format);
      const folders: string[] = [];
      for (const exchange of [...tables, example]) {
        const folder = join(root, format, exchange.name);
        await writeFolderAtomic(folder, (await exchangeFormats[format](exchange)).files);
        folders.push(folder);
      }
      const { files } = await exchangeFormats[format](example);
      const spoilt = Buffer.from(files[fault.file]).toString();
      expect(spoilt).toContain(fault.from);
      const planted = join(root, format, "planted");
      await writeFolderAtomic(planted, { ...files, [fault.file]: spoilt.replace(fault.from, fault.to) });
      const verdicts = judged(format, python!, [...folders, planted]).folders;
      const whole = verdicts.slice(0, -1);
      const sum = (of: "count" | "rows" | "different"): number => whole.reduce((total, one) => total + one[of], 0);
      const ofExample = whole.at(-1)!.different;
      counts[format] = {
        tables: tables.length,
        rows: sum("rows"),
        errors: sum("count"),
        different: sum("different") - ofExample,
        missed: verdicts.at(-1)!.count > 0 ? 0 : 1,
      };
      expect(whole.flatMap(({ errors }) => errors)).toEqual([]);
      expect(counts[format]).toMatchObject({ errors: 0, different: 0, missed: 0 });
      // A text that says "NA" is a missing one to the loader of Croissant, which asks pandas.
      expect(ofExample).toBe(format === "croissant" ? 1 : 0);
      expect(sum("rows")).toBeGreaterThan(0);
    },
    300_000,
  );
});
