/** Takes what is to be written. */
export interface GroupedWrites<Item, Result> {
  /** @returns what came of it, once its group is written; rejects as its group does */
  readonly add: (item: Item) => Promise<Result>;
  /** Waits until nothing waits any more. */
  readonly settled: () => Promise<void>;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes what is added in groups: all that comes while one group is written is the next, so that many who wait share
 * one way to the disk (group commit).
 *
 * @param write  writes a group, in the order in which its items were added, and tells what came of each; one that fails
 *   stops no group after it
 */
export function writeInGroups<Item, Result>(
  write: (items: readonly Item[]) => Promise<readonly Result[]>,
): GroupedWrites<Item, Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let writing: Promise<void> | null = null;
  const writeAll = async (): Promise<void> => {
    // What else is added in this turn of the loop belongs to the first group.
    await Promise.resolve();
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        const results = await write(group.map(({ item }) => item));
        group.forEach(({ resolve }, i) => resolve(results[i]));
      } catch (error) {
        group.forEach(({ reject }) => reject(error));
      }
    }
    writing = null;
  };
  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        writing ??= writeAll();
      }),
    async settled() {
      while (writing !== null) await writing;
    },
  };
}
