import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./temporaryFolder.js";

/** An empty repository of git in a folder of this test file, and what commits all of it at a time. */
export interface GitFolder {
  readonly folder: string;
  readonly commit: (time: string) => void;
}

let made = 0;
const root = await temporaryFolder();

/** Makes one; commits are by nobody, and reach no other repository. */
export function gitFolder(): GitFolder {
  const folder = join(root, String(++made));
  mkdirSync(folder);
  const git = (words: readonly string[], time?: string): void => {
    const nobody = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"];
    const env = { ...process.env, ...(time === undefined ? {} : { GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time }) };
    execFileSync("git", [...nobody, ...words], { cwd: folder, env, stdio: "pipe" });
  };
  git(["init", "--quiet"]);
  return {
    folder,
    commit: (time) => {
      git(["add", "--all"]);
      git(["commit", "--quiet", "--allow-empty", "--message", "as it stands"], time);
    },
  };
}
