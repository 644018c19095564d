import type { Alert } from "../core/Alert.js";
import type { ZodType } from "zod";
import type { BookCounts } from "./requestBook.js";
import type { RolloutOptions } from "./rolloutKeeper.js";
import type { Versions } from "./Versions.js";

/** What a server serves, where, to whom, and how much of it. */
export interface ServerOptions {
  readonly versions: Versions;
  /** Folder of the log of requests; one server at a time may have it. */
  readonly log: string;
  /** What `text` of an answer holds, for those who read /openapi.json. */
  readonly answerShape: ZodType;
  /** Address (default 127.0.0.1). Another than of this machine needs a token. */
  readonly host?: string;
  /** 0 (default): one that is free. */
  readonly port?: number;
  /** What a client must send; null (default): nothing. */
  readonly token?: string | null;
  readonly rollout?: RolloutOptions;
  readonly limits?: Partial<ServerLimits>;
  /** Takes what somebody should know of at once. */
  readonly onAlert?: (alert: Alert) => void;
  /** Takes what went wrong inside. */
  readonly onError?: (error: unknown) => void;
  /** Takes what was mended when the log was read. */
  readonly onWarning?: (warning: string) => void;
}

/** All of them. */
export interface AllServerOptions extends Required<ServerOptions> {
  readonly limits: ServerLimits;
}

/** How much a client may ask. */
export interface ServerLimits {
  /** Of a body (default 1,000,000). */
  readonly bodyBytes: number;
  /** In a request (default 1,000). */
  readonly recipes: number;
  /** In a request that asks for explanations or second opinions (default 50). */
  readonly explained: number;
  /** From one address (default 200). */
  readonly requestsPerSecond: number;
  /** From which on an answer counts as late, in a rollout (default 1,000). */
  readonly slowMilliseconds: number;
}

/** A server that listens. */
export interface RunningServer {
  /** Where it does. */
  readonly url: string;
  readonly port: number;
  /** Answers what it has, takes nothing new, and closes the log. */
  readonly close: () => Promise<void>;
  readonly counts: () => BookCounts;
}
