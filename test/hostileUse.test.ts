import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { projectPath } from "../src/io/projectPath.js";
import { ownerOf } from "../src/io/withTemporary.js";
import { temporaryProject } from "./support/temporaryProject.js";

const command = projectPath("dist", "cli.js");
const isBuilt = existsSync(command);
if (!isBuilt) console.warn("hostile use: its tests are skipped: dist/cli.js is missing, run `npm run build`");
const isLinux = process.platform === "linux";
if (!isLinux) console.warn("hostile use: tests of /dev/full, /proc and ulimit are skipped, as this is not Linux");

let here = "";
/** A model so small that it is trained in a second. */
let model = "";
beforeAll(async () => {
  here = temporaryProject();
  if (!isBuilt) return;
  const { code, out, err } = await shell("twin train --seed 1 --rows 500 --epochs 1 --hidden 4 --out models --json");
  expect(code, err).toBe(0);
  model = `models/${(JSON.parse(out) as { readonly model: string }).model}`;
}, 60_000);

interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a line of a shell in which `twin` is the built command, from the folder of the user's files. */
async function shell(line: string): Promise<Answer> {
  const child = spawn("bash", ["-c", `twin() { "${process.execPath}" "${command}" "$@"; }; ${line}`], {
    cwd: here,
    env: { ...process.env, MODEL: model },
  });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, out, err };
}

const put = (name: string, content: string): void => writeFileSync(join(here, name), content);
/** What a terminal would obey. */
const obeyed = /[\0-\x08\x0b-\x1f\x7f-\x9f\p{Bidi_Control}]/u;

async function refused(line: string, words: RegExp): Promise<void> {
  const { code, out, err } = await shell(line);
  expect([code, out], err).toEqual([2, ""]);
  // One line, and no stack.
  expect(err).toMatch(words);
  expect(err.trimEnd().split("\n")).toHaveLength(1);
}

const generate = "twin generate --rows 50 --seed 1 --out";

describe.skipIf(!isBuilt)("twin on a terminal (skipped without dist)", { timeout: 60_000 }, () => {
  const escape = "\x1b]0;pwned\x07\x1b[31mred\u202e";

  it.each([
    ["a cell", "cell.csv", `phase\n${escape}\n`, "quality cell.csv --label phase"],
    ["a cell, as JSON", "cell.csv", `phase\n${escape}\n`, "quality cell.csv --label phase --json"],
    ["a number's cell", "hot.csv", `caesiumMolar,leadMolar,bromideMolar\n1,1,"${escape}"\n`, "predict hot.csv"],
    ["a header", "header.csv", `${escape}\n1\n`, "predict header.csv"],
    ["a JSON key", "key.json", JSON.stringify({ [escape]: 1 }), "predict key.json"],
    [
      "a JSON value",
      "value.json",
      JSON.stringify({ caesiumMolar: escape, leadMolar: 1, bromideMolar: 1 }),
      "predict value.json",
    ],
    ["broken JSON", "broken.json", `[${escape}`, "predict broken.json"],
    ["a path", `${escape}.csv`, "", `quality $'\\e]0;pwned\\a.csv'`],
    ["an option", "x", "", `generate --rows $'\\e[31m' --seed 1 --out x.csv`],
    ["an unknown verb", "x", "", `$'\\e[31m'`],
  ])("shows escape sequences of %s as text, which reached the terminal raw", async (_, name, content, line) => {
    put(name, content);
    const { out, err } = await shell(`twin ${line} ${line.startsWith("predict") ? `--model ${model}` : ""}`);
    expect(out + err).not.toMatch(obeyed);
    expect(out + err).toContain("\\u001b");
  });

  it("lets no line feed in a name or a cell begin a line of its own", async () => {
    put("lines.csv", '"a\nviolations: none",b\n"x\nduplicates: none",1\n');
    const { out } = await shell("twin quality lines.csv");
    expect(out).toContain(String.raw`a\nviolations: none`);
    expect(out).not.toMatch(/^violations: none/m);
    const { out: made } = await shell(`twin generate --rows 5 --seed 1 --out $'a\\nb.csv'`);
    expect(made).toMatch(/^a\\nb\.csv: 5 experiments/);
  });

  it("prints its version", async () => {
    const { version } = JSON.parse(readFileSync(projectPath("package.json"), "utf8")) as { version: string };
    expect(await shell("twin --version")).toEqual({ code: 0, out: `${version}\n`, err: "" });
    expect((await shell("twin -V")).out).toBe(`${version}\n`);
  });

  it("says that a shard holds no row, where it wrote an empty file without a word", async () => {
    const { code, out } = await shell("twin generate --rows 2 --seed 1 --shard 1/3 --out shard.csv");
    expect([code, out]).toEqual([
      0,
      "shard.csv: no experiment, as there are more shards than rows (design asRun, seed 1)\n",
    ]);
  });

  it("refuses an empty --compare, which git took for its index", async () => {
    await refused('twin scorecard --compare ""', /--compare: must be a file, or a git revision .*got ""/);
  });
});

