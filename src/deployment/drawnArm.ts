import type { Arm } from "./armEvidence.js";

/** Digits of the hash that decide: 48 bits, which a number carries. */
const digits = 12;

/**
 * Which way a request goes, by the hash of its id and of the challenger. So it goes the same way whenever it comes, and
 * each challenger gets a draw of its own.
 *
 * @param share         of requests that go to the canary, in [0, 1]
 * @param options.hash  SHA-256 of a text, in hex: deployment reaches no node: module
 */
export function drawnArm(
  id: string,
  challenger: string,
  share: number,
  { hash }: { readonly hash: (text: string) => string },
): Arm {
  const drawn = parseInt(hash(`${challenger}\n${id}`).slice(0, digits), 16) / 16 ** digits;
  return drawn < share ? "canary" : "champion";
}
