import { randomBytes } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { isRunning, processSpace, startOfProcess } from "./runningProcess.js";
import { whenEnded } from "./whenEnded.js";

/**
 * A path in a folder for a file, or a folder, in the making. Whatever `fill` leaves there, or at a longer name that
 * begins with it, is removed when it is done, and when this process is ended by Ctrl-C. What a process left that was
 * killed outright goes when another of this machine first writes in the folder.
 */
export async function withTemporary<Result>(folder: string, fill: (path: string) => Promise<Result>): Promise<Result> {
  await removeLeftovers(folder);
  const path = join(folder, `.${ownPrefix()}${randomBytes(3).toString("hex")}.tmp`);
  const stay = whenEnded(() => removeNow(path));
  try {
    return await fill(path);
  } finally {
    await rm(path, { recursive: true, force: true }).catch(() => undefined);
    stay();
  }
}

/**
 * Beginning of the names of what this process makes for a while. It does not grow with the name of the file whose place
 * it takes, which may be as long as the file system has it.
 */
export function ownPrefix(): string {
  const start = startOfProcess(process.pid);
  return `twin-${processSpace()}-${process.pid}-${start === "" ? "" : Number(start).toString(36)}-`;
}

/** Whose a temporary name is: of a process that still runs, of one of this machine that has ended, or of another's. */
export function ownerOf(name: string): "running" | "ended" | "another machine" | "nobody" {
  const [, space, pid, start] = ownName.exec(name) ?? [];
  if (space === undefined) return "nobody";
  if (space !== processSpace()) return "another machine";
  return isRunning(Number(pid), start === "" ? "" : String(Number.parseInt(start, 36))) ? "running" : "ended";
}

const ownName = /^\.?twin-([0-9a-f]{8})-(\d+)-([0-9a-z]*)-\w{6}(?:\.tmp(?:\.part)?)?$/;

/** Paths of temporary files that processes of other machines made and this one has come across: they may be at work. */
export function leftByOthers(): readonly string[] {
  return [...others];
}

const others = new Set<string>();
const looked = new Set<string>();

async function removeLeftovers(folder: string): Promise<void> {
  const absolute = resolve(folder);
  if (looked.has(absolute)) return;
  looked.add(absolute);
  for (const name of await readdir(absolute).catch(() => [])) {
    const owner = ownerOf(name);
    const path = join(folder, name);
    if (owner === "ended") await rm(path, { recursive: true, force: true }).catch(() => undefined);
    else if (owner === "another machine") others.add(path);
  }
}

function removeNow(path: string): void {
  try {
    for (const name of readdirSync(dirname(path)))
      if (name.startsWith(basename(path))) rmSync(join(dirname(path), name), { recursive: true, force: true });
  } catch {
    // The folder is gone, or may no longer be written: the next process tries again.
  }
}
