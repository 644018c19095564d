import { join } from "node:path";
import { InputError } from "../core/InputError.js";
import type { RawTable } from "../core/RawTable.js";
import { download } from "../io/download.js";
import { fileState } from "../io/fileState.js";
import { projectName, projectPath } from "../io/projectPath.js";
import { sha256, sha256File } from "../io/sha256.js";
import { readRawCsv } from "../io/tables/readRawCsv.js";
import { copyAtomic, writeAtomic } from "../io/writeAtomic.js";
import { loadAllNanoplatelets } from "./loadAllNanoplatelets.js";
import { loadCadmiumSelenide } from "./loadCadmiumSelenide.js";
import { loadCrystallisationCampaigns } from "./loadCrystallisationCampaigns.js";
import { loadCrystallisations } from "./loadCrystallisations.js";
import type { LoadedTable } from "./LoadedTable.js";
import { loadNanoplatelets } from "./loadNanoplatelets.js";
import { loadRecipes } from "./loadRecipes.js";
import { loadSpectra } from "./spectra/loadSpectra.js";
import type { RealTable } from "./manifest.js";
import { realTable, realTables } from "./manifest.js";

/** Where real tables lie on this machine; git ignores the folder. */
export const realDataFolder: string = projectPath("data", "real");

/** One table of the manifest on this machine. */
export interface TableStatus {
  readonly table: RealTable;
  readonly state: "present" | "absent" | "different";
  /** Path from the project root. */
  readonly path: string;
  /** What to do where the table is absent or different, else empty. */
  readonly mend: string;
}

/** What became of one table that was fetched or imported. */
export interface TransferNote {
  readonly id: string;
  readonly file: string;
  readonly did: "copied" | "fetched" | "was there" | "not offered" | "must be imported";
  readonly note: string;
}

/** Which tables of the manifest are here, whole and unchanged. */
export async function dataStatus({ folder = realDataFolder }: { readonly folder?: string } = {}): Promise<
  readonly TableStatus[]
> {
  return Promise.all(
    realTables.map(async (table) => {
      const path = join(folder, table.file);
      const state = await fileState(path, table);
      return { table, state, path: projectName(path), mend: state === "present" ? "" : howToGet(table, state) };
    }),
  );
}

/**
 * Copies the tables of the manifest from a folder into data/real/, each only if it is
 * byte for byte the file of the manifest.
 *
 * @param options.from  folder that holds the files under their names
 * @throws InputError if the folder holds none of them, or one differs (nothing is copied then)
 */
export async function importData({
  from,
  folder = realDataFolder,
}: {
  readonly from: string;
  readonly folder?: string;
}): Promise<readonly TransferNote[]> {
  const offered = await Promise.all(
    realTables.map(async (table) => ({ table, state: await fileState(join(from, table.file), table) })),
  );
  const wrong = offered.find(({ state }) => state === "different");
  if (wrong !== undefined) {
    const path = join(from, wrong.table.file);
    throw new InputError({
      where: path,
      must: `SHA-256 must be ${wrong.table.sha256}, as the manifest says`,
      got: await sha256File(path),
      mend:
        `it is another version of ${wrong.table.origin}; ` +
        "get the one the results were made with, or take the file out of the folder; nothing was imported",
    });
  }
  if (offered.every(({ state }) => state === "absent")) {
    throw new InputError({
      where: from,
      must: "the folder must hold tables of the manifest",
      got: "none",
      mend: `put files there by their names: ${realTables.map((table) => table.file).join(", ")}`,
    });
  }
  const notes: TransferNote[] = [];
  for (const { table, state } of offered) {
    const there = (await fileState(join(folder, table.file), table)) === "present";
    if (state === "present" && !there) await copyAtomic(join(from, table.file), join(folder, table.file));
    notes.push({
      id: table.id,
      file: table.file,
      did: there ? "was there" : state === "present" ? "copied" : "not offered",
      note: there || state === "present" ? table.licence : howToGet(table, "absent"),
    });
  }
  return notes;
}

