import { open, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import type * as DuckDb from "@duckdb/node-api";
import { InputError } from "../../core/InputError.js";
import { projectName } from "../projectPath.js";
import { asReadError } from "../systemRefusal.js";

/** A fresh in-memory database. */
export interface OpenDuckDb {
  readonly connection: DuckDb.DuckDBConnection;
  close(): void;
}

/**
 * DuckDB's own module, on first use, so that importing this package stays fast. Required, as it is CommonJS: an import
 * would first look through all of it for the names that it exports, which takes longer than running it.
 */
export function duckDb(): typeof DuckDb {
  return createRequire(import.meta.url)("@duckdb/node-api") as typeof DuckDb;
}

/**
 * One thread: with two, DuckDB sums floats in another order on every run. What is read of a file is not kept, as the
 * system keeps it too: the memory that a stream takes would grow with its file.
 */
export async function openDuckDb(): Promise<OpenDuckDb> {
  const { DuckDBInstance } = duckDb();
  const instance = await DuckDBInstance.create(":memory:", { threads: "1", enable_external_file_cache: "false" });
  try {
    const connection = await instance.connect();
    return {
      connection,
      close() {
        connection.closeSync();
        instance.closeSync();
      },
    };
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

/** Runs `use` on a fresh in-memory database and closes it afterwards. */
export async function withDuckDb<T>(use: (connection: DuckDb.DuckDBConnection) => Promise<T>): Promise<T> {
  const database = await openDuckDb();
  try {
    return await use(database.connection);
  } finally {
    database.close();
  }
}

/** DuckDB reports the system's errors as sentences; the atomic writer knows them by their codes. */
export function withSystemCode(error: unknown): unknown {
  const codes = {
    "No space left": "ENOSPC",
    "Disk quota": "EDQUOT",
    "Permission denied": "EACCES",
    "Read-only file system": "EROFS",
    "Is a directory": "EISDIR",
    "File too large": "EFBIG",
    "File name too long": "ENAMETOOLONG",
    "Too many open files": "EMFILE",
  };
  const code = Object.entries(codes).find(
    ([sentence]) => error instanceof Error && error.message.includes(sentence),
  )?.[1];
  return code === undefined ? error : Object.assign(new Error(code), { code });
}

/** A text as an SQL literal. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as an SQL identifier. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A path to read as an SQL literal: DuckDB takes *, ? and [ for patterns over many files, here they are letters. */
export function sqlPath(path: string): string {
  return sqlText(path.replace(/[[*?]/g, "[$&]"));
}

/** @throws InputError unless the path is a readable file with something in it */
export async function checkReadable(path: string): Promise<void> {
  const refuse = (must: string, got: string, mend: string): InputError =>
    new InputError({ where: projectName(path), must, got, mend });
  try {
    const found = await stat(path);
    // Before it is opened: to open a pipe that nobody writes to would wait without end.
    if (!found.isFile())
      throw refuse("must be a file", "something else (a folder or a device)", "name a file that holds a table");
    if (found.size === 0) throw refuse("the file must hold a table", "an empty file", "write or download it again");
    await (await open(path)).close();
  } catch (error) {
    throw asReadError(path, error);
  }
}
