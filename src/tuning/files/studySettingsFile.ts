import { z } from "zod";
import { canonicalJson } from "../../core/canonicalJson.js";
import { InputError } from "../../core/InputError.js";
import { prunerOf } from "../pruners/prunerOf.js";
import type { SamplerSettings } from "../samplers/Sampler.js";
import { checkSpace } from "../SearchSpace.js";
import type { StudySettings } from "./StudySettings.js";
import { directionShape, parameterShape, plainTrial, spaceShape, trialShape } from "./trialShape.js";

/** How a study was first run; another run may do otherwise. */
export interface RunSettings {
  readonly trials: number;
  readonly timeoutMilliseconds: number | null;
  /** Path or URL of the objective's module; null where it is a function of the program. */
  readonly module: string | null;
}

const format = "cspbbr3-twin study settings";
const version = 1;

const named = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .refine(({ name }) => typeof name === "string", { message: "needs a name" })
  .transform((settings) => settings as SamplerSettings);

type Shaped = Omit<StudySettings, "history">;

/** Shapes of what a study is, shared with those of the study itself. */
export const settingsShapes: { readonly [Field in keyof Shaped]: z.ZodType<Shaped[Field]> } = {
  name: z.string(),
  seed: z.number().int(),
  window: z.number().int().min(0),
  directions: z.array(directionShape).min(1),
  space: spaceShape.nullable(),
  sampler: named,
  pruner: named.nullable(),
  objective: z.strictObject({ name: z.string(), options: z.unknown(), sha256: z.string().nullable() }),
};

const shape = z.strictObject({
  format: z.literal(format),
  version: z.literal(version),
  ...settingsShapes,
  history: z.strictObject({ parameters: z.record(z.string(), parameterShape), trials: z.array(trialShape) }).nullable(),
  run: z.strictObject({
    trials: z.number().int().min(0),
    timeoutMilliseconds: z.number().positive().nullable(),
    module: z.string().nullable(),
  }),
});

/** Text of a settings file. */
export function settingsText(settings: StudySettings, run: RunSettings): string {
  const { trials, timeoutMilliseconds, module } = run;
  return canonicalJson({
    format,
    version,
    ...plainSettings(settings),
    run: { trials, timeoutMilliseconds, module },
  });
}

/** As JSON, its fields always in the same order. */
export function plainSettings(settings: StudySettings): Readonly<Record<keyof StudySettings, unknown>> {
  const { name, seed, window, directions, space, sampler, pruner, objective, history } = settings;
  return {
    name,
    seed,
    window,
    directions,
    space,
    sampler,
    pruner,
    objective: { name: objective.name, options: objective.options ?? null, sha256: objective.sha256 },
    history:
      history === null
        ? null
        : { parameters: history.parameters, trials: history.trials.map((one) => plainTrial(one)) },
  };
}

/**
 * Reads a settings file.
 *
 * @param where  its path, for messages
 * @throws InputError if it is of another version, or damaged
 */
export function parseSettings(
  found: unknown,
  where: string,
): { readonly settings: StudySettings; readonly run: RunSettings } {
  const { format: _format, version: _version, run, ...settings } = parsedFile(shape, found, { where, format, version });
  try {
    if (settings.space !== null) checkSpace(settings.space);
    if (settings.pruner !== null) prunerOf(settings.pruner);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError({
      ...error.fault,
      where: `${where}, ${error.fault.where}`,
      mend: "restore the file from a copy",
    });
  }
  return { settings, run };
}

/** @throws InputError telling another file from another version, and both from a damaged one */
export function parsedFile<Content>(
  content: z.ZodType<Content>,
  found: unknown,
  { where, ...expected }: { readonly where: string; readonly format: string; readonly version: number },
): Content {
  const head = z.object({ format: z.string(), version: z.number() }).safeParse(found);
  if (head.data?.format !== expected.format)
    throw new InputError({
      where,
      must: `must be a file of the format "${expected.format}"`,
      got: head.success ? `one of "${head.data.format}"` : "another one",
      mend: "name the file of a study",
    });
  if (head.data.version !== expected.version)
    throw new InputError({
      where,
      must: `must be of version ${expected.version} of its format`,
      got: `version ${head.data.version}`,
      mend: "read it with the version of this program that wrote it",
    });
  const parsed = content.safeParse(found);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw new InputError({
    where: `${where}, ${path.join(".") || "the whole"}`,
    must: "must be as this program wrote it",
    got: message,
    mend: "restore the file from a copy",
  });
}

/**
 * Holds what a study is to what it is said to be.
 *
 * @throws InputError naming what differs
 */
export function checkSameSettings(kept: StudySettings, given: StudySettings, where: string): void {
  const [one, other] = [plainSettings(kept), plainSettings(given)];
  const differing = (Object.keys(one) as (keyof StudySettings)[]).flatMap((name) => differencesOf(name, one, other));
  if (differing.length === 0) return;
  throw new InputError({
    where,
    must: "a study must be led by the settings that it began with",
    got: differing.join("; "),
    mend: "give these, or begin another study in another folder",
  });
}

type Plain = Readonly<Record<string, unknown>>;

function differencesOf(name: string, one: Plain, other: Plain): readonly string[] {
  if (JSON.stringify(one[name]) === JSON.stringify(other[name])) return [];
  if (name === "history") return ["other trials that it goes on from"];
  const [kept, given] = [one[name], other[name]];
  if (!isPlain(kept) || !isPlain(given)) return [told(name, kept, given)];
  const parts = [...new Set([...Object.keys(kept), ...Object.keys(given)])].filter(
    (part) => JSON.stringify(kept[part]) !== JSON.stringify(given[part]),
  );
  if (parts.length === 0) return [`${name}: the same in another order`];
  return parts.map((part) => {
    if (name === "objective" && part === "sha256") return "objective: the text of its module";
    return told(name === "space" ? `space, parameter ${part}` : `${name}, ${part}`, kept[part], given[part]);
  });
}

function told(what: string, kept: unknown, given: unknown): string {
  return `${what}: ${JSON.stringify(kept) ?? "none"} as it began, ${JSON.stringify(given) ?? "none"} now`;
}

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
