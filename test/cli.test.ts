import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { outcomeFields, recipeFields } from "../src/chemistry/recipeSchema.js";
import { canonicalJson } from "../src/core/canonicalJson.js";
import { measurement, type EvidenceFile } from "../src/core/Evidence.js";
import { tableFromRows } from "../src/core/tableFromRows.js";
import { realTable, realTables } from "../src/experiments/manifest.js";
import { evidenceHash } from "../src/io/evidence/evidenceLedger.js";
import { projectPath } from "../src/io/projectPath.js";
import { sourceHash } from "../src/io/evidence/sourceHash.js";
import { writeTable } from "../src/io/tables/writeTable.js";
import type { Scorecard } from "../src/scorecard/Scorecard.js";
import { parseNotebook, type Output } from "../src/workspace/notebooks/Notebook.js";
import { hasRealData, realData } from "./support/realData.js";
import type { NotebookRun } from "../src/workspace/notebooks/runNotebooks.js";
import { temporaryProject } from "./support/temporaryProject.js";

const isBuilt = existsSync(projectPath("dist", "cli.js"));
if (!isBuilt) console.warn("cli: tests of the `twin` command are skipped: dist/cli.js is missing, run `npm run build`");

/**
 * A project of its own around the built command, so that nothing of this checkout is written:
 * one notebook, one piece of evidence, no tables.
 */
let project = "";
/** Where the user stands: a folder outside the project, with files of theirs. */
let here = "";

const source = "src/core/Evidence.ts";
const seenOn = "2026-01-31";

beforeAll(async () => {
  if (!isBuilt) return;
  project = temporaryProject({
    "notebooks/01-tiny.nb.ts": '// %% [markdown]\n// # Tiny\n\n// %%\nconsole.log("tiny");\n',
  });
  here = temporaryProject();
  for (const part of [
    "dist",
    "src",
    "package.json",
    "package-lock.json",
    "data/literature",
    "notebooks/tsconfig.json",
    "notebooks/kernels",
  ])
    cpSync(projectPath(part), join(project, part), { recursive: true });
  symlinkSync(projectPath("node_modules"), join(project, "node_modules"), "junction");
  const evidence: EvidenceFile = {
    id: "01-tiny-provenance",
    seed: null,
    inputs: {},
    source,
    code: await sourceHash(source),
    engine: "typescript",
    labels: "real",
    madeBy: "reproduce",
    measurements: [measurement({ id: "DQ7.share", meaning: "share", value: 1, unit: "share", n: 2 })],
    result: null,
  };
  mkdirSync(join(project, "data/evidence"));
  writeFileSync(join(project, "data/evidence/01-tiny-provenance.json"), canonicalJson(evidence));
  writeFileSync(
    join(project, "data/evidence/ledger.jsonl"),
    `${JSON.stringify({ id: evidence.id, sha256: evidenceHash(evidence), date: seenOn })}\n`,
  );
});

interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as a user would, from their folder. */
function twin(...parameters: readonly string[]): Promise<Answer> {
  return answerOf(
    spawn(process.execPath, [join(project, "dist", "cli.js"), ...parameters], {
      cwd: here,
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );
}

function answerOf(child: ReturnType<typeof spawn>): Promise<Answer> {
  let [out, err] = ["", ""];
  child.stdout!.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr!.setEncoding("utf8").on("data", (text: string) => (err += text));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, out, err })));
}

/** Every file of a folder with its bytes and time: equal before and after means that nothing was written. */
function snapshot(folder: string): unknown {
  if (!existsSync(folder)) return null;
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .sort()
    .map((name) => {
      const path = join(folder, name);
      // The time of a folder is that of the file that was made and removed there, to see whether one can be.
      return statSync(path).isFile() ? [name, statSync(path).mtimeMs, readFileSync(path, "base64")] : [name, "folder"];
    });
}

const put = (name: string, content: string | Uint8Array): void => writeFileSync(join(here, name), content);
const last = (text: string): string => text.trimEnd().split("\n").at(-1)!;

