import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import { checkJson } from "../../core/checkJson.js";
import { canonicalJson } from "../../core/canonicalJson.js";
import type { EvidenceFile, Measurement, Provenance } from "../../core/Evidence.js";
import { InputError } from "../../core/InputError.js";
import { outputPath, projectName, projectPath } from "../projectPath.js";
import { readJson } from "../readText.js";
import { inputHash } from "./inputHash.js";
import { sourceHash } from "./sourceHash.js";
import { writeAtomic } from "../writeAtomic.js";

const interval = z.object({ low: z.number(), high: z.number(), level: z.number(), method: z.string() });
const measurementShape = z.object({
  id: z.string(),
  meaning: z.string(),
  value: z.number().nullable(),
  unit: z.string(),
  interval: interval.nullable(),
  n: z.number().nullable(),
  threshold: z.number().nullable(),
  direction: z.enum(["atLeast", "atMost", "equals"]).nullable(),
  baseline: z.number().nullable(),
  reason: z.string().nullable(),
});
const shape = z.object({
  // It becomes a path: "../../../x" would lead out of the folder.
  id: z.string().regex(/^[\w-]+$/, "must be letters, digits, _ and -"),
  seed: z.number().nullable(),
  inputs: z.record(z.string(), z.string()),
  source: z.union([z.string(), z.array(z.string())]),
  code: z.string(),
  engine: z.string(),
  labels: z.enum(["real", "simulated", "none"]),
  madeBy: z.enum(["reproduce", "assure"]),
  measurements: z.array(measurementShape),
  result: z.unknown(),
});

/** What the author of an analysis says about it; hashes are taken here. */
export interface EvidenceRequest {
  /** File name under data/evidence/, with the notebook's prefix: "01-experiments-quality". */
  readonly id: string;
  /** Input files and folders by path from the project root. */
  readonly inputs: readonly string[];
  /** As in `Provenance`. */
  readonly source: Provenance["source"];
  readonly seed?: number | null;
  readonly engine?: string;
  readonly labels?: Provenance["labels"];
  readonly madeBy?: Provenance["madeBy"];
}

/**
 * The one way an analysis yields numbers: computed and written where all inputs are present,
 * else the committed evidence as it was recorded. Both give the same object, so whatever is
 * shown from it has the same bytes on every machine.
 *
 * `compute` must give aggregates: rows of tables that may not be redistributed never enter a result.
 *
 * @throws InputError if an input is absent and nothing was recorded, or it was recorded with another seed; if what a
 *   long proof rests on changed while it ran
 * @throws RangeError if result or measurements hold what JSON cannot (NaN, infinity, a typed array)
 */
export async function recordedEvidence<Result>(
  { id, inputs, source, seed = null, engine = "typescript", labels = "none", madeBy = "reproduce" }: EvidenceRequest,
  compute: () => Promise<{ readonly result: Result; readonly measurements: readonly Measurement[] }>,
): Promise<EvidenceFile<Result>> {
  const absent = inputs.filter((input) => !existsSync(projectPath(input)));
  if (absent.length > 0) return recall<Result>(id, seed, absent);
  // A long proof is about what stood when it began: an edit in the meantime would be recorded as proven.
  const began = madeBy === "assure" ? await hashesOf(inputs, source) : null;
  const { result, measurements } = await compute();
  const check = { mend: "use null with a reason" };
  checkJson(result, `${id}: result`, check);
  checkJson(measurements, `${id}: measurements`, check);
  const hashes = await hashesOf(inputs, source);
  if (began !== null && canonicalJson(began) !== canonicalJson(hashes)) throw changedMeanwhile(id);
  const file: EvidenceFile<Result> = {
    id,
    seed,
    inputs: hashes.inputs,
    source,
    code: hashes.code,
    engine,
    labels,
    madeBy,
    measurements,
    result,
  };
  const text = canonicalJson(file);
  await writeAtomic(evidencePath(id, outputPath), text);
  return JSON.parse(text) as EvidenceFile<Result>;
}

