import { execFileSync } from "node:child_process";
import { appendFile, cp, mkdir, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { sobolAxes } from "../../src/core/random/sobolPoint.js";
import { sealedLine } from "../../src/io/requests/logLine.js";
import { readStudy } from "../../src/tuning/files/studyFile.js";
import { readStudyFolder } from "../../src/tuning/readStudyFolder.js";
import { runStudy, type RunStudyOptions } from "../../src/tuning/runStudy.js";
import type { SearchSpace } from "../../src/tuning/SearchSpace.js";
import { studyProcess } from "../../src/workspace/proofs/studies/studyProcess.js";
import { mountSmall } from "../support/mountSmall.js";
import { temporaryFolder } from "../support/temporaryFolder.js";
import { isBuilt, objectiveModule, pausingObjective, studyJson } from "./studyRuns.js";

const place = await temporaryFolder();
const pausing = await objectiveModule(place, "pausing", pausingObjective);
let count = 0;
const fresh = (): string => join(place, `study-${++count}`);

const plan = { seed: 3, window: 3, pruner: { name: "halving" } };
const usual = { plan, objective: { module: pausing, options: { milliseconds: 4 } }, trials: 24 };
const space: SearchSpace = { x: { kind: "float", low: -1, high: 1 } };

/** Lines of the processes of a study, by their files. */
async function lineFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(folder, "writers"));
  return names.filter((name) => name.endsWith(".jsonl")).map((name) => join(folder, "writers", name));
}

/** Reasons of trials that failed, by number. */
async function reasonsOf(options: Partial<RunStudyOptions>, code: string): Promise<Record<number, string | null>> {
  const module = await objectiveModule(place, `objective-${++count}`, code);
  const { record, isComplete } = await runStudy({
    ...{ folder: fresh(), plan: { seed: 1, space }, objective: { module }, trials: 4 },
    ...options,
  });
  expect(isComplete).toBe(true);
  return Object.fromEntries(record.trials.map(({ number, outcome }) => [number, outcome!.reason]));
}

