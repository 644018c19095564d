import { canonicalJson } from "../../core/canonicalJson.js";
import { InputError } from "../../core/InputError.js";
import { seededRandom } from "../../core/random/Random.js";
import { now } from "../../io/now.js";
import { outcomeKnown, ownLedger } from "../../io/predictions/predictionLedger.js";
import {
  appendValidation,
  type PromiseTally,
  readValidations,
  type Standing,
  type Validation,
  validationsOf,
} from "../../io/predictions/validationLedger.js";
import { projectName } from "../../io/projectPath.js";
import { sha256 } from "../../io/sha256.js";
import { coveragePromise, type CoverageState } from "../../monitoring/streams/coveragePromise.js";
import { anchoredLedger, requireSeen } from "./anchoredLedger.js";
import { compareRegisters, type RegisterComparison } from "./compareRegisters.js";
import type { JudgedRow, RegisterKind } from "./RegisterKind.js";
import { type GroupScores, scoreGroups } from "./scoreGroups.js";
import { matchOutcomes } from "./matchOutcomes.js";
import { firstSights, standingParts } from "./standingParts.js";

/** Which outcomes are scored against which predictions, and where that is written down. */
export interface ValidateOptions {
  /** File of the recipes, as they were registered: then each is held to its hash, and rows are told apart by them. */
  readonly recipes?: string;
  /** The one registered name that is meant (default: all that predicted some of the experiments). */
  readonly register?: string;
  /** Of predictions (default that of the project); anchors and validations stand beside it. */
  readonly ledger?: string;
  /** Whether it is written down (default true). */
  readonly keeps?: boolean;
  /** ISO time; the clock is read here. */
  readonly at?: string;
}

/** A promise of a register, after all outcomes that came so far. */
export interface FollowedPromise extends CoverageState {
  readonly promise: string;
  readonly level: number;
  /** Day of the validation in which it was broken; null where it was not. */
  readonly brokenOn: string | null;
}

/** What was found of the predictions of one registered name that stood alike. */
export interface ValidatedRegister {
  readonly register: string;
  readonly kind: string;
  /** What groups are. */
  readonly unit: string;
  /**
   * "withheld": anchored before their outcomes were seen here. These existed somewhere, so that none is prospective.
   * "late": not anchored before; scored apart, and counted nowhere as registered before.
   */
  readonly standing: Standing;
  readonly reason: string | null;
  /** False where this file was scored before: nothing was added. */
  readonly isNew: boolean;
  readonly firstSeen: string;
  readonly at: string;
  readonly n: number;
  /** Rows of the file that an earlier file had told, and those whose outcome was known when they were registered. */
  readonly judgedBefore: number;
  readonly known: number;
  readonly groups: readonly GroupScores[];
  /** Of late ones none is followed. */
  readonly promises: readonly FollowedPromise[];
  readonly verdict: Validation["verdict"];
}

/** New outcomes beside what was said of them before they came. */
export interface NewValidation {
  readonly version: 1;
  readonly file: string;
  readonly outcomesSha256: string;
  readonly rows: number;
  readonly untold: number;
  readonly recipesCompared: boolean;
  readonly ledger: {
    readonly file: string;
    readonly lines: number;
    readonly head: string;
    /** Lines that the newest committed anchor holds; those behind it are not anchored. */
    readonly anchored: number;
    readonly notAnchored: number;
    /** Lines that stood there at an earlier validation, behind the last anchor, and do not any more. */
    readonly cut: number;
  };
  readonly registers: readonly ValidatedRegister[];
  readonly comparisons: readonly RegisterComparison[];
  readonly counts: { readonly withheld: number; readonly late: number; readonly prospective: 0 };
  readonly validations: string;
  /** Of what was proved, without its day: a rehearsal of continuous validation (PI8) is dated by it. */
  readonly evidenceSha256: string;
  readonly passed: boolean;
}

/** Of all promises of a register together: most probability that one that is kept is ever called broken. */
const alpha = 0.05;
const random = seededRandom(1).fork("validate new outcomes");

