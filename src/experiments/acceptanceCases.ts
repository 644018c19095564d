import { z } from "zod";
import { phaseCode, phaseNames } from "../chemistry/phases.js";
import { assumedMixing, type PublishedCase } from "../chemistry/PublishedCase.js";
import { routeNames } from "../chemistry/recipeSchema.js";
import { InputError } from "../core/InputError.js";
import { projectName, projectPath } from "../io/projectPath.js";
import { readJson } from "../io/readText.js";

/** A published experiment that the twin must reproduce; the DOI is empty where only the fact names its source. */
export interface AcceptanceCase extends PublishedCase {
  readonly id: string;
  /** Number of the fact in facts.json. */
  readonly fact: number;
}

const positive = z.number().positive();
const share = z.number().min(0).max(1);
const shape = z.strictObject({
  meaning: z.string(),
  cases: z.array(
    z.strictObject({
      id: z.string(),
      fact: z.int().positive(),
      doi: z.string(),
      phase: z.enum(phaseNames),
      route: z.enum(routeNames),
      temperatureCelsius: z.number(),
      timeSecond: positive,
      leadMolar: positive,
      caesiumLeadRatio: positive,
      bromideLeadRatio: positive,
      oleicAcidLeadRatio: z.number().min(0),
      oleylamineLeadRatio: z.number().min(0),
      caesiumSource: z.enum(["caesium oleate", "caesium bromide"]),
      polarSolventFraction: share,
      waterFraction: share,
      volumeMillilitre: positive,
    }),
  ),
  emission: z.array(
    z.strictObject({ fact: z.int().positive(), sizeNanometre: positive, photoluminescencePeakNanometre: positive }),
  ),
});

/** A published size with the peak of its emission. */
export interface AcceptanceEmission {
  readonly fact: number;
  readonly sizeNanometre: number;
  readonly photoluminescencePeakNanometre: number;
}

/** Experiments of data/literature/acceptance.json. @throws InputError naming the entry if it is not of its shape */
export async function acceptanceCases(): Promise<readonly AcceptanceCase[]> {
  const { cases } = await readAcceptance();
  return cases.map(
    ({
      id,
      fact,
      doi,
      phase,
      leadMolar,
      caesiumLeadRatio,
      bromideLeadRatio,
      oleicAcidLeadRatio,
      oleylamineLeadRatio,
      caesiumSource,
      ...rest
    }) => ({
      id,
      fact,
      doi,
      phase: phaseCode(phase),
      conditions: {
        ...rest,
        leadMolar,
        mixingSecond: assumedMixing,
        caesiumMolar: leadMolar * caesiumLeadRatio,
        bromideMolar: leadMolar * bromideLeadRatio,
        oleicAcidMolar: leadMolar * oleicAcidLeadRatio,
        oleylamineMolar: leadMolar * oleylamineLeadRatio,
        caesiumOleateMolar: caesiumSource === "caesium oleate" ? leadMolar * caesiumLeadRatio : 0,
      },
    }),
  );
}

/** Emission peaks of data/literature/acceptance.json. @throws InputError as acceptanceCases */
export async function acceptanceEmission(): Promise<readonly AcceptanceEmission[]> {
  return (await readAcceptance()).emission;
}

async function readAcceptance(): Promise<z.infer<typeof shape>> {
  const path = projectPath("data", "literature", "acceptance.json");
  const parsed = shape.safeParse(await readJson(path));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InputError({
    where: projectName(path),
    must: "every entry must be of its shape",
    got: `${issue.path.join(".")}: ${issue.message}`,
    mend: "mend the entry; the file is edited by hand",
  });
}
