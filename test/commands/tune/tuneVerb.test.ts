import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { realDataFolder } from "../../../src/experiments/dataStore.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { readOptunaJournal } from "../../../src/tuning/files/readOptunaJournal.js";
import { writeOptunaJournal } from "../../../src/tuning/files/writeOptunaJournal.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const hasPlatelets = existsSync(join(realDataFolder, "cspbbr3_nanoplatelets_full.csv"));
const command = projectPath("dist", "cli.js");
const isBuilt = existsSync(command);
if (!isBuilt) console.warn("twin tune: its tests are skipped: dist/cli.js is missing, run `npm run build`");

/** Where the user stands, with modules and journals of theirs. */
const here = await temporaryFolder();
const put = (name: string, text: string): void => writeFileSync(join(here, name), text);
const text = (name: string): string => readFileSync(join(here, name), "utf8");

interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `twin tune` as a user would; words are split at spaces. */
async function tune(line: string, during: (child: ReturnType<typeof spawn>) => unknown = () => 0): Promise<Answer> {
  const words = line.split(" ").filter((word) => word !== "");
  const child = spawn(process.execPath, [command, "tune", ...words], { cwd: here });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (more: string) => (out += more));
  child.stderr.setEncoding("utf8").on("data", (more: string) => (err += more));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  await during(child);
  return { code: await ended, out, err };
}

const x = `x: { kind: "float", low: -5, high: 5 }`;
const bowl = `export const space = { ${x} };\nexport const objective = ({ parameters: { x } }) => (x - 1) ** 2;\n`;
/** What a module does that loads, by its name. */
const modules: Readonly<Record<string, string>> = {
  "bowl.mjs": bowl,
  "slow.mjs": bowl.replace(
    "({ parameters: { x } }) =>",
    "async ({ parameters: { x } }) => await new Promise((go) => setTimeout(go, 80)) ??",
  ),
  "wide.mjs": bowl.replace("high: 5", "high: 6"),
  "other.mjs": `${bowl}// another text\n`,
  "most.mjs": `${bowl}export const directions = ["maximize"];\n`,
  "two.mjs": `export const space = { ${x} };
export const directions = ["minimize", "maximize"];
export const objective = ({ parameters: { x } }) => ({ state: "complete", values: [x, x * x] });`,
  "free.mjs": `export const objective = ({ suggest }) => suggest("x", { kind: "float", low: 0, high: 1 });`,
  "mixed.mjs": `export const space = { ${x} };
export const objective = ({ number, report }) => {
  if (number % 4 === 0) return NaN;
  if (number % 4 === 1) throw new Error("no such setting");
  if (number % 4 === 2) { report(3, 1); report(3, 1); }
  return number;
};`,
  "hanging.mjs": `export const space = { ${x} };
export const objective = ({ number }) => { while (number === 1); return number; };`,
  "failing.mjs": `export const space = { ${x} };\nexport const objective = () => { throw new Error("always"); };`,
  "loud.mjs": `${bowl}console.log("loading");\nconsole.log("again");`,
  "numbers.mjs": `export const space = {
  n: { kind: "integer", low: 1, high: 3 },
  c: { kind: "categorical", choices: ["a", "b"] },
};
export const objective = ({ parameters: { n, c } }) => n + (c === "a" ? 0.5 : 0);`,
  "none.mjs": "export const goal = 1;",
  "throws.mjs": `throw new Error("at once");`,
  "empty.mjs": "export const space = {};\nexport const objective = () => 1;",
  "swapped.mjs": bowl.replace("low: -5, high: 5", "low: 5, high: -5"),
  "log.mjs": bowl.replace("low: -5", "low: 0").replace("high: 5", "high: 5, log: true"),
  "strange.mjs": bowl.replace('"float"', '"number"'),
  "up.mjs": `${bowl}export const directions = ["up"];`,
};

/** Waits until so many trials have ended in a folder. */
async function untilEnded(folder: string, many: number, { exitCode }: ReturnType<typeof spawn>): Promise<void> {
  const ended = join(here, folder, "ended");
  while (exitCode === null && !(existsSync(ended) && readdirSync(ended).length >= many)) await setTimeout(5);
}

