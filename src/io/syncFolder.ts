import { open } from "node:fs/promises";

/** Said by systems that do not let a folder be opened, or written to the disk by itself; its files are kept there. */
const unable: readonly string[] = ["EINVAL", "EISDIR", "EPERM", "EACCES", "ENOTSUP", "EBADF"];

/** Makes the names in a folder last beyond a loss of power: fsync of a file keeps its content alone. */
export async function syncFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (!unable.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}
