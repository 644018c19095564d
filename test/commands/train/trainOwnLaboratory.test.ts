import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { predictPhases } from "../../../src/commands/predict/predictPhases.js";
import { formatPredictions } from "../../../src/commands/predict/formatPredictions.js";
import type { OwnTraining } from "../../../src/commands/train/trainOwnLaboratory.js";
import { trainVerb } from "../../../src/commands/train/trainVerb.js";
import { phaseNames } from "../../../src/chemistry/phases.js";
import { categoryColumn, makeTable, selectRows, type Table, textsOf } from "../../../src/core/Table.js";
import { generateExperiments } from "../../../src/generation/generateExperiments.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { writeTable } from "../../../src/io/tables/writeTable.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const isBuilt = existsSync(projectPath("dist", "generation", "simd", "experiments.wasm"));
if (!isBuilt) console.warn("own laboratories are tried by no test: dist is not here; run npm run build");

const folder = await temporaryFolder();

describe.skipIf(!isBuilt)("twin train of a file with few rows", () => {
  let experiments: Table;
  let training: OwnTraining;
  let text: string;
  const write = async (name: string, rows: number, from = 0): Promise<string> => {
    const path = join(folder, name);
    const places = Uint32Array.from({ length: rows }, (_, i) => from + i);
    await writeTable(selectRows(experiments, places), path);
    return path;
  };

  beforeAll(async () => {
    ({ table: experiments } = await generateExperiments({ rows: 10_100, seed: 21, labs: { count: 1 } }));
    const data = await write("mine.csv", 40);
    const result = await trainVerb.run({ seed: 1, data, out: join(folder, "models") });
    training = result.data as OwnTraining;
    text = result.text;
    expect(result.passed).toBe(true);
  }, 120_000);

  it("says what was kept and why, what each way is worth, and what is not promised", () => {
    expect(Object.keys(training.losses)).toEqual([
      "constant",
      "rules",
      "twin, untouched",
      "twin, weighed by your outcomes",
      "logistic regression",
      "Gaussian process",
      "forest",
      "network",
    ]);
    expect(training.rows).toBe(40);
    expect(training.unit).toBe("batch");
    expect(training.steps).toHaveLength(7);
    expect(text).toContain(`kept: ${training.kept}`);
    expect(text).toContain("each of 5 folds chose anew without its rows");
    expect(text).toMatch(/by that curve 30 more would (lower|raise) it|more would bring nothing/);
    expect(text).toMatch(/it is (better|not shown to be better|WORSE)/);
    for (const phase of phaseNames)
      if (training.phases[phase] < 9)
        expect(text).toMatch(new RegExp(`${phase}: (no promise for this phase|untested)`));
  });

  it("learns the numbers that enough rows have, and says what each explains", () => {
    expect(training.quantities.map(({ column }) => column)).toContain("sizeNanometre");
    for (const { column, rows, r2 } of training.quantities) {
      expect(rows).toBeGreaterThanOrEqual(20);
      expect(r2).toBeLessThanOrEqual(1);
      expect(text).toContain(`${column}, ${rows} rows`);
    }
  });

  it("is better than the constant answer on rows that the choice had not seen", () => {
    const [own, constant] = training.scores;
    expect(constant.name).toBe("constant");
    expect(own.logLoss.value).toBeLessThan(constant.logLoss.value - 0.3);
  });

  it("gives the same bytes again from the same seed and rows", async () => {
    const again = (await trainVerb.run({ seed: 1, data: join(folder, "mine.csv"), out: join(folder, "again") })).data;
    expect((again as OwnTraining).model).toBe(training.model);
    expect(await readdir(join(folder, "again"))).toEqual([training.model]);
  }, 120_000);

  it("answers recipes with sets that promise over all phases together, whatever stands beside a recipe", async () => {
    const next = await write("next.csv", 12, 100);
    const predictions = await predictPhases(next, { directory: join(folder, "models"), workers: 0 });
    expect(predictions.answered).toBe(12);
    expect(predictions.promise).toMatchObject({ share: 0.9, eachPhase: false, of: "new batches" });
    for (const { set, phase, quantities } of predictions.rows) {
      expect(set).toContain(phase);
      for (const { value, low, high } of Object.values(quantities)) {
        expect(low).toBeLessThanOrEqual(value!);
        expect(high).toBeGreaterThanOrEqual(value!);
      }
    }
    expect(Object.keys(predictions.rows[0].quantities)).toEqual(training.quantities.map(({ column }) => column));
    const alone = await predictPhases(await write("alone.csv", 1, 105), { directory: join(folder, "models") });
    expect(alone.rows[0]).toEqual({ ...predictions.rows[5], row: 1, advice: null });
    const said = formatPredictions(predictions);
    expect(said).toContain("sets aim at 90 % over all phases together, in new batches");
    expect(said).toContain("judged by a cross-validation that leaves out whole batches");
  });

  it("refuses a model of which a byte was changed", async () => {
    const place = join(folder, "changed", training.model);
    const file = await readFile(join(folder, "models", training.model, "laboratory.json"), "utf8");
    await mkdir(place, { recursive: true });
    await writeFile(join(place, "laboratory.json"), file.replace(/"seed": ?1/, '"seed":2'));
    await expect(predictPhases(join(folder, "mine.csv"), { directory: join(folder, "changed") })).rejects.toThrow(
      "the file was changed after it was saved",
    );
  });

  it("names columns that it does not read, so that nobody believes they were learned from", async () => {
    const data = await write("named.csv", 12);
    const lines = (await readFile(data, "utf8")).split("\n");
    lines[0] = lines[0].replace("volumeMillilitre", "flask (mL)");
    await writeFile(data, lines.join("\n"));
    const { text: said } = await trainVerb.run({ seed: 1, data, out: join(folder, "named") });
    expect(said).toContain(
      'not read, as they are no columns of ours: "flask (mL)"; `twin data map` tells what they may be',
    );
  }, 120_000);

  it("counts rows without a phase as left out under --strict, of a choice and of a network", async () => {
    const untold = async (name: string, rows: number, none: number): Promise<string> => {
      const some = selectRows(
        experiments,
        Uint32Array.from({ length: rows }, (_, row) => row),
      );
      const phase = categoryColumn(textsOf(some, "phase").map((text, row) => (row < none ? "" : text)));
      await writeTable(makeTable(some.schema, { ...some.columns, phase }), join(folder, name));
      return join(folder, name);
    };
    const ask = { seed: 1, out: join(folder, "strict") };
    const choice = await trainVerb.run({ ...ask, data: await untold("untold.csv", 32, 2), strict: true });
    expect(choice).toMatchObject({ passed: false, data: { unlabelled: 2 } });
    const network = { ...ask, data: await untold("many.csv", 1_000, 1), hidden: [8], epochs: 30 };
    expect(await trainVerb.run({ ...network, strict: true })).toMatchObject({ passed: false, data: { unlabelled: 1 } });
    expect((await trainVerb.run(network)).passed).toBe(true);
  });

  it("refuses fewer than ten rows in words, and writes nothing", async () => {
    const data = await write("nine.csv", 9);
    await expect(trainVerb.run({ seed: 1, data, out: join(folder, "none") })).rejects.toThrow(
      "must be given in 10 rows or more, for a choice that says anything; got 9",
    );
    expect(existsSync(join(folder, "none"))).toBe(false);
  });

  it("trains a network where one is asked for by an option, and of more than 10,000 rows", async () => {
    const data = await write("many.csv", 10_050);
    const result = await trainVerb.run({ seed: 1, data, hidden: [8], epochs: 1, out: join(folder, "networks") });
    expect(result.text).toContain("epochs kept, of those run");
    await expect(trainVerb.run({ seed: 1, data, out: "/dev/null/no" })).rejects.toThrow("/dev/null");
    const few = await trainVerb.run({
      seed: 1,
      data: await write("some.csv", 1_500),
      hidden: [8],
      epochs: 1,
      out: join(folder, "networks"),
    });
    expect(few.text).toContain("epochs kept, of those run");
  }, 120_000);

  it("saves no network of a file that is worse than the constant answer, as one of 300 rows was", async () => {
    const data = await write("three-hundred.csv", 300);
    const out = join(folder, "worse");
    const { text, passed } = await trainVerb.run({ seed: 1, data, epochs: 2, out });
    expect(text).toMatch(/it is WORSE than "always the commonest" by .*: do not use it\nnothing was saved: /);
    expect(passed).toBe(false);
    expect(await readdir(out)).toEqual([]);
  }, 60_000);
});
