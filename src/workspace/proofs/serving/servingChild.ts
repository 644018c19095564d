import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { projectPath } from "../../../io/projectPath.js";

/** A `twin serve` in a process of its own. */
export interface ServingChild {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** Sends the signal, and waits for its end. @returns exit code; null where the signal ended it */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
  /** What it wrote to standard error. */
  readonly said: () => string;
}

/**
 * Starts `twin serve` on a free port of this machine, and waits until it listens.
 *
 * @param model       path of its folder
 * @param parameters  more of them
 * @throws Error with what it wrote, if it ends instead
 */
export async function servingChild(
  model: string,
  log: string,
  parameters: readonly string[] = [],
): Promise<ServingChild> {
  const cli = projectPath("dist", "cli.js");
  const all = ["serve", "--model", model, "--log", log, "--port", "0", "--rate", "1000000", "--json", ...parameters];
  const child = spawn(process.execPath, [cli, ...all], { stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (piece: Buffer) => (stderr = (stderr + piece.toString()).slice(-100_000)));
  const ended = once(child, "exit") as Promise<[number | null]>;
  const line = new Promise<string>((resolve) => {
    let stdout = "";
    child.stdout.on("data", (piece: Buffer) => {
      stdout += piece.toString();
      if (stdout.includes("\n")) resolve(stdout);
    });
  });
  const started = await Promise.race([line, ended.then(() => null)]);
  if (started === null) throw new Error(`twin serve ended: ${stderr}`);
  const { url } = JSON.parse(started) as { readonly url: string };
  return {
    url,
    port: Number(new URL(url).port),
    process: child,
    async end(signal) {
      child.kill(signal);
      const [code] = await ended;
      return code;
    },
    said: () => stderr,
  };
}

/** A recipe that any model of the phase answers, a little different for each number. */
export function recipeOf(number: number): object {
  return {
    route: "hot injection",
    temperatureCelsius: 120 + (number % 80),
    timeSecond: 5,
    caesiumMolar: 0.008,
    leadMolar: 0.03,
    bromideMolar: 0.06,
    caesiumSource: "caesium oleate",
    bromideSource: "lead bromide",
  };
}

/** Asks for a prediction. @throws Error if no whole answer came */
export async function ask(
  url: string,
  id: string,
  number: number,
): Promise<{ readonly status: number; readonly text: string; readonly isRepeated: boolean }> {
  const response = await fetch(`${url}/predict`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ id, recipes: [recipeOf(number)] }),
  });
  const text = await response.text();
  return { status: response.status, text, isRepeated: response.headers.has("idempotent-replayed") };
}
