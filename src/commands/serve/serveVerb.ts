import { InputError } from "../../core/InputError.js";
import { finiteNumber, wholeNumber } from "../optionParsers.js";
import type { Verb } from "../Verb.js";
import type { Served, ServeOptions } from "./serve.js";

const mostWorkers = 64;

/** The verb `twin serve`: its options, its run and its text. */
export const serveVerb: Verb<ServeOptions, Served> = {
  usage: "serve",
  meaning: "answers over HTTP what `twin predict` answers, logs it, and tries a challenger on a share of requests",
  options: [
    {
      flags: "--model <name>",
      meaning:
        "model to serve, as of `twin predict`; default: the champion of --registry, or the only one in data/models",
    },
    { flags: "--registry <folder>", meaning: "registry whose champion and challenger are served" },
    { flags: "--port <n>", meaning: "port to listen on; 0 takes a free one (default 8080)", parse: port },
    {
      flags: "--host <address>",
      meaning: "address to listen on (default 127.0.0.1: this machine alone); others need a token",
    },
    {
      flags: "--token-file <file>",
      meaning: "file with the token that clients must send; default: the variable TWIN_TOKEN, or none",
    },
    { flags: "--canary <share>", meaning: "share of requests that the challenger answers, such as 0.1", parse: share },
    { flags: "--shadow", meaning: "have the challenger answer, unseen, what the champion answers" },
    { flags: "--promote", meaning: "make a challenger that passed the champion; default: only say so on /rollout" },
    { flags: "--log <folder>", meaning: "folder of the log of requests (default data/requests)" },
    { flags: "--alerts <file>", meaning: ".jsonl that alerts are appended to: `twin alerts list` shows them" },
    { flags: "--webhook <address>", meaning: "http or https address that alerts are posted to as JSON" },
    {
      flags: "--rate <n>",
      meaning: "requests that an address may send in a second (default 200)",
      parse: wholeNumber("--rate"),
    },
    {
      flags: "--most-recipes <n>",
      meaning: "recipes that a request may have (default 1000)",
      parse: wholeNumber("--most-recipes"),
    },
    {
      flags: "--workers <n>",
      meaning: "threads of each model that answer (default: one less than there are cores, at most 8)",
      parse: workers,
    },
  ],
  async run(options, place) {
    const { serve } = await import("./serve.js");
    const served = await serve(options, place);
    const { requests, outcomes } = served;
    return {
      text: `ended; the log has ${requests} requests and ${outcomes} outcomes`,
      data: served,
      isWritten: place?.json !== undefined,
    };
  },
};

function port(text: string): number {
  const value = wholeNumber("--port")(text);
  if (value <= 65_535) return value;
  throw new InputError({ where: "--port", must: "must be at most 65535", got: text, mend: "write for example 8080" });
}

function workers(text: string): number {
  const value = wholeNumber("--workers")(text);
  if (value >= 1 && value <= mostWorkers) return value;
  throw new InputError({
    where: "--workers",
    must: `must be from 1 to ${mostWorkers}`,
    got: text,
    mend: "leave it out for one less than there are cores",
  });
}

function share(text: string): number {
  const value = finiteNumber("--canary")(text);
  if (value > 0 && value < 1) return value;
  throw new InputError({
    where: "--canary",
    must: "must be a share of requests, above 0 and below 1",
    got: text,
    mend: "write for example 0.1, or leave it out",
  });
}
