type Content = Readonly<Record<string, unknown>>;

interface Entry {
  /** Execution count. */
  readonly line: number;
  readonly input: string;
  /** Plain text of the result; null without one. */
  readonly output: string | null;
}

// The protocol numbers sessions from 1, and 0 is the one that runs.
const session = 1;

/**
 * The cells that were run since the kernel started, as `history_request` asks for them. They are not kept
 * beyond the kernel's end: a notebook keeps its cells itself.
 */
export class History {
  readonly #entries: Entry[] = [];

  add(entry: Entry): void {
    this.#entries.push(entry);
  }

  /** The content of a history_reply. Input that was typed and input that was run are the same here. */
  answer(request: Content): Content {
    const withOutput = request.output === true;
    const history = this.#chosen(request).map(({ line, input, output }) => [
      session,
      line,
      withOutput ? [input, output] : input,
    ]);
    return { status: "ok", history };
  }

  #chosen(request: Content): readonly Entry[] {
    const last = (entries: readonly Entry[], n: unknown): readonly Entry[] =>
      typeof n === "number" && n >= 0 ? entries.slice(Math.max(0, entries.length - n)) : entries;
    switch (request.hist_access_type) {
      case "tail":
        return last(this.#entries, request.n);
      case "range": {
        const { session: asked = 0, start = 0, stop } = request;
        if (asked !== 0 && asked !== session) return [];
        const end = typeof stop === "number" ? stop : Infinity;
        return this.#entries.filter(({ line }) => line >= Number(start) && line < end);
      }
      case "search": {
        const pattern = glob(typeof request.pattern === "string" ? request.pattern : "*");
        const found = this.#entries.filter(({ input }) => pattern.test(input));
        return last(request.unique === true ? lastOfEach(found) : found, request.n);
      }
      default:
        return [];
    }
  }
}

/** Of equal inputs the last one. */
function lastOfEach(entries: readonly Entry[]): Entry[] {
  const at = new Map(entries.map(({ input }, index) => [input, index]));
  return entries.filter(({ input }, index) => at.get(input) === index);
}

/** A pattern for the whole text: `*` is any text, `?` any character, `[ab]` one of these. */
function glob(pattern: string): RegExp {
  const source = pattern.replace(/\[(\^?)([^\]]+)\]|[\\^$.*+?()[\]{}|/]/g, (part, not: string, set?: string) => {
    if (set !== undefined) return `[${not}${set.replace(/[\\[\]^]/g, "\\$&")}]`;
    return part === "*" ? "[^]*" : part === "?" ? "[^]" : `\\${part}`;
  });
  return new RegExp(`^${source}$`, "u");
}
