import { InputError } from "../../core/InputError.js";
import { isLoadable, readRealTable } from "../dataStore.js";
import { realTables, type RealTable } from "../manifest.js";
import { designRoles } from "./designRoles.js";
import type { ExchangeTable } from "./ExchangeTable.js";

/** The table of the manifest that has this name; undefined where none has. */
export function manifestTable(name: string): RealTable | undefined {
  return realTables.find(({ id }) => id === name);
}

/** Tables that others may have of us, by name. */
export function shareableNames(): readonly string[] {
  return realTables.flatMap(({ id, isShareable }) => (isShareable && isLoadable(id) ? [id] : []));
}

/**
 * A table of the manifest for others.
 *
 * @throws InputError if its licence does not let others have it, it is not one of experiments, or it is not imported
 */
export async function publishedExchange(
  table: RealTable,
  { folder }: { readonly folder?: string } = {},
): Promise<ExchangeTable> {
  const { id, content, licence, origin, citation } = table;
  requireShareable(table);
  if (!isLoadable(id))
    throw new InputError({
      where: id,
      must: `must be a table of experiments: ${shareableNames().join(", ")}`,
      got: content,
      mend: "name one of them",
    });
  const loaded = await readRealTable(id, { folder });
  const dropped = loaded.dropped.length;
  const assumptions = [
    ...loaded.assumptions,
    ...(dropped === 0 ? [] : [`${dropped} rows of the original are left out: they hold nothing that can be used.`]),
  ];
  return { name: id, content, table: loaded.table, licence, origin, citation, assumptions, roles: designRoles(id) };
}

/** @throws InputError if the licence of a table of the manifest does not let others have it */
export function requireShareable({ id, isShareable, licence, redistribution }: RealTable): void {
  if (isShareable) return;
  throw new InputError({
    where: id,
    must: "the licence must let others have the table",
    got: `licence: ${licence} (redistribution: ${redistribution})`,
    mend: `whoever wants it must get it from its authors; may be exported: ${shareableNames().join(", ")}`,
  });
}
