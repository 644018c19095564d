import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { anchorsOf, appendAnchor } from "../../../src/io/predictions/anchorLedger.js";
import { outcomeKnown, readPredictionLedger } from "../../../src/io/predictions/predictionLedger.js";
import { registerPredictions } from "../../../src/io/predictions/registerPredictions.js";
import { readValidations, validationsOf } from "../../../src/io/predictions/validationLedger.js";
import { validateNew, type ValidateOptions } from "../../../src/problems/registered/validateNew.js";
import { gitFolder, type GitFolder } from "../../support/gitFolder.js";
import { plateCells, plateOutcomes, platesRegistration, writeCsv } from "./playedPlates.js";

let git: GitFolder;
let ledger: string;
const cells = plateCells(60);
const outcomes = plateOutcomes(cells);

const register = async (...given: Parameters<typeof platesRegistration>): Promise<void> => {
  await registerPredictions(platesRegistration(...given), { ledger, day: "2026-11-29" });
};
const anchor = async (time: string): Promise<void> => {
  await appendAnchor(await readPredictionLedger(ledger), ledger, time.slice(0, 10));
  git.commit(time);
};
const file = (rows = outcomes, name = "outcomes.csv"): string => writeCsv(git.folder, name, rows);
const validate = (path: string, options: ValidateOptions = {}): ReturnType<typeof validateNew> =>
  validateNew(path, { ledger, at: "2026-12-05T12:00:00.000Z", ...options });

beforeEach(async () => {
  git = gitFolder();
  ledger = join(git.folder, "ledger.jsonl");
  await register("plates", cells);
});

