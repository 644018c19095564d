import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";

/** Mounts a disk of this size in a new folder; false where this user may not. Whoever mounts it calls `umount`. */
export function mountSmall(path: string, size = "128k"): boolean {
  try {
    mkdirSync(path, { recursive: true });
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "none", path], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
