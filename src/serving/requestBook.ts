import { phaseNames, phaseCode } from "../chemistry/phases.js";
import type { Arm } from "../deployment/armEvidence.js";
import { headOf, lastBodyOf, type LineHead } from "../io/requests/logLine.js";
import { type LinePlace, openRequestLog, type RequestLog, type RequestLogOptions } from "../io/requests/requestLog.js";
import { sha256 } from "../io/sha256.js";
import { Problem } from "./Problem.js";
import type { OutcomeBody } from "./requestShapes.js";
import { type EndedRollout, foldRollout, type RolloutPlan, type RolloutState, startRollout } from "./rollout.js";

/** A request that was answered, as it is logged. */
export interface AnsweredRequest {
  /** Of the version that answered. */
  readonly version: string;
  /** The likeliest phases. */
  readonly said: readonly (number | null)[];
  /** What is sent, with line breaks only between values. */
  readonly text: string;
  /** How the canary fared with it; null where no rollout is on. */
  readonly drawn: {
    readonly arm: Arm;
    readonly failed: boolean;
    readonly invalid: boolean;
    readonly slow: boolean;
  } | null;
}

/** What a client gets. */
export interface Reply {
  readonly version: string;
  readonly bytes: Uint8Array;
  /** Whether it was answered before. */
  readonly isRepeated: boolean;
}

/** What became of a reported outcome. */
export interface KeptOutcome {
  readonly outcome: string;
  readonly isNew: boolean;
  readonly isWrong: boolean;
  readonly isCorrection: boolean;
  readonly version: string;
}

