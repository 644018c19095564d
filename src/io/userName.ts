import { userInfo } from "node:os";

/** Name of the user who runs this process, as the system has it; null where it has none, as in some containers. */
export function userName(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}
