import { rm } from "node:fs/promises";
import { temporaryFolder } from "./temporaryFolder.js";

/** Gives a folder to who needs one for a while, and removes it with all that is in it. @throws as temporaryFolder */
export async function withTemporaryFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = temporaryFolder();
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