/**
 * Downloads the tables that are public as they are, each checked against the manifest
 * before it is kept. Tables that are subsets of their originals cannot be fetched:
 * the original has another hash; the answer says so.
 *
 * @param options.only  names of the manifest; all by default
 * @throws InputError if the network fails or a file is another one (nothing of it is kept)
 */
export async function fetchData({
  only,
  folder = realDataFolder,
  get = fetch,
}: { readonly only?: readonly string[]; readonly folder?: string; readonly get?: typeof fetch } = {}): Promise<
  readonly TransferNote[]
> {
  const notes: TransferNote[] = [];
  for (const table of only?.map(knownTable) ?? realTables) {
    const path = join(folder, table.file);
    const { id, file, address } = table;
    if ((await fileState(path, table)) === "present") {
      notes.push({ id, file, did: "was there", note: table.licence });
    } else if (address === undefined) {
      notes.push({ id, file, did: "must be imported", note: howToGet(table, "absent") });
    } else {
      const content = await download(address, {
        maximumBytes: 4 * table.bytes + 65_536,
        mend: `download ${table.origin} by hand as ${file}, then run \`twin data import --from FOLDER\``,
        get,
      });
      const found = sha256(content);
      if (found !== table.sha256) {
        throw new InputError({
          where: address,
          must: `SHA-256 must be ${table.sha256}, as the manifest says`,
          got: found,
          mend: "the original has changed; import the version the results were made with; nothing was kept",
        });
      }
      await writeAtomic(path, content);
      notes.push({ id, file, did: "fetched", note: table.licence });
    }
  }
  return notes;
}

/** How each table is written and which loader knows it. */
const loaders = {
  recipes: { options: {}, load: loadRecipes },
  nanoplatelets: { options: { separator: ";", unnamed: "index" }, load: loadNanoplatelets },
  "nanoplatelets-all": { options: {}, load: loadAllNanoplatelets },
  "nanoplatelet-spectra": { options: {}, load: loadSpectra },
  crystallisations: { options: { headerLine: 5 }, load: loadCrystallisations },
  "cadmium-selenide": { options: {}, load: loadCadmiumSelenide },
  "crystallisation-campaigns": { options: {}, load: loadCrystallisationCampaigns },
} as const satisfies Record<
  string,
  { options: Parameters<typeof readRawCsv>[1]; load: (raw: RawTable) => LoadedTable }
>;

/** Tables that have a loader. */
export type LoadableTable =
  | "recipes"
  | "nanoplatelets"
  | "nanoplatelets-all"
  | "nanoplatelet-spectra"
  | "crystallisations"
  | "crystallisation-campaigns"
  | "cadmium-selenide";

/** Whether a table of the manifest has a loader. */
export function isLoadable(id: string): id is LoadableTable {
  return Object.hasOwn(loaders, id);
}

/**
 * Reads an imported table onto its schema.
 *
 * @throws InputError if it is not imported, was changed, or cannot be read
 */
export async function readRealTable(
  id: LoadableTable,
  { folder = realDataFolder }: { readonly folder?: string } = {},
): Promise<LoadedTable> {
  const table = realTable(id);
  const path = join(folder, table.file);
  const state = await fileState(path, table);
  if (state !== "present") {
    throw new InputError({
      where: projectName(path),
      must: "the table must be imported unchanged",
      got: state,
      mend: howToGet(table, state),
    });
  }
  return loaders[id].load(await readRawCsv(path, loaders[id].options));
}

function howToGet(table: RealTable, state: TableStatus["state"]): string {
  const replace = state === "different" ? "the file was changed: remove it; " : "";
  if (table.address !== undefined) return `${replace}run \`twin data fetch\`, or import a copy of ${table.origin}`;
  return (
    `${replace}it is a subset, so the public original has another hash and cannot be fetched in its place; ` +
    `get ${table.file} from a colleague of the project (${table.origin}) and run \`twin data import --from FOLDER\``
  );
}

function knownTable(id: string): RealTable {
  const found = realTables.find((table) => table.id === id);
  if (found === undefined)
    throw new InputError({
      where: "twin data fetch",
      must: `the table must be one of ${realTables.map((table) => table.id).join(", ")}`,
      got: `"${id}"`,
      mend: "correct the name",
    });
  return found;
}
