import { phaseNames } from "../chemistry/phases.js";
import { InputError } from "../core/InputError.js";
import type { Table } from "../core/Table.js";
import { campaignRegions, type WeightedRegion } from "./campaigns.js";
import { categoryLevels } from "./categoryLevels.js";
import { type ColumnMemory, columnMemory } from "./columnMemory.js";
import { doJob } from "./experimentJob.js";
import { experimentTable } from "./experimentTable.js";
import { chunkRows, CodeSlot } from "./layout.js";
import { type EngineName, makeEngine } from "./makeEngine.js";
import { type TwinOptions, twinSetup } from "./twinSetup.js";

/** Where to look for experiments of rare classes, and how many of each to find. */
export interface TargetedOptions extends TwinOptions {
  /** Rows that every class must reach, as labelled by the laboratories (default 2000, as the review asked). */
  readonly perClass?: number;
  /** Give up beyond this many rows (default 50 per row asked for). */
  readonly mostRows?: number;
  readonly engine?: EngineName;
}

/** Rows per region of the pilot that says where a class is likely. */
const pilotRows = chunkRows / 2;

/**
 * Experiments where the rare classes are likely, until every class holds `perClass` rows. No row is thrown away or
 * relabelled: what differs from the campaigns as run is only how often each campaign is run.
 *
 * A pilot in every campaign gives its class shares; then, turn by turn, the class that lacks most rows gets a batch of
 * experiments from the campaigns in proportion to the square of its share there.
 *
 * @throws InputError if a class is not reached within `mostRows`
 */
export async function targetedExperiments(options: TargetedOptions): Promise<Table> {
  const { perClass = 2000, mostRows = 50 * 5 * perClass, engine = "simd" } = options;
  if (!(Number.isInteger(perClass) && perClass >= 1 && perClass <= 1e6))
    throw new InputError({
      where: "targetedExperiments, perClass",
      must: "must be a whole number from 1 to 1000000",
      got: String(perClass),
      mend: "write for example 2000",
    });
  if (!(Number.isInteger(mostRows) && mostRows >= 1 && mostRows <= 2 ** 32))
    throw new InputError({
      where: "targetedExperiments, mostRows",
      must: "must be a whole number from 1 to 4294967296",
      got: String(mostRows),
      mend: "leave it out",
    });
  if (!Number.isSafeInteger(options.seed) || options.seed < 0)
    throw new InputError({
      where: "targetedExperiments, seed",
      must: "must be a whole number from 0 to 2^53 - 1",
      got: String(options.seed),
      mend: "write for example 7",
    });
  const regions = (
    options.regions ?? campaignRegions.map((region) => ({ region, weight: 1 / campaignRegions.length }))
  ).map(({ region }) => region);
  const shares = await pilotShares(
    regions.map((region) => ({ region, weight: 1 })),
    options,
    engine,
  );
  const counts = phaseNames.map(() => 0);
  const batches: ColumnMemory[] = [];
  let rows = 0;
  for (;;) {
    const lacking = counts.map((count) => perClass - count);
    const wanted = lacking.indexOf(Math.max(...lacking));
    if (lacking[wanted] <= 0) break;
    const weights = shares.map((share) => share[wanted] ** 2);
    const total = weights.reduce((a, b) => a + b, 0);
    if (!(total > 0) || rows >= mostRows)
      throw new InputError({
        where: "targetedExperiments",
        must: `every class must reach ${perClass} rows within ${mostRows}`,
        got: phaseNames.map((name, c) => `${counts[c]} of ${name}`).join(", "),
        mend: "ask for fewer, or add a region where the class forms",
      });
    const expected = weights.reduce((sum, weight, k) => sum + (weight / total) * shares[k][wanted], 0);
    const size = Math.min(Math.max(Math.ceil(lacking[wanted] / expected), 64), mostRows - rows);
    const batch = columnMemory(size, { shared: false });
    const made = await makeEngine(
      engine,
      twinSetup({ ...options, regions: regions.map((region, k) => ({ region, weight: weights[k] / total })) }),
    );
    doJob(made, { first: rows, rows: size, memory: batch, offset: 0 });
    batch.codes[CodeSlot.phase].forEach((code: number) => counts[code]++);
    batches.push(batch);
    rows += size;
  }
  const levels = categoryLevels(
    twinSetup({ ...options, regions: regions.map((region) => ({ region, weight: 1 / regions.length })) }),
  );
  return experimentTable(joined(batches, rows), { first: 0, rows, levels });
}

async function pilotShares(
  regions: readonly WeightedRegion[],
  options: TwinOptions,
  engine: EngineName,
): Promise<number[][]> {
  const memory = columnMemory(pilotRows, { shared: false });
  const shares: number[][] = [];
  for (const region of regions) {
    doJob(await makeEngine(engine, twinSetup({ ...options, regions: [region] })), {
      first: 0,
      rows: pilotRows,
      memory,
      offset: 0,
    });
    const counts = phaseNames.map(() => 0);
    memory.codes[CodeSlot.phase].forEach((code: number) => counts[code]++);
    shares.push(counts.map((count) => count / pilotRows));
  }
  return shares;
}

function joined(batches: readonly ColumnMemory[], rows: number): ColumnMemory {
  const whole = columnMemory(rows, { shared: false });
  let at = 0;
  for (const batch of batches) {
    batch.numbers.forEach((column, slot) => whole.numbers[slot].set(column, at));
    batch.codes.forEach((column, slot) => whole.codes[slot].set(column, at));
    at += batch.rows;
  }
  return whole;
}
