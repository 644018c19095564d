import { visibleText } from "../../core/visibleText.js";

/**
 * Loads the highlighter.
 *
 * @returns TypeScript source -> HTML with token classes, everything escaped: also marks by which code would read in
 *   another order than it runs
 */
export async function loadHighlighter(): Promise<(source: string) => string> {
  const [{ default: highlighter }, { default: typescript }] = await Promise.all([
    import("highlight.js/lib/core"),
    import("highlight.js/lib/languages/typescript"),
  ]);
  highlighter.registerLanguage("typescript", typescript);
  const visible = (source: string): string => visibleText(source.replace(/\r\n?/g, "\n"), { layout: true });
  return (source) => highlighter.highlight(visible(source), { language: "typescript" }).value;
}
