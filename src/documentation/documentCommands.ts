/** One command that a document tells its reader to type. */
export interface DocumentCommand {
  /** Path from the project root. */
  readonly document: string;
  /** Counted from 1. */
  readonly line: number;
  readonly command: string;
  /** Why it is not executed when the documents are checked; null: it is. */
  readonly notRun: string | null;
}

/**
 * The commands in fenced `sh` and `bash` blocks of a Markdown text, one for each line; comments are left out and lines
 * that end in a backslash continue. A block that must not be run says why: ```` ```sh no-run="needs a GPU" ````.
 *
 * @throws RangeError if a block says something else beside its language, or gives no reason
 */
export function documentCommands(markdown: string, document: string): DocumentCommand[] {
  const commands: DocumentCommand[] = [];
  const lines = markdown.split("\n");
  for (let i = 0; i < lines.length; i++) {
    const [, fence, language, info] = /^\s*(```+|~~~+)\s*(\w*)\s*(.*?)\s*$/.exec(lines[i]) ?? [];
    if (fence === undefined) continue;
    const isShell = ["sh", "bash", "shell", "console"].includes(language);
    const notRun = isShell ? reasonIn(info, `${document}, line ${i + 1}`) : null;
    for (i++; i < lines.length && !lines[i].trimStart().startsWith(fence); i++) {
      if (!isShell) continue;
      const line = i + 1;
      let command = withoutComment(lines[i]);
      while (command.endsWith("\\") && i + 1 < lines.length)
        command = `${command.slice(0, -1).trimEnd()} ${withoutComment(lines[++i])}`;
      if (command !== "") commands.push({ document, line, command, notRun });
    }
  }
  return commands;
}

function reasonIn(info: string, where: string): string | null {
  if (info === "") return null;
  const reason = /^no-run="\s*([^"]*?)\s*"$/.exec(info)?.[1] ?? "";
  if (reason === "") throw new RangeError(`${where}: a block that is not run must say no-run="why"; got ${info}`);
  return reason;
}

/** A # that begins a word begins a comment, unless it is quoted. */
function withoutComment(line: string): string {
  return /^(?:'[^']*'|"[^"]*"|["']|[^\s"'#]|\s(?!#)|(?<=\S)#)*/.exec(line)![0].trim();
}
