import { existsSync } from "node:fs";
import { InputError } from "../../core/InputError.js";
import { templateTable } from "../../experiments/columnMap/templateTable.js";
import { projectName } from "../../io/projectPath.js";
import { requireTableOutput } from "../../io/tables/requireTableOutput.js";
import { writeTable } from "../../io/tables/writeTable.js";

/** Where a table to fill in was written, and its columns. */
export interface WrittenTemplate {
  readonly out: string;
  readonly columns: readonly string[];
}

/** Writes the table to fill in. @throws InputError if a file is there and is not to be replaced */
export async function writeTemplate(out: string, { force }: { readonly force: boolean }): Promise<WrittenTemplate> {
  if (existsSync(out) && !force)
    throw new InputError({
      where: projectName(out),
      must: "must not be there yet",
      got: "a file, which you may have filled in",
      mend: "name another file with --out, or replace it with --force",
    });
  await requireTableOutput(out);
  const table = templateTable();
  await writeTable(table, out);
  return { out, columns: Object.keys(table.columns) };
}
