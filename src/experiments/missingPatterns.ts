import { z } from "zod";
import { InputError } from "../core/InputError.js";
import type { MissingPattern } from "../core/MissingPattern.js";
import { projectName, projectPath } from "../io/projectPath.js";
import { readJson } from "../io/readText.js";

/** An open table of recipes, and which of our columns it leaves out. */
export interface MissingValues extends MissingPattern {
  readonly file: string;
  readonly rows: number;
  /** Name in the manifest; null where no loader reads the table. */
  readonly loader: string | null;
  /** Our column to the table's header, null where it has none; for tables without a loader. */
  readonly headers: Readonly<Record<string, string | null>>;
}

const shape = z.strictObject({
  meaning: z.string(),
  tables: z
    .array(
      z.strictObject({
        name: z.string(),
        source: z.string(),
        file: z.string(),
        rows: z.int().positive(),
        loader: z.string().nullable(),
        headers: z.record(z.string(), z.string().nullable()),
        missing: z.record(z.string(), z.number().min(0).max(1)),
      }),
    )
    .min(1),
});

/**
 * Patterns of data/literature/missing-values.json: what open tables leave out of a recipe.
 *
 * @throws InputError naming the entry if it is not of its shape
 */
export async function missingPatterns(): Promise<readonly MissingValues[]> {
  const path = projectPath("data", "literature", "missing-values.json");
  const parsed = shape.safeParse(await readJson(path));
  if (parsed.success)
    return parsed.data.tables.map(({ name, file, rows, loader, headers, missing }) => ({
      name,
      file,
      rows,
      loader,
      headers,
      shares: missing,
    }));
  const [issue] = parsed.error.issues;
  throw new InputError({
    where: projectName(path),
    must: "every entry must be of its shape",
    got: `${issue.path.join(".")}: ${issue.message}`,
    mend: "mend the entry; the shares are counted in the tables by a test",
  });
}
