import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";

/** What a kernel's connection file holds. */
export interface Connection {
  readonly transport: string;
  readonly ip: string;
  readonly key: string;
  readonly signature_scheme: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
}

export interface WireHeader {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
}

/** One message of the Jupyter protocol 5.3, as the kernel and its client exchange it over zeromq. */
export interface WireMessage {
  /** Routing frames before the delimiter: a Router's peer, or the topic of a publication. */
  readonly identities: readonly (Buffer | string)[];
  readonly header: WireHeader;
  readonly parent: Partial<WireHeader>;
  readonly content: Readonly<Record<string, unknown>>;
}

/** Exit code of a kernel whose ports were taken by another process; its client tries others. */
export const portTakenExitCode = 98;

const delimiter = "<IDS|MSG>";

export function wireHeader(type: string, session: string): WireHeader {
  return {
    msg_id: randomUUID(),
    msg_type: type,
    session,
    username: "cspbbr3-twin",
    date: new Date().toISOString(),
    version: "5.3",
  };
}

/** The frames of a message, signed with HMAC-SHA256. */
export function encodeMessage({ identities, header, parent, content }: WireMessage, key: string): (Buffer | string)[] {
  const parts = [header, parent, {}, content].map((part) => wholeCharacters(JSON.stringify(part)));
  return [...identities, delimiter, sign(parts, key), ...parts];
}

/**
 * The message in received frames.
 *
 * @throws Error if it is malformed or its signature is not by this key
 */
export function decodeMessage(frames: readonly Buffer[], key: string): WireMessage {
  const at = frames.findIndex((frame) => frame.equals(Buffer.from(delimiter)));
  if (at < 0 || frames.length < at + 6) throw new Error("not a Jupyter message: delimiter or parts are missing");
  const signed = frames.slice(at + 2, at + 6);
  const expected = Buffer.from(sign(signed, key));
  const given = frames[at + 1];
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new Error("a Jupyter message carries a wrong signature");
  const [header, parent, , content] = signed.map((part) => JSON.parse(part.toString()) as unknown);
  return {
    identities: frames.slice(0, at),
    header: header as WireHeader,
    parent: parent as Partial<WireHeader>,
    content: content as Record<string, unknown>,
  };
}

/**
 * Fault: half a character (one of two surrogates, which cutting a text leaves) makes a message that other languages
 * cannot encode, and a notebook that cannot be saved. As everywhere, U+FFFD stands for what is no character.
 *
 * @param json  in which such halves stand as escapes, and only they do
 */
function wholeCharacters(json: string): string {
  if (!json.includes("\\ud")) return json;
  return json.replace(/\\\\|\\ud[89a-f][0-9a-f]{2}/g, (escape) => (escape === "\\\\" ? escape : "\ufffd"));
}

function sign(parts: readonly (Buffer | string)[], key: string): string {
  if (key === "") return "";
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}
