import type { Alert } from "../../core/Alert.js";
import { InputError } from "../../core/InputError.js";

/** Whether alerts reached a webhook. */
export interface Delivery {
  readonly delivered: boolean;
  readonly tries: number;
  /** Why not; null where they did. */
  readonly reason: string | null;
}

/** How alerts are sent. */
export interface PostOptions {
  /** Of each try (default 5). */
  readonly timeoutSecond?: number;
  /** Default 3. */
  readonly tries?: number;
  /** Before the second try; twice as long before each further one (default 0.5). */
  readonly waitSecond?: number;
  readonly post?: typeof fetch;
}

/** The address of a webhook. @throws InputError unless it is http or https, without a password in it */
export function webhookAddress(text: string): URL {
  const refuse = (got: string): InputError =>
    new InputError({
      where: "webhook",
      must: "must be an address that begins with http:// or https://, without a password in it",
      got,
      mend: "write for example https://alerts.example.org/twin",
    });
  if (!URL.canParse(text)) throw refuse(`"${text}"`);
  const address = new URL(text);
  if (address.username !== "" || address.password !== "") throw refuse("one with a name or a password");
  if (!["http:", "https:"].includes(address.protocol)) throw refuse(`"${text}"`);
  return address;
}

/**
 * Sends alerts to a webhook as JSON, `{"alerts": [...]}`. What does not arrive is told, not thrown: write alerts down
 * before. A redirect is not followed: alerts go where they were addressed to.
 *
 * @throws InputError as webhookAddress
 */
export async function postAlerts(
  address: string,
  alerts: readonly Alert[],
  { timeoutSecond = 5, tries = 3, waitSecond = 0.5, post = fetch }: PostOptions = {},
): Promise<Delivery> {
  const url = webhookAddress(address);
  const body = JSON.stringify({ alerts });
  let reason = "";
  for (let i = 1; i <= tries; i++) {
    if (i > 1) await new Promise((resolve) => setTimeout(resolve, 1000 * waitSecond * 2 ** (i - 2)));
    const answer = await sent(url, body, { timeoutSecond, post });
    if (answer === null) return { delivered: true, tries: i, reason: null };
    reason = answer.reason;
    if (answer.isFinal) return { delivered: false, tries: i, reason };
  }
  return { delivered: false, tries, reason };
}

/** Null where it arrived; else why not, and whether another try is of no use. */
async function sent(
  url: URL,
  body: string,
  { timeoutSecond, post }: Required<Pick<PostOptions, "timeoutSecond" | "post">>,
): Promise<{ readonly reason: string; readonly isFinal: boolean } | null> {
  try {
    const answer = await post(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutSecond * 1000),
    });
    // Nobody reads what it says, which may be endless.
    await answer.body?.cancel();
    if (answer.ok) return null;
    const { status } = answer;
    const isRedirect = status >= 300 && status < 400;
    return {
      reason: `HTTP status ${status}${isRedirect ? ", a redirect, which is not followed" : ""}`,
      isFinal: status < 500 && status !== 429 && status !== 408,
    };
  } catch (error) {
    const { name, message, cause } = error as Error & {
      readonly cause?: { readonly code?: string; readonly message?: string };
    };
    return {
      reason: name === "TimeoutError" ? `no answer in ${timeoutSecond} s` : (cause?.code ?? cause?.message ?? message),
      isFinal: false,
    };
  }
}