describe.skipIf(!isBuilt)("twin (skipped without dist)", { timeout: 60_000 }, () => {
  it.each([
    "",
    "doctor",
    "generate",
    "calibrate-physics",
    "quality",
    "train",
    "tune",
    "predict",
    "data",
    "data status",
    "data import",
    "data fetch",
    "data map",
    "data export",
    "data template",
    "scorecard",
    "notebooks",
    "notebooks run",
    "notebooks sync",
    "notebooks render",
    "notebooks verify",
  ])("%s --help explains it and exits with 0", async (verb) => {
    const words = verb.split(" ").filter((word) => word !== "");
    const { code, out, err } = await twin(...words, "--help");
    expect([code, err]).toEqual([0, ""]);
    expect(out.startsWith(`Usage: ${["twin", ...words].join(" ")} [options]`)).toBe(true);
    if (!["", "data", "notebooks"].includes(verb)) expect(out).toContain("--json");
  });

  it.each([
    ["no verb", [], "Usage: twin"],
    ["an unknown verb", ["frobnicate"], "error: unknown command 'frobnicate'"],
    ["an unknown verb of a group", ["notebooks", "frobnicate"], "error: unknown command 'frobnicate'"],
    ["an unknown option", ["scorecard", "--frobnicate"], "error: unknown option '--frobnicate'"],
    ["a missing file", ["quality"], "error: missing required argument 'file'"],
    ["too many files", ["quality", "a.csv", "b.csv"], "error: too many arguments for 'quality'"],
    ["a missing option", ["data", "import"], "error: required option '--from <folder>' not specified"],
    ["an option without its value", ["scorecard", "--as-of"], "error: option '--as-of <date>' argument missing"],
  ])("answers %s with exit code 2, the mistake and the usage", async (_, parameters, words) => {
    const { code, out, err } = await twin(...parameters);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(words);
    expect(err).toContain("Usage: twin");
  });

  it("doctor tries kernel, tables and figures, and passes", async () => {
    const { code, out, err } = await twin("doctor", "--json");
    const { passed, findings } = JSON.parse(out) as {
      passed: boolean;
      findings: { part: string; state: string; detail: string }[];
    };
    expect([code, passed, err]).toEqual([0, true, ""]);
    expect(findings.filter(({ state }) => state === "ok").map(({ part }) => part)).toEqual(
      expect.arrayContaining(["Node", "kernel", "tables", "figures"]),
    );
    expect(findings.find(({ part }) => part === "kernel")!.detail).toMatch(/^ready in \d/);
  });

  it("ends quietly when the reader of its output has gone", async () => {
    const child = spawn(process.execPath, [join(project, "dist", "cli.js"), "scorecard"], {
      cwd: here,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.destroy();
    expect(await answerOf(child)).toEqual({ code: 0, out: "", err: "" });
  });
});

describe.skipIf(!isBuilt)("twin scorecard (skipped without dist)", { timeout: 60_000 }, () => {
  const statusOf = async (...parameters: readonly string[]): Promise<string> => {
    const { code, out } = await twin("scorecard", "--json", ...parameters);
    expect(code).toBe(0);
    const { status, reason } = (JSON.parse(out) as Scorecard).checks.find(({ id }) => id === "DQ7")!;
    return `${status} ${reason}`.trim();
  };

  it("prints all 44 checks and ends with the score, which --json gives as data", async () => {
    const before = snapshot(join(project, "data"));
    const [{ code, out, err }, json] = [await twin("scorecard"), await twin("scorecard", "--json")];
    const card = JSON.parse(json.out) as Scorecard & { tiers: Record<string, string> };
    expect([code, err, json.code, json.err]).toEqual([0, "", 0, ""]);
    expect(card.checks).toHaveLength(44);
    expect(card.checks.filter(({ status }) => status === "PASS").map(({ id }) => id)).toEqual(["DQ7"]);
    expect(card.tiers).toEqual({ "01-tiny-provenance": "recorded" });
    expect(out.match(/^ {2}(?:PASS|FAIL|UNKNOWN) /gm)).toHaveLength(44);
    expect(last(out)).toBe(
      `Readiness 2.5 of 100 (shown 2.5, 100.0 if every UNKNOWN came to pass; gates cap it at 25): ${card.verdict}`,
    );
    expect(snapshot(join(project, "data"))).toEqual(before);
  });

  it("judges age at --as-of alone: stale when it is old, and not known before the day it was first seen", async () => {
    expect(await statusOf()).toBe("PASS");
    expect(await statusOf("--as-of", seenOn)).toBe("PASS");
    expect(await statusOf("--as-of", "2027-02-01")).toBe("UNKNOWN STALE: DQ7.share is 366 days old, 365 are allowed");
    expect(await statusOf("--as-of", "2020-01-01")).toBe("UNKNOWN STALE: DQ7.share was not in the ledger on that day");
  });

  it("compares with an earlier scorecard by its path: what turned and why, as text and as data", async () => {
    const none = JSON.parse((await twin("scorecard", "--json")).out) as Scorecard;
    const earlier = {
      inputs: {},
      result: {
        ...none,
        low: 0,
        displayed: 0,
        checks: none.checks.map((check) =>
          check.id === "DQ7" ? { ...check, status: "FAIL", reason: "BELOW_THRESHOLD: few", evidence: [] } : check,
        ),
      },
    };
    put("earlier.json", JSON.stringify(earlier));
    const [text, json] = [
      await twin("scorecard", "--compare", "earlier.json"),
      await twin("scorecard", "--compare", "earlier.json", "--json"),
    ];
    expect([text.code, text.err, json.code]).toEqual([0, "", 0]);
    expect(last(text.out)).toBe("  DQ7  FAIL -> PASS: was BELOW_THRESHOLD: few; 01-tiny-provenance is new");
    expect(
      (JSON.parse(json.out) as { comparison: { changed: { id: string }[] } }).comparison.changed.map(({ id }) => id),
    ).toEqual(["DQ7"]);
  });

  it("refuses --compare with what is no scorecard: no file or revision, no JSON, other evidence", async () => {
    put("notes.json", "notes");
    put("other.json", '{"inputs": {}, "result": null}');
    const err = async (name: string): Promise<string> => {
      const answer = await twin("scorecard", "--compare", name);
      expect([answer.code, answer.out]).toEqual([2, ""]);
      return answer.err;
    };
    expect(await err("nowhere")).toMatch(
      new RegExp(
        /^--compare: must be a file, /.source +
          /or a git revision of this project that holds data\/evidence\/99-scorecard\.json; got "nowhere"/.source,
      ),
    );
    expect(await err("notes.json")).toMatch(/^notes\.json: must be the evidence of notebook 99; got Unexpected token/);
    expect(await err("other.json")).toMatch(/^other\.json: must be the evidence of notebook 99; got result: /);
  });

  it.each(["2026-02-30", "yesterday", "2026-1-5", ""])('refuses --as-of "%s"', async (day) => {
    expect(await twin("scorecard", "--as-of", day)).toEqual({
      code: 2,
      out: "",
      err: `--as-of: must be a day written YYYY-MM-DD; got "${day}"; write for example 2026-01-31\n`,
    });
  });
});

describe.skipIf(!isBuilt)("twin quality (skipped without dist)", { timeout: 60_000 }, () => {
  const header = "caesiumMolar,leadMolar,bromideMolar,temperatureCelsius";
  const good = `${header}\n0.01,0.03,0.06,160\n0.02,0.03,0.06,190\n`;

  it("passes a good CSV and a good Parquet file, as text and as JSON", async () => {
    put("good.csv", good);
    const csv = await twin("quality", "good.csv");
    expect([csv.code, csv.err]).toEqual([0, ""]);
    expect(csv.out).toMatch(
      new RegExp(
        /^good\.csv: 2 rows, 4 columns\n[^]*^temperatureCelsius +°C +0 +2 +160 .* 190$[^]*\n/.source +
          /violations: 0 of \d+ checked values [^]*duplicates: none\n$/.source,
        "m",
      ),
    );
    const rows = [160, 190].map((temperatureCelsius) => ({
      caesiumMolar: 0.01,
      leadMolar: 0.03,
      bromideMolar: 0.06,
      temperatureCelsius,
    }));
    await writeTable(tableFromRows({ ...recipeFields, ...outcomeFields }, rows), join(here, "good.parquet"));
    const parquet = await twin("quality", "good.parquet", "--json");
    expect([parquet.code, parquet.err]).toEqual([0, ""]);
    expect(JSON.parse(parquet.out)).toMatchObject({ rows: 2, violationCount: 0 });
  });

  it("fails a file with violations: exit code 1, and each named by row, column, rule and value", async () => {
    put("violations.csv", `${good}0.01,0.03,0.06,900\n0.01,-1,0.06,160\n,0.03,0.06,160\n`);
    const { code, out, err } = await twin("quality", "violations.csv");
    expect([code, err]).toEqual([1, ""]);
    expect(out).toContain("violations: 3 of ");
    expect(out).toContain("  row 3, column temperatureCelsius: must be at most 300 °C; got 900 °C\n");
    expect(out).toContain("  row 4, column leadMolar: must be above 0 mol/L; got -1 mol/L\n");
    expect(out).toContain("  row 5, column caesiumMolar: must not be missing; got nothing\n");
    const json = await twin("quality", "violations.csv", "--json");
    expect([
      json.code,
      (JSON.parse(json.out) as { violations: { row: number }[] }).violations.map(({ row }) => row),
    ]).toEqual([1, [3, 4, 5]]);
  });

  it.each([
    [
      "kelvin.csv",
      good.replace("Celsius", "Kelvin"),
      "kelvin.csv, column temperatureKelvin: must be temperatureCelsius, in °C; " +
        "got K; subtract 273.15 and rename the column",
    ],
    [
      "millimolar.csv",
      good.replace("leadMolar", "leadMillimolar"),
      "millimolar.csv, column leadMillimolar: must be leadMolar, in mol/L; " +
        "got mmol/L; multiply by 0.001 and rename the column",
    ],
    [
      "typo.csv",
      good.replace("temperatureCelsius", "temperatureCelsus"),
      'typo.csv, column temperatureCelsus: the name must be one of the schema; got "temperatureCelsus"; ' +
        "did you mean temperatureCelsius?",
    ],
    [
      "word.csv",
      good.replace("190", "hot"),
      'word.csv, row 2, column temperatureCelsius: must be a finite number; got "hot"; ' +
        "write the value in °C, without the unit, or leave the cell empty",
    ],
    [
      "comma.csv",
      good.replace(",190", ',"190,5"'),
      'comma.csv, row 2, column temperatureCelsius: must be a finite number; got "190,5"; ' +
        "write it with the decimal mark of the other numbers",
    ],
    [
      "short.csv",
      good.replace(",190", ""),
      "short.csv, line 3: every line must have 4 cells like the header; " +
        "got 3; mend the line; a cell that holds the separator needs quotes",
    ],
  ])(
    "tells what is wrong in %s with exit code 1: where, what must hold, what came, the mend",
    async (name, content, fault) => {
      put(name, content);
      const { code, out, err } = await twin("quality", name);
      expect([code, err]).toEqual([1, ""]);
      expect(out).toContain("`train` or `predict` would refuse: ");
      expect(out).toContain(`\n  ${fault.slice(`${name}, `.length)}\n`);
    },
  );

  it.each([
    ["missing.csv", null, "missing.csv: the file must be readable; got ENOENT; check the path"],
    ["empty.csv", "", "empty.csv: the file must hold a table; got an empty file; write or download it again"],
    [
      "table.xlsx",
      "PK",
      "table.xlsx: must be a whole Excel workbook (.xlsx); got another kind of file; " +
        "save it as .xlsx, or give it the ending of its kind",
    ],
    [
      "twice.csv",
      good.replace("leadMolar", "caesiumMolar"),
      'twice.csv: every column must have a name of its own; got "caesiumMolar" twice; ' +
        "rename the one in the header that is something else, or leave it out",
    ],
    [
      "quote.csv",
      good.replace("160", '"160'),
      "quote.csv, line 2: every quote must be closed; got a quote that is still open at the end of the file; " +
        'close the quote; a quote inside a quoted cell is written twice ("")',
    ],
    [
      "both.csv",
      Buffer.concat([
        Buffer.from(`${header},caesiumSource\n0.01,0.03,0.06,160,césium\n`),
        Buffer.from("0.01,0.03,0.06,160,césium\n", "latin1"),
      ]),
      "both.csv, line 3: the file must be in one encoding; got letters in UTF-8 in some places and other bytes here; " +
        "save it as UTF-8, or name the encoding with --encoding windows-1252",
    ],
    ["nul.csv", `${good}\0\n`, "nul.csv: a .csv file must hold text; got a NUL byte in line 4; save it as CSV UTF-8"],
  ])(
    "refuses %s with exit code 2 and one line: where, what must hold, what came, the mend",
    async (name, content, message) => {
      if (content !== null) put(name, content);
      expect(await twin("quality", name)).toEqual({ code: 2, out: "", err: `${message}\n` });
    },
  );

  it("refuses a Parquet file cut in half", async () => {
    const rows = Array.from({ length: 500 }, (_, i) => ({
      caesiumMolar: i / 1000,
      leadMolar: 0.03,
      bromideMolar: 0.06,
    }));
    await writeTable(tableFromRows(recipeFields, rows), join(here, "whole.parquet"));
    const bytes = readFileSync(join(here, "whole.parquet"));
    put("half.parquet", bytes.subarray(0, bytes.length / 2));
    const { code, out, err } = await twin("quality", "half.parquet");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(
      new RegExp(
        /^half\.parquet: must be a whole Parquet file; got .+; /.source +
          /the file is cut short or damaged: write or download it again\n$/.source,
      ),
    );
  });
});

describe.skipIf(!isBuilt)(
  "twin quality with --label, --parameters and --against (skipped without dist)",
  { timeout: 60_000 },
  () => {
    const lines = (shift: number): string =>
      Array.from(
        { length: 100 },
        (_, i) => `0.01,0.03,0.06,${100 + shift + i / 2},${i % 4 === 0 ? "Cs4PbBr6" : "CsPbBr3"}`,
      ).join("\n");
    const file = (shift: number): string =>
      `caesiumMolar,leadMolar,bromideMolar,temperatureCelsius,phase\n${lines(shift)}\n`;

    it("prints balance, rows per parameter and drift, and passes a file like the other", async () => {
      put("now.csv", file(0));
      put("before.csv", file(1));
      const { code, out, err } = await twin(
        "quality",
        "now.csv",
        "--label",
        "phase",
        "--parameters",
        "1000",
        "--against",
        "before.csv",
      );
      expect([code, err]).toEqual([0, ""]);
      expect(out).toMatch(
        new RegExp(
          /\nbalance of phase: smallest class over largest 0 [^]*\n/.source +
            / {2}CsPbBr3 +75 rows, 15 in a test of 20 %[^]*\n/.source +
            /rows per parameter: 0\.06 \(60 training rows, 1000 parameters\): fewer than 10\n/.source +
            /drift: none in \d+ comparisons/.source,
        ),
      );
      const json = await twin("quality", "now.csv", "--label", "phase", "--json");
      expect(JSON.parse(json.out)).toMatchObject({ balance: { label: "phase", unlabelled: 0 } });
    });

    it("fails a file that has drifted, and names the column", async () => {
      put("warm.csv", file(60));
      const { code, out } = await twin("quality", "warm.csv", "--against", "before.csv");
      expect(code).toBe(1);
      expect(out).toMatch(
        new RegExp(
          /\ndrift: 1 in \d+ comparisons [^]*\n/.source +
            / {2}temperatureCelsius: values differ by up to 1: mean [^\n]* °C, \+59 /.source +
            /\([^\n]*adjusted p below 0\.0001\)\n/.source,
        ),
      );
    });

    it.each([
      [
        "an unknown column",
        ["now.csv", "--label", "colour"],
        /^--label: must name a column of now\.csv; got "colour"; choose one of .*phase.*\n$/,
      ],
      [
        "a column of numbers",
        ["now.csv", "--label", "leadMolar"],
        /^--label: must name a column of categories; got leadMolar, which holds numbers; choose one of .*phase.*\n$/,
      ],
      [
        "no parameters",
        ["now.csv", "--parameters", "0"],
        /^--parameters: must be a whole number of at least 1; got 0; write for example 15000\n$/,
      ],
      [
        "parameters that are no number",
        ["now.csv", "--parameters", "many"],
        /^--parameters: must be a whole number; got "many"; write for example 1000000 or 1e6\n$/,
      ],
      [
        "another file that is not there",
        ["now.csv", "--against", "gone.csv"],
        /^gone\.csv: the file must be readable; got ENOENT; check the path\n$/,
      ],
      [
        "another file without common columns",
        ["now.csv", "--against", "strange.csv"],
        new RegExp(
          /^--against: must be a file with columns of now\.csv; got strange\.csv, with colour, weight; /.source +
            /compare files of the same kind\n$/.source,
        ),
      ],
      [
        "another file that shares only names of rows",
        ["named.csv", "--against", "renamed.csv"],
        new RegExp(
          /^--against: must be a file with columns of named\.csv; /.source +
            /got renamed\.csv, with experiment, weight; compare files of the same kind\n$/.source,
        ),
      ],
      [
        "another file without rows",
        ["now.csv", "--against", "bare.csv"],
        /^bare\.csv: must have rows to be compared; got none; leave out --against\n$/,
      ],
    ])("refuses %s with exit code 2 and one line", async (_, parameters, message) => {
      put("strange.csv", "colour,weight\nred,1\n");
      put("named.csv", "experiment,size\nx,1\n");
      put("renamed.csv", "experiment,weight\nx,1\n");
      put("bare.csv", "caesiumMolar,leadMolar,bromideMolar,temperatureCelsius\n");
      const { code, out, err } = await twin("quality", ...parameters);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(message);
    });
  },
);

describe.skipIf(!isBuilt)("twin generate (skipped without dist)", { timeout: 60_000 }, () => {
  it.each(["csv", "parquet", "arrow"])(
    "writes a .%s that twin quality passes, and says what was rejected",
    async (ending) => {
      const { code, out } = await twin(
        "generate",
        "--rows",
        "3000",
        "--seed",
        "7",
        "--design",
        "uniform",
        "--out",
        `made.${ending}`,
      );
      expect(code).toBe(0);
      expect(out).toMatch(
        new RegExp(
          `^made\\.${ending}: 3,000 experiments, [\\d.]+ MB \\(design uniform, seed 7\\)\n` +
            "rejected as impossible: [\\d,]+ of [\\d,]+ proposals",
        ),
      );
      const quality = await twin("quality", `made.${ending}`);
      expect([quality.code, quality.err]).toEqual([0, ""]);
      // A CSV brings no schema: it is held against that of recipes.
      expect(quality.out).toMatch(new RegExp(`^made\\.${ending}: 3000 rows, 74 columns`));
    },
  );

  it("writes shards that follow one another to the whole file, byte for byte", async () => {
    const rows = ["--rows", "1000", "--seed", "7"];
    await twin("generate", ...rows, "--out", "whole.csv");
    for (let shard = 1; shard <= 7; shard++)
      await twin(
        "generate",
        ...rows,
        "--shard",
        `${shard}/7`,
        ...(shard === 1 ? [] : ["--no-header"]),
        "--out",
        `shard${shard}.csv`,
      );
    const joined = Buffer.concat(Array.from({ length: 7 }, (_, i) => readFileSync(join(here, `shard${i + 1}.csv`))));
    expect(joined.equals(readFileSync(join(here, "whole.csv")))).toBe(true);
  });

  it("prints what it wrote as JSON", async () => {
    const { code, out } = await twin("generate", "--rows", "1e3", "--seed", "7", "--out", "small.arrow", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      out: "small.arrow",
      rows: 1000,
      seed: 7,
      design: "asRun",
      bytes: statSync(join(here, "small.arrow")).size,
    });
  });

  it.each<readonly [what: string, parameters: readonly string[], message: string]>([
    [
      "no rows",
      ["--rows", "0"],
      "generateExperiments, rows: must be a whole number from 1 to 4294967296; " +
        "got 0; ask for fewer, or use several seeds",
    ],
    ["half a row", ["--rows", "1.5"], '--rows: must be a whole number; got "1.5"; write for example 1000000 or 1e6'],
    [
      "a million million rows",
      ["--rows", "1e12"],
      "generateExperiments, rows: must be a whole number from 1 to 4294967296; " +
        "got 1000000000000; ask for fewer, or use several seeds",
    ],
    [
      "a seed that is no integer",
      ["--seed", "x"],
      '--seed: must be a whole number; got "x"; write for example 1000000 or 1e6',
    ],
    [
      "a shard beyond the last",
      ["--shard", "8/7"],
      "generateExperiments, shard: must be i/n with 1 <= i <= n; got 8/7; the shards of seven are 1/7 to 7/7",
    ],
    [
      "a shard in words",
      ["--shard", "first"],
      '--shard: must be written i/n; got "first"; the shards of seven are 1/7 to 7/7',
    ],
    [
      "an unknown design",
      ["--design", "guess"],
      "generateExperiments, design: must be one of asRun, uniform, factorial, latinHypercube, sobol; " +
        'got "guess"; choose one of them',
    ],
    [
      "an unknown engine",
      ["--engine", "gpu"],
      'generateExperiments, engine: must be simd or typescript; got "gpu"; choose one of them',
    ],
    [
      "no laboratory",
      ["--labs", "0"],
      "laboratories, count: must be a whole number from 1 to 80; got 0; write for example 12",
    ],
    [
      "negative noise",
      ["--noise=-1"],
      "generateExperiments, noise: must lie in [0, 10]; got -1; 1 is as measured, 0 none",
    ],
    [
      "an ending that is no format",
      ["--out", "made.xlsx"],
      "made.xlsx: the name must end in .csv, .parquet or .arrow; got .xlsx; choose one of them",
    ],
    [
      "targets with rows",
      ["--design", "targeted"],
      "--design targeted: takes --per-class in place of --rows and --shard; " +
        "got --rows; leave it out: rows are generated until every class has enough",
    ],
  ])("refuses %s with exit code 2 and one line, and writes nothing", async (_, parameters, message) => {
    const before = snapshot(here);
    expect(await twin("generate", "--rows", "10", "--seed", "1", "--out", "never.csv", ...parameters)).toEqual({
      code: 2,
      out: "",
      err: `${message}\n`,
    });
    expect(snapshot(here)).toEqual(before);
  });

  it("calibrate-physics refuses to fit without the recipe table, and changes nothing", async () => {
    const before = snapshot(join(project, "src"));
    const { code, out, err } = await twin("calibrate-physics");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("cs_pb_br_recipes.csv");
    expect(snapshot(join(project, "src"))).toEqual(before);
  });
});

describe.skipIf(!isBuilt)("twin train and twin predict (skipped without dist)", { timeout: 60_000 }, () => {
  const recipe = {
    route: "hot injection",
    temperatureCelsius: 170,
    timeSecond: 5,
    mixingSecond: 0.3,
    volumeMillilitre: 12,
    caesiumMolar: 0.008,
    leadMolar: 0.03,
    bromideMolar: 0.06,
    oleicAcidMolar: 0.25,
    oleylamineMolar: 0.2,
    polarSolventFraction: 0,
    waterFraction: 0.0001,
    antisolventRatio: 0,
    caesiumSource: "caesium oleate",
    bromideSource: "lead bromide",
    polarSolvent: "",
  };
  const few = ["--rows", "2000", "--epochs", "2", "--hidden", "8", "--seed", "1"];

  it("predict without a model says how to make one, and finds what train saves in the project", async () => {
    put("recipe.json", JSON.stringify(recipe));
    expect(await twin("predict", "recipe.json")).toEqual({
      code: 2,
      out: "",
      err:
        "--model: must name a model, or one must stand in data/models; " +
        "got none there; train one with `twin train`\n",
    });
    const trained = await twin("train", ...few);
    expect(trained.code).toBe(0);
    expect(trained.err).toMatch(
      new RegExp(
        /^generating experiments\nauditing the split for leaks\n/.source +
          /epoch 1 of at most 2: loss [\d.]+ on training rows, [\d.]+ on tune rows\nepoch 2 /.source,
      ),
    );
    expect(trained.out).toMatch(
      new RegExp(
        /\n450 parameters, [\d.]+ training rows for each: warning, fewer than 10: /.source +
          /[^]* {2}always the commonest {2,}0\.\d{3} \[[^]*\nsaved as [0-9a-f]{64}\n/.source,
      ),
    );
    const predicted = await twin("predict", "recipe.json");
    expect([predicted.code, predicted.err]).toEqual([0, ""]);
    expect(predicted.out).toMatch(
      new RegExp(
        /^recipe\.json: 1 recipe, model [0-9a-f]{12}\nrow 1: [^]*\n {2}set at 90 %: [^]*\n/.source +
          /sets promise 90 % for each phase, in new batches, from calibrate rows: [^]*\n/.source +
          /experimental: confirm in the lab\n$/.source,
      ),
    );
    const json = JSON.parse((await twin("predict", "recipe.json", "--json")).out) as { rows: { label: string }[] };
    expect(json.rows.map(({ label }) => label)).toEqual(["experimental: confirm in the lab"]);
    const [model] = readdirSync(join(project, "data", "models"));
    expect(trained.out).toContain(`saved as ${model}`);
    expect(JSON.parse((await twin("train", ...few, "--json")).out)).toMatchObject({ model });
  });

  it("train fails with exit code 1 where it diverges, and saves nothing", async () => {
    const { code, out } = await twin("train", ...few, "--learning-rate", "1e30", "--out", "diverged");
    expect(code).toBe(1);
    expect(out).toMatch(/they did not in epoch 1 at learning rate 1e\+30; .*; nothing was saved\n$/);
    expect(readdirSync(join(here, "diverged"))).toEqual([]);
  });

  it.each<readonly [what: string, parameters: readonly string[], message: string]>([
    [
      "no epoch",
      ["--epochs", "0"],
      "--epochs: must be a whole number from 1; got 0; without an epoch nothing is learned",
    ],
    [
      "widths in words",
      ["--hidden", "96,wide"],
      '--hidden: must be a whole number; got "wide"; write for example 1000000 or 1e6',
    ],
    [
      "an unknown engine",
      ["--engine", "gpu"],
      "training, engine: must be one of simd, typescript, tensorflow-wasm, tensorflow-cpu, tensorflow-webgpu, " +
        'tensorflow-node, tensorflow, auto; got "gpu"; choose one of them',
    ],
    [
      "an unknown export",
      ["--export", "pickle"],
      '--export: must be of onnx, tfjs; got "pickle"; write for example onnx',
    ],
    [
      "too few rows",
      ["--rows", "20"],
      "--rows: must be a whole number from 50, 10 for each phase, to 5000000, which memory holds; " +
        "got 20; write for example 20000",
    ],
    [
      "rows and a file",
      ["--rows", "2000", "--data", "x.csv"],
      "--rows: belongs to generated experiments; got --data too; leave one of them out",
    ],
  ])("train refuses %s with exit code 2 and one line", async (_, parameters, message) => {
    expect(await twin("train", "--seed", "1", ...parameters)).toEqual({ code: 2, out: "", err: `${message}\n` });
  });

  it.each<readonly [string, string | null, RegExp]>([
    ["gone.csv", null, /^reading gone\.csv\ngone\.csv: the file must be readable; got ENOENT; check the path\n$/],
    [
      "phaseless.csv",
      "caesiumMolar,leadMolar,bromideMolar\n0.01,0.03,0.06\n",
      /\nphaseless\.csv: the columns phase must be there; got caesiumMolar, leadMolar, bromideMolar; .*\n$/,
    ],
    [
      "infinite.csv",
      "caesiumMolar,leadMolar,bromideMolar,phase\n0.01,0.03,0.06,CsPbBr3\n0.01,inf,0.06,CsPbBr3\n",
      /\ninfinite\.csv, row 2, column leadMolar: must be a finite number; got "inf"; .*\n$/,
    ],
    [
      "nine.csv",
      `caesiumMolar,leadMolar,bromideMolar,phase\n${"0.01,0.03,0.06,CsPbBr3\n".repeat(9)}`,
      /\nnine\.csv, column phase: must be given in 10 rows or more, for a choice that says anything; got 9; .*\n$/,
    ],
  ])("train refuses %s with exit code 2 and one line behind its progress", async (name, content, message) => {
    if (content !== null) put(name, content);
    const { code, out, err } = await twin("train", "--seed", "1", "--data", name);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
  });
});

describe.skipIf(!isBuilt)("twin data (skipped without dist)", { timeout: 60_000 }, () => {
  const tables = (): string => join(project, "data", "real");

  it("status tells what is not here and how to get it, as text and as JSON", async () => {
    const { code, out, err } = await twin("data", "status");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain(`0 of ${realTables.length} present.`);
    expect(out.match(/^absent /gm)).toHaveLength(realTables.length);
    expect(out.match(/mend: /g)).toHaveLength(realTables.length);
    const json = await twin("data", "status", "--json");
    expect((JSON.parse(json.out) as { state: string }[]).map(({ state }) => state)).toEqual(
      realTables.map(() => "absent"),
    );
  });

  it("import refuses a folder without tables, and one with a changed byte, and imports nothing", async () => {
    mkdirSync(join(here, "empty"));
    const empty = await twin("data", "import", "--from", "empty");
    expect([empty.code, empty.out]).toEqual([2, ""]);
    expect(empty.err).toMatch(
      new RegExp(
        /^empty: the folder must hold tables of the manifest; got none; /.source +
          /put files there by their names: cs_pb_br_recipes\.csv, /.source,
      ),
    );

    mkdirSync(join(here, "changed"));
    const changed = realTable("antisolvents");
    put(
      join("changed", changed.file),
      hasRealData
        ? readFileSync(join(realData, changed.file), "latin1").replace(/\d/, (digit) =>
            String((Number(digit) + 1) % 10),
          )
        : "x".repeat(changed.bytes),
    );
    if (hasRealData)
      cpSync(join(realData, realTable("solubility").file), join(here, "changed", realTable("solubility").file));
    const { code, out, err } = await twin("data", "import", "--from", "changed");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(
      new RegExp(
        /nanoplatelet_antisolvents\.csv: SHA-256 must be 575b1901\w{56}, as the manifest says; /.source +
          /got (?!575b1901)\w{64}; .*; nothing was imported\n$/.source,
      ),
    );
    expect(existsSync(tables())).toBe(false);
  });

  it("fetch refuses an unknown name, and sends for subsets to a colleague, without the network", async () => {
    const unknown = await twin("data", "fetch", "everything");
    expect(unknown).toEqual({
      code: 2,
      out: "",
      err:
        `twin data fetch: the table must be one of ${realTables.map(({ id }) => id).join(", ")}; ` +
        'got "everything"; correct the name\n',
    });
    const subset = await twin("data", "fetch", "recipes");
    expect([subset.code, subset.err]).toEqual([0, ""]);
    expect(subset.out).toMatch(/^must be imported cs_pb_br_recipes\.csv {2}\(it is a subset/);
    expect(existsSync(tables())).toBe(false);
  });

  it.skipIf(!hasRealData)(
    "import copies the tables of a folder, and leaves alone those that are here (skipped without ../shared/real-data)",
    async () => {
      const first = await twin("data", "import", "--from", realData);
      expect([first.code, first.err, first.out.match(/^copied /gm)?.length]).toEqual([0, "", realTables.length]);
      const before = snapshot(tables());
      const second = await twin("data", "import", "--from", realData, "--json");
      expect((JSON.parse(second.out) as { did: string }[]).map(({ did }) => did)).toEqual(
        realTables.map(() => "was there"),
      );
      expect(snapshot(tables())).toEqual(before);
      expect((await twin("data", "status")).out).toContain(`${realTables.length} of ${realTables.length} present.`);
    },
  );
});

describe.skipIf(!isBuilt)("twin notebooks (skipped without dist)", { timeout: 60_000 }, () => {
  const notebook = (...sources: readonly string[]): string =>
    JSON.stringify({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: [
        { cell_type: "markdown", source: "# Mine" },
        ...sources.map((source) => ({ cell_type: "code", source, outputs: [], execution_count: null, metadata: {} })),
      ],
    });
  const outputsOf = (name: string): readonly (readonly Output[])[] =>
    parseNotebook(readFileSync(join(here, name), "utf8"), name).cells.flatMap((cell) =>
      cell.cell_type === "code" ? [cell.outputs] : [],
    );

  it.each<readonly [what: string, parameters: readonly string[], err: string]>([
    [
      "a notebook that is not there",
      ["missing.ipynb"],
      "missing.ipynb: the notebook must exist; got no such file; check the path\n",
    ],
    [
      "a file that is no notebook",
      ["table.csv"],
      'table.csv: must be a notebook, .ipynb or .nb.ts; got "table.csv"; name a notebook file\n',
    ],
    ...["abc", "0", "-1", "", "3000000"].map(
      (given) =>
        [
          `--cell-timeout "${given}"`,
          ["missing.ipynb", `--cell-timeout=${given}`],
          "--cell-timeout: must be a number of seconds above 0, at most 2147483; " +
            `got "${given}"; write for example 600\n`,
        ] as const,
    ),
  ])("run refuses %s", async (_, parameters, err) => {
    expect(await twin("notebooks", "run", ...parameters)).toEqual({ code: 2, out: "", err });
  });

  it("run refuses a notebook cut in half, and leaves it as it is", async () => {
    const half = notebook("1").slice(0, 50);
    put("corrupt.ipynb", half);
    const { code, out, err } = await twin("notebooks", "run", "corrupt.ipynb");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(
      /corrupt\.ipynb: a notebook must be JSON; got .+; restore the file, or rebuild it from a .nb.ts beside it with/,
    );
    expect(readFileSync(join(here, "corrupt.ipynb"), "utf8")).toBe(half);
    expect(readdirSync(here).filter((name) => name.startsWith("corrupt") || name === ".twin")).toEqual([
      "corrupt.ipynb",
    ]);
  });

  it("run executes a notebook of the user's in place, outside the project, and says so as JSON", async () => {
    put("mine.ipynb", notebook('import { join } from "node:path";\nconsole.log(join("6", "7"));', "6 * 7;"));
    const { code, out, err } = await twin("notebooks", "run", "mine.ipynb", "--json");
    expect(code).toBe(0);
    const { runs, seconds, ...rest } = JSON.parse(out) as { runs: NotebookRun[]; seconds: number };
    expect(rest).toEqual({ passed: true });
    expect(runs).toMatchObject([{ name: "mine", state: "done", written: ["mine.ipynb"], removed: [] }]);
    expect(seconds).toBeGreaterThan(0);
    expect(err.split("\n").slice(0, 2)).toEqual(["mine: cell 1/2", "mine: cell 2/2"]);
    expect(err.split("\n").slice(2).join("\n")).toMatch(
      /^mine: done \(0 figures, 0 evidence files\) in \d+\.\d s(, processor \d+\.\d s)?\n$/,
    );
    expect(outputsOf("mine.ipynb")[0]).toEqual([
      { output_type: "stream", name: "stdout", text: `${join("6", "7")}\n` },
    ]);
    expect(readdirSync(here).filter((name) => name.startsWith("mine") || name === ".twin")).toEqual(["mine.ipynb"]);
  });

  it.each([
    ["an error in a cell", "fails", 'throw new RangeError("planted");', "RangeError: planted", []],
    ["process.exit in a cell", "exits", "process.exit(0);", "ProcessExit: process.exit(0) was called", []],
    [
      "a cell that kills the kernel",
      "kills",
      'process.kill(process.pid, "SIGKILL");',
      "KernelDied: the kernel ended by signal SIGKILL",
      [],
    ],
    [
      "an endless loop",
      "loops",
      "for (;;);",
      "CellTimeout: the cell ran longer than 1 s and its kernel was stopped",
      ["--cell-timeout", "1"],
    ],
  ])(
    "run fails on %s: exit code 1, notebook, cell and error named, and the notebook saved up to there",
    async (_, name, cell, error, options) => {
      put(`${name}.ipynb`, notebook('console.log("before");', cell, 'console.log("must not run");'));
      const { code, out, err } = await twin("notebooks", "run", `${name}.ipynb`, ...options);
      expect(code).toBe(1);
      const [counts, , failure] = out.split("\n");
      expect(counts).toMatch(/^Notebooks: 0 run, 1 failed in \d+\.\d s$/);
      expect(failure.startsWith(`${name}, cell 2 \`${cell}\`: ${error}`), failure).toBe(true);
      expect(err).toMatch(new RegExp(`^${name}: cell 1/3\n${name}: cell 2/3\n${name}: FAILED in cell 2 `));
      const [before, failed, behind] = outputsOf(`${name}.ipynb`);
      expect(before).toEqual([{ output_type: "stream", name: "stdout", text: "before\n" }]);
      expect(failed.at(-1)).toMatchObject({ output_type: "error", ename: error.split(":")[0] });
      expect(behind).toEqual([]);
      expect(readdirSync(here).filter((file) => file.startsWith(name) || file === ".twin")).toEqual([`${name}.ipynb`]);
    },
  );

  it("run, sync, render and verify take the project's own notebooks, and a second run skips them", async () => {
    const first = await twin("notebooks", "run");
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/^Notebooks: 1 run in \d+\.\d s(, processor \d+\.\d s)?\n$/);
    const executed = readFileSync(join(project, "notebooks/01-tiny.ipynb"), "utf8");
    expect(executed).toContain('"tiny\\n"');
    expect(await twin("notebooks", "run")).toEqual({
      code: 0,
      out: "Notebooks: 0 run, 1 skipped (unchanged)\n",
      err: "01-tiny: skipped (unchanged)\n",
    });

    const site = await twin("notebooks", "render");
    expect([site.code, site.err]).toEqual([0, ""]);
    expect(site.out).toMatch(/^\d+ files, \d+\.\d MB; open site\/index\.html\n$/);
    expect(readFileSync(join(project, "site/index.html"), "utf8")).toContain("Tiny");

    const verified = await twin("notebooks", "verify", "--json");
    expect([verified.code, (JSON.parse(verified.out) as { passed: boolean }).passed]).toEqual([0, true]);
    writeFileSync(join(project, "notebooks/01-tiny.ipynb"), executed.replace("tiny\\n", "huge\\n"));
    const differs = await twin("notebooks", "verify");
    expect(differs.code).toBe(1);
    expect(differs.out).toContain("notebooks/01-tiny.ipynb");

    writeFileSync(join(project, "notebooks/01-tiny.ipynb"), executed);
    writeFileSync(
      join(project, "notebooks/01-tiny.nb.ts"),
      '// %% [markdown]\n// # Small\n\n// %%\nconsole.log("tiny");\n',
    );
    const synced = await twin("notebooks", "sync", "--json");
    expect([synced.code, synced.err]).toEqual([0, ""]);
    const [title, cell] = parseNotebook(
      readFileSync(join(project, "notebooks/01-tiny.ipynb"), "utf8"),
      "01-tiny.ipynb",
    ).cells;
    expect(title.source).toBe("# Small");
    expect(cell).toMatchObject({ outputs: [{ text: "tiny\n" }] });
  });
});
