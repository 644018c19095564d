import { InputError } from "../../core/InputError.js";
import type { CanaryPlan } from "../../deployment/evaluateCanary.js";
import { projectName, projectPath } from "../../io/projectPath.js";
import { readText } from "../../io/readText.js";
import type { Alert } from "../../core/Alert.js";
import { alertLine, raisedLines } from "../alerts/formatAlerts.js";
import { type AlertSinks, keepAlerts, requireSinks } from "../alerts/keepAlerts.js";
import { startServer } from "../../serving/startServer.js";
import { findModel } from "../predict/findModel.js";
import { predictionsShape } from "../predict/predictionsShape.js";
import type { VerbPlace } from "../Verb.js";
import { servedModel } from "./servedModel.js";
import { registeredVersions } from "./registeredVersions.js";
import { championOnly, type Versions } from "../../serving/Versions.js";

/** What is served, where, how a challenger is tried, and where alerts go beside the terminal. */
export interface ServeOptions extends AlertSinks {
  /** Name of a model, the beginning of one, or the path of its folder; default: the only one there. */
  readonly model?: string;
  /** Folder of models (default data/models of the project). */
  readonly directory?: string;
  /** Folder of a registry. */
  readonly registry?: string;
  readonly port?: number;
  readonly host?: string;
  readonly tokenFile?: string;
  readonly canary?: number;
  readonly shadow?: boolean;
  readonly promote?: boolean;
  readonly log?: string;
  readonly rate?: number;
  readonly mostRecipes?: number;
  /** Threads of each model that answer (default one less than there are processors, from 1 to 8). */
  readonly workers?: number;
  /** Ends the server (default: SIGTERM or SIGINT does). */
  readonly until?: Promise<unknown>;
}

/** What a server did, at its end. */
export interface Served {
  readonly url: string;
  readonly champion: string;
  readonly challenger: string | null;
  readonly log: string;
  readonly requests: number;
  readonly outcomes: number;
}

/** A canary that is no worse is aborted once in a hundred; it passes within 3 points, on 500 outcomes at least. */
const plan: Omit<CanaryPlan, "share"> = { alpha: 0.01, margin: 0.03, leastOutcomes: 500, mostAwaited: 100_000 };

const usualPort = 8080;
/** Shorter ones can be tried through. */
const leastToken = 16;

/**
 * Serves until it is asked to end; then what came is answered, and the log closed. Where it listens is told at once: as
 * a line of JSON, or of text.
 *
 * @throws InputError if an option, the model, the log or the port cannot be used
 */
export async function serve(
  {
    model,
    directory,
    registry,
    port = usualPort,
    host = "127.0.0.1",
    tokenFile,
    canary,
    shadow = false,
    promote = false,
    log = projectPath("data", "requests"),
    rate,
    mostRecipes,
    workers,
    until,
    ...sinks
  }: ServeOptions = {},
  { progress, json }: VerbPlace = {},
): Promise<Served> {
  const say = (line: string): void => void progress?.write(`${line}\n`);
  if (registry !== undefined && model !== undefined)
    throw new InputError({
      where: "--registry",
      must: "must be given without --model",
      got: "both",
      mend: "leave out the one that is not served",
    });
  const token = await tokenOf(tokenFile);
  await requireSinks(sinks);
  const versions: Versions =
    registry === undefined
      ? championOnly(await servedModel(await findModel(model, { directory }), { workers }))
      : await registeredVersions(registry, { workers });
  const { champion, challenger } = versions;
  const asked = canary !== undefined ? "--canary" : shadow ? "--shadow" : promote ? "--promote" : null;
  if (challenger === null && asked !== null) {
    if (registry === undefined)
      throw new InputError({
        where: asked,
        must: "needs a challenger",
        got: "a model alone",
        mend: "name one with `twin registry promote VERSION --alias challenger`, and serve --registry",
      });
    // After a rollback a service starts again with the options it had.
    say(`${asked}: ${projectName(registry)} has no challenger, so the champion answers all requests`);
  }
  /** Alerts are kept one after the other, and none ends the server. */
  let told: Promise<void> = Promise.resolve();
  const tell = (alert: Alert): Promise<void> =>
    keepAlerts([alert], sinks).then(
      (raised) => {
        raisedLines(raised, sinks, 1).forEach(say);
      },
      (error: unknown) => {
        say(`${alertLine(alert)}\nnot kept: ${error instanceof Error ? error.message : String(error)}`);
      },
    );
  const server = await startServer({
    ...{ versions, log, host, port, token, answerShape: predictionsShape },
    rollout:
      challenger === null
        ? {}
        : { canary: canary === undefined ? null : { share: canary, ...plan }, shadow, promotes: promote },
    limits: {
      ...(rate === undefined ? {} : { requestsPerSecond: rate }),
      ...(mostRecipes === undefined ? {} : { recipes: mostRecipes }),
    },
    onAlert: (alert) => void (told = told.then(() => tell(alert))),
    onError: (error) => say(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    onWarning: say,
  });
  const about = {
    url: server.url,
    champion: champion.version,
    challenger: challenger?.version ?? null,
    log: projectName(log),
  };
  const end = until ?? signalled();
  if (json === undefined) say(`serving ${champion.version.slice(0, 12)} on ${server.url} (try ${server.url}/docs)`);
  else await json(`${JSON.stringify(about)}\n`);
  await end;
  await server.close();
  await told;
  const { requests, outcomes } = server.counts();
  return { ...about, requests, outcomes };
}

async function tokenOf(file: string | undefined): Promise<string | null> {
  const from = file === undefined ? "TWIN_TOKEN" : "--token-file";
  const token = (file === undefined ? (process.env.TWIN_TOKEN ?? "") : await readText(file)).trim();
  if (file === undefined && token === "") return null;
  if (/^[!-~]+$/.test(token) && token.length >= leastToken) return token;
  throw new InputError({
    where: from,
    must: `must hold a token of at least ${leastToken} visible ASCII characters`,
    got: `${token.length} characters`,
    mend: "make one, for example with `openssl rand -hex 32`",
  });
}

/** A second signal ends the process at once. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      for (const signal of ["SIGTERM", "SIGINT"] as const) process.off(signal, end);
      resolve();
    };
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, end);
  });
}
