import type { Random } from "../../core/random/Random.js";
import { plainScores } from "./plainScores.js";
import type { JudgedRow, RegisterKind } from "./RegisterKind.js";

/** Scores of some rows of a register. */
export interface GroupScores {
  /** "all", "inside", "antisolvent EtOH". */
  readonly rows: string;
  readonly n: number;
  /** Of `RegisterKind.score`; null without rows. */
  readonly scores: Readonly<Record<string, unknown>> | null;
}

/** Scores of all judged rows, and apart: inside and outside of the domain, repeats and new recipes, by paper. */
export function scoreGroups(kind: RegisterKind, rows: readonly JudgedRow[], random: Random): readonly GroupScores[] {
  const named: Record<string, (row: JudgedRow) => boolean> = {
    all: () => true,
    inside: ({ line }) => line.inDomain,
    outside: ({ line }) => !line.inDomain,
    ...kind.apart,
  };
  for (const { by } of rows)
    for (const [what, which] of Object.entries(by)) named[`${what} ${which}`] = (row) => row.by[what] === which;
  return Object.entries(named).map(([name, isIn]) => {
    const own = rows.filter(isIn);
    const scores = own.length === 0 ? null : kind.score(own, random.fork(name));
    return { rows: name, n: own.length, scores: plainScores(scores) as GroupScores["scores"] };
  });
}
