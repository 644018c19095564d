import { execFile } from "node:child_process";
import { basename, dirname } from "node:path";

/**
 * A file as the last commit of its repository has it; null where none has it, or there is no repository or no git.
 *
 * @param path  of the file, which need not be there any more
 */
export async function committedText(path: string): Promise<string | null> {
  return answerOf(path, ["show", "--end-of-options", `HEAD:./${basename(path)}`]);
}

/**
 * When a text first stood in a file, by the clock of whoever committed it: an ISO time (UTC); null where it never did.
 * A history that is cut short tells a later time, never an earlier one.
 */
export async function committedAt(path: string, text: string): Promise<string | null> {
  const found = await answerOf(path, ["log", "--reverse", "--format=%ct", `-S${text}`, "--", `./${basename(path)}`]);
  const [seconds = ""] = (found ?? "").split("\n");
  return /^\d+$/.test(seconds) ? new Date(1000 * Number(seconds)).toISOString() : null;
}

function answerOf(path: string, command: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile("git", command, { cwd: dirname(path), maxBuffer: 1 << 28 }, (error, stdout) => {
      resolve(error === null ? stdout : null);
    });
  });
}