describe.skipIf(!isBuilt || !isLinux)("twin where the system refuses (skipped elsewhere than on Linux)", () => {
  const long = "n".repeat(250);

  it.each([
    ["a name too long to read", `twin quality ${long}nn.csv`, /got ENAMETOOLONG/],
    ["a recipe's name too long", `twin predict --model $MODEL ${long}n.json`, /got ENAMETOOLONG/],
    ["a name too long to write", `${generate} ${long}nn.csv`, /got ENAMETOOLONG; choose a shorter name/],
    [
      "a missing folder to write in",
      `${generate} none/such/a.csv`,
      /got no such folder; make it with `mkdir -p none\/s/,
    ],
    [
      "a missing folder of answers",
      "twin predict --model $MODEL r.json --out none/a.csv",
      /make it with `mkdir -p none`/,
    ],
    ["a missing folder of models", "twin train --seed 1 --rows 500 --out none/such", /make it with `mkdir -p none`/],
    ["/proc to write in", `${generate} /proc/a.csv`, /got ENOENT; nothing can be made in this folder/],
    ["/proc for models", "twin train --seed 1 --rows 500 --out /proc/x", /got ENOENT; nothing can be made/],
    ["a device to write to", `${generate} /dev/null.csv/x.csv`, /got no such folder/],
    ["a device of another name", "ln -s /dev/null null.csv; " + `${generate} null.csv`, /must be a file; got a device/],
    ["a device to read", "twin predict --model $MODEL zero.json", /must be a file of at most .*got a device/],
    ["a pipe to read", "mkfifo p.csv; twin predict --model $MODEL p.csv", /must be a file; got something else/],
    ["a folder to write to", "mkdir -p d.csv; " + `${generate} d.csv`, /got EISDIR/],
    ["too few files", `ulimit -n 40; ${generate} a.csv`, /raise (?:it|the limit) with `ulimit -n 1024`/],
    ["a file too large for CSV", `ulimit -f 8; ${generate} big.csv --rows 5000`, /got EFBIG; .*`ulimit -f`/],
    ["a file too large for Parquet", `ulimit -f 8; ${generate} big.parquet --rows 5000`, /got EFBIG/],
    [
      "a working folder that is gone",
      'mkdir gone; cd gone; rmdir "$PWD"; twin data status',
      /must be there; got one that was/,
    ],
    ["a full disk behind stdout", "twin data status > /dev/full", /standard output: .* got ENOSPC; free disk space/],
  ])("tells of %s in one line, with exit code 2", { timeout: 60_000 }, async (_, line, words) => {
    put("r.json", "{}");
    if (!existsSync(join(here, "zero.json"))) symlinkSync("/dev/zero", join(here, "zero.json"));
    await refused(line, words);
    expect(readdirSync(here).filter((name) => ownerOf(name) !== "nobody")).toEqual([]);
  });

  it("ends with exit code 2 where both stdout and stderr are full", async () => {
    expect((await shell("twin data status > /dev/full 2> /dev/full")).code).toBe(2);
    expect((await shell("twin frobnicate 2> /dev/full")).code).toBe(2);
  });

  it("writes to a name of 244 and of 255 bytes", async () => {
    for (const bytes of [244, 255])
      expect((await shell(`${generate} ${"n".repeat(bytes - 4)}.csv`)).code, `${bytes} bytes`).toBe(0);
  });
});

describe.skipIf(!isBuilt || !isLinux)(
  "twin killed at work (skipped elsewhere than on Linux)",
  { timeout: 60_000 },
  () => {
    async function interrupted(signal: NodeJS.Signals): Promise<string[]> {
      rmSync(join(here, "killed"), { recursive: true, force: true });
      mkdirSync(join(here, "killed"));
      const child = spawn(
        process.execPath,
        [command, ..."generate --rows 4e6 --seed 1 --out killed/a.parquet".split(" ")],
        {
          cwd: here,
        },
      );
      const begun = (): boolean => readdirSync(join(here, "killed")).length > 0;
      while (!begun()) await new Promise((resolve) => setTimeout(resolve, 20));
      child.kill(signal);
      expect(await once(child, "exit")).toEqual([null, signal]);
      return readdirSync(join(here, "killed"));
    }

    it("leaves nothing on Ctrl-C and on SIGTERM", async () => {
      expect(await interrupted("SIGINT")).toEqual([]);
      expect(await interrupted("SIGTERM")).toEqual([]);
    });

    it("removes with its next file what a killed run left, and names what another machine's left", async () => {
      const left = await interrupted("SIGKILL");
      expect(left.map(ownerOf)).toContain("ended");
      const foreign = ".twin-00000000-1-1-abcdef.tmp";
      put(`killed/${foreign}`, "");
      const { code, err } = await shell(`${generate} killed/b.csv`);
      expect([code, readdirSync(join(here, "killed")).sort()]).toEqual([0, [foreign, "b.csv"]]);
      expect(err).toBe(
        `left by a process of another machine: killed/${foreign}; remove it, if none writes there any more\n`,
      );
    });

    it("leaves on Ctrl-C neither lock nor staged files of a notebook that runs", async () => {
      const folder = join(here, "notebook");
      mkdirSync(folder);
      const source = ["await new Promise((r) => setTimeout(r, 60000));"];
      const cell = { cell_type: "code", execution_count: null, id: "a", metadata: {}, outputs: [], source };
      const kernelspec = { name: "cspbbr3-twin", display_name: "x", language: "typescript" };
      put(
        "notebook/a.ipynb",
        JSON.stringify({ cells: [cell], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 }),
      );
      const child = spawn(process.execPath, [command, "notebooks", "run", "a.ipynb"], { cwd: folder });
      while (!existsSync(join(folder, ".twin", "stage", "a"))) await new Promise((resolve) => setTimeout(resolve, 50));
      expect(readdirSync(join(folder, ".twin")).sort()).toEqual(["lock", "stage"]);
      child.kill("SIGINT");
      expect(await once(child, "exit")).toEqual([null, "SIGINT"]);
      expect(readdirSync(folder, { recursive: true }).sort()).toEqual([".twin", "a.ipynb"]);
    });
  },
);
