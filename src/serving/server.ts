import type { AddressInfo } from "node:net";
import { getHeapStatistics } from "node:v8";
import Fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from "fastify";
import * as z from "zod";
import { phaseNames } from "../chemistry/phases.js";
import { packageVersion } from "../io/packageVersion.js";
import { accessGuard } from "./accessGuard.js";
import { answerRequest, tryOf } from "./answerRequest.js";
import { checked } from "./checked.js";
import { listen } from "./listen.js";
import { openApi, type RouteShapes } from "./openApi.js";
import { parseBody } from "./parseBody.js";
import { Problem, type ProblemKind } from "./Problem.js";
import { openRequestBook } from "./requestBook.js";
import {
  type OutcomeBody,
  outcomeAnswer,
  outcomeShape,
  predictQuery,
  predictShape,
  requestId,
  stateShape,
} from "./requestShapes.js";
import { rolloutKeeper } from "./rolloutKeeper.js";
import { problemOf, refuseConnection, sendProblem } from "./sendProblem.js";
import type { AskedRecipes, ServedAnswer } from "./ServedModel.js";
import type { AllServerOptions, RunningServer, ServerLimits } from "./ServerOptions.js";
import { serverMetrics } from "./serverMetrics.js";

declare module "fastify" {
  interface FastifyRequest {
    /** Its body as it came. */
    raw_: Uint8Array | null;
    /** Version that answered it. */
    version_: string;
  }
}

/** Milliseconds a client may take for its headers, for all of a request, between two, and for one more byte. */
const patience = { headers: 10_000, request: 20_000, keepAlive: 10_000, silence: 30_000 };
const mostConnections = 2048;
/** Bytes of bodies that are on their way at once: more wait outside. */
const mostBodyBytes = 64 * 1024 * 1024;
/** Requests that are being answered, with those that wait for it: more are sent away. */
const mostAnswering = 200;
/** Requests that wait for the challenger's answer in the shadow; more are not asked of it. */
const mostShadows = 64;
/** Milliseconds that requests get to be answered when the server ends. */
const drainLimit = 10_000;

const json = "application/json; charset=utf-8";

