import { designFaults } from "../chemistry/designFault.js";
import { InputError } from "../core/InputError.js";
import { seededRandom } from "../core/random/Random.js";
import type { Table } from "../core/Table.js";
import { workerPool } from "../core/threads/workerPool.js";
import { asRunCampaigns, wideRegions, type WeightedRegion } from "./campaigns.js";
import { categoryLevels } from "./categoryLevels.js";
import { type DesignPoints, designPoints, type PatternDesign, patternDesigns } from "./designPoints.js";
import { type ColumnMemory, columnMemory, unsharedCopy } from "./columnMemory.js";
import { doJob, type ExperimentJob, type Rejections } from "./experimentJob.js";
import { experimentTable } from "./experimentTable.js";
import type { WorkerTask } from "./experimentWorker.js";
import { chunkRows } from "./layout.js";
import { checkEngineName, type EngineName, makeEngine } from "./makeEngine.js";
import { type TwinOptions, twinSetup } from "./twinSetup.js";

/** How recipes are chosen; `targeted` is a function of its own, see `targetedExperiments`. */
export type DesignName = "asRun" | "uniform" | PatternDesign;
/** Names of all designs that generateExperiments knows. */
export const designNames: readonly DesignName[] = ["asRun", "uniform", ...patternDesigns];

/** Which experiments to generate, and on how many threads. */
export interface GenerateOptions extends TwinOptions {
  /** 1 to 2^32. Designs that fill space leave out what cannot be carried out and so return fewer. */
  readonly rows: number;
  /**
   * asRun (default): the campaigns of laboratories with their real imbalance; uniform: wide ranges of every route;
   * factorial, latinHypercube, sobol: points that fill the same ranges.
   */
  readonly design?: DesignName;
  /** Shard `index` of `count`, both as people count: [1, 7] to [7, 7]. */
  readonly shard?: readonly [number, number];
  /** Worker threads; 1 (default) computes in this one. The rows do not depend on it. */
  readonly workers?: number;
  /** simd (default) or typescript, the slow and readable one. They agree within float32 rounding, not in every byte. */
  readonly engine?: EngineName;
}

/** How many designs were proposed, and why some were not carried out. */
export interface Rejected {
  readonly proposed: number;
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
}

/** Generated experiments, and the designs that were not carried out. */
export interface GeneratedExperiments {
  readonly table: Table;
  readonly rejected: Rejected;
}

/** Rows that travel together when streamed. */
const streamRows = 16_384;

/**
 * Experiments of the twin: recipe, laboratory, day; then chemistry; then what the laboratory measures.
 * The same seed gives the same bytes at any number of workers and shards. Columns: `experimentSchema`.
 *
 * @throws InputError if rows, shard, workers, design or seed are not as stated
 * @throws RangeError if a seed is not an integer in [0, 2^53), or regions and weights make no sense
 *
 * @example
 * ```ts
 * import { generateExperiments, numbersOf, textsOf } from "cspbbr3-twin";
 *
 * const { table } = await generateExperiments({ rows: 1000, seed: 1 });
 * const [temperature] = numbersOf(table, "temperatureCelsius");
 * console.log(table.numRows, temperature.toFixed(1), textsOf(table, "phase")[0]);
 * // 1000 160.5 coexistence
 * ```
 */
export async function generateExperiments(options: GenerateOptions): Promise<GeneratedExperiments> {
  const { from, to } = rowRange(options);
  const rows = to - from;
  const generator = await openGenerator(options);
  try {
    const memory = columnMemory(rows, { shared: generator.workers > 1 });
    // Four jobs per thread even out their speeds.
    const size = Math.ceil(rows / generator.workers / 4 / chunkRows) * chunkRows;
    const jobs = Array.from({ length: Math.ceil(rows / size) }, (_, i) =>
      generator.run({ first: from + i * size, rows: Math.min(size, rows - i * size), memory, offset: i * size }),
    );
    const rejections = await Promise.all(jobs);
    return {
      table: experimentTable(memory, { first: from, rows, levels: generator.levels }),
      rejected: rejectedOf(rejections, rows, options),
    };
  } finally {
    await generator.close();
  }
}

/** A stretch of generated rows on its way to a file. */
export interface ExperimentChunk {
  readonly table: Table;
  readonly rejected: Rejected;
}

/**
 * Streams the rows of generateExperiments in order, a few thousand at a time: memory does not grow with their number.
 *
 * @throws as generateExperiments
 */
