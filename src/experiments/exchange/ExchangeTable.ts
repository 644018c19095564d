import type { Table } from "../../core/Table.js";
import type { DesignRoles } from "./designRoles.js";

/** A table that others may have, and what is to be said of it. */
export interface ExchangeTable {
  /** Of the files: lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly content: string;
  readonly table: Table;
  /** SPDX identifier of the licence. */
  readonly licence: string;
  /** Where the public original stands; null for somebody's own table. */
  readonly origin: string | null;
  readonly citation: string | null;
  /** What holds for the whole table and is not written in it. */
  readonly assumptions: readonly string[];
  /** Which columns are set and which one is sought. */
  readonly roles: DesignRoles;
}

/** A table as another tool takes it. */
export interface ExchangeFolder {
  /** Content by name. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** What the table holds and the folder does not, one thing a sentence; empty where nothing is lost. */
  readonly notHeld: readonly string[];
}
