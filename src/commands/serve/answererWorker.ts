import { answerJobs } from "../../core/threads/answerJobs.js";
import { InputError, type InputFault } from "../../core/InputError.js";
import type { AskedRecipes, ServedAnswer } from "../../serving/ServedModel.js";
import { type AnswererSetting, requestAnswerer } from "./requestAnswerer.js";

/** A request; or null, of a thread that is only to make itself ready. */
export type AnswererJob = AskedRecipes | null;

/** What came of it. Errors lose what they are on their way between threads. */
export type AnswererResult =
  | { readonly kind: "answered"; readonly answer: ServedAnswer | null }
  | { readonly kind: "refused"; readonly fault: InputFault }
  | { readonly kind: "failed"; readonly stack: string };

answerJobs<AnswererSetting, AnswererJob, AnswererResult>((setting) => {
  const ready = requestAnswerer(setting);
  // Each job tells it.
  ready.catch(() => undefined);
  return Promise.resolve(async (asked) => {
    try {
      const answer = await ready;
      return { kind: "answered", answer: asked === null ? null : await answer(asked) };
    } catch (error) {
      if (error instanceof InputError) return { kind: "refused", fault: error.fault };
      return { kind: "failed", stack: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  });
});
