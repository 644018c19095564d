import { InputError } from "../core/InputError.js";
import type { Arm } from "../deployment/armEvidence.js";
import { drawnArm } from "../deployment/drawnArm.js";
import { sha256 } from "../io/sha256.js";
import { Problem } from "./Problem.js";
import type { AnsweredRequest, RequestBook } from "./requestBook.js";
import type { AskedRecipes, ServedAnswer, ServedModel } from "./ServedModel.js";
import type { Versions } from "./Versions.js";

/** A request that was answered, with what only counters ask for. */
export interface MadeAnswer extends AnsweredRequest {
  readonly made: ServedAnswer;
}

/**
 * Answers a request by the version that it is drawn for. What the challenger cannot answer the champion does, and it is
 * counted against the challenger, as is an answer that is none or comes late.
 *
 * @param options.slow  milliseconds from which on an answer is late
 * @throws Problem if the recipes cannot be answered, or the champion fails
 */
export async function answerRequest(
  id: string,
  asked: AskedRecipes,
  { book, versions, slow }: { readonly book: RequestBook; readonly versions: Versions; readonly slow: number },
): Promise<MadeAnswer> {
  const { challenger } = versions;
  const state = book.rollout();
  const isOfNow = challenger !== null && state?.plan.challenger === challenger.version;
  const isPromoted = isOfNow && state.ended?.decision === "promote";
  const champion = isPromoted ? challenger : versions.champion;
  const canary = isOfNow && state.ended === null ? state.plan.canary : null;
  const arm: Arm | null = canary === null ? null : drawnArm(id, state!.plan.challenger, canary.share, { hash: sha256 });
  const tried = arm === "canary" ? await tryOf(challenger!, asked) : null;
  if (tried !== null && tried.kind === "answered") {
    const drawn = { arm: "canary", failed: false, invalid: false, slow: tried.milliseconds > slow } as const;
    return answerOf(challenger!, tried.answer, drawn);
  }
  const own = await tryOf(champion, asked);
  if (own.kind === "refused") throw own.problem;
  if (own.kind !== "answered") {
    // Counted for the arm that it was drawn for, and as what happened there.
    if (arm !== null) await book.failure(id, champion.version, lostBy(arm, tried ?? own));
    throw own.kind === "failed" ? own.error : new Error("the champion gave probabilities that are none");
  }
  return answerOf(
    champion,
    own.answer,
    tried !== null
      ? lostBy("canary", tried)
      : arm === null
        ? null
        : { arm, failed: false, invalid: false, slow: own.milliseconds > slow },
  );
}

/** What is counted where an arm gave no valid answer. */
function lostBy(arm: Arm, { kind }: Tried): NonNullable<AnsweredRequest["drawn"]> {
  return { arm, failed: kind !== "invalid", invalid: kind === "invalid", slow: false };
}

function answerOf({ version }: ServedModel, made: ServedAnswer, drawn: AnsweredRequest["drawn"]): MadeAnswer {
  return { version, said: made.said, text: made.text, drawn, made };
}

/** How a version fares with recipes. */
type Tried =
  | { readonly kind: "answered"; readonly answer: ServedAnswer; readonly milliseconds: number }
  | { readonly kind: "invalid" }
  | { readonly kind: "refused"; readonly problem: Problem }
  | { readonly kind: "failed"; readonly error: unknown };

/** Never throws. */
export async function tryOf(model: ServedModel, asked: AskedRecipes): Promise<Tried> {
  const before = performance.now();
  try {
    const answer = await model.answer(asked);
    if (answer.answered === 0 && answer.refused.length > 0) return { kind: "refused", problem: noneAnswered(answer) };
    if (!answer.isValid) return { kind: "invalid" };
    return { kind: "answered", answer, milliseconds: performance.now() - before };
  } catch (error) {
    if (error instanceof InputError) return { kind: "refused", problem: unreadable(error) };
    return { kind: "failed", error };
  }
}

function noneAnswered({ refused }: ServedAnswer): Problem {
  const [{ at, must, got, mend }] = refused;
  const rest = refused.length === 1 ? "" : `, and none of the ${refused.length} recipes can be answered`;
  return new Problem("recipes-refused", `${at}: ${must}; got ${got}${rest}; ${mend}`, { faults: refused });
}

function unreadable({ message, fault: { where, must, got, mend } }: InputError): Problem {
  const [, row] = /\brow (\d+)/.exec(where) ?? [];
  const [, column] = /\bcolumn (.+)$/.exec(where) ?? [];
  const place = { row: row === undefined ? null : Number(row), column: column ?? null };
  return new Problem("recipes-refused", message, { faults: [{ ...place, at: where, must, got, mend }] });
}
