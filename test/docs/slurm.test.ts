import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectPath } from "../../src/io/projectPath.js";
import { type Slurm, startSlurm, withoutSlurm } from "../support/slurm.js";
import { temporaryFolder } from "../support/temporaryFolder.js";

const run = promisify(execFile);
const cli = projectPath("dist", "cli.js");
const missing = existsSync(cli) ? withoutSlurm : "dist is missing, run `npm run build`";
if (missing !== null) console.warn(`tests of the scripts for Slurm are skipped: ${missing}`);

const place = await temporaryFolder();
let slurm: Slurm;

/** Submits a script, and waits for its end. @returns exit code of the worst task */
async function submitted(...args: readonly string[]): Promise<number> {
  return run("sbatch", ["--wait", ...args], {
    cwd: place,
    env: { ...slurm.env, TWIN: `${process.execPath} ${cli}` },
  }).then(
    () => 0,
    ({ code, stderr }: { readonly code: number; readonly stderr: string }) => {
      if (stderr !== "") throw new Error(stderr);
      return code;
    },
  );
}

describe.skipIf(missing !== null)(`the scripts for Slurm${missing === null ? "" : ` (skipped: ${missing})`}`, () => {
  beforeAll(async () => {
    slurm = await startSlurm(join(place, "slurm"));
  }, 60_000);
  afterAll(() => slurm.stop(), 30_000);

  it("carry out one study by several tasks, of which one is killed, to the bytes of one without them", async () => {
    const module = join(place, "objective.mjs");
    await writeFile(
      module,
      `export const space = { x: { kind: "float", low: -5, high: 5 } };
      export const objective = async ({ number, parameters }) => {
        await new Promise((resolve) => setTimeout(resolve, 50 + ((number * 7) % 5) * 20));
        return (parameters.x - 1) ** 2;
      };`,
    );
    const args = [module, "--study", "study", "--trials", "60", "--window", "5", "--seed", "1"];
    const script = projectPath("docs", "slurm", "study.sbatch");
    const done = submitted("--array=1-3", "--cpus-per-task=2", script, ...args);
    const writers = (): Promise<readonly string[]> =>
      readdir(join(place, "study", "writers")).then(
        (names) => names.filter((name) => name.endsWith(".jsonl")),
        () => [],
      );
    while ((await writers()).length < 3) await setTimeout(50);
    const { stdout } = await run("squeue", ["--noheader", "--array", "--format=%F_%K"], { env: slurm.env });
    const killed = stdout.split("\n").find((name) => name.trim().endsWith("_2"))!;
    await run("scancel", ["--signal=KILL", "--full", killed.trim()], { env: slurm.env });
    // One task did not come to its end.
    expect(await done).not.toBe(0);
    const [, , ...rest] = args.slice(1);
    await run(process.execPath, [cli, "tune", module, "--study", "alone", ...rest], { cwd: place });
    expect(await readFile(join(place, "study", "study.json"), "utf8")).toBe(
      await readFile(join(place, "alone", "study.json"), "utf8"),
    );
    // Submitted again it finds that all is done.
    expect(await submitted("--array=1-2", "--cpus-per-task=1", script, ...args)).toBe(0);
  }, 180_000);

  it("write shards that are together the table of one call, to the byte", async () => {
    const script = projectPath("docs", "slurm", "generate.sbatch");
    const rest = ["2000", "7", "shards", "--noise", "0"];
    expect(await submitted("--array=1-3", "--cpus-per-task=1", script, ...rest)).toBe(0);
    const parts = (await readdir(join(place, "shards"))).filter((name) => name.endsWith(".csv")).sort();
    expect(parts).toEqual(["part-0001.csv", "part-0002.csv", "part-0003.csv"]);
    const texts = await Promise.all(parts.map((name) => readFile(join(place, "shards", name), "utf8")));
    const whole = join(place, "whole.csv");
    await run(process.execPath, [cli, "generate", "--rows", "2000", "--seed", "7", "--noise", "0", "--out", whole]);
    expect(texts.join("")).toBe(await readFile(whole, "utf8"));
  }, 120_000);
});

describe("the script of shards", () => {
  it.skipIf(process.platform === "win32")("says what it must be given, and makes nothing", async () => {
    const script = projectPath("docs", "slurm", "generate.sbatch");
    await expect(run("bash", [script, "100"], { cwd: place })).rejects.toThrow("SEED and FOLDER must be given");
    await expect(run("bash", [script, "100", "1"], { cwd: place })).rejects.toThrow("FOLDER must be given");
  });
});
