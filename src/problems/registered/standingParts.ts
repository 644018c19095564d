import type { LedgerLine } from "../../io/predictions/predictionLedger.js";
import type { Standing, Validation } from "../../io/predictions/validationLedger.js";
import type { AnchoredLedger } from "./anchoredLedger.js";
import type { JudgedRow } from "./RegisterKind.js";

/** When the outcome of an experiment was first seen here. */
export type FirstSights = (line: LedgerLine) => string;

/** By the file, or by the experiment: name and recipe, whichever register predicted it and whatever file told it. */
export function firstSights(
  validations: readonly Validation[],
  lines: readonly LedgerLine[],
  outcomesSha256: string,
  at: string,
): FirstSights {
  const keyOf = ({ recipe, recipeSha256 }: LedgerLine): string => `${recipeSha256} ${recipe}`;
  const byName = new Map(lines.map((line) => [JSON.stringify([line.name, line.recipe]), line]));
  const sights = new Map<string, string>();
  let file = at;
  for (const { register, rows, firstSeen, outcomesSha256: own } of validations) {
    if (own === outcomesSha256 && firstSeen < file) file = firstSeen;
    for (const recipe of rows) {
      const line = byName.get(JSON.stringify([register, recipe]));
      if (line === undefined) continue;
      const before = sights.get(keyOf(line));
      if (before === undefined || firstSeen < before) sights.set(keyOf(line), firstSeen);
    }
  }
  return (line) => {
    const own = sights.get(keyOf(line)) ?? at;
    return own < file ? own : file;
  };
}

/** Rows of a register that stand alike. */
export interface StandingPart {
  readonly standing: Standing;
  readonly reason: string | null;
  readonly firstSeen: string;
  readonly anchor: Validation["anchor"];
  readonly rows: readonly JudgedRow[];
}

/** Predictions that were anchored before their outcomes were seen, and apart from them those that were not. */
export function standingParts(
  rows: readonly JudgedRow[],
  { anchors }: AnchoredLedger,
  seen: FirstSights,
): readonly StandingPart[] {
  if (rows.length === 0) return [];
  // A register is anchored as a whole: by its last line.
  const [{ line: first }] = rows;
  const end = first.line - first.row + first.of;
  const holding = anchors.find(({ lines, committed }) => lines >= end && committed !== null);
  const isBefore = (row: JudgedRow): boolean => holding !== undefined && holding.committed! < seen(row.line);
  const part = (standing: Standing, own: readonly JudgedRow[]): StandingPart[] => {
    if (own.length === 0) return [];
    const firstSeen = own.map(({ line }) => seen(line)).reduce((a, b) => (a < b ? a : b));
    const late =
      holding === undefined
        ? anchors.length === 0
          ? "not anchored: no anchor of the ledger is committed"
          : "not anchored: they were registered behind the last committed anchor"
        : `anchored at ${holding.committed}, and their outcomes were first seen at ${firstSeen}`;
    return [
      {
        standing,
        reason: standing === "late" ? late : null,
        firstSeen,
        anchor: holding === undefined ? null : { head: holding.head, committed: holding.committed },
        rows: own,
      },
    ];
  };
  return [
    ...part("withheld", rows.filter(isBefore)),
    ...part(
      "late",
      rows.filter((row) => !isBefore(row)),
    ),
  ];
}
