import { cp, readdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "../../io/temporaryFolder.js";

/** What a fresh checkout would not have: made by tools, fetched, or private. */
const notCopied = new Set([".git", "node_modules", ".twin", ".venv", "site", "coverage"]);
const notCopiedData = new Set(["real", "generated", "models", "registry"]);

/** Lets `use` work in a copy of a project, which is thrown away; installed packages are shared, not copied. */
export async function withProjectCopy<T>(root: string, use: (copy: string) => Promise<T>): Promise<T> {
  const copy = temporaryFolder();
  try {
    for (const name of await readdir(root)) {
      if (!notCopied.has(name))
        await cp(join(root, name), join(copy, name), { recursive: true, filter: (path) => !isPrivateData(path, root) });
    }
    await symlink(join(root, "node_modules"), join(copy, "node_modules"), "junction");
    return await use(copy);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

function isPrivateData(path: string, root: string): boolean {
  return [...notCopiedData].some((name) => path === join(root, "data", name));
}
