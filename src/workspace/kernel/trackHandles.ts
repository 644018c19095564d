import { createHook } from "node:async_hooks";
import { performance } from "node:perf_hooks";
import { setImmediate as nextTurn, setTimeout as delay } from "node:timers/promises";
import { cellRuns } from "./CellRun.js";
import type { CellRun, LiveHandle } from "./CellRun.js";

const everyMilliseconds = 5;
// A cell may put clocks of its own in place of the global ones, as tests do that play with time.
const clock = performance.now.bind(performance);
// What has ended is thrown away from time to time: a cell may start a million timers.
const pruneBeyond = 1000;
// Promises are no handles, and a file that is watched says nothing by itself.
const untracked: ReadonlySet<string> = new Set(["PROMISE", "FSEVENTWRAP", "STATWATCHER"]);

/**
 * Notes from now on which timers, sockets, processes and threads each cell starts. Only their making is watched: to
 * be told of their end, Node would watch every promise to its end as well, which makes an `await` ten times dearer.
 */
export function trackHandles(): void {
  createHook({
    init(_id, type, _trigger, resource) {
      if (untracked.has(type) || typeof (resource as Partial<LiveHandle>).hasRef !== "function") return;
      const handles = cellRuns.getStore()?.handles;
      if (handles === undefined) return;
      handles.add(resource as LiveHandle);
      if (handles.size % pruneBeyond === 0) prune(handles);
    },
  }).enable();
}

/**
 * Waits for what cells have started, and for files and names that are being read.
 *
 * @param options.seconds  at most, for all of them together
 * @param options.follows  waits for what follows on that, too; otherwise a later cell may be there to end it
 * @param options.until    also ends the waiting, when it says so
 * @returns the cells of which something is left that could still print
 */
export async function loudCells(
  runs: readonly CellRun[],
  { seconds, follows, until }: { readonly seconds: number; readonly follows: boolean; readonly until: () => boolean },
): Promise<number[]> {
  const end = clock() + seconds * 1000;
  const loud: number[] = [];
  for (const { cell, handles } of runs)
    if (!(await areQuiet(follows ? handles : new Set(handles), { end, until }))) loud.push(cell);
  return loud;
}

async function areQuiet(
  handles: Set<LiveHandle>,
  { end, until }: { readonly end: number; readonly until: () => boolean },
): Promise<boolean> {
  // What follows on an end (a promise, the next timer) begins in the turn after it.
  for (let quietTurns = 0; quietTurns < 2;) {
    if (!isBusy(handles)) quietTurns++;
    else if (clock() >= end || until()) return false;
    else quietTurns = 0;
    await (quietTurns > 0 ? nextTurn() : delay(everyMilliseconds));
  }
  return true;
}

function isBusy(handles: Set<LiveHandle>): boolean {
  prune(handles);
  // Requests of the file system and of the name service cannot be asked whose they are.
  return handles.size > 0 || process.getActiveResourcesInfo().some((name) => name.includes("Req"));
}

function prune(handles: Set<LiveHandle>): void {
  for (const handle of handles) if (handle._destroyed === true || !handle.hasRef()) handles.delete(handle);
}
