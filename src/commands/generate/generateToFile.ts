import { availableParallelism } from "node:os";
import { percent } from "../../core/percent.js";
import { InputError } from "../../core/InputError.js";
import { visibleText } from "../../core/visibleText.js";
import type { Table } from "../../core/Table.js";
import { experimentSchema } from "../../generation/experimentSchema.js";
import {
  type DesignName,
  type GenerateOptions,
  type Rejected,
  streamExperiments,
} from "../../generation/generateExperiments.js";
import type { EngineName } from "../../generation/makeEngine.js";
import { targetedExperiments } from "../../generation/targetedExperiments.js";
import { requireTableOutput } from "../../io/tables/requireTableOutput.js";
import { writeTableStream } from "../../io/tables/writeTableStream.js";

export interface GenerateToFileOptions {
  readonly out: string;
  readonly seed: number;
  /** Not used by the targeted design, which generates until every class has `perClass` rows. */
  readonly rows?: number;
  readonly design?: string;
  readonly perClass?: number;
  /** "3/7" */
  readonly shard?: string;
  readonly labs?: number;
  readonly noise?: number;
  readonly workers?: number;
  readonly engine?: string;
  /** Whether a CSV begins with the column names. */
  readonly header?: boolean;
  readonly onProgress?: (news: string) => void;
}

/** What was written. */
export interface Generation {
  readonly out: string;
  readonly rows: number;
  readonly bytes: number;
  readonly seed: number;
  readonly design: string;
  /** Null where nothing was proposed in vain by design (targeted). */
  readonly rejected: Rejected | null;
}

/** More threads than this only wait for the file. */
const mostWorkers = 8;

/**
 * Generates experiments straight into a file, in memory that does not grow with the
 * rows. The file is written whole or not at all.
 *
 * @throws InputError if an option or the place makes no sense; nothing is written
 */
export async function generateToFile({
  out,
  seed,
  rows,
  design = "asRun",
  perClass,
  shard,
  labs,
  noise,
  workers = Math.min(availableParallelism(), mostWorkers),
  engine = "simd",
  header = true,
  onProgress = () => undefined,
}: GenerateToFileOptions): Promise<Generation> {
  const twin = { seed, labs: labs === undefined ? {} : { count: labs }, noise, engine: engine as EngineName };
  await requireTableOutput(out);
  if (design === "targeted") {
    if (shard !== undefined || rows !== undefined)
      throw new InputError({
        where: "--design targeted",
        must: "takes --per-class in place of --rows and --shard",
        got: shard === undefined ? "--rows" : "--shard",
        mend: "leave it out: rows are generated until every class has enough",
      });
    const table = await targetedExperiments({ ...twin, perClass });
    return {
      out,
      ...(await writeTableStream(out, experimentSchema, [table], { header })),
      seed,
      design,
      rejected: null,
    };
  }
  if (perClass !== undefined)
    throw new InputError({
      where: "--per-class",
      must: "belongs to --design targeted",
      got: `--design ${design}`,
      mend: "leave it out, or choose that design",
    });
  if (rows === undefined)
    throw new InputError({
      where: "--rows",
      must: "must be given",
      got: "nothing",
      mend: "write for example --rows 1000000",
    });
  const options: GenerateOptions = {
    ...twin,
    rows,
    design: design as DesignName,
    shard: shard === undefined ? undefined : parseShard(shard),
    workers,
  };
  let rejected: Rejected = { proposed: 0, reasons: [] };
  let done = 0;
  let told = 0;
  async function* tables(): AsyncGenerator<Table, void> {
    for await (const chunk of streamExperiments(options)) {
      rejected = added(rejected, chunk.rejected);
      yield chunk.table;
      done += chunk.table.numRows;
      if (done - told >= progressRows) {
        told = done;
        onProgress(`${done.toLocaleString("en-GB")} rows`);
      }
    }
  }
  const written = await writeTableStream(out, experimentSchema, tables(), { header });
  return { out, ...written, seed, design, rejected };
}

const progressRows = 500_000;

function added(a: Rejected, b: Rejected): Rejected {
  const reasons = b.reasons.map(({ reason, count }, i) => ({ reason, count: count + (a.reasons[i]?.count ?? 0) }));
  return { proposed: a.proposed + b.proposed, reasons };
}

function parseShard(text: string): readonly [number, number] {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  if (match === null)
    throw new InputError({
      where: "--shard",
      must: "must be written i/n",
      got: `"${text}"`,
      mend: "the shards of seven are 1/7 to 7/7",
    });
  return [Number(match[1]), Number(match[2])];
}

/** What was written, for the terminal. */
export function formatGeneration({ out, rows, bytes, seed, design, rejected }: Generation): string {
  const name = visibleText(out);
  if (rows === 0) return `${name}: no experiment, as there are more shards than rows (design ${design}, seed ${seed})`;
  const refused = rejected?.reasons.filter(({ count }) => count > 0) ?? [];
  const total = refused.reduce((sum, { count }) => sum + count, 0);
  const share = rejected === null || rejected.proposed === 0 ? 0 : total / rejected.proposed;
  return [
    `${name}: ${rows.toLocaleString("en-GB")} experiments, ${(bytes / 1e6).toFixed(1)} MB ` +
      `(design ${design}, seed ${seed})`,
    ...(total === 0
      ? []
      : [
          `rejected as impossible: ${total.toLocaleString("en-GB")} ` +
            `of ${rejected!.proposed.toLocaleString("en-GB")} proposals ` +
            `(${percent(share, { significant: 2, zeros: true })})`,
        ]),
    ...refused.map(({ reason, count }) => `  ${count.toLocaleString("en-GB").padStart(12)}  ${reason}`),
  ].join("\n");
}
