import { setTimeout } from "node:timers/promises";
import type { Random } from "../../../core/random/Random.js";
import { sha256 } from "../../../io/sha256.js";
import { ask, type ServingChild, servingChild } from "./servingChild.js";

/** What became of requests whose server was killed again and again. */
export interface KilledServers {
  readonly kills: number;
  /** Requests that were acknowledged before a kill. */
  readonly acknowledged: number;
  /** Of those, answered otherwise or anew after all kills. */
  readonly lost: number;
  /** Starts at which a half-written line was cut off. */
  readonly torn: number;
}

/** Clients that ask at once. */
const clients = 8;
/** Milliseconds a server lives after its first answer, at most. */
const longestLife = 400;

/**
 * Kills servers while they log, at random moments, each on the log of the one before; then asks for every request that
 * was acknowledged again: the answer must be the first one.
 *
 * @param random  of the moments
 */
export async function killWhileLogging(
  { model, log, kills }: { readonly model: string; readonly log: string; readonly kills: number },
  random: Random,
): Promise<KilledServers> {
  const answers = new Map<string, { readonly number: number; readonly hash: string }>();
  let [number, torn] = [0, 0];
  const load = async ({ url }: ServingChild, isOver: () => boolean): Promise<void> => {
    while (!isOver()) {
      const own = number++;
      const id = `kill-${own}`;
      try {
        const { status, text } = await ask(url, id, own);
        if (status === 200) answers.set(id, { number: own, hash: sha256(text) });
      } catch {
        // Killed before it answered: nothing was acknowledged.
      }
    }
  };
  for (let kill = 0; kill < kills; kill++) {
    const child = await servingChild(model, log);
    if (child.said().includes("half written")) torn++;
    let isOver = false;
    const loads = Array.from({ length: clients }, () => load(child, () => isOver));
    const before = answers.size;
    // From then on it logs: a kill while it starts shows nothing.
    while (answers.size === before) await setTimeout(1);
    await setTimeout(longestLife * random());
    await child.end("SIGKILL");
    isOver = true;
    await Promise.all(loads);
  }
  const last = await servingChild(model, log);
  if (last.said().includes("half written")) torn++;
  let lost = 0;
  for (const [id, { number: own, hash }] of answers) {
    const { status, text, isRepeated } = await ask(last.url, id, own);
    if (status !== 200 || !isRepeated || sha256(text) !== hash) lost++;
  }
  await last.end("SIGTERM");
  return { kills, acknowledged: answers.size, lost, torn };
}
