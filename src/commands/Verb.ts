import type { ProgressStream } from "../workspace/notebooks/progressReport.js";

/** A verb of `twin`: what the command line shows of it, and what it does, callable from code with the same options. */
export interface Verb<Options extends object = object, Data = unknown> {
  /** Its word, then its operands: "quality <file>". */
  readonly usage: string;
  readonly meaning: string;
  readonly options: readonly VerbOption[];
  /**
   * @param options         by their long names in camelCase, and operands by their names
   * @param place.progress  where long work tells how far it is (default nowhere)
   * @throws InputError if an option or a file makes no sense
   */
  run(options: Options, place?: VerbPlace): Promise<Answer<Data>>;
}

/** Verbs under one word: `twin data status`. */
export interface VerbGroup {
  readonly usage: string;
  readonly meaning: string;
  readonly verbs: readonly Verb[];
}

/** An option of a verb: how it is written, what it means, how its text is read. */
export interface VerbOption {
  /** "--rows <n>" */
  readonly flags: string;
  readonly meaning: string;
  /**
   * A text by default. An option that may be given several times adds to what came `before`.
   *
   * @throws InputError naming the option
   */
  readonly parse?: (text: string, before?: unknown) => unknown;
  readonly default?: string;
  readonly isRequired?: boolean;
}

/** Where a verb runs: what its progress is shown on. */
export interface VerbPlace {
  readonly progress?: ProgressStream;
  /**
   * Set where the result was asked for as JSON: a verb whose result need not fit memory writes it here itself, piece by
   * piece, waiting for each to be taken, and says so (`isWritten`).
   */
  readonly json?: (text: string) => Promise<void>;
}

/** What a verb found. */
export interface Answer<Data = unknown> {
  /** For people. */
  readonly text: string;
  /** What it found, for programs. */
  readonly data: Data;
  /** Whether that was written as JSON already (default false). */
  readonly isWritten?: boolean;
  /** Whether the check passed, where the verb is one (default true). */
  readonly passed?: boolean;
}
