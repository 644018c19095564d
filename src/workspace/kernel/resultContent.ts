import type { MimeBundle } from "../notebooks/Notebook.js";
import { cellError } from "./cellError.js";
import type { CellError } from "./cellError.js";
import { validBundle } from "./validBundle.js";

/** A value as an execute_result and an answer to a user expression carry it, or why it cannot be shown. */
export async function resultContent(
  value: unknown,
  root: string,
): Promise<
  { readonly data: MimeBundle; readonly metadata: Readonly<Record<string, unknown>> } | { readonly error: CellError }
> {
  try {
    const { resultBundle } = await import("../cells/resultBundle.js");
    return { data: validBundle(await resultBundle(value)), metadata: {} };
  } catch (error) {
    return { error: cellError(error, root) };
  }
}