/**
 * Scores new outcomes against predictions that were registered before, and writes that down in a ledger beside them.
 *
 * The promises of coverage of each register are followed over all outcomes so far, and may be looked at after each
 * file. Only predictions of which an anchor was committed before their outcomes were first seen here count.
 *
 * @throws InputError if the table is of no kind of register, tells nothing new, names an experiment twice or one that
 *   nobody predicted, or holds another recipe; if a ledger is damaged, or is not as it was anchored
 *
 * @example
 * ```ts
 * import { validateNew } from "cspbbr3-twin";
 *
 * const demonstration = "data/demonstration";
 * const { registers, counts } = await validateNew(`${demonstration}/outcomes.csv`, {
 *   ledger: `${demonstration}/ledger.jsonl`,
 *   keeps: false,
 * });
 * console.log(registers[0].register, counts.prospective);
 * // demonstration 0
 * ```
 */
export async function validateNew(
  file: string,
  { recipes, register, ledger = ownLedger, keeps = true, at = now() }: ValidateOptions = {},
): Promise<NewValidation> {
  const predictions = await anchoredLedger(ledger);
  const validations = await readValidations(ledger);
  const cut = requireSeen(predictions, validations, ledger);
  const outcomes = await matchOutcomes(file, predictions.lines, { recipes, register });
  const { kind } = outcomes;
  const seen = firstSights(validations, predictions.lines, outcomes.sha256, at);
  const found: { readonly result: ValidatedRegister; readonly rows: readonly JudgedRow[] }[] = [];
  for (const one of outcomes.registers) {
    const own = validations.filter((line) => line.register === one.register);
    requireUnchanged(own, one.rows, file);
    const judged = judgedRows(own, one.rows, outcomes.sha256);
    for (const part of standingParts(judged.rows, predictions, seen)) {
      const { standing, reason, firstSeen, anchor, rows } = part;
      const tallies = kind.promises(rows).map(({ promise, level, covered }) => ({
        promise,
        level,
        groups: talliesOf(rows, covered),
      }));
      const known = own.find((line) => line.outcomesSha256 === outcomes.sha256 && line.standing === standing);
      const history = [
        ...own.filter((line) => line.standing === "withheld"),
        // A file that comes again stands where it stood.
        ...(known === undefined ? [{ at, promises: tallies }] : []),
      ];
      const promises = standing === "late" ? [] : followed(kind, history);
      const groups = scoreGroups(kind, rows, random.fork(one.register));
      const verdict = verdictOf(standing, promises);
      const validation: Validation = {
        outcomesSha256: outcomes.sha256,
        register: one.register,
        kind: kind.name,
        ...{ firstSeen, at, standing, reason },
        ledger: { lines: predictions.lines.length, head: predictions.head },
        anchor,
        rows: rows.map(({ line }) => line.recipe),
        judgedSha256: outcomesHash(rows),
        scores: groups[0].scores,
        promises: tallies,
        verdict,
      };
      const kept = keeps
        ? await appendValidation(validation, ledger)
        : { line: validation, isNew: known === undefined };
      found.push({
        rows,
        result: {
          ...{
            register: one.register,
            kind: kind.name,
            unit: kind.unit(rows[0].line.form),
            standing,
            reason,
            isNew: kept.isNew,
          },
          ...{ firstSeen, at: kept.line.at, n: rows.length },
          ...{ judgedBefore: judged.before, known: judged.known, groups, promises, verdict },
        },
      });
    }
  }
  requireNew(found.length, file);
  const registers = found.map(({ result }) => result);
  const count = (standing: Standing): number =>
    registers.reduce((sum, one) => (one.standing === standing ? sum + one.n : sum), 0);
  const anchored = predictions.anchors.at(-1)?.lines ?? 0;
  return {
    version: 1,
    file,
    outcomesSha256: outcomes.sha256,
    ...{ rows: outcomes.rows, untold: outcomes.untold, recipesCompared: outcomes.recipesCompared },
    ledger: {
      file: projectName(ledger),
      ...{ lines: predictions.lines.length, head: predictions.head, anchored },
      ...{ notAnchored: predictions.lines.length - anchored, cut },
    },
    registers,
    comparisons: comparisonsOf(kind, found),
    counts: { withheld: count("withheld"), late: count("late"), prospective: 0 },
    validations: projectName(validationsOf(ledger)),
    evidenceSha256: evidenceHash(outcomes.sha256, registers),
    passed: registers.every(({ verdict }) => verdict !== "broken"),
  };
}

