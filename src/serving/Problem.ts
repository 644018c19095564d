import { visibleText } from "../core/visibleText.js";

/** With their HTTP status and their title: the one list of them. */
const kinds = {
  "malformed-json": [400, "The body is no JSON that can be read"],
  "invalid-request": [400, "The request has not the form that it must have"],
  "token-missing": [401, "A token is needed"],
  "host-unknown": [403, "The server is asked under a name that is not its own"],
  "not-found": [404, "There is nothing under this address"],
  "request-unknown": [404, "No such request was answered"],
  timeout: [408, "The request took too long to come"],
  "id-taken": [409, "The id stands for another request"],
  "outcome-conflict": [409, "Another outcome stands there"],
  "too-large": [413, "The request is too large"],
  "media-type": [415, "The body is in another format"],
  "recipes-refused": [422, "The recipes cannot be answered"],
  "too-many": [429, "Too many requests"],
  "headers-too-large": [431, "The headers are too large"],
  failed: [500, "The server failed"],
  "not-ready": [503, "The server cannot answer now"],
} as const;

/** Kind of a problem. */
export type ProblemKind = keyof typeof kinds;

/** HTTP status and title of each kind of problem. */
export const problemKinds: Readonly<Record<ProblemKind, readonly [number, string]>> = kinds;

/** One thing in a request that keeps it from being answered. */
export interface ProblemFault {
  /** Row of the recipe, counted from 1; null where it concerns none alone. */
  readonly row: number | null;
  readonly column: string | null;
  readonly at: string;
  readonly must: string;
  readonly got: string;
  readonly mend: string;
}

/** The body of an answer that is none, as RFC 9457 has it. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly faults?: readonly ProblemFault[];
}

/** A request that is not answered, and why: never more than the client may know. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly kind: ProblemKind;
  readonly faults: readonly ProblemFault[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    kind: ProblemKind,
    detail: string,
    {
      faults = [],
      headers = {},
    }: { readonly faults?: readonly ProblemFault[]; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.kind = kind;
    this.faults = faults;
    this.headers = headers;
  }
}

/** Faults that a body lists, at most. */
const mostFaults = 100;

/** What is sent of a problem. */
export function problemBody({ kind, message, faults }: Problem): ProblemBody {
  const [status, title] = problemKinds[kind];
  return {
    type: `urn:cspbbr3-twin:problem:${kind}`,
    title,
    status,
    detail: visibleText(message),
    ...(faults.length === 0 ? {} : { faults: faults.slice(0, mostFaults) }),
  };
}
