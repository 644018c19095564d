import { documentSections } from "./documentSections.js";

/**
 * Alerts that nobody has written down what to do about. The runbook of an alert is docs/runbooks/ID.md, and it must say
 * what the alert means and what to do, each under a heading of its own.
 *
 * @param runbooks  texts by alert id
 */
export function alertsWithoutRunbook(
  alertIds: readonly string[],
  runbooks: Readonly<Record<string, string>>,
): string[] {
  return alertIds.filter((id) => {
    const sections = documentSections(runbooks[id] ?? "", { level: 2 });
    return ["What it means", "What to do"].some((heading) => (sections.get(heading) ?? "").trim() === "");
  });
}
