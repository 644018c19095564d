import { z } from "zod";
import { InputError } from "../core/InputError.js";
import { projectName, projectPath } from "../io/projectPath.js";
import { readJson } from "../io/readText.js";

/** Which papers no fit may see, and which always train because the twin must reproduce them. */
export interface HeldOutPapers {
  readonly heldOut: readonly string[];
  readonly acceptance: readonly string[];
}

const shape = z.strictObject({
  meaning: z.string(),
  seed: z.int(),
  share: z.number(),
  acceptance: z.array(z.string()),
  heldOut: z.array(z.string()),
});

/** data/literature/held-out-dois.json, drawn once, before any fit. @throws InputError if it is not of its shape */
export async function heldOutPapers(): Promise<HeldOutPapers> {
  const path = projectPath("data", "literature", "held-out-dois.json");
  const parsed = shape.safeParse(await readJson(path));
  if (!parsed.success)
    throw new InputError({
      where: projectName(path),
      must: "must list DOIs",
      got: parsed.error.issues[0].message,
      mend: "restore it from git; it was drawn before any fit and is never edited",
    });
  return parsed.data;
}
