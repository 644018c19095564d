import { InputError } from "../core/InputError.js";

/**
 * Fetches a public file over https.
 *
 * @param options.maximumBytes  a larger answer is refused while it comes in
 * @param options.timeoutSecond  for the whole transfer
 * @param options.mend  what the user can do instead, printed when the network fails
 * @throws InputError if the address is not https, the network fails, the answer is not 200, or it is too large
 */
export async function download(
  address: string,
  {
    maximumBytes = 64 * 2 ** 20,
    timeoutSecond = 60,
    mend = "download it by hand",
    get = fetch,
  }: {
    readonly maximumBytes?: number;
    readonly timeoutSecond?: number;
    readonly mend?: string;
    readonly get?: typeof fetch;
  } = {},
): Promise<Uint8Array> {
  const refuse = (must: string, got: string): InputError => new InputError({ where: address, must, got, mend });
  if (!address.startsWith("https://")) throw refuse("the address must begin with https://", address);
  try {
    const answer = await get(address, { signal: AbortSignal.timeout(timeoutSecond * 1000), redirect: "follow" });
    if (!answer.ok || answer.body === null) throw refuse("the file must be there", `HTTP status ${answer.status}`);
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    for await (const piece of answer.body) {
      bytes += piece.length;
      if (bytes > maximumBytes) throw refuse(`the file must have at most ${maximumBytes} bytes`, "more");
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { name, message, cause } = error as Error & { readonly cause?: { readonly code?: string } };
    throw refuse(
      "the network must answer",
      name === "TimeoutError" ? `nothing whole in ${timeoutSecond} s` : (cause?.code ?? message),
    );
  }
}
