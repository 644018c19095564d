import type { Arm } from "../deployment/armEvidence.js";
import { sha256 } from "../io/sha256.js";

/** Digits of the hash that decide: 48 bits, which a number carries. */
const digits = 12;

/**
 * Which way a request goes: by the hash of its id and of the challenger, so that it goes the same way whenever it
 * comes, and each challenger gets a draw of its own.
 *
 * @param share  of requests that go to the canary, in [0, 1]
 */
export function drawnArm(id: string, challenger: string, share: number): Arm {
  const drawn = parseInt(sha256(`${challenger}\n${id}`).slice(0, digits), 16) / 16 ** digits;
  return drawn < share ? "canary" : "champion";
}