describe.skipIf(!isBuilt)("runStudy (skipped without dist)", { timeout: 120_000 }, () => {
  const reference = fresh();
  const referenceText = isBuilt ? runStudy({ ...usual, folder: reference }).then(() => studyJson(reference)) : null;

  it("writes the same study.json at 1, 2 and 4 workers, trials that were pruned or failed among them", async () => {
    const text = await referenceText;
    expect(text).toContain('"pruned"');
    expect(text).toContain("not this one");
    for (const workers of [2, 4]) {
      const folder = fresh();
      await runStudy({ ...usual, folder, workers });
      expect(await studyJson(folder)).toBe(text);
    }
  });

  it("writes the same study.json where two processes are at work at once, each trial done once", async () => {
    const folder = fresh();
    const processes = [2, 3].map((workers) => studyProcess({ ...usual, folder, workers }));
    expect(await Promise.all(processes.map(({ ended }) => ended))).toEqual([
      { code: 0, errors: "" },
      { code: 0, errors: "" },
    ]);
    expect(await studyJson(folder)).toBe(await referenceText);
    const lines = (await Promise.all((await lineFiles(folder)).map((path) => readFile(path, "utf8")))).join("");
    expect(lines.trimEnd().split("\n")).toHaveLength(24);
  });

  it("loses no trial that had ended when its process is killed, and goes on to the same study.json", async () => {
    const folder = fresh();
    const options = { ...usual, folder, workers: 4 };
    for (const after of [1, 6, 13]) {
      const { child, told, ended } = studyProcess(options);
      while (told.length < after && child.exitCode === null) await setTimeout(2);
      child.kill("SIGKILL");
      await ended;
      const standing = (await readStudyFolder(folder)).ended.map(({ number }) => number);
      expect(standing).toEqual(expect.arrayContaining(told.map(({ number }) => number)));
    }
    const { record } = await runStudy({ folder, workers: 4 });
    expect(record.trials).toHaveLength(24);
    expect(await studyJson(folder)).toBe(await referenceText);
  });

  it("reads its own study.json back, and what the folder holds, as what it gave", async () => {
    await referenceText;
    const { record } = await runStudy({ folder: reference });
    expect(await readStudy(join(reference, "study.json"))).toEqual(record);
    expect(await readStudyFolder(reference)).toEqual({ record, ended: record.trials, goal: 24 });
  });

  it("goes on with a complete study where more trials are asked for, to the bytes of one that had all", async () => {
    const folder = fresh();
    await runStudy({ ...usual, folder, trials: 9 });
    expect((await readStudy(join(folder, "study.json"))).trials).toHaveLength(9);
    await runStudy({ folder, trials: 24, workers: 2 });
    // Those who do not say how many do as many as were asked for.
    await runStudy({ folder });
    expect(await studyJson(folder)).toBe(await referenceText);
    // Who wants fewer leaves those that are there.
    expect((await runStudy({ folder, trials: 9 })).record.trials).toHaveLength(9);
    expect(await studyJson(folder)).toBe(await referenceText);
  });

  it("stops at a signal, gives back what runs, and goes on later", async () => {
    const folder = fresh();
    const stop = new AbortController();
    const { isComplete } = await runStudy({
      ...{ ...usual, folder, workers: 4, signal: stop.signal },
      onTrial: (done) => {
        if (done === 7) stop.abort();
      },
    });
    expect(isComplete).toBe(false);
    await expect(readFile(join(folder, "study.json"))).rejects.toThrow("ENOENT");
    expect((await readStudyFolder(folder)).ended.length).toBeGreaterThanOrEqual(7);
    await runStudy({ folder, workers: 4 });
    expect(await studyJson(folder)).toBe(await referenceText);
  });

  it("makes a trial fail that throws, rejects, is no number or ends its thread, and goes on", async () => {
    const code = `
      export async function objective({ number, report }) {
        report(0, 7);
        if (number === 0) throw new Error("thrown");
        if (number === 1) return Promise.reject("rejected");
        if (number === 2) return NaN;
        if (number === 3) return undefined;
        if (number === 4) return { state: "complete", values: [1, 2] };
        if (number === 5) process.exit(3);
        if (number === 6) {
          setTimeout(() => { throw new Error("thrown later"); });
          return new Promise(() => undefined);
        }
        if (number === 7) report(0, 8);
        return 1;
      }`;
    const expected = {
      0: "thrown",
      1: "rejected",
      2: "objectives and constraints must be finite numbers; got NaN",
      3: "an objective must return a number, or how its trial ended; got nothing",
      4: "one value per objective, 1, is needed; got 2",
      5: "its thread ended with code 3",
      6: "thrown later",
      7: "trial 7: a step must be a whole number above 0; got 0",
      8: null,
    };
    expect(await reasonsOf({ trials: 9 }, code)).toEqual(expected);
    expect(await reasonsOf({ trials: 9, workers: 3, plan: { seed: 1, space, window: 2 } }, code)).toEqual(expected);
  });

  it("keeps what a trial reported before its thread ended", async () => {
    const module = await objectiveModule(
      place,
      "exits",
      "export const objective = ({ report }) => { report(1, 0.5); report(2, Infinity); process.exit(1); };",
    );
    const folder = fresh();
    await runStudy({ folder, plan: { seed: 1, space }, objective: { module }, trials: 2 });
    const { trials } = await readStudy(join(folder, "study.json"));
    expect(trials[1].outcome!.steps).toEqual([
      { step: 1, value: 0.5 },
      { step: 2, value: Infinity },
    ]);
    expect(await studyJson(folder)).toContain('"value": "Infinity"');
  });

  it("ends the thread of a trial that takes too long, also in a loop, and begins another", async () => {
    const code = `
      export const objective = ({ number }) => {
        if (number === 1) for (;;);
        if (number === 2) return new Promise(() => undefined);
        return number;
      };`;
    const late = "it took longer than 150 ms";
    expect(await reasonsOf({ timeoutMilliseconds: 150 }, code)).toEqual({ 0: null, 1: late, 2: late, 3: null });
  });

  it("blames no trial for what one before it left behind in the thread", async () => {
    const code = `
      export const objective = async ({ number }) => {
        if (number === 0) setTimeout(() => process.exit(4), 30);
        if (number === 1) await new Promise((resolve) => setTimeout(resolve, 120));
        return number;
      };`;
    expect(await reasonsOf({}, code)).toEqual({ 0: null, 1: null, 2: null, 3: null });
  });

  it("carries out trials that name their parameters as they go, whatever the number of workers", async () => {
    const module = await objectiveModule(
      place,
      "named",
      `export const objective = async ({ number, suggest }) => {
        const kind = suggest("kind", { kind: "categorical", choices: ["near", "far"] });
        await new Promise((resolve) => setTimeout(resolve, (number * 5) % 7));
        if (number === 4) process.exit(1);
        const x = suggest("x", { kind: "float", low: 0, high: 1 });
        return kind === "near" ? x : 2 + suggest("y", { kind: "integer", low: 0, high: 9 });
      };`,
    );
    const texts = [];
    for (const workers of [1, 3]) {
      const folder = fresh();
      const { record } = await runStudy({
        ...{ folder, plan: { seed: 2, window: 2 }, objective: { module }, trials: 20, workers },
      });
      expect(Object.keys(record.parameters).sort()).toEqual(["kind", "x", "y"]);
      expect(Object.keys(record.trials[4].parameters)).toEqual(["kind"]);
      expect((await readStudyFolder(folder)).record).toEqual(record);
      texts.push(await studyJson(folder));
    }
    expect(texts[1]).toBe(texts[0]);
  });

  it("lets a trial go on from what it kept when its process was killed, and drops it then", async () => {
    const log = join(place, "epochs.txt");
    const module = await objectiveModule(
      place,
      "keeps",
      `import { appendFileSync } from "node:fs";
      export const objective = async ({ number, parameters, kept, keep, report }) => {
        let sum = kept === null ? 0 : Buffer.from(kept).readDoubleLE();
        for (let epoch = kept === null ? 1 : kept[8] + 1; epoch <= 4; epoch++) {
          appendFileSync(${JSON.stringify(log)}, number + "." + epoch + "\\n");
          sum += parameters.x / epoch;
          if (report(epoch, sum)) return { state: "pruned", reason: "at " + epoch };
          const bytes = Buffer.alloc(9, epoch);
          bytes.writeDoubleLE(sum);
          await keep(bytes);
          await new Promise((resolve) => setTimeout(resolve, 60));
        }
        return sum;
      };`,
    );
    const [folder, undisturbed] = [fresh(), fresh()];
    const options = { plan: { seed: 5, space, pruner: { name: "median" } }, objective: { module }, trials: 3 };
    const { child, ended } = studyProcess({ ...options, folder });
    const epochs = (): Promise<string> => readFile(log, "utf8").catch(() => "");
    while (!(await epochs()).includes("1.3")) await setTimeout(5);
    child.kill("SIGKILL");
    await ended;
    await runStudy({ folder });
    const done = (await epochs()).trimEnd().split("\n");
    expect(done.filter((one) => one.startsWith("1."))).toHaveLength(new Set(done).size === done.length ? 4 : 5);
    expect(done.filter((one) => one === "1.1")).toHaveLength(1);
    expect(await readdir(join(folder, "kept"))).toEqual([]);
    await runStudy({ ...options, folder: undisturbed });
    expect(await studyJson(folder)).toBe(await studyJson(undisturbed));
  });

  it("carries out a function of this program in this thread, to the same trials", async () => {
    const folder = fresh();
    const run = {
      ...{ folder, plan: { seed: 3, space, window: 2 }, trials: 12 },
      objective: {
        name: "square",
        objective: async ({ number, parameters }: { readonly number: number; readonly parameters: object }) => {
          await setTimeout((number * 5) % 7);
          if (number === 3) await setTimeout(10_000);
          return (parameters as { readonly x: number }).x ** 2;
        },
      },
      timeoutMilliseconds: 200,
    };
    const { record } = await runStudy({ ...run, workers: 3 });
    expect(record.trials[3].outcome!.reason).toBe("it took longer than 200 ms");
    const module = await objectiveModule(
      place,
      "square",
      `export const objective = ({ number, parameters }) =>
        number === 3 ? new Promise(() => undefined) : parameters.x ** 2;`,
    );
    const other = await runStudy({ ...run, folder: fresh(), objective: { module } });
    expect(other.record.trials).toEqual(record.trials);
    // A program's function is not found again by its name.
    await expect(runStudy({ folder })).rejects.toThrow("its objective must be given, as it is a function of a program");
  });

  it("goes on from trials of another study, and holds the study to them", async () => {
    const { record } = await runStudy({ ...usual, folder: fresh(), trials: 6 });
    const folder = fresh();
    const history = { parameters: record.parameters, trials: record.trials };
    const on = await runStudy({ ...usual, folder, plan: { ...plan, seed: 9, history }, trials: 10 });
    expect(on.record.trials.slice(0, 6)).toEqual(record.trials);
    expect(on.record.imported).toBe(6);
    expect((await readStudyFolder(folder)).record).toEqual(on.record);
    await expect(runStudy({ ...usual, folder, plan: { ...plan, seed: 9 } })).rejects.toThrow(
      "got other trials that it goes on from",
    );
  });

  it("refuses more workers than the window lets run, and counts that are none", async () => {
    await expect(runStudy({ ...usual, folder: fresh(), workers: 5 })).rejects.toThrow(
      "workers must be a whole number from 1 to 4, as a trial sees all but the 3 before it; got 5",
    );
    await expect(runStudy({ ...usual, folder: fresh(), trials: 0 })).rejects.toThrow("at least 1; got 0");
    await expect(runStudy({ ...usual, folder: fresh(), timeoutMilliseconds: NaN })).rejects.toThrow("got NaN");
  });

  it("names what differs where a folder keeps another study", async () => {
    await referenceText;
    const refused = (change: Partial<RunStudyOptions>): Promise<unknown> =>
      runStudy({ ...usual, folder: reference, ...change }).then(
        () => "went on",
        (error: unknown) => (error as Error).message,
      );
    expect(await refused({ plan: { ...plan, seed: 4 } })).toContain("got seed: 3 as it began, 4 now");
    expect(await refused({ plan: { ...plan, window: 4 } })).toContain("window: 3 as it began, 4 now");
    expect(await refused({ plan: { ...plan, pruner: { name: "median" } } })).toContain("pruner, name: ");
    expect(await refused({ plan: { ...plan, pruner: undefined } })).toContain('pruner: {"name":"halving"');
    expect(await refused({ plan: { ...plan, sampler: { name: "random" } } })).toContain('sampler, name: "tpe" as');
    expect(await refused({ plan: { ...plan, space } })).toContain("space, parameter x: ");
    expect(await refused({ objective: { module: pausing, options: { milliseconds: 5 } } })).toContain(
      'objective, options: {"milliseconds":4} as it began, {"milliseconds":5} now',
    );
    const changed = await objectiveModule(join(place), "changed", `${pausingObjective}\n// Another one.`);
    const objective = { module: changed, name: "pausing.mjs", options: { milliseconds: 4 } };
    expect(await refused({ objective })).toContain("got objective: the text of its module");
    expect(await refused({ plan: undefined, objective })).toContain("got objective: the text of its module");
    expect(await refused({})).toBe("went on");
  });

  it("refuses modules that are missing, do not load or export no objective, and makes nothing", async () => {
    const folder = fresh();
    const fine = "export const objective = () => 1";
    const refusal = async (code: string): Promise<string> => {
      const module = await objectiveModule(place, `bad-${++count}`, code);
      return runStudy({ ...usual, folder, objective: { module } }).then(String, String);
    };
    expect(await refusal("export const other = 1;")).toContain(
      "exports a function `objective`; got objective: undefined",
    );
    expect(await refusal("export const objective = 1;")).toContain("got objective: number");
    expect(await refusal(`${fine}; export const directions = ["up"];`)).toMatch(/bad-\d+.mjs, directions.0: must be/);
    expect(await refusal(`${fine}; export const space = [];`)).toMatch(/bad-\d+.mjs, space: must be what a study can/);
    expect(await refusal("throw new Error('does not load');")).toContain("got does not load");
    expect(await refusal("process.exit(5);")).toContain("got its thread ended with code 5");
    expect(await refusal("export const = ;")).toContain("must be a module that can be loaded");
    await expect(runStudy({ ...usual, folder, objective: { module: join(place, "none.mjs") } })).rejects.toThrow(
      "none.mjs: the file must be readable; got ENOENT",
    );
    const objective = { module: pausing, options: { rate: NaN } };
    await expect(runStudy({ ...usual, folder, objective })).rejects.toThrow("must be plain JSON");
    await expect(readdir(folder)).rejects.toThrow("ENOENT");
  });

  it("begins nothing with a space, a sampler or a pruner that is none", async () => {
    const folder = fresh();
    const begun = (change: object): Promise<unknown> => runStudy({ ...usual, folder, plan: { ...plan, ...change } });
    await expect(begun({ space: {} })).rejects.toThrow("must have at least one parameter");
    await expect(begun({ sampler: { name: "guess" } })).rejects.toThrow("must be one of random, sobol, grid, tpe");
    await expect(begun({ pruner: { name: "median", startUp: 3 } })).rejects.toThrow("pruner median: must have the");
    const names = Array.from({ length: sobolAxes + 1 }, (_, k) => `x${k}`);
    const many = Object.fromEntries(names.map((name) => [name, space.x]));
    await expect(begun({ space: many, sampler: { name: "sobol" } })).rejects.toThrow("must have at most");
    await expect(begun({ seed: 0.5 })).rejects.toThrow("the seed must be a whole number");
    await expect(readdir(folder)).rejects.toThrow("ENOENT");
  });

  // They were left aside: a study that was to maximize went for the least.
  it("takes the directions that a module exports, unless the plan says others", async () => {
    const code = 'export const objective = ({ parameters }) => parameters.x; export const directions = ["maximize"];';
    const module = await objectiveModule(place, "upwards", code);
    const run = { plan: { seed: 1, space }, objective: { module }, trials: 12 };
    const up = await runStudy({ ...run, folder: fresh() });
    const down = await runStudy({ ...run, folder: fresh(), plan: { ...run.plan, directions: ["minimize"] } });
    const [most, least] = [up, down].map(({ study }) => study.best()!.outcome!.values[0]);
    expect(up.record.directions).toEqual(["maximize"]);
    expect(most).toBeGreaterThan(least);
    const values = up.record.trials.map(({ outcome }) => outcome!.values[0]);
    expect(most).toBe(Math.max(...values));
  });

  it("leaves folders of something else alone, and says that there is no study", async () => {
    const folder = fresh();
    await expect(runStudy({ folder })).rejects.toThrow("must be the folder of a study that was begun");
    await mkdir(folder);
    await writeFile(join(folder, "notes.txt"), "mine");
    await expect(runStudy({ ...usual, folder })).rejects.toThrow("got one with notes.txt and without settings.json");
    expect(await readdir(folder)).toEqual(["notes.txt"]);
    await expect(readStudyFolder(folder)).rejects.toThrow("settings.json");
  });

  it("does a trial again whose line was cut, with a warning, and refuses a damaged line by its number", async () => {
    await referenceText;
    const [cut, damaged] = [fresh(), fresh()];
    for (const folder of [cut, damaged]) await cp(reference, folder, { recursive: true });
    const fullest = async (folder: string): Promise<string> => {
      const files = await lineFiles(folder);
      const sizes = await Promise.all(files.map(async (path) => (await readFile(path)).length));
      return files[sizes.indexOf(Math.max(...sizes))];
    };
    const path = await fullest(cut);
    await truncate(path, (await readFile(path)).length - 30);
    await rm(join(cut, "study.json"));
    const warnings: string[] = [];
    expect((await readStudyFolder(cut, { onWarning: (one) => warnings.push(one) })).record.trials).toHaveLength(23);
    await runStudy({ folder: cut, onWarning: (warning) => warnings.push(warning) });
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(/line 24: half written when its process ended, and dropped: its trial is carried out/);
    expect(await studyJson(cut)).toBe(await referenceText);

    const other = await fullest(damaged);
    const lines = (await readFile(other, "utf8")).split("\n");
    await writeFile(other, [...lines.slice(0, 3), lines[3].replace('"x":', '"x":1'), ...lines.slice(4)].join("\n"));
    for (const read of [() => runStudy({ folder: damaged }), () => readStudyFolder(damaged)])
      await expect(read()).rejects.toThrow(/jsonl, line 4: must be a line with the hash that it says/);
    // As the message says: without the file its trials are done again.
    await rm(other);
    await runStudy({ folder: damaged });
    expect(await studyJson(damaged)).toBe(await referenceText);
  });

  it("finds out values that are not those which are proposed, and settings of another version", async () => {
    const folder = fresh();
    await runStudy({ ...usual, folder, trials: 3 });
    const [path] = await lineFiles(folder);
    const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
    const { sha256: _, ...head } = JSON.parse(lines[1]) as { sha256: string; ended: { parameters: { y: number } } };
    head.ended.parameters.y++;
    const forged = [lines[0], sealedLine(head).toString().trimEnd(), lines[2], ""].join("\n");
    await writeFile(path, forged);
    await expect(runStudy({ folder })).rejects.toThrow(
      /trial \d of a study: must have the values that its seed, window and sampler propose/,
    );
    await writeFile(path, "");
    await appendFile(path, sealedLine({ trial: 0, ended: {} }));
    await expect(runStudy({ folder })).rejects.toThrow("trial 0, ended.number: must be as this program wrote it");

    const settings = join(folder, "settings.json");
    const text = await readFile(settings, "utf8");
    await writeFile(settings, text.replace('"version": 1', '"version": 2'));
    await expect(runStudy({ folder })).rejects.toThrow("must be of version 1 of its format; got version 2");
    await writeFile(settings, text.slice(0, 300));
    await expect(runStudy({ folder })).rejects.toThrow("settings.json: the file must hold JSON");
    await writeFile(settings, text.replace('"low": -5', '"low": 50'));
    await expect(runStudy({ folder })).rejects.toThrow("low must not be above high");
    await writeFile(settings, text.replace('"seed": 3', '"seed": "three"'));
    await expect(runStudy({ folder })).rejects.toThrow("settings.json, seed: must be as this program wrote it");
  });

  it("says that the folder was removed while it was at work", async () => {
    const folder = fresh();
    const going = runStudy({
      ...{ ...usual, folder },
      onTrial: (done) => {
        if (done === 3) execFileSync("rm", ["-r", folder]);
      },
    });
    await expect(going).rejects.toThrow(/must be (readable|writable); got ENOENT/);
  });

  const small = join(place, "small");
  const isMounted = mountSmall(small);
  it.skipIf(!isMounted)(
    "stops at a full disk with what to do, and goes on to the same bytes when there is space",
    async () => {
      try {
        const folder = join(small, "study");
        const filler = join(small, "filler");
        const going = runStudy({
          ...{ ...usual, folder, workers: 4 },
          onTrial: (done) => {
            if (done === 5) execFileSync("sh", ["-c", `cat /dev/zero > ${filler} || true`], { stdio: "ignore" });
          },
        });
        await expect(going).rejects.toThrow(/got ENOSPC; free disk space/);
        const before = (await readStudyFolder(folder)).ended;
        expect(before.length).toBeGreaterThanOrEqual(5);
        await rm(filler);
        await rm(join(folder, "study.json"), { force: true });
        const { record } = await runStudy({ folder, workers: 4 });
        expect(record.trials).toEqual(expect.arrayContaining([...before]));
        expect(record.trials).toHaveLength(24);
      } finally {
        execFileSync("umount", [small]);
      }
    },
  );
});
