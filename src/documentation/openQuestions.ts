import { documentSections } from "./documentSections.js";

/**
 * Required questions that a document leaves open. A question is a heading `###`; it is answered by text below it, or by
 * "Unknown:" and the reason why nobody knows. No heading, no text, a bare
 * "unknown" or a note to do it later leaves it open.
 *
 * @returns the open ones, in the order of `questions`
 * @throws RangeError if a question stands twice
 */
export function openQuestions(markdown: string, questions: readonly string[]): string[] {
  const sections = documentSections(markdown, { level: 3 });
  return questions.filter((question) => {
    const answer = (sections.get(question) ?? "").replace(/<!--[\s\S]*?-->/g, "").trim();
    return !/[\p{L}\p{N}]/u.test(answer) || /^unknown\b[\s.:]*$/i.test(answer) || /\b(?:TODO|TBD|FIXME)\b/.test(answer);
  });
}
