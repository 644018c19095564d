import { InputError } from "../core/InputError.js";
import { projectName } from "./projectPath.js";

/** What to do about a refusal of the file system, by its code. */
const mends: Readonly<Record<string, string>> = {
  EROFS: "the file system is read-only: choose another folder",
  ENOSPC: "free disk space and run again",
  EDQUOT: "free disk space and run again",
  EFBIG: "the file would be larger than the file system or `ulimit -f` allows: write fewer rows, or raise the limit",
  EISDIR: "a folder stands at this path: remove it or choose another name",
  ENOTDIR: "a file stands where a folder is needed: remove it or choose another name",
  EEXIST: "a file stands where a folder is needed: remove it or choose another name",
  ENAMETOOLONG: "choose a shorter name",
  ELOOP: "links lead in a circle: name the file itself",
  EMFILE: "too many files are open: raise the limit with `ulimit -n 1024`",
  ENFILE: "too many files are open: raise the limit with `ulimit -n 1024`",
  EIO: "the disk reports a fault: choose another one",
};

const writing: Readonly<Record<string, string>> = {
  EACCES: "give yourself write permission or choose another folder",
  EPERM: "give yourself write permission or choose another folder",
  ENOENT: "nothing can be made in this folder: choose another one",
};

const reading: Readonly<Record<string, string>> = {
  ENOENT: "check the path",
  EACCES: "give yourself read permission",
  EISDIR: "name a readable file",
  ENOTDIR: "check the path",
};

/** A refusal of the system to write as what the user can do about it; any other error as it is. */
export function asWriteError(path: string, error: unknown): unknown {
  return isRefusal(error)
    ? new InputError({
        where: projectName(path),
        must: "the file must be writable",
        got: error.code,
        mend: `${writing[error.code] ?? mends[error.code] ?? "choose another place"}; nothing was changed`,
      })
    : error;
}

/** A refusal of the system to read as what the user can do about it; any other error as it is. */
export function asReadError(path: string, error: unknown): unknown {
  return isRefusal(error)
    ? new InputError({
        where: projectName(path),
        must: "the file must be readable",
        got: error.code,
        mend: reading[error.code] ?? mends[error.code] ?? "name a readable file",
      })
    : error;
}

/** Errors of the system have its code and name its call; those of programs do not. */
function isRefusal(error: unknown): error is Error & { readonly code: string } {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  return typeof code === "string" && (code in mends || code in writing || syscall !== undefined);
}
