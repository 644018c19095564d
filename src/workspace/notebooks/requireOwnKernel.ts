import { InputError } from "../../core/InputError.js";
import type { Metadata } from "./markedMetadata.js";
import { kernelName } from "./Notebook.js";

/**
 * Refuses a notebook of another kernel, whose cells would fail and whose outputs would be lost. Ours are notebooks
 * whose kernelspec is this project's, tslab's or any other of the language TypeScript, and such as name neither a
 * kernel nor a language.
 *
 * @param metadata  of the notebook
 * @param where     file name for messages
 * @throws InputError naming the kernel and its language
 */
export function requireOwnKernel(metadata: Metadata, where: string): void {
  const kernel = named(metadata["kernelspec"], "name");
  const language = named(metadata["kernelspec"], "language") ?? named(metadata["language_info"], "name");
  const isUnnamed = kernel === null && language === null;
  if (isUnnamed || kernel === kernelName || kernel === "tslab" || language?.toLowerCase() === "typescript") return;
  throw new InputError({
    where,
    must: "must be a notebook in TypeScript",
    got: [kernel === null ? [] : `kernel "${kernel}"`, language === null ? [] : `language "${language}"`]
      .flat()
      .join(", "),
    mend:
      "run it with its own kernel, or, if its cells are TypeScript, choose the kernel of this project in Jupyter " +
      "and save it; nothing was changed",
  });
}

function named(info: unknown, key: string): string | null {
  const name = (info as Readonly<Record<string, unknown>> | null | undefined)?.[key];
  return typeof name === "string" && name !== "" ? name : null;
}
