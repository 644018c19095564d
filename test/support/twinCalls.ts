/** A call of the `twin` command as a document shows it. */
export interface TwinCall {
  /** Counted from 1. */
  readonly line: number;
  /** Words before the first option or placeholder: a verb, its second word, or a file. */
  readonly words: readonly string[];
  /** Options by their long names, "--rows". */
  readonly flags: readonly string[];
}

/**
 * Every `twin ...` of a Markdown text that follows `npx` or a backtick: a line of prose may begin with the word, too.
 */
export function twinCalls(markdown: string): TwinCall[] {
  return markdown.split("\n").flatMap((text, index) =>
    Array.from(text.matchAll(/(?:`|npx |&& )twin ((?:[a-z]|--)[^`|&;>#]*)/g), ([, call]) => {
      const parts = call.replace(/[[\]]/g, " ").trim().split(/\s+/);
      const end = parts.findIndex((part) => !/^[a-z][a-z-]*$/.test(part));
      return {
        line: index + 1,
        words: end === -1 ? parts : parts.slice(0, end),
        flags: parts.filter((part) => part.startsWith("--")),
      };
    }),
  );
}
