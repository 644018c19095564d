import { rm } from "node:fs/promises";
import { temporaryFolder } from "./temporaryFolder.js";

/** Lets `use` work in a folder that is removed afterwards. @throws InputError as temporaryFolder */
export async function withTemporaryFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = temporaryFolder();
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
