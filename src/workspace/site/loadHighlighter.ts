/** Loads the highlighter. @returns TypeScript source -> HTML with token classes, everything escaped */
export async function loadHighlighter(): Promise<(source: string) => string> {
  const [{ default: highlighter }, { default: typescript }] = await Promise.all([
    import("highlight.js/lib/core"),
    import("highlight.js/lib/languages/typescript"),
  ]);
  highlighter.registerLanguage("typescript", typescript);
  return (source) => highlighter.highlight(source, { language: "typescript" }).value;
}
