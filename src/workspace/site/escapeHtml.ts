import { visibleText } from "../../core/visibleText.js";

/** Text as HTML shows it, in element content and in quoted attributes alike, each character of it (visibleText). */
export function escapeHtml(text: string): string {
  return visibleText(text, { layout: true }).replace(/[&<>"']/g, (character) => entities[character]);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
