import { readFile } from "node:fs/promises";
import { Agent, request } from "node:http";
import { setTimeout } from "node:timers/promises";
import { seededRandom } from "../dist/core/random/Random.js";

// Asks a server at a pace that its answers do not slow down, and prints what that took as JSON. Time is counted from
// when a request was due, so that what waits behind a slow answer is seen.
// `tsx bench/pacedLoad.ts URL BODY RATE SECONDS even|poisson`: evenly, or at random with so many a second on average.

/** What a paced load tells; times in milliseconds. */
export interface Paced {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly failed: number;
}

const [url, file, rate, seconds, pace] = process.argv.slice(2);
const body = await readFile(file);
const agent = new Agent({ keepAlive: true });
const random = seededRandom(1);

/** @returns when it was answered, or null where it was not */
const ask = (): Promise<number | null> =>
  new Promise((resolve) => {
    const headers = { "content-type": "application/json", "content-length": body.length };
    const asked = request(url, { method: "POST", agent, headers }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode === 200 ? performance.now() : null));
      response.on("error", () => resolve(null));
    });
    asked.on("error", () => resolve(null));
    asked.end(body);
  });

const taken: Promise<number | null>[] = [];
let due = performance.now();
for (let i = 0; i < Number(rate) * Number(seconds); i++) {
  due += ((pace === "poisson" ? -Math.log(1 - random()) : 1) * 1000) / Number(rate);
  // A timer is late by up to a millisecond; what is early waits for its time.
  for (let rest = due - performance.now(); rest > 0; rest = due - performance.now())
    await setTimeout(Math.max(0, rest - 1));
  const from = due;
  taken.push(ask().then((at) => (at === null ? null : at - from)));
}
const all = await Promise.all(taken);
const times = all.filter((time) => time !== null).sort((a, b) => a - b);
const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(share * times.length))];
const told: Paced = { p50: at(0.5), p99: at(0.99), max: at(1), failed: all.length - times.length };
console.log(JSON.stringify(told));
agent.destroy();
