import { extname } from "node:path";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../projectPath.js";
import { requireWritable } from "../writeAtomic.js";

/** Endings of files that hold a table. */
export const tableEndings = [".csv", ".parquet", ".arrow"] as const;

export type TableEnding = (typeof tableEndings)[number];

/**
 * The ending of a file to which a table is to be written.
 *
 * @throws InputError if it is another than .csv, .parquet or .arrow
 */
export function tableEnding(path: string): TableEnding {
  const ending = extname(path).toLowerCase();
  if ((tableEndings as readonly string[]).includes(ending)) return ending as TableEnding;
  throw new InputError({
    where: projectName(path),
    must: "the name must end in .csv, .parquet or .arrow",
    got: ending === "" ? "no ending" : ending,
    mend: "choose one of them",
  });
}

/**
 * Says before long work that a table could not be written at its end.
 *
 * @throws InputError as tableEnding and requireWritable
 */
export async function requireTableOutput(path: string): Promise<void> {
  tableEnding(path);
  await requireWritable(path);
}
