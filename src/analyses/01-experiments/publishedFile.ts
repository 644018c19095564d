import type { LoadableTable } from "../../experiments/dataStore.js";
import { realTable } from "../../experiments/manifest.js";

/** Where a published table lies once it was fetched or imported, from the project root. */
export function publishedFile(id: LoadableTable): string {
  return `data/real/${realTable(id).file}`;
}
