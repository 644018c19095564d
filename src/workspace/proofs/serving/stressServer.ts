import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import type { Random } from "../../../core/random/Random.js";
import { sha256 } from "../../../io/sha256.js";
import { ask, recipeOf, servingChild } from "./servingChild.js";

/** What became of a server that good and bad clients asked at once. */
export interface StressedServer {
  readonly seconds: number;
  /** Good requests that were acknowledged, and those that were refused for the load. */
  readonly acknowledged: number;
  readonly refused: number;
  /** Hostile requests, by kind. */
  readonly hostile: Readonly<Record<string, number>>;
  /** Whether it died, or did not end with 0. */
  readonly crashed: boolean;
  /** Of acknowledged requests, those not answered alike afterwards. */
  readonly lost: number;
  /** Resident memory in MB: after the first fifth of the time, at its most, and at the end. */
  readonly megabytes: { readonly early: number; readonly most: number; readonly last: number };
}

const post = "POST /predict HTTP/1.1\r\nHost: localhost\r\n";
const chunked = "Transfer-Encoding: chunked\r\n\r\n";
const head = (length: number, type = "application/json"): string =>
  `${post}Content-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`;

const whole = (body: string, type?: string): string => head(Buffer.byteLength(body), type) + body;

/** What a hostile client sends, and then whether it waits, or only closes its half. */
const kinds: Readonly<
  Record<string, (random: Random) => { readonly bytes: string; readonly ends: boolean; readonly waits: number }>
> = {
  malformed: (random) => ({ bytes: whole(`{"recipes": [${"{".repeat(1 + 30 * random())}`), ends: true, waits: 0 }),
  noHttp: (random) => ({
    bytes: Array.from({ length: 200 }, () => String.fromCharCode(256 * random())).join(""),
    ends: true,
    waits: 0,
  }),
  deep: () => ({ bytes: whole(`{"recipes": ${"[".repeat(10_000)}`), ends: false, waits: 0 }),
  proto: () => ({ bytes: whole('{"recipes": [{"__proto__": {"leadMolar": 1}}]}'), ends: false, waits: 0 }),
  huge: () => ({ bytes: head(1_000_000_000) + "x".repeat(500_000), ends: false, waits: 0 }),
  hugeInPieces: () => ({
    bytes: `${post}Content-Type: application/json\r\n${chunked}` + `100000\r\n${"x".repeat(0x100000)}\r\n`.repeat(2),
    ends: false,
    waits: 0,
  }),
  longHeader: () => ({ bytes: `GET / HTTP/1.1\r\nx: ${"y".repeat(50_000)}\r\n\r\n`, ends: false, waits: 0 }),
  slow: () => ({ bytes: head(100_000).slice(0, -4), ends: false, waits: 2000 }),
  slowBody: () => ({ bytes: `${head(100_000)}{`, ends: false, waits: 2000 }),
  halfClosed: () => ({ bytes: head(1000), ends: true, waits: 100 }),
  gone: () => ({ bytes: whole(JSON.stringify({ recipes: [recipeOf(1)] })), ends: false, waits: -1 }),
  otherType: () => ({ bytes: whole("<a/>", "text/xml"), ends: false, waits: 0 }),
  many: () => ({
    bytes: whole(JSON.stringify({ recipes: Array.from({ length: 1001 }, () => ({ a: 1 })) })),
    ends: false,
    waits: 0,
  }),
  smuggled: () => ({
    bytes: `${post}Content-Length: 4\r\n${chunked}0\r\n\r\nGET / HTTP/1.1\r\n\r\n`,
    ends: false,
    waits: 0,
  }),
};

/** Clients of each sort at once. */
const clients = { good: 4, hostile: 8 };
/** Of a connection that a hostile client holds. */
const longest = 5000;

/**
 * Asks a server well and badly at once: what is malformed, huge, slow, half closed and hostile, beside requests that
 * must be answered, and afterwards are asked for again.
 *
 * @param random  of what the hostile clients send
 */
export async function stressServer(
  { model, log, seconds }: { readonly model: string; readonly log: string; readonly seconds: number },
  random: Random,
): Promise<StressedServer> {
  const child = await servingChild(model, log);
  let exited = false;
  child.process.once("exit", () => (exited = true));
  const answers = new Map<string, { readonly number: number; readonly hash: string }>();
  const hostile: Record<string, number> = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, 0]));
  const until = performance.now() + 1000 * seconds;
  const isOver = (): boolean => performance.now() >= until || exited;
  let [number, refused] = [0, 0];
  const good = async (): Promise<void> => {
    while (!isOver()) {
      const own = number++;
      try {
        const { status, text } = await ask(child.url, `good-${own}`, own);
        if (status === 200) answers.set(`good-${own}`, { number: own, hash: sha256(text) });
        else {
          refused++;
          await setTimeout(50);
        }
      } catch {
        refused++;
      }
    }
  };
  const bad = async (): Promise<void> => {
    const names = Object.keys(kinds);
    while (!isOver()) {
      const name = names[Math.floor(names.length * random())];
      const { bytes, ends, waits } = kinds[name](random);
      await attack(child.port, bytes, { ends, waits });
      hostile[name]++;
    }
  };
  const memory: number[] = [];
  const watch = async (): Promise<void> => {
    while (!isOver()) {
      const status = await readFile(`/proc/${child.process.pid}/status`, "utf8").catch(() => "");
      const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(status) ?? [];
      if (kilobytes !== undefined) memory.push(Number(kilobytes) / 1000);
      await setTimeout(500);
    }
  };
  await Promise.all([
    watch(),
    ...Array.from({ length: clients.good }, good),
    ...Array.from({ length: clients.hostile }, bad),
  ]);
  const crashed = exited || (await child.end("SIGTERM")) !== 0;
  const after = await servingChild(model, log);
  let lost = 0;
  for (const [id, { number: own, hash }] of answers) {
    const { text, isRepeated } = await ask(after.url, id, own);
    if (!isRepeated || sha256(text) !== hash) lost++;
  }
  await after.end("SIGTERM");
  return {
    seconds,
    acknowledged: answers.size,
    refused,
    hostile,
    crashed,
    lost,
    megabytes: {
      early: memory[Math.floor(memory.length / 5)] ?? NaN,
      most: Math.max(...memory),
      last: memory.at(-1) ?? NaN,
    },
  };
}

async function attack(
  port: number,
  bytes: string,
  { ends, waits }: { readonly ends: boolean; readonly waits: number },
): Promise<void> {
  await new Promise<void>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(Buffer.from(bytes, "latin1"));
      if (ends) socket.end();
      if (waits < 0) socket.destroy();
      if (waits > 0) void setTimeout(waits).then(() => socket.destroy());
    });
    socket.setTimeout(longest, () => socket.destroy());
    // What comes is thrown away; who is answered is done.
    socket.on("data", () => waits === 0 && socket.destroy());
    socket.on("error", () => undefined);
    socket.on("close", () => resolve());
  });
}