/** Starts a server as startServer says, which loads all this only then. */
export async function runServer({
  versions,
  log,
  host,
  port,
  token,
  rollout,
  limits,
  answerShape,
  onAlert,
  onError,
  onWarning,
}: AllServerOptions): Promise<RunningServer> {
  let onMoved = (): void => undefined;
  let onSync = (_: number, __: number): void => undefined;
  const book = await openRequestBook(log, {
    onWarning,
    onRollout: () => onMoved(),
    onSync: (seconds, lines) => onSync(seconds, lines),
  });
  try {
    const keeper = rolloutKeeper(book, versions, rollout, onAlert);
    const metrics = serverMetrics({ counts: book.counts, rollout: keeper.report, isWritable: book.isWritable });
    await keeper.start();
    onMoved = keeper.moved;
    onSync = metrics.sync;
    keeper.moved();
    let isDraining = false;
    let shadows: Promise<void> = Promise.resolve();
    let [waitingShadows, answering] = [0, 0];
    const app = Fastify({
      bodyLimit: limits.bodyBytes,
      connectionTimeout: patience.silence,
      keepAliveTimeout: patience.keepAlive,
      requestTimeout: patience.request,
      maxRequestsPerSocket: 0,
      forceCloseConnections: "idle",
      http: { headersTimeout: patience.headers, connectionsCheckingInterval: 1000 },
      clientErrorHandler: refuseConnection,
      frameworkErrors: (error, _, reply) => void sendProblem(reply, problemOf(error)),
      logger: false,
    });
    app.server.maxConnections = mostConnections;
    app.decorateRequest("raw_", null);
    app.decorateRequest("version_", "");
    app.removeAllContentTypeParsers();
    app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body, done) => {
      try {
        request.raw_ = body as Buffer;
        done(null, parseBody(request.raw_));
      } catch (error) {
        done(error as Error);
      }
    });
    app.setErrorHandler((error: FastifyError, _, reply) => {
      const problem = problemOf(error);
      if (problem.kind === "failed") onError(error);
      return sendProblem(reply, problem);
    });
    const guard = accessGuard({ host, token });
    let bodyBytes = 0;
    app.addHook("onRequest", (_, reply, done) => {
      void reply.header("x-content-type-options", "nosniff");
      done();
    });
    // Behind the limit of requests, so that no token can be tried through, and before a body is taken in.
    app.addHook("preParsing", (request, reply, payload, done) => {
      const { shapes } = request.routeOptions.config;
      try {
        guard.requireHost(request.headers);
        if (shapes !== undefined && shapes.isOpen !== true) guard.requireToken(request.headers);
        if (shapes?.body !== undefined) {
          // Not even its bytes are taken in, where there are too many of others.
          const length = Number(request.headers["content-length"] ?? limits.bodyBytes);
          const own = Math.min(Number.isFinite(length) ? length : limits.bodyBytes, limits.bodyBytes);
          if (isDraining || bodyBytes + own > mostBodyBytes) throw busy(isDraining);
          bodyBytes += own;
          reply.raw.once("close", () => (bodyBytes -= own));
        }
        done(null, payload);
      } catch (error) {
        done(error as Error);
      }
    });
    app.addHook("onResponse", (request, reply, done) => {
      metrics.request({
        route: request.routeOptions.url ?? "unknown",
        method: request.method,
        status: reply.statusCode,
        version: request.version_.slice(0, 12),
        seconds: reply.elapsedTime / 1000,
      });
      done();
    });
    const isWatched = ({ url }: Pick<FastifyRequest, "url">): boolean =>
      /^\/(?:healthz|readyz|metrics)(?:\?|$)/.test(url);
    const { default: rateLimit } = await import("@fastify/rate-limit");
    await app.register(rateLimit, {
      max: limits.requestsPerSecond,
      timeWindow: 1000,
      allowList: isWatched,
      errorResponseBuilder: () =>
        new Problem("too-many", `an address may ask ${limits.requestsPerSecond} times a second; wait a second`),
    });
    app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) =>
      sendProblem(reply, new Problem("not-found", `${request.method} ${request.url.slice(0, 200)}: see /docs`)),
    );
    const { default: underPressure } = await import("@fastify/under-pressure");
    await app.register(underPressure, {
      maxEventLoopDelay: 1000,
      maxHeapUsedBytes: 0.9 * getHeapStatistics().heap_size_limit,
      retryAfter: 1,
      pressureHandler: (request) => {
        if (!isWatched(request)) throw busy(false);
      },
    });
    await openApi(app, { version: await packageVersion() });
    const route = <Body, Query>(
      method: "GET" | "POST",
      url: string,
      shapes: RouteShapes,
      answer: (request: FastifyRequest, reply: FastifyReply, of: { body: Body; query: Query }) => unknown,
    ): void => {
      const isTried = shapes.isOpen !== true && token !== null && isWatched({ url });
      app.route({
        method,
        url,
        // What is watched has a limit of its own where a token could be tried there.
        config: { shapes, ...(isTried ? { rateLimit: { allowList: [] } } : {}) },
        handler: (request, reply) =>
          answer(request, reply, {
            query: checked<Query>(shapes.query, request.query, "the query"),
            body: checked<Body>(shapes.body, request.body, "the body"),
          }),
      });
    };
    const count = (version: string, made: ServedAnswer): void => {
      const phases = new Map<string, number>();
      for (const code of made.said)
        if (code !== null) phases.set(phaseNames[code], (phases.get(phaseNames[code]) ?? 0) + 1);
      const { refused, outside } = made;
      metrics.answered({ version: version.slice(0, 12), phases, refused: refused.length, outside });
    };
    const shade = (id: string, asked: AskedRecipes): void => {
      const { challenger } = versions;
      const state = book.rollout();
      if (challenger === null || state?.plan.challenger !== challenger.version) return;
      if (!state.plan.shadow || state.ended !== null || waitingShadows >= mostShadows) return;
      waitingShadows++;
      shadows = shadows
        .then(() => new Promise((resolve) => setImmediate(resolve)))
        .then(async () => {
          const tried = await tryOf(challenger, { ...asked, explain: false, secondOpinion: false });
          const said = tried.kind === "answered" ? tried.answer.said : null;
          const isAlike = await book.shadow(id, said, challenger.version);
          metrics.shadow(said === null ? "unanswered" : isAlike ? "alike" : "different");
        })
        // Nobody waits for it: the log says itself that it cannot be written.
        .catch(() => undefined)
        .finally(() => waitingShadows--);
    };
    type Predict = z.infer<typeof predictShape>;
    type Query = z.infer<typeof predictQuery>;
    const common: readonly ProblemKind[] = [
      "malformed-json",
      "invalid-request",
      "token-missing",
      "too-many",
      "not-ready",
    ];
    route<Predict, Query>(
      "POST",
      "/predict",
      {
        summary: "Phases and quantities of recipes, with their limits",
        tag: "predictions",
        body: predictShape,
        query: predictQuery,
        answer: answerShape,
        problems: [...common, "id-taken", "too-large", "media-type", "recipes-refused", "failed"],
      },
      async (request, reply, { body, query }) => {
        const raw = request.raw_!;
        const asked = askedOf(body, query, limits);
        const id = idOf(body.id, request.headers["idempotency-key"]) ?? book.freshId(raw);
        const options = `explain=${asked.explain},secondOpinion=${asked.secondOpinion}`;
        const { version, bytes, isRepeated } = await book.answer(id, { body: raw, options }, async () => {
          if (answering >= mostAnswering) throw busy(false);
          answering++;
          try {
            const answered = await answerRequest(id, asked, { book, versions, slow: limits.slowMilliseconds });
            count(answered.version, answered.made);
            return answered;
          } finally {
            answering--;
          }
        });
        request.version_ = version;
        if (!isRepeated && version === versions.champion.version) shade(id, asked);
        return reply
          .headers({ "content-type": json, "cache-control": "no-store" })
          .headers({
            "request-id": id,
            "model-version": version,
            ...(isRepeated ? { "idempotent-replayed": "true" } : {}),
          })
          .send(bytes);
      },
    );
    route<OutcomeBody, unknown>(
      "POST",
      "/outcomes",
      {
        summary: "What was made by a recipe that was asked about",
        tag: "predictions",
        body: outcomeShape,
        answer: outcomeAnswer,
        problems: [...common, "request-unknown", "outcome-conflict"],
      },
      async (request, reply, { body }) => {
        const { outcome, isNew, version, ...found } = await book.outcome(body);
        request.version_ = version;
        if (isNew) metrics.outcome({ version: version.slice(0, 12), ...found });
        return reply.send({ outcome, isNew });
      },
    );
    route(
      "GET",
      "/rollout",
      {
        summary: "What the numbers say of the challenger: promote, hold or rollback",
        tag: "rollout",
        answer: rolloutShape,
        problems: ["token-missing"],
      },
      (_, reply) => reply.send({ ...keeper.report(), log: book.counts() }),
    );
    const healthy = { status: "ok" } as const;
    route(
      "GET",
      "/healthz",
      { summary: "Whether the server lives", tag: "operation", answer: stateShape, problems: [], isOpen: true },
      (_, reply) => reply.send(healthy),
    );
    route(
      "GET",
      "/readyz",
      {
        summary: "Whether it answers requests",
        tag: "operation",
        answer: stateShape,
        problems: ["not-ready"],
        isOpen: true,
      },
      async (_, reply) => {
        const reason = isDraining
          ? "the server is ending"
          : (await book.isWritable())
            ? null
            : "the log of requests cannot be written";
        return reply
          .code(reason === null ? 200 : 503)
          .send(reason === null ? healthy : { status: "not ready", reason });
      },
    );
    route(
      "GET",
      "/metrics",
      {
        summary: "Counters for Prometheus",
        tag: "operation",
        answer: "text/plain",
        problems: ["token-missing", "too-many"],
      },
      async (_, reply) => reply.type(metrics.contentType).send(await metrics.text()),
    );
    await listen(app, { host, port });
    const { address, port: own } = app.server.address() as AddressInfo;
    return {
      url: `http://${address.includes(":") ? `[${address}]` : address}:${own}`,
      port: own,
      async close() {
        if (isDraining) return;
        isDraining = true;
        const late = setTimeout(() => app.server.closeAllConnections(), drainLimit);
        try {
          await app.close();
          await shadows;
          await keeper.settled();
        } finally {
          clearTimeout(late);
          await book.close();
        }
      },
      counts: () => book.counts(),
    };
  } catch (error) {
    await book.close();
    throw error;
  }
}