/**
 * Evidence that a long computation recorded by hand (`madeBy` assure), for a cell that shows it.
 *
 * @throws InputError if nothing was recorded, naming what records it
 */
export async function readRecordedEvidence<Result>(
  id: string,
  { madeWith }: { readonly madeWith: string },
): Promise<EvidenceFile<Result>> {
  const path = evidencePath(id, projectPath);
  if (!existsSync(path))
    throw new InputError({
      where: projectName(path),
      must: "the evidence must have been recorded",
      got: "no such file",
      mend: `run ${madeWith}`,
    });
  return (await readEvidenceFile(path)) as EvidenceFile<Result>;
}

async function hashesOf(
  inputs: readonly string[],
  source: Provenance["source"],
): Promise<Pick<Provenance, "inputs" | "code">> {
  const hashes = [...inputs].sort().map(async (input) => [input, await inputHash(input)] as const);
  return { inputs: Object.fromEntries(await Promise.all(hashes)), code: await sourceHash(source) };
}

function changedMeanwhile(id: string): InputError {
  return new InputError({
    where: `data/evidence/${id}.json`,
    must: "sources and inputs must stay as they are while it is measured",
    got: "other bytes at the end than at the start",
    mend: "edit nothing meanwhile and measure again; earlier evidence stands",
  });
}

async function recall<Result>(
  id: string,
  seed: number | null,
  absent: readonly string[],
): Promise<EvidenceFile<Result>> {
  const path = evidencePath(id, projectPath);
  if (!existsSync(path)) {
    throw new InputError({
      where: absent[0],
      must: "the input must be present, as no evidence was recorded from it",
      got: "no such file",
      mend: "get it with `twin data fetch` or `twin data import --from FOLDER`",
    });
  }
  const file = await readEvidenceFile(path);
  if (file.seed !== seed) {
    throw new InputError({
      where: projectName(path),
      must: `evidence of seed ${seed} cannot be computed without ${absent[0]}`,
      got: `evidence recorded with seed ${file.seed}`,
      mend: "ask for that seed, or get the input with `twin data fetch` or `twin data import --from FOLDER`",
    });
  }
  await writeAtomic(evidencePath(id, outputPath), canonicalJson(file));
  return file as EvidenceFile<Result>;
}

function evidencePath(id: string, place: (...parts: readonly string[]) => string): string {
  if (!shape.shape.id.safeParse(id).success)
    throw new InputError({
      where: "evidence",
      must: "an id must be letters, digits, _ and -, as it becomes a file name",
      got: `"${id}"`,
      mend: "write for example 01-experiments-quality",
    });
  return place("data", "evidence", `${id}.json`);
}

/** @throws InputError if it is not an evidence file (the place inside is named), or not named after its id */
export async function readEvidenceFile(path: string): Promise<EvidenceFile> {
  const value = await readJson(path);
  const parsed = shape.safeParse(value);
  const [issue] = parsed.error?.issues ?? [];
  const isNamed = parsed.data?.id === basename(path, ".json");
  if (issue !== undefined || !isNamed)
    throw new InputError({
      where: projectName(path),
      must: issue === undefined ? "must be named after the id in it" : "must be an evidence file",
      got: issue === undefined ? `id "${parsed.data!.id}"` : `${issue.path.join(".")}: ${issue.message}`,
      mend: "restore it from git or run `npm run reproduce`",
    });
  // The value as it was read: zod reorders keys, and the file must be written back with the same bytes.
  return value as EvidenceFile;
}

/** All committed evidence files, by id. */
export async function readAllEvidence(): Promise<EvidenceFile[]> {
  const folder = projectPath("data", "evidence");
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  return Promise.all(names.map((name) => readEvidenceFile(`${folder}/${name}`)));
}
