import { z } from "zod";
import { canonicalJson } from "../../core/canonicalJson.js";
import { InputError } from "../../core/InputError.js";
import { readJson } from "../../io/readText.js";
import { projectName } from "../../io/projectPath.js";
import { isValueOf } from "../Parameter.js";
import type { SpaceParameter } from "../SearchSpace.js";
import type { StudyRecord } from "./StudyRecord.js";
import type { StudySettings } from "./StudySettings.js";
import { parsedFile, plainSettings, settingsShapes } from "./studySettingsFile.js";
import { parameterShape, plainTrial, trialShape } from "./trialShape.js";

/** A study in its canonical form: what it is, and trials by number without worker or time. */
export interface KeptStudy extends StudyRecord, Omit<StudySettings, "history"> {
  /** How many of its first trials are of the study that it goes on from. */
  readonly imported: number;
}

const format = "cspbbr3-twin study";
const version = 1;

const shape = z.strictObject({
  format: z.literal(format),
  version: z.literal(version),
  ...settingsShapes,
  parameters: z.record(z.string(), parameterShape),
  imported: z.number().int().min(0),
  trials: z.array(trialShape),
});

/** A study of its settings and of trials that have ended. */
export function keptStudy(
  settings: StudySettings,
  { parameters, trials }: Pick<StudyRecord, "parameters" | "trials">,
): KeptStudy {
  const { history, ...others } = settings;
  // Conditions are part of the space.
  const plain = Object.entries<SpaceParameter>(parameters).map(([name, { when: _, ...one }]) => [name, one] as const);
  return { ...others, parameters: Object.fromEntries(plain), imported: history?.trials.length ?? 0, trials };
}

/** Text of study.json: equal studies have equal bytes. */
export function studyText({ parameters, imported, trials, ...settings }: KeptStudy): string {
  const { history: _, ...plain } = plainSettings({ ...settings, history: null });
  return canonicalJson({
    format,
    version,
    ...plain,
    parameters,
    imported,
    trials: trials.map((one) => plainTrial(one)),
  });
}

/**
 * Reads a study.json.
 *
 * @throws InputError if it is missing, cut, of another format or version, or its trials do not fit its parameters
 */
export async function readStudy(path: string): Promise<KeptStudy> {
  return parseStudy(await readJson(path), projectName(path));
}

/** @throws InputError as readStudy */
export function parseStudy(found: unknown, where: string): KeptStudy {
  const { format: _format, version: _version, ...study } = parsedFile(shape, found, { where, format, version });
  const { parameters, directions, trials, imported } = study;
  const refuse = (at: number, must: string, got: string): never => {
    throw new InputError({ where: `${where}, trial ${at}`, must, got, mend: "restore the file from a copy" });
  };
  if (imported > trials.length) refuse(trials.length, `must be there, as ${imported} trials were imported`, "none");
  trials.forEach(({ number, parameters: values, outcome }, at) => {
    if (number !== at) refuse(at, "trials must be numbered from 0 on without gaps", `number ${number}`);
    const strange = Object.keys(values).find(
      (name) => !Object.hasOwn(parameters, name) || !isValueOf(parameters[name], values[name]),
    );
    if (strange !== undefined)
      refuse(
        at,
        "its values must be some that the parameters of the study can have",
        `${strange}: ${JSON.stringify(values[strange])}`,
      );
    if (outcome!.state === "complete" && outcome!.values.length !== directions.length)
      refuse(at, `must have one value per objective, ${directions.length}`, String(outcome!.values.length));
  });
  return study;
}