const rolloutShape = z.looseObject({
  state: z.enum(["none", "running", "rolled back", "promoted"]),
  champion: z.string(),
  challenger: z.string().nullable(),
  share: z.number().describe("of requests that goes to the challenger now"),
  shadow: z.boolean(),
  verdict: z
    .looseObject({ decision: z.enum(["promote", "hold", "rollback"]) })
    .nullable()
    .describe("what the numbers say now, and which numbers"),
  ended: z.looseObject({ decision: z.enum(["promote", "rollback"]), why: z.string() }).nullable(),
  log: z.strictObject({ requests: z.int(), outcomes: z.int(), corrected: z.int() }),
});

function askedOf(
  body: z.infer<typeof predictShape>,
  { explain, secondOpinion }: z.infer<typeof predictQuery>,
  { recipes: most, explained }: ServerLimits,
): AskedRecipes {
  const asked = { explain: explain === "true", secondOpinion: secondOpinion === "true" };
  if ("recipe" in body) return { ...asked, recipes: { one: body.recipe } };
  const limit = asked.explain || asked.secondOpinion ? explained : most;
  if (body.recipes.length > limit)
    throw new Problem(
      "too-large",
      `a request may have at most ${limit} recipes${limit === most ? "" : " that are explained"}; ` +
        `got ${body.recipes.length}; send them in several, or ask \`twin predict\``,
    );
  return { ...asked, recipes: body.recipes };
}

function idOf(own: string | undefined, header: string | string[] | undefined): string | undefined {
  if (header === undefined) return own;
  const given = requestId.safeParse(header);
  if (!given.success || (own !== undefined && own !== given.data))
    throw new Problem(
      "invalid-request",
      given.success
        ? "the header Idempotency-Key and the id of the body must be the same; leave one of them out"
        : `the header Idempotency-Key ${given.error.issues[0].message}`,
    );
  return given.data;
}

function busy(isDraining: boolean): Problem {
  return new Problem("not-ready", isDraining ? "the server is ending" : "too much is asked at once; wait a second", {
    headers: { "retry-after": "1" },
  });
}