/** @throws InputError if outcomes that were judged are others now */
function requireUnchanged(own: readonly Validation[], rows: readonly JudgedRow[], file: string): void {
  const byName = new Map(rows.map((row) => [row.line.recipe, row]));
  for (const line of own) {
    const again = line.rows.map((recipe) => byName.get(recipe));
    if (again.some((row) => row === undefined)) continue;
    const found = outcomesHash(again as readonly JudgedRow[]);
    if (found !== line.judgedSha256)
      throw new InputError({
        where: file,
        must: `must tell the outcomes of ${line.rows.length} experiments as judged on ${line.at.slice(0, 10)}`,
        got: "others",
        mend: "restore them; what was judged stands, and a corrected outcome is told beside it, in words",
      });
  }
}

function outcomesHash(rows: readonly JudgedRow[]): string {
  return sha256(canonicalJson(rows.map(({ line, told }) => [line.recipe, told])));
}

/** Rows that are judged now: each experiment once, and none whose outcome was known when it was registered. */
function judgedRows(
  own: readonly Validation[],
  rows: readonly JudgedRow[],
  outcomesSha256: string,
): { readonly rows: readonly JudgedRow[]; readonly before: number; readonly known: number } {
  const earlier = new Set(own.filter((one) => one.outcomesSha256 !== outcomesSha256).flatMap((one) => one.rows));
  const unknown = rows.filter(({ line }) => !line.notes.includes(outcomeKnown));
  const fresh = unknown.filter(({ line }) => !earlier.has(line.recipe));
  return { rows: fresh, before: unknown.length - fresh.length, known: rows.length - unknown.length };
}

/** Rows and misses of each group, in the order in which groups come. */
function talliesOf(rows: readonly JudgedRow[], covered: (row: JudgedRow) => boolean | null): PromiseTally["groups"] {
  const tallies = new Map<string, [number, number]>();
  for (const row of rows) {
    const isCovered = covered(row);
    if (isCovered === null) continue;
    const tally = tallies.get(row.group) ?? [0, 0];
    tally[0]++;
    if (!isCovered) tally[1]++;
    tallies.set(row.group, tally);
  }
  return [...tallies.values()];
}

function followed(
  { groupSpread }: RegisterKind,
  history: readonly Pick<Validation, "at" | "promises">[],
): readonly FollowedPromise[] {
  const levels = new Map(history.flatMap(({ promises }) => promises).map(({ promise, level }) => [promise, level]));
  return [...levels].map(([promise, level]) => {
    const batches = history.map(({ promises }) => promises.find((one) => one.promise === promise)?.groups ?? []);
    const state = coveragePromise(batches, { level, alpha: alpha / levels.size, groupSpread });
    return {
      ...{ promise, level, ...state },
      brokenOn: state.brokenAt === null ? null : history[state.brokenAt].at.slice(0, 10),
    };
  });
}

function verdictOf(standing: Standing, promises: readonly FollowedPromise[]): Validation["verdict"] {
  if (standing === "late") return "late";
  if (promises.some(({ verdict }) => verdict === "broken")) return "broken";
  return promises.some(({ verdict }) => verdict === "unknown") ? "unknown" : "held";
}

function requireNew(found: number, file: string): void {
  if (found > 0) return;
  throw new InputError({
    where: file,
    must: "must tell an outcome that was not known when it was predicted, nor judged before",
    got: "none",
    mend: "add what came since; each experiment is judged once",
  });
}

function comparisonsOf(
  kind: RegisterKind,
  found: readonly { readonly result: ValidatedRegister; readonly rows: readonly JudgedRow[] }[],
): readonly RegisterComparison[] {
  return found.flatMap((first, i) =>
    found
      .slice(i + 1)
      .filter(({ result }) => result.register !== first.result.register && result.standing === first.result.standing)
      .flatMap((second) => compareRegisters(kind, first.rows, second.rows, random.fork("compare"))),
  );
}

/** Without days and without git, so that whoever scores the same outcomes again proves the same. */
function evidenceHash(outcomesSha256: string, registers: readonly ValidatedRegister[]): string {
  const proved = registers.map(({ register, kind, n, groups }) => ({ register, kind, n, scores: groups[0].scores }));
  return sha256(canonicalJson({ outcomesSha256, proved }));
}