describe("validateNew", () => {
  it("scores outcomes by name alone, beside the constant answer, apart by domain and repeats, with n", async () => {
    await anchor("2026-11-30T08:00:00Z");
    const found = await validate(file());
    expect(found).toMatchObject({
      rows: 60,
      recipesCompared: false,
      ledger: { lines: 60, anchored: 60, notAnchored: 0, cut: 0 },
      counts: { withheld: 60, late: 0, prospective: 0 },
      passed: true,
    });
    const [{ groups, promises, standing, verdict }] = found.registers;
    expect(standing).toBe("withheld");
    expect(groups.map(({ rows, n }) => [rows, n])).toEqual([
      ["all", 60],
      ["inside", 40],
      ["outside", 20],
      ["repeats a recipe of training", 12],
      ["new recipe", 48],
    ]);
    expect(groups[0].scores).toMatchObject({
      formed: { rows: 60, constant: { logLoss: expect.any(Number) as number }, overconfidence: { reason: null } },
      peak: {
        coverage: { interval: { level: 0.95 }, reason: null },
        constant: { r2: expect.any(Number) as number },
        relativeWidth: expect.any(Number) as number,
      },
    });
    expect(promises).toHaveLength(3);
    expect(promises.every((one) => one.verdict !== "broken")).toBe(true);
    expect(["held", "unknown"]).toContain(verdict);
    expect(JSON.stringify(found)).not.toContain("NaN");
  });

  it("adds a line to a chained ledger, and nothing where the same file comes again", async () => {
    await anchor("2026-11-30T08:00:00Z");
    const first = await validate(file());
    const [line] = await readValidations(ledger);
    expect(line).toMatchObject({
      outcomesSha256: first.outcomesSha256,
      register: "plates",
      at: "2026-12-05T12:00:00.000Z",
      ledger: { lines: 60 },
      verdict: first.registers[0].verdict,
      scores: first.registers[0].groups[0].scores,
    });
    const text = readFileSync(validationsOf(ledger), "utf8");
    const again = await validate(file(), { at: "2026-12-09T12:00:00.000Z" });
    expect(readFileSync(validationsOf(ledger), "utf8")).toBe(text);
    const { isNew: _, ...same } = first.registers[0];
    expect(again.registers[0]).toEqual({ ...same, isNew: false });
    expect(again.evidenceSha256).toBe(first.evidenceSha256);
  });

  it("tells rows apart by antisolvent where the recipes are there, in the file or beside it", async () => {
    await anchor("2026-11-30T08:00:00Z");
    const beside = await validate(file(), { recipes: writeCsv(git.folder, "recipes.csv", cells), keeps: false });
    expect(beside.recipesCompared).toBe(true);
    expect(beside.registers[0].groups.map(({ rows }) => rows)).toEqual(
      expect.arrayContaining(["antisolvent ethanol", "antisolvent acetone", "antisolvent methanol"]),
    );
    const own = await validate(
      file(
        cells.map((cell, i) => ({ ...cell, ...outcomes[i] })),
        "both.csv",
      ),
    );
    expect(own.registers[0].groups).toEqual(beside.registers[0].groups);
  });

  it("refuses an outcome of another recipe than the one that was registered, and names it", async () => {
    const changed = cells.map((cell, i) => (i === 6 ? { ...cell, V_CsOA_uL: "999" } : cell));
    const recipes = writeCsv(git.folder, "changed.csv", changed);
    await expect(validate(file(), { recipes })).rejects.toThrow(
      /"sample 7": must be the recipe that "plates" predicted/,
    );
    expect(existsSync(validationsOf(ledger))).toBe(false);
  });

  it("finds a broken promise as batches come, says on which day, and does not forget it", async () => {
    await anchor("2026-11-30T08:00:00Z");
    const scattered = plateOutcomes(cells, { scatter: 4 });
    const batch = (i: number): string => file(scattered.slice(15 * i, 15 * i + 15), `batch ${i}.csv`);
    const verdicts: string[] = [];
    for (const i of [0, 1, 2, 3]) {
      const found = await validate(batch(i), { at: `2026-12-0${i + 1}T12:00:00.000Z` });
      verdicts.push(found.registers[0].verdict);
      expect(found.passed).toBe(found.registers[0].verdict !== "broken");
    }
    expect(verdicts.at(-1)).toBe("broken");
    const { registers } = await validate(batch(0));
    expect(registers[0].promises.find(({ verdict }) => verdict === "broken")).toMatchObject({
      promise: "the interval of the peak holds it",
      brokenOn: `2026-12-0${verdicts.indexOf("broken") + 1}`,
    });
  });

  it("judges each experiment once where a file grows, and refuses outcomes that were changed since", async () => {
    await anchor("2026-11-30T08:00:00Z");
    await validate(file(outcomes.slice(0, 20), "first.csv"));
    const grown = await validate(file(outcomes, "grown.csv"));
    expect(grown.registers[0]).toMatchObject({ n: 40, judgedBefore: 20 });
    const changed = outcomes.map((row, i) => (i === 3 ? { ...row, peak_nm: "499.0" } : row));
    await expect(validate(file(changed, "changed.csv"))).rejects.toThrow(
      /must tell the outcomes of 20 experiments as judged on 2026-12-05; got others/,
    );
    await expect(validate(file(outcomes.slice(10, 20), "old.csv"))).rejects.toThrow(
      /must tell an outcome that was not/,
    );
  });

  it("does not judge what was known when it was registered", async () => {
    const known = platesRegistration("known", plateCells(4, 500));
    const rows = known.rows.map((row, i) => (i < 3 ? { ...row, notes: [outcomeKnown] } : row));
    await registerPredictions({ ...known, rows }, { ledger });
    await anchor("2026-11-30T08:00:00Z");
    const { registers } = await validate(file(plateOutcomes(plateCells(4, 500))));
    expect(registers).toMatchObject([{ register: "known", n: 1, known: 3 }]);
  });

  it("compares two models on the same experiments, row by row", async () => {
    await register("shifted", cells, 6);
    await anchor("2026-11-30T08:00:00Z");
    const { comparisons, registers } = await validate(file());
    expect(registers.map(({ register: name }) => name)).toEqual(["plates", "shifted"]);
    const [peak] = comparisons;
    expect(peak).toMatchObject({ loss: "absolute error of the peak", first: "plates", second: "shifted", unit: "nm" });
    expect(peak.difference.interval!.high).toBeLessThan(0);
  });
});