/** The log of requests and what follows from it: which ids are taken, which outcomes came, where a rollout stands. */
export interface RequestBook {
  /**
   * The first answer to an id; `work` makes it where there is none, and it is on the disk before anybody gets it.
   *
   * @param asked  body of the request, and what else it depends on
   * @throws Problem where the id stands for another request
   */
  readonly answer: (
    id: string,
    asked: { readonly body: Uint8Array; readonly options: string },
    work: () => Promise<AnsweredRequest>,
  ) => Promise<Reply>;
  /** Keeps an outcome. @throws Problem if its request is not known, or another outcome stands there */
  readonly outcome: (reported: OutcomeBody) => Promise<KeptOutcome>;
  /**
   * Keeps what the challenger said in the shadow; null where it gave no valid answer.
   *
   * @returns whether it is what the champion said
   */
  readonly shadow: (id: string, said: readonly (number | null)[] | null, version: string) => Promise<boolean>;
  /** Keeps that a request of a rollout got no answer at all; once of each id, however often it is asked again. */
  readonly failure: (id: string, version: string, drawn: NonNullable<AnsweredRequest["drawn"]>) => Promise<void>;
  /** Begins a rollout, or goes on with the one of this plan. */
  readonly begin: (plan: RolloutPlan) => Promise<void>;
  /** Ends it, with the numbers that decided. */
  readonly decide: (decision: EndedRollout["decision"], why: string, numbers: object) => Promise<EndedRollout>;
  readonly rollout: () => RolloutState | null;
  /** An id that nobody has. */
  readonly freshId: (body: Uint8Array) => string;
  readonly counts: () => BookCounts;
  readonly isWritable: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** What stands in the log. */
export interface BookCounts {
  readonly requests: number;
  readonly outcomes: number;
  readonly corrected: number;
}

export interface RequestBookOptions extends Pick<RequestLogOptions, "onWarning" | "onSync" | "segmentBytes"> {
  /**
   * Ids that are known, the newest ones (default 500,000, in some 100 MB): older ones stand in the log, but are as if
   * they never came.
   */
  readonly mostIds?: number;
  /** Called after a line that moved a rollout. */
  readonly onRollout?: () => void;
}

/** What is known of a request without its line. */
interface Entry {
  readonly place: LinePlace;
  /** What the challenger said of it in the shadow. */
  shadow: string | null;
  outcomes: Map<number, StandingOutcome> | null;
}

interface StandingOutcome {
  readonly outcome: string;
  readonly phase: string;
  /** Outcomes that it took the place of. */
  readonly earlier: readonly string[];
}

const bodies = ["asked", "answer"];
/** Of a request that a refused recipe stands in. */
const refusedLetter = "-";

/**
 * Opens the book of a folder. It is read from the first line to the last, and stands as it stood when it was closed, or
 * its process was killed. Of requests only the hashes of their ids are held in memory, with their places.
 *
 * @throws InputError as openRequestLog
 */
export async function openRequestBook(
  folder: string,
  { mostIds = 500_000, onRollout = () => undefined, ...logOptions }: RequestBookOptions = {},
): Promise<RequestBook> {
  const entries = new Map<string, Entry>();
  const inFlight = new Map<string, { readonly hash: string; readonly made: Promise<Reply> }>();
  const turns = new Map<string, Promise<unknown>>();
  let rollout: RolloutState | null = null;
  /** Of the rollout: another one of the same challenger has another name, as its requests were drawn otherwise. */
  let rolloutName: string | null = null;
  /** Requests of the rollout that got no answer: each is counted once, whatever becomes of it later. */
  const unanswered = new Set<string>();
  let counts = { requests: 0, outcomes: 0, corrected: 0 };
  let made = 0;

  /** What a line changes: the same when it is written and when it is read again. */
  const apply = (head: LineHead, place: LinePlace): void => {
    const before = rollout;
    const line = head as unknown as BookLine;
    switch (line.kind) {
      case "rollout":
        rollout = startRollout(line.plan);
        rolloutName = line.rollout;
        unanswered.clear();
        break;
      case "request": {
        counts = { ...counts, requests: counts.requests + 1 };
        if (line.said !== null) {
          entries.set(keyOf(line.id), { place, shadow: null, outcomes: null });
          if (entries.size > mostIds) entries.delete(entries.keys().next().value!);
        } else {
          unanswered.add(keyOf(line.id));
          if (unanswered.size > mostIds) unanswered.delete(unanswered.values().next().value!);
        }
        const { drawn } = line;
        if (drawn !== null && rollout !== null && line.rollout === rolloutName && rollout.ended === null)
          rollout = foldRollout(rollout, { kind: "request", id: keyOf(line.id), ...drawn });
        break;
      }
      case "shadow": {
        const entry = entries.get(keyOf(line.id));
        if (rollout === null || line.version !== rollout.plan.challenger) break;
        if (entry !== undefined) entry.shadow = line.said;
        rollout = foldRollout(rollout, { kind: "shadow", failed: line.said === null, alike: line.alike });
        break;
      }
      case "outcome": {
        const { id, row, phase, outcome, corrects } = line;
        const entry = entries.get(keyOf(id));
        counts = {
          ...counts,
          outcomes: counts.outcomes + 1,
          corrected: counts.corrected + (corrects === null ? 0 : 1),
        };
        if (entry !== undefined) {
          entry.outcomes ??= new Map<number, StandingOutcome>();
          const standing = entry.outcomes.get(row);
          const earlier = standing === undefined ? [] : [...standing.earlier, standing.outcome];
          entry.outcomes.set(row, { outcome, phase, earlier });
        }
        if (rollout !== null && line.rollout === rolloutName && rollout.ended === null)
          rollout = foldRollout(rollout, { ...line, id: keyOf(id) });
        break;
      }
      case "decision":
        if (rollout !== null) rollout = foldRollout(rollout, line);
    }
    if (rollout !== before) onRollout();
  };

  const log: RequestLog = await openRequestLog(folder, { ...logOptions, bodies, onLine: apply });

  const write = async (line: BookLine, own: Readonly<Record<string, Uint8Array>> = {}): Promise<void> => {
    const head = line as unknown as LineHead;
    try {
      await log.append(head, { bodies: own, onDurable: (place) => apply(head, place) });
    } catch (error) {
      throw unwritable(error);
    }
  };
  const lineOf = async ({ place }: Entry): Promise<Uint8Array> => {
    try {
      return await log.read(place);
    } catch (error) {
      throw unwritable(error);
    }
  };
  /** One after the other, of those that concern the same. */
  const inTurn = <Result>(key: string, work: () => Promise<Result>): Promise<Result> => {
    const mine = (turns.get(key) ?? Promise.resolve()).then(work, work);
    turns.set(key, mine);
    const end = (): void => void (turns.get(key) === mine && turns.delete(key));
    mine.then(end, end);
    return mine;
  };
  const current = (): string | null => (rollout === null || rollout.ended !== null ? null : rolloutName);

  return {
    async answer(id, { body, options }, work) {
      const key = keyOf(id);
      const hash = sha256(`${sha256(body)} ${options}`);
      const flying = inFlight.get(key);
      if (flying !== undefined) {
        if (flying.hash !== hash) throw idTaken(id);
        return { ...(await flying.made), isRepeated: true };
      }
      const entry = entries.get(key);
      if (entry !== undefined) {
        const line = await lineOf(entry);
        const head = headOf(line, bodies) as unknown as RequestLine;
        if (head.hash !== hash) throw idTaken(id);
        const bytes = withBreaks(lastBodyOf(line, "answer")!);
        return { version: head.version, bytes, isRepeated: true };
      }
      const first = async (): Promise<Reply> => {
        const { version, said, text, drawn } = await work();
        const bytes = Buffer.from(text);
        const line: RequestLine = {
          ...{ kind: "request", id, hash, options, version, rollout: current() },
          drawn: unanswered.has(key) ? null : drawn,
          said: said.map((phase) => phase ?? refusedLetter).join(""),
        };
        await write(line, { asked: inOneLine(body), answer: withTabs(bytes) });
        return { version, bytes, isRepeated: false };
      };
      const reply = first();
      inFlight.set(key, { hash, made: reply });
      try {
        return await reply;
      } finally {
        inFlight.delete(key);
      }
    },
    outcome: ({ id, row, phase, corrects = null }) =>
      inTurn(keyOf(id), async () => {
        const entry = entries.get(keyOf(id));
        if (entry === undefined)
          throw new Problem("request-unknown", `no request with the id "${id}" was answered, or too long ago`);
        const head = headOf(await lineOf(entry), bodies) as unknown as RequestLine & { readonly said: string };
        const letter = head.said.at(row - 1);
        if (letter === undefined || letter === refusedLetter)
          throw new Problem(
            "request-unknown",
            letter === undefined
              ? `request "${id}" has ${head.said.length} recipes; there is no row ${row}`
              : `row ${row} of request "${id}" was refused: nothing was said of it`,
          );
        const outcome = sha256(JSON.stringify([id, row, phase, corrects])).slice(0, 16);
        const standing = entry.outcomes?.get(row);
        const code = phaseCode(phase);
        const isWrong = Number(letter) !== code;
        const kept = { outcome, isWrong, isCorrection: corrects !== null, version: head.version };
        // The same again, whatever corrected it meanwhile.
        if (standing?.outcome === outcome || standing?.earlier.includes(outcome)) return { ...kept, isNew: false };
        const other = conflictOf(standing, { phase, corrects });
        if (other !== null) throw new Problem("outcome-conflict", `row ${row} of request "${id}": ${other}`);
        if (standing !== undefined && corrects === null) return { ...kept, outcome: standing.outcome, isNew: false };
        const { drawn } = head;
        const isFirst = entry.outcomes === null && head.rollout !== null && head.rollout === current();
        const counts = isFirst && drawn !== null && !drawn.failed && !drawn.invalid;
        await write({
          ...{ kind: "outcome", id, row, phase, outcome, corrects, version: head.version, isWrong },
          arm: counts ? drawn.arm : null,
          rollout: isFirst ? head.rollout : null,
          isShadowWrong: isFirst && entry.shadow !== null ? Number(entry.shadow.at(row - 1)) !== code : null,
        });
        return { ...kept, isNew: true };
      }),
    async shadow(id, said, version) {
      const entry = entries.get(keyOf(id));
      if (entry === undefined) return false;
      const head = headOf(await lineOf(entry), bodies) as unknown as RequestLine;
      const own = said === null ? null : said.map((phase) => phase ?? refusedLetter).join("");
      const alike = own === head.said;
      await write({ kind: "shadow", id, version, said: own, alike });
      return alike;
    },
    async failure(id, version, drawn) {
      if (unanswered.has(keyOf(id))) return;
      await write({
        ...{ kind: "request", id, hash: null, options: "", version, rollout: current(), drawn, said: null },
      });
    },
    async begin(plan) {
      if (rollout !== null && JSON.stringify(rollout.plan) === JSON.stringify(plan)) return;
      await write({ kind: "rollout", rollout: sha256(JSON.stringify([plan, counts])).slice(0, 16), plan });
    },
    async decide(decision, why, numbers) {
      const ended = { decision, why, evidence: sha256(JSON.stringify(numbers)) };
      await write({ kind: "decision", ...ended, numbers });
      return ended;
    },
    rollout: () => rollout,
    freshId(body) {
      for (;;) {
        const id = sha256(`${counts.requests + made++} ${sha256(body)}`).slice(0, 32);
        if (!entries.has(keyOf(id)) && !inFlight.has(keyOf(id))) return id;
      }
    },
    counts: () => counts,
    isWritable: () => log.isWritable(),
    close: () => log.close(),
  };
}

interface RequestLine {
  readonly kind: "request";
  readonly id: string;
  /** Of the body and the options; null where no answer stands in the line. */
  readonly hash: string | null;
  readonly options: string;
  readonly version: string;
  /** Name of the rollout that it belongs to. */
  readonly rollout: string | null;
  readonly drawn: AnsweredRequest["drawn"];
  /** A letter for each recipe: number of the likeliest phase, "-" where it is refused. */
  readonly said: string | null;
}

interface OutcomeLine {
  readonly kind: "outcome";
  readonly id: string;
  readonly row: number;
  readonly phase: string;
  readonly outcome: string;
  readonly corrects: string | null;
  readonly version: string;
  readonly isWrong: boolean;
  readonly arm: Arm | null;
  readonly rollout: string | null;
  readonly isShadowWrong: boolean | null;
}

interface ShadowLine {
  readonly kind: "shadow";
  readonly id: string;
  readonly version: string;
  readonly said: string | null;
  readonly alike: boolean;
}

type BookLine =
  | RequestLine
  | OutcomeLine
  | ShadowLine
  | { readonly kind: "rollout"; readonly rollout: string; readonly plan: RolloutPlan }
  | ({ readonly kind: "decision"; readonly numbers: object } & EndedRollout);

if (phaseNames.length > 10) throw new RangeError("requestBook: a phase must be one digit");

/** 128 bits of a hash, in 22 letters. */
const keyOf = (id: string): string => Buffer.from(sha256(id).slice(0, 32), "hex").toString("base64url");

const idTaken = (id: string): Problem =>
  new Problem("id-taken", `"${id}" is the id of a request with another body; give each request an id of its own`);

function unwritable(error: unknown): Problem {
  const why = error instanceof Error ? error.message : String(error);
  return new Problem("not-ready", `the log of requests cannot be used, and nothing is answered without it: ${why}`, {
    headers: { "retry-after": "5" },
  });
}

/** What keeps an outcome from being kept; null where nothing does. */
function conflictOf(
  standing: { readonly outcome: string; readonly phase: string } | undefined,
  { phase, corrects }: { readonly phase: string; readonly corrects: string | null },
): string | null {
  if (standing === undefined)
    return corrects === null ? null : `there is no outcome to correct; got corrects "${corrects}"; leave it out`;
  if (corrects === standing.outcome || (corrects === null && phase === standing.phase)) return null;
  return (
    `outcome ${standing.outcome} says "${standing.phase}"; got "${phase}"; ` +
    `to correct it, send corrects: "${standing.outcome}"`
  );
}

/** Line breaks of JSON stand only between values. */
function inOneLine(json: Uint8Array): Uint8Array {
  return replaced(replaced(json, 10, 32), 13, 32);
}

function withTabs(json: Uint8Array): Uint8Array {
  return replaced(json, 10, 9);
}

function withBreaks(json: Uint8Array): Uint8Array {
  return replaced(json, 9, 10);
}

/** With one byte in place of another: a copy where there is one. */
function replaced(bytes: Uint8Array, from: number, to: number): Uint8Array {
  let at = bytes.indexOf(from);
  if (at < 0) return bytes;
  const made = Uint8Array.from(bytes);
  for (; at >= 0; at = made.indexOf(from, at + 1)) made[at] = to;
  return made;
}