const trialsOf = (name: string): readonly { readonly outcome: { readonly state: string } }[] =>
  (JSON.parse(text(name)) as { readonly trials: readonly { readonly outcome: { readonly state: string } }[] }).trials;

beforeAll(async () => {
  for (const [name, code] of Object.entries(modules)) put(name, code);
  if (!isBuilt) return;
  const { code, err } = await tune("bowl.mjs --seed 1 --trials 12 --window 1 --study bowl --export bowl.log");
  expect(code, err).toBe(0);
  const journal = text("bowl.log");
  put("cut.log", journal.slice(0, -30));
  put("headless.log", journal.split("\n").slice(1).join("\n"));
  put("newer.log", journal.replace('"op_code":4', '"op_code":40'));
  const { study } = readOptunaJournal(journal, "bowl.log");
  put("several.log", journal + writeOptunaJournal({ ...study, name: "second", trials: [] }));
  put("notes.txt", "no journal");
  mkdirSync(join(here, "void"));
  mkdirSync(join(here, "full"));
  put("full/thesis.txt", "years of work");
}, 60_000);

describe.skipIf(!isBuilt)("twin tune (skipped without dist)", { timeout: 60_000 }, () => {
  const fresh = "--seed 1 --trials 4 --study new";

  it.each<[string, RegExp]>([
    ["", /twin tune: must be told what to tune, or which study to show/],
    ["bowl.mjs --study new", /--seed: a new study needs one/],
    [`bowl.mjs ${fresh} --sampler bayes`, /--sampler: must be one of tpe, random, sobol, grid, gaussian; got "bayes"/],
    [`bowl.mjs ${fresh} --pruner never`, /--pruner: must be one of none, median, .*; got "never"/],
    [`bowl.mjs ${fresh} --sampler grid`, /grid, parameter x: must have a step/],
    [`free.mjs ${fresh} --sampler grid`, /--sampler grid: needs a module that exports its space/],
    [`two.mjs ${fresh} --sampler gaussian`, /--sampler gaussian: goes with one objective; got 2/],
    [`two.mjs ${fresh} --pruner median`, /--pruner: trials are stopped by one objective/],
    [`bowl.mjs ${fresh} --workers 3 --window 1`, /--workers: must be at most 2.* got 3/],
    ["--study bowl --resume --workers 3", /--workers: must be at most 2.*begin another study/],
    [`bowl.mjs ${fresh} --workers 0`, /--workers: must be a whole number from 1/],
    [`bowl.mjs --seed 1 --study new --trials 0`, /--trials: must be a whole number from 1/],
    [`bowl.mjs ${fresh} --timeout 0`, /--timeout: must be a number of seconds above 0/],
    [`bowl.mjs ${fresh} --rows 900`, /--rows: belongs to network and forest/],
    [`forest ${fresh} --rows 9`, /--rows: must be a whole number from 500/],
    [
      `missing.mjs ${fresh}`,
      /twin tune: must be told one of network, forest, platelets, .*; got "missing\.mjs", and no file/,
    ],
    [`nets ${fresh}`, /got "nets", and no file is there/],
    [`none.mjs ${fresh}`, /none\.mjs: must be a module .* exports a function `objective`; got objective: undefined/],
    [`throws.mjs ${fresh}`, /throws\.mjs: .*; got at once/],
    [`empty.mjs ${fresh}`, /empty\.mjs, search space: must have at least one parameter/],
    [`swapped.mjs ${fresh}`, /swapped\.mjs, search space, parameter x: low must not be above high/],
    [`log.mjs ${fresh}`, /log\.mjs, search space, parameter x: a range of which ratios count must lie above 0/],
    [`strange.mjs ${fresh}`, /strange\.mjs, space\.x/],
    [`up.mjs ${fresh}`, /up\.mjs, directions\.0/],
    ["bowl.mjs --seed 2 --trials 4 --window 1 --study bowl", /bowl.*settings.*seed: 1 as it began, 2 now/],
    ["wide.mjs --seed 1 --trials 4 --window 1 --study bowl", /space, parameter x: .*"high":5.* as it began/],
    ["other.mjs --seed 1 --trials 4 --window 1 --study bowl", /objective/],
    ["--study bowl --resume other.mjs", /bowl.*settings\.json: .*got objective: the text of its module/],
    ["bowl.mjs --seed 1 --study full", /full: must be new, empty, or the folder of a study; got one with thesis\.txt/],
    ["bowl.mjs --seed 1 --trials 4 --study /proc/study", /\/proc\/study/],
    ["bowl.mjs --seed 1 --study=", /--study: must name a place; got an empty text/],
    [`bowl.mjs ${fresh} --name=`, /--name: must have 1 to 200 characters; got 0/],
    ["--resume", /--resume: must come with --study/],
    ["--resume --study void", /--resume: the folder must be that of a study that was begun; got void/],
    ["--study void", /--study: the folder must be that of a study that was begun; got void/],
    ["--study bowl --resume --seed 1", /--seed: belongs to a new study/],
    ["--study bowl --sampler tpe", /--sampler: belongs to a study that is begun/],
    ["--study bowl --export bowl.log", /--export bowl\.log: must be a new file: Optuna may be writing/],
    ["--study bowl --export no/such.log", /--export, no: the folder of an output must be there/],
    ["--study bowl --page study.txt", /--page: must name a file that ends in \.html/],
    [`bowl.mjs ${fresh} --import nothing.log`, /--import, nothing\.log/],
    [`bowl.mjs ${fresh} --import notes.txt`, /--import, notes\.txt/],
    [
      `bowl.mjs ${fresh} --import headless.log`,
      /--import, headless\.log, line 1: must be of a study that was made before/,
    ],
    [`bowl.mjs ${fresh} --import newer.log`, /--import, newer\.log, line 2: .*; got operation 40, of another version/],
    [`bowl.mjs ${fresh} --import several.log`, /--import, several\.log: must hold one study.*; got bowl, second/],
    [`bowl.mjs ${fresh} --import bowl.log --study-name none`, /--import, bowl\.log: must hold a study none; got bowl/],
    [`bowl.mjs ${fresh} --import bowl.log`, /--trials: must be more than the 12 that are imported/],
    ["network --study bowl --resume", /objective, name: "bowl\.mjs" as it began, "network" now/],
    [`bowl.mjs ${fresh} --study-name bowl`, /--study-name: belongs to --import/],
    [`wide.mjs ${fresh} --import bowl.log`, /--import, createStudy: trials to go on from must be of the same space/],
    [`most.mjs ${fresh} --import bowl.log`, /--import, bowl\.log: must have the directions of the objective, maximize/],
  ])("refuses `%s`, naming what is wrong, and writes nothing", async (line, words) => {
    const before = readdirSync(here, { recursive: true }).length;
    const { code, out, err } = await tune(line);
    expect(err).toMatch(words);
    expect([code, out]).toEqual([2, ""]);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
    expect(readdirSync(here, { recursive: true })).toHaveLength(before);
  });

  it("gives the same study.json at one worker and at two of a window, and shows it without writing", async () => {
    const { code } = await tune("bowl.mjs --seed 1 --trials 12 --workers 2 --study pair");
    expect(code).toBe(0);
    expect(text("pair/study.json")).toBe(text("bowl/study.json"));
    const before = readdirSync(here, { recursive: true }).length;
    const { out } = await tune("--study pair");
    expect(out).toContain("bowl: 12 trials over 1 parameter, to minimize objective");
    expect(out).toContain("kept in pair, seed 1, window 1");
    expect(readdirSync(here, { recursive: true })).toHaveLength(before);
  });

  it("goes on after a kill and after Ctrl-C to the bytes of a study that nobody disturbed", async () => {
    const line = "slow.mjs --seed 1 --trials 30 --workers 2 --study";
    expect((await tune(`${line} calm`)).code).toBe(0);
    const killed = await tune(`${line} rough`, async (child) => {
      await untilEnded("rough", 4, child);
      child.kill("SIGKILL");
    });
    expect(killed.code).toBe(null);
    const stopped = await tune("--study rough --resume --workers 2", async (child) => {
      await untilEnded("rough", 12, child);
      child.kill("SIGINT");
    });
    expect(stopped.code).toBe(1);
    expect(stopped.out).toContain("go on with `twin tune --study rough --resume`");
    expect((await tune("--study rough --resume")).code).toBe(0);
    expect(text("rough/study.json")).toBe(text("calm/study.json"));
  });

  it("goes on where trials are no number, throw or report a step twice", async () => {
    const { code, out } = await tune("mixed.mjs --seed 1 --trials 8 --study mixed");
    expect([code, out.match(/trials: .*/)?.[0]]).toEqual([0, "trials: 2 complete, 6 failed"]);
    expect(out).toContain("first that failed: trial 0, objectives and constraints must be finite numbers; got NaN");
    expect(trialsOf("mixed/study.json").map(({ outcome: { state } }) => state.at(0))).toEqual([..."fffcfffc"]);
  });

  it("fails a trial that hangs after the timeout, and carries out the others", async () => {
    const { code, out } = await tune("hanging.mjs --seed 1 --trials 4 --timeout 0.5 --study hanging");
    expect([code, out.match(/trials: .*/)?.[0]]).toEqual([0, "trials: 3 complete, 1 failed"]);
    expect(out).toContain("trial 1, it took longer than 500 ms");
  });

  it("exits with 1 where no trial is complete, and says why the first one failed", async () => {
    const { code, out } = await tune("failing.mjs --seed 1 --trials 3");
    expect(code).toBe(1);
    expect(out).toContain("first that failed: trial 0, always");
  });

  // A line of a module stood among the JSON.
  it("prints its result alone on the standard output, whatever a module prints", async () => {
    const { code, out } = await tune("loud.mjs --seed 1 --trials 2 --json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ asked: 2 });
  });

  // Killed between its settings and its first line, it could neither be shown nor gone on with.
  it("shows a study of which only the settings are there, and goes on with it", async () => {
    await tune("bowl.mjs --seed 1 --trials 3 --study young");
    for (const one of ["writers", "claims", "ended", "study.json"])
      rmSync(join(here, "young", one), { recursive: true });
    expect((await tune("--study young")).out).toContain("0 of 3 trials have ended");
    expect((await tune("--study young --resume")).code).toBe(0);
    expect(trialsOf("young/study.json")).toHaveLength(3);
  });

  it("tries every combination of a grid once where nothing else is said", async () => {
    const { code, out } = await tune("numbers.mjs --seed 1 --sampler grid --json");
    expect(code).toBe(0);
    const { found, folder } = JSON.parse(out) as { readonly folder: null; readonly found: { readonly trials: object } };
    expect(folder).toBe(null);
    expect(found.trials).toMatchObject({ complete: 6 });
  });

  it("goes on from a journal, with a warning where its last line was cut", async () => {
    const { code, out, err } = await tune("bowl.mjs --seed 4 --trials 15 --import cut.log --study more");
    expect(code, err).toBe(0);
    expect(err).toContain("cut.log: line 13 was cut short and is left out");
    expect(out).toContain("the first 11 trials were imported");
    expect(trialsOf("more/study.json").slice(0, 11)).toEqual(trialsOf("bowl/study.json").slice(0, 11));
  });

  it("tunes with each sampler, and a free module without a space", async () => {
    for (const sampler of ["random", "sobol", "gaussian"])
      expect((await tune(`bowl.mjs --seed 1 --trials 12 --sampler ${sampler}`)).code, sampler).toBe(0);
    expect((await tune("free.mjs --seed 1 --trials 5 --workers 2 --page free.html")).code).toBe(0);
    expect(text("free.html")).toContain("<!doctype html>");
  });

  it("goes on with a module that was moved, where it is told where it lies now", async () => {
    await tune("bowl.mjs --seed 1 --trials 5 --study moved");
    mkdirSync(join(here, "elsewhere"));
    put("elsewhere/bowl.mjs", bowl);
    const { code, err } = await tune("elsewhere/bowl.mjs --study moved --resume --trials 8");
    expect(code, err).toBe(0);
    expect(trialsOf("moved/study.json")).toHaveLength(8);
  });

  it.skipIf(hasPlatelets)("says how to get the table of platelets where it is not imported", async () => {
    const { code, err } = await tune("platelets --seed 1 --study platelets");
    expect([code, existsSync(join(here, "platelets"))]).toEqual([2, false]);
    expect(err).toContain("the table must be imported unchanged; got absent");
  });

  it("keeps a front of several objectives", async () => {
    const { code, out } = await tune("two.mjs --seed 1 --trials 12");
    expect(code).toBe(0);
    expect(out).toContain("of which no other is better in all");
  });
});