describe("predictions are late", () => {
  it("without a committed anchor: they are scored apart, promise nothing, and count nowhere", async () => {
    const { registers, counts, ledger: told, passed } = await validate(file());
    expect(registers).toMatchObject([{ standing: "late", verdict: "late", promises: [] }]);
    expect(registers[0].reason).toBe("not anchored: no anchor of the ledger is committed");
    expect(counts).toEqual({ withheld: 0, late: 60, prospective: 0 });
    expect(told).toMatchObject({ anchored: 0, notAnchored: 60 });
    expect(passed).toBe(true);
  });

  it("where they were registered behind the last anchor", async () => {
    await anchor("2026-11-30T08:00:00Z");
    await register("later", cells, 1);
    const { registers, ledger: told } = await validate(file());
    expect(registers.map(({ register: name, standing }) => [name, standing])).toEqual([
      ["plates", "withheld"],
      ["later", "late"],
    ]);
    expect(registers[1].reason).toMatch(/behind the last committed anchor/);
    expect(told).toMatchObject({ anchored: 60, notAnchored: 60 });
  });

  it("where the outcomes were seen before they were anchored, in whatever file and register", async () => {
    await anchor("2026-11-30T08:00:00Z");
    await validate(file(), { at: "2026-12-01T08:00:00.000Z" });
    await register("knowing", cells, 1);
    await anchor("2026-12-02T08:00:00Z");
    const copied = outcomes.map((row) => ({ ...row, PLQY: "0.5" }));
    const { registers } = await validate(file(copied, "copied.csv"), { register: "knowing" });
    expect(registers).toMatchObject([{ standing: "late", firstSeen: "2026-12-01T08:00:00.000Z" }]);
    expect(registers[0].reason).toMatch(/^anchored at 2026-12-02T08.*first seen at 2026-12-01T08/);
    // What nobody had seen is withheld, beside the others.
    const more = plateCells(6, 900);
    await register("mixed", [...cells.slice(0, 4), ...more], 1);
    await anchor("2026-12-03T08:00:00Z");
    const mixed = await validate(file([...outcomes.slice(0, 4), ...plateOutcomes(more)], "mixed.csv"), {
      register: "mixed",
    });
    expect(mixed.registers.map(({ standing, n }) => [standing, n])).toEqual([
      ["withheld", 6],
      ["late", 4],
    ]);
  });

  it("also after the fact: an anchor that comes when outcomes were scored changes nothing", async () => {
    await validate(file(), { at: "2026-12-01T08:00:00.000Z" });
    await anchor("2026-12-02T08:00:00Z");
    const { registers } = await validate(file());
    expect(registers).toMatchObject([{ standing: "late", isNew: false }]);
    expect(await readValidations(ledger)).toHaveLength(1);
  });
});

describe("a ledger of predictions that was tampered with", () => {
  it("is refused where an anchor no longer holds, and nothing is written down", async () => {
    await anchor("2026-11-30T08:00:00Z");
    writeFileSync(ledger, "");
    await registerPredictions(platesRegistration("plates", cells, 4), { ledger, day: "2026-11-29" });
    await expect(validate(file())).rejects.toThrow(/as anchored on 2026-11-30: predictions were changed/);
    expect(existsSync(validationsOf(ledger))).toBe(false);
  });

  it("says of a tail that was cut behind the anchor that it was not anchored, and how long it was", async () => {
    await anchor("2026-11-30T08:00:00Z");
    const anchored = readFileSync(ledger, "utf8");
    await register("unlucky", cells, 8);
    await validate(file());
    writeFileSync(ledger, anchored);
    const { ledger: told } = await validate(file());
    expect(told).toMatchObject({ lines: 60, anchored: 60, cut: 60 });
    // In its place stand others: those were not scored then.
    await register("lucky", cells);
    await expect(validate(file())).rejects.toThrow(/line 120: must have hash .* when "plates" was scored/);
  });

  it("is refused where it is damaged or not there, and so are damaged validations", async () => {
    writeFileSync(ledger, readFileSync(ledger, "utf8").replace('"low":', '"low": '));
    await expect(validate(file())).rejects.toThrow(/line 1: must have the hash that it says: it was edited/);
    await expect(validate(file(), { ledger: join(git.folder, "none.jsonl") })).rejects.toThrow(/must be a ledger of/);
    writeFileSync(ledger, "");
    await register("plates", cells);
    await validate(file());
    const path = validationsOf(ledger);
    writeFileSync(path, readFileSync(path, "utf8").replace('"verdict":"late"', '"verdict":"held"'));
    await expect(validate(file())).rejects.toThrow(/validations\.jsonl, line 1: must be a validation with the hash/);
    expect(existsSync(anchorsOf(ledger))).toBe(false);
  });
});
