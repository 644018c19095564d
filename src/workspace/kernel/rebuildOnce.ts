import type ts from "@tslab/typescript-for-tslab";

/** What tslab and this file use of a program. */
interface Program {
  readonly getSourceFile: (path: string) => ts.SourceFile | undefined;
}

/** What tslab and this file use of a compiler host. Its timers are tslab's own, which fire when it says so. */
export interface CompilerHost {
  setTimeout: (callback: () => void, ...rest: unknown[]) => unknown;
  clearTimeout: (timer: unknown) => void;
  afterProgramCreate: (program: Program) => void;
  readonly readFile: (path: string) => string | undefined;
}

/**
 * Fault: tslab rebuilds the whole program, all declarations of Node among it, twice for each
 * cell that declares anything; the first time only to learn which names it declares. The
 * cell alone, parsed and bound, tells them too.
 *
 * @param bound  parses and binds the cell's file as it stands
 * @returns to be called as a conversion begins: the rebuild that follows is the one that asks for names
 */
export function rebuildOnce(host: CompilerHost, bound: (host: CompilerHost) => ts.SourceFile): () => void {
  let asksForNames = false;
  let handOver: (program: Program) => void = () => undefined;
  let whole: Program | null = null;
  let givenNames = false;
  const untold = new Set<unknown>();
  const schedule = host.setTimeout.bind(host);
  const unschedule = host.clearTimeout.bind(host);

  // tslab puts its receiver of programs here; what passes through it is kept.
  Object.defineProperty(host, "afterProgramCreate", {
    set: (receiver: (program: Program) => void) => (handOver = receiver),
    get: () => (program: Program) => handOver((whole = program)),
  });
  host.setTimeout = (rebuild, ...rest) => {
    const timer = schedule(
      () => {
        const file = asksForNames ? bound(host) : null;
        asksForNames = false;
        // A cell that declares nothing is not rebuilt a second time: it needs the program now.
        if (file !== null && namesIn(file) > 0) {
          givenNames = true;
          // The compiler takes this rebuild for one still to come, and will cancel it before the next.
          untold.add(timer);
          handOver({ getSourceFile: () => file });
          return;
        }
        // The rebuild may find nothing changed and hand over nothing; then the last program is still the right one.
        if (givenNames && whole !== null) handOver(whole);
        givenNames = false;
        rebuild();
      },
      ...rest,
    );
    return timer;
  };
  host.clearTimeout = (timer) => {
    if (!untold.delete(timer)) unschedule(timer);
  };
  return () => (asksForNames = true);
}

function namesIn(file: ts.SourceFile): number {
  return (file as ts.SourceFile & { readonly locals?: ReadonlyMap<string, unknown> }).locals?.size ?? 0;
}