export async function* streamExperiments(options: GenerateOptions): AsyncGenerator<ExperimentChunk, void> {
  const { from, to } = rowRange(options);
  const generator = await openGenerator(options);
  try {
    const shared = generator.workers > 1;
    // Shared memory is used again and again, and handed out as copies: the collector of garbage hardly notices it.
    const free: ColumnMemory[] = [];
    const running: {
      readonly memory: ColumnMemory;
      readonly first: number;
      readonly rows: number;
      readonly done: Promise<Rejections>;
    }[] = [];
    let next = from;
    const start = (): void => {
      if (next >= to) return;
      const rows = Math.min(streamRows, to - next);
      const memory = free.pop() ?? columnMemory(streamRows, { shared });
      const done = generator.run({ first: next, rows, memory, offset: 0 });
      // Awaited in order below; an early failure must not count as unhandled meanwhile.
      done.catch(() => undefined);
      running.push({ memory, first: next, rows, done });
      next += rows;
    };
    // One job more than threads waits, so that none idles while the caller writes.
    const ahead = shared ? generator.workers + 1 : 1;
    for (let i = 0; i < ahead; i++) start();
    for (let job = running.shift(); job !== undefined; job = running.shift()) {
      const { memory, first, rows, done } = job;
      const rejections = await done;
      const own = shared ? unsharedCopy(memory) : memory;
      if (shared) free.push(memory);
      start();
      yield {
        table: experimentTable(own, { first, rows, levels: generator.levels }),
        rejected: rejectedOf([rejections], rows, options),
      };
    }
  } finally {
    await generator.close();
  }
}

interface Generator {
  readonly workers: number;
  /** Texts behind codes, in the order of CodeSlot. */
  readonly levels: readonly (readonly string[])[];
  run(job: ExperimentJob): Promise<Rejections>;
  close(): Promise<void>;
}

async function openGenerator(options: GenerateOptions): Promise<Generator> {
  const { workers = 1, engine = "simd" } = options;
  const twin = { ...options, regions: regionsOf(options) };
  const setup = twinSetup(twin);
  const levels = categoryLevels(setup);
  const points = pointsOf(options);
  const pointed = (job: ExperimentJob): ExperimentJob =>
    points === undefined ? job : { ...job, points: points.at(job.first, job.rows) };
  if (workers === 1) {
    const made = await makeEngine(engine, setup);
    return {
      workers,
      levels,
      run: (job) => new Promise((resolve) => resolve(doJob(made, pointed(job)))),
      close: () => Promise.resolve(),
    };
  }
  const { seed, regions, labs, noise, physics, labsSeed, noiseSeed } = twin;
  const pool = workerPool<ExperimentJob, Rejections>(new URL("experimentWorker.ts", import.meta.url).href, workers, {
    options: { seed, regions, labs, noise, physics, labsSeed, noiseSeed },
    engine,
  } satisfies WorkerTask);
  return { workers, levels, run: (job) => pool.run(pointed(job)), close: () => pool.close() };
}

function regionsOf({ design = "asRun", regions }: GenerateOptions): readonly WeightedRegion[] {
  return regions ?? (design === "asRun" ? asRunCampaigns : wideRegions);
}

function pointsOf({ design = "asRun", rows, seed }: GenerateOptions): DesignPoints | undefined {
  return isPattern(design) ? designPoints(design, rows, seededRandom(seed).fork("points")) : undefined;
}

function isPattern(design: DesignName): design is PatternDesign {
  return (patternDesigns as readonly string[]).includes(design);
}

/** Row numbers of the shard: shares of all rows that differ by one at most. */
function rowRange(options: GenerateOptions): { readonly from: number; readonly to: number } {
  const { rows, shard = [1, 1], workers = 1, design = "asRun", seed, engine = "simd" } = options;
  checkEngineName(engine);
  const refuse = (where: string, must: string, got: unknown, mend: string): InputError =>
    new InputError({ where: `generateExperiments, ${where}`, must, got: String(got), mend });
  if (!(Number.isInteger(rows) && rows >= 1 && rows <= 2 ** 32))
    throw refuse("rows", "must be a whole number from 1 to 4294967296", rows, "ask for fewer, or use several seeds");
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw refuse("seed", "must be a whole number from 0 to 2^53 - 1", seed, "write for example 7");
  if (!designNames.includes(design))
    throw refuse("design", `must be one of ${designNames.join(", ")}`, `"${design}"`, "choose one of them");
  const [index, count] = shard;
  if (!(Number.isInteger(count) && count >= 1 && Number.isInteger(index) && index >= 1 && index <= count))
    throw refuse("shard", "must be i/n with 1 <= i <= n", `${index}/${count}`, "the shards of seven are 1/7 to 7/7");
  if (!(Number.isInteger(workers) && workers >= 1 && workers <= 64))
    throw refuse("workers", "must be a whole number from 1 to 64", workers, "take as many as there are cores");
  const all = pointsOf(options)?.count ?? rows;
  return { from: Math.floor((all * (index - 1)) / count), to: Math.floor((all * index) / count) };
}

function rejectedOf(rejections: readonly Rejections[], rows: number, { design = "asRun" }: GenerateOptions): Rejected {
  const reasons = designFaults
    .map((reason, fault) => ({ reason, count: rejections.reduce((sum, counts) => sum + counts[fault], 0) }))
    .slice(1);
  const refused = reasons.reduce((sum, { count }) => sum + count, 0);
  return { proposed: isPattern(design) ? rows : rows + refused, reasons };
}
