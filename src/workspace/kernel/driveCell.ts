import vm from "node:vm";
import type { Awaited } from "./awaitsAsYields.js";

/** A cell that began and is to be awaited. */
export interface DrivenCell {
  /** Settles when the cell ends; never, if it was stopped. */
  readonly done: Promise<void>;
  /** The cell is not resumed any more. */
  readonly stop: () => void;
}

/** Else Node writes an excerpt of the compiled code before the stack of each error that passes. */
export const undecorated = { displayErrors: false } as const;

const alwaysWatched = 1000;
const millisecondsBetween = 1;
// A cell may put clocks of its own in place of the global ones, as tests do that play with time.
const clock = performance.now.bind(performance);
const startSymbol = Symbol.for("cspbbr3-twin.start");
const starter = new vm.Script(`globalThis[Symbol.for("cspbbr3-twin.start")]()`, { filename: "node:start" });
let place: string | null = null;

/** The function that awaits for a cell; in a stack, the place in the cell stands for it. */
export const drivingFunction = "driveSteps";

/** "cell 3:1:7", the await at which the cell that runs waits or waited last: JavaScript does not know that it waits. */
export function awaitingPlace(): string | null {
  return place;
}

/** Calls code such that an interrupt (SIGINT) ends a loop that never gives way. */
export function watched<Value>(run: () => Value): Value {
  // Called without `this`, which is undefined at the top level of a module.
  Object.defineProperty(globalThis, startSymbol, { value: () => run(), configurable: true });
  return starter.runInThisContext({ ...undecorated, breakOnSigint: true }) as Value;
}

/**
 * Runs a cell that gives way at its awaits (awaitsAsYields), in the same order of jobs as an async function would.
 *
 * To watch for the signal costs some 0.1 ms. Behind the thousandth await one step in a millisecond is watched: a cell
 * that awaits so often gives way soon again.
 */
export function driveCell(cell: Generator<Awaited, void>, number: number): DrivenCell {
  let isStopped = false;
  let steps = 0;
  let last = 0;
  const step = (resume: () => IteratorResult<Awaited, void>): IteratorResult<Awaited, void> => {
    const now = clock();
    if (++steps > alwaysWatched && now - last < millisecondsBetween) return resume();
    last = now;
    return watched(resume);
  };
  async function driveSteps(): Promise<void> {
    for (let state = step(() => cell.next()); state.done !== true;) {
      const [given, at] = state.value;
      if (at !== undefined) place = `cell ${number}:${at}`;
      let value: unknown;
      let resume = (): IteratorResult<Awaited, void> => cell.next(value);
      try {
        value = await given;
      } catch (error) {
        resume = () => cell.throw(error);
      }
      if (isStopped) await new Promise(() => undefined);
      state = step(resume);
    }
  }
  place = null;
  return { done: driveSteps(), stop: () => (isStopped = true) };
}

/**
 * The iterator of a `for await`, whose `next` and `return` give promises also if those of the object do not.
 *
 * @param written  the text of the iterable, for the language's own words where it is none
 */
export function iterate(
  iterable: unknown,
  written: string,
): {
  readonly next: () => Promise<IteratorResult<unknown>>;
  readonly return: () => Promise<object>;
} {
  const object = iterable as Partial<AsyncIterable<unknown> & Iterable<unknown>> | null | undefined;
  const isNone = object?.[Symbol.asyncIterator] === undefined && object?.[Symbol.iterator] === undefined;
  if (object === null || object === undefined || isNone) throw new TypeError(`${written} is not async iterable`);
  const asynchronous = object[Symbol.asyncIterator]?.();
  if (asynchronous !== undefined) {
    // Read once, as the language does.
    const next = asynchronous.next.bind(asynchronous);
    return {
      next: () => next(),
      return: async () => closed(asynchronous.return === undefined ? {} : await asynchronous.return()),
    };
  }
  const iterator = (iterable as Iterable<unknown>)[Symbol.iterator]();
  return {
    next: async () => {
      const step = iterator.next();
      return { done: step.done === true, value: await step.value } as IteratorResult<unknown>;
    },
    return: async () => {
      const result = closed(iterator.return?.() ?? {});
      await (result as { readonly value?: unknown }).value;
      return result;
    },
  };
}

function closed(result: unknown): object {
  if (typeof result === "object" && result !== null) return result;
  throw new TypeError(`Iterator result ${String(result)} is not an object`);
}
