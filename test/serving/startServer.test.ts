import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { phaseNames } from "../../src/chemistry/phases.js";
import type { Alert } from "../../src/core/Alert.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { drawnArm } from "../../src/deployment/drawnArm.js";
import { sha256 } from "../../src/io/sha256.js";
import type { ProblemBody } from "../../src/serving/Problem.js";
import type { RolloutReport } from "../../src/serving/rolloutKeeper.js";
import type { RunningServer, ServerOptions } from "../../src/serving/ServerOptions.js";
import { startServer } from "../../src/serving/startServer.js";
import { championOnly } from "../../src/serving/Versions.js";
import { temporaryFolder } from "../support/temporaryFolder.js";
import { fakeModel, fakeVersions } from "./fakeModel.js";

const folder = await temporaryFolder();
const running: RunningServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

async function started(options: Partial<ServerOptions> = {}): Promise<RunningServer & { readonly log: string }> {
  const log = options.log ?? (await mkdtemp(join(folder, "log-")));
  const server = await startServer({
    versions: championOnly(fakeModel("a")),
    answerShape: z.object({}),
    limits: { requestsPerSecond: 1_000_000 },
    ...options,
    log,
  });
  running.push(server);
  return { ...server, log };
}

interface Got {
  readonly status: number;
  readonly text: string;
  readonly json: ProblemBody & Readonly<Record<string, unknown>>;
  readonly headers: Headers;
}

async function send(
  server: RunningServer,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Got> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(server.url + path, {
    method: body === undefined ? "GET" : "POST",
    ...(body === undefined ? {} : { body: text }),
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
  });
  const got = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  return {
    status: response.status,
    text: got,
    json: (isJson ? JSON.parse(got) : {}) as Got["json"],
    headers: response.headers,
  };
}

const rolloutOf = async (server: RunningServer): Promise<RolloutReport> =>
  (await send(server, "/rollout")).json as unknown as RolloutReport;
const canary = { share: 0.5, alpha: 0.01, margin: 0.05, leastOutcomes: 100, mostAwaited: 10_000 };

describe("POST /predict", () => {
  it("gives what the model says, and who says it", async () => {
    const server = await started();
    const { status, text, headers } = await send(server, "/predict", { id: "x", recipes: [{}, { bad: 1 }] });
    expect(status).toBe(200);
    expect(text).toBe('{\n"said": ["CsPbBr3",null],\n"by": "a"\n}\n');
    expect(headers.get("model-version")).toBe("a".repeat(64));
    expect(headers.get("request-id")).toBe("x");
    expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
  });

  it("gives the first answer to the same id again, by body or header, and 409 to another body", async () => {
    const model = fakeModel("a");
    const server = await started({ versions: championOnly(model) });
    const first = await send(server, "/predict", { recipes: [{}] }, { "idempotency-key": "k" });
    const again = await send(server, "/predict", { recipes: [{}] }, { "idempotency-key": "k" });
    expect([again.text, again.headers.get("idempotent-replayed")]).toEqual([first.text, "true"]);
    expect(model.asked).toHaveLength(1);
    const other = await send(server, "/predict", { recipes: [{ a: 1 }] }, { "idempotency-key": "k" });
    expect(other).toMatchObject({ status: 409, json: { type: "urn:cspbbr3-twin:problem:id-taken", status: 409 } });
    expect((await send(server, "/predict?explain=true", { recipes: [{}] }, { "idempotency-key": "k" })).status).toBe(
      409,
    );
    expect((await send(server, "/predict", { id: "l", recipes: [{}] }, { "idempotency-key": "k" })).status).toBe(400);
  });

  it("hands on what is asked beside the answers", async () => {
    const model = fakeModel("a");
    const server = await started({ versions: championOnly(model) });
    await send(server, "/predict?explain=true&secondOpinion=false", { recipe: { leadMolar: 1 } });
    expect(model.asked).toEqual([{ recipes: { one: { leadMolar: 1 } }, explain: true, secondOpinion: false }]);
    expect((await send(server, "/predict?explain=perhaps", { recipes: [{}] })).status).toBe(400);
    expect((await send(server, "/predict?other=1", { recipes: [{}] })).status).toBe(400);
  });

  it.each<[string, number, string, unknown]>([
    ["no body", 400, "malformed-json", ""],
    ["no JSON", 400, "malformed-json", "{"],
    ["JSON 10,000 deep", 400, "malformed-json", `{"recipes": ${"[".repeat(10_000)}`],
    ["__proto__", 400, "malformed-json", '{"recipes": [{"__proto__": {"x": 1}}]}'],
    ["a key twice", 400, "malformed-json", '{"recipes": [], "recipes": []}'],
    ["no recipes", 400, "invalid-request", {}],
    ["an empty list", 400, "invalid-request", { recipes: [] }],
    ["a list", 400, "invalid-request", [{}]],
    ["recipes that are none", 400, "invalid-request", { recipes: [17] }],
    ["another field", 400, "invalid-request", { recipes: [{}], model: "/etc/passwd" }],
    ["an id with a space", 400, "invalid-request", { id: "a b", recipes: [{}] }],
    ["an id of 201 letters", 400, "invalid-request", { id: "a".repeat(201), recipes: [{}] }],
    ["too many recipes", 413, "too-large", { recipes: Array.from({ length: 1001 }, () => ({})) }],
    ["recipes that are all refused", 422, "recipes-refused", { recipes: [{ bad: 1 }] }],
    ["recipes that cannot be read", 422, "recipes-refused", { recipes: [{ unreadable: 1 }] }],
    ["a body of more than a megabyte", 413, "too-large", { recipes: [{ route: "x".repeat(1_100_000) }] }],
  ])("answers %s with %i as a problem, and logs nothing", async (_, status, kind, body) => {
    const server = await started();
    const got = await send(server, "/predict", body);
    expect([got.status, got.json.type]).toEqual([status, `urn:cspbbr3-twin:problem:${kind}`]);
    expect(got.json).toMatchObject({
      status,
      title: expect.any(String) as string,
      detail: expect.any(String) as string,
    });
    expect(got.headers.get("content-type")).toContain("application/problem+json");
    expect(got.text).not.toMatch(/\bat \S+:\d+:\d+|node_modules/);
    expect(server.counts().requests).toBe(0);
  });

  it("names row and column of what is wrong", async () => {
    const server = await started();
    const shape = await send(server, "/predict", { recipes: [{}, { leadMolar: [1] }] });
    expect(shape.json.faults?.[0]).toMatchObject({ row: 2, column: "leadMolar" });
    const refused = await send(server, "/predict", { recipes: [{ bad: 1 }] });
    expect(refused.json.faults).toEqual([
      { row: 1, column: "bad", at: "row 1, column bad", must: "m", got: "g", mend: "n" },
    ]);
  });

  it("takes no body of a gigabyte: it is refused before it has come", async () => {
    const server = await started();
    const status = await new Promise<string>((resolve) => {
      const socket = connect(server.port, "127.0.0.1", () =>
        socket.write(
          "POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
            "Content-Length: 1000000000\r\n\r\n{",
        ),
      );
      socket.once("data", (piece) => {
        resolve(piece.toString().split("\r\n")[0]);
        socket.destroy();
      });
    });
    expect(status).toBe("HTTP/1.1 413 Payload Too Large");
  });

  it("tells nothing of what broke inside, but its operator", async () => {
    const errors: unknown[] = [];
    const model = fakeModel("a", { before: () => Promise.reject(new Error("secret /home/me")) });
    const server = await started({ versions: championOnly(model), onError: (error) => errors.push(error) });
    const got = await send(server, "/predict", { recipes: [{}] });
    expect(got.status).toBe(500);
    expect(got.text).not.toContain("secret");
    expect(String(errors[0])).toContain("secret");
    const nan = await started({ versions: championOnly(fakeModel("a", { isValid: () => false })) });
    expect((await send(nan, "/predict", { recipes: [{}] })).status).toBe(500);
  });

  it("acknowledges nothing where its log is gone, and says that it is not ready", async () => {
    const server = await started();
    expect((await send(server, "/readyz")).status).toBe(200);
    await rm(server.log, { recursive: true });
    const got = await send(server, "/predict", { recipes: [{}] });
    expect([got.status, got.headers.get("retry-after")]).toEqual([503, "5"]);
    expect((await send(server, "/readyz")).status).toBe(503);
    expect((await send(server, "/healthz")).status).toBe(200);
  });
});

describe("a server", () => {
  it("on another address than this machine's needs a token, and then asks for it", async () => {
    await expect(started({ host: "0.0.0.0" })).rejects.toThrow(/--host: must be an address of this machine alone/);
    const server = await started({ token: "0123456789abcdef" });
    const bare = await send(server, "/predict", { recipes: [{}] });
    expect([bare.status, bare.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    const wrong = await send(server, "/metrics", undefined, { authorization: "Bearer 0123456789abcdeg" });
    expect(wrong.status).toBe(401);
    const right = { authorization: "Bearer 0123456789abcdef" };
    expect((await send(server, "/predict", { recipes: [{}] }, right)).status).toBe(200);
    expect((await send(server, "/readyz")).status).toBe(200);
  });

  it("on this machine answers to its own name alone, not to a page that came by another", async () => {
    const server = await started();
    const statusFor = (host: string): Promise<number> =>
      new Promise((resolve, reject) => {
        request({ port: server.port, path: "/rollout", headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode!);
        })
          .on("error", reject)
          .end();
      });
    expect(await statusFor("localhost:80")).toBe(200);
    expect(await statusFor("[::1]:80")).toBe(200);
    expect(await statusFor("evil.example")).toBe(403);
    expect(await statusFor("127.0.0.1.evil.example")).toBe(403);
  });

  it("lets nobody try tokens through", async () => {
    const server = await started({ token: "0123456789abcdef", limits: { requestsPerSecond: 5 } });
    // Those who watch it have a limit of their own, so that others do not blind them.
    for (const path of ["/rollout", "/metrics"]) {
      const tries = await Promise.all(
        Array.from({ length: 12 }, (_, i) => send(server, path, undefined, { authorization: `Bearer ${i}` })),
      );
      expect(new Set(tries.map(({ status }) => status)), path).toEqual(new Set([401, 429]));
    }
  });

  it("that finds its port in use says so", async () => {
    const server = await started();
    await expect(started({ port: server.port })).rejects.toThrow(
      `127.0.0.1, port ${server.port}: no other program may listen there; got EADDRINUSE`,
    );
  });

  it("lets an address ask so many times a second, but for those who watch it", async () => {
    const server = await started({ limits: { requestsPerSecond: 5 } });
    const statuses = await Promise.all(Array.from({ length: 12 }, () => send(server, "/rollout")));
    expect(statuses.some(({ status }) => status === 429)).toBe(true);
    const limited = statuses.find(({ status }) => status === 429)!;
    expect(limited.headers.get("retry-after")).toBe("1");
    expect(limited.json.type).toBe("urn:cspbbr3-twin:problem:too-many");
    const absent = await Promise.all(Array.from({ length: 12 }, () => send(server, "/nothing")));
    expect(absent.some(({ status }) => status === 429)).toBe(true);
    const watched = await Promise.all(Array.from({ length: 12 }, () => send(server, "/healthz")));
    expect(watched.every(({ status }) => status === 200)).toBe(true);
  });

  it("sends away what comes while 200 requests wait for their answers, and logs nothing of it", async () => {
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const server = await started({ versions: championOnly(fakeModel("a", { before: () => held })) });
    let away = 0;
    const answers = Array.from({ length: 210 }, async () => {
      const { status } = await send(server, "/predict", { recipes: [{}] });
      // Those that wait do so until the last one is sent away.
      if (status === 503 && ++away === 10) letGo();
      return status;
    });
    const statuses = await Promise.all(answers);
    expect(statuses.filter((status) => status === 503)).toHaveLength(10);
    expect(statuses.filter((status) => status === 200)).toHaveLength(200);
    expect(server.counts().requests).toBe(200);
  });

  it("answers what it has when it ends, and takes nothing new", async () => {
    let isAsked = false;
    const slow = fakeModel("a", { before: () => ((isAsked = true), setTimeout(300)) });
    const server = await started({ versions: championOnly(slow) });
    const answer = send(server, "/predict", { id: "last", recipes: [{}] });
    while (!isAsked) await setTimeout(5);
    const closed = server.close();
    expect((await answer).status).toBe(200);
    await closed;
    await expect(send(server, "/healthz")).rejects.toThrow("fetch failed");
    const again = await started({ log: server.log });
    expect((await send(again, "/predict", { id: "last", recipes: [{}] })).headers.get("idempotent-replayed")).toBe(
      "true",
    );
  });

  it("answers bytes that are no HTTP, half a request and a header without end, and lives on", async () => {
    const server = await started();
    const answerTo = (bytes: string): Promise<string> =>
      new Promise((resolve) => {
        let got = "";
        const socket = connect(server.port, "127.0.0.1", () => socket.end(bytes));
        socket.on("data", (piece) => (got += piece.toString()));
        socket.on("close", () => resolve(got));
        socket.on("error", () => undefined);
      });
    expect(await answerTo("hello\r\n\r\n")).toContain("HTTP/1.1 400 Bad Request");
    expect(await answerTo(`GET / HTTP/1.1\r\nHost: localhost\r\nx: ${"y".repeat(100_000)}\r\n\r\n`)).toContain(
      "HTTP/1.1 431",
    );
    await answerTo("POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
    expect((await send(server, "/%")).status).toBe(400);
    expect((await send(server, "/predict", "{}", { "content-type": "text/plain" })).status).toBe(415);
    expect((await send(server, "/predict")).status).toBe(404);
    expect((await send(server, "/healthz")).status).toBe(200);
  });

  it("publishes the schemas that check its requests, and a page that loads nothing from elsewhere", async () => {
    const server = await started();
    const { json } = await send(server, "/openapi.json");
    const paths = json.paths as Readonly<Record<string, object>>;
    expect(Object.keys(paths)).toEqual(["/predict", "/outcomes", "/rollout", "/healthz", "/readyz", "/metrics"]);
    expect(json.openapi).toBe("3.1.0");
    const text = JSON.stringify(paths["/predict"]);
    for (const part of ["temperatureCelsius", "in °C", "explain", "application/problem+json", '"409"'])
      expect(text).toContain(part);
    const page = await send(server, "/docs/");
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    // A path that leads out of the pages, which fetch would shorten.
    const status = await new Promise((resolve, reject) => {
      request({ port: server.port, path: "/docs/static/../../../package.json" }, (response) => {
        resolve(response.resume().statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(status).toBe(404);
  });
});

describe("a rollout", () => {
  const right = { phase: () => 0 };
  const ask = (server: RunningServer, id: string): Promise<Got> => send(server, "/predict", { id, recipes: [{}] });

  it("sends the drawn share of requests to the challenger, the same ids again after a restart", async () => {
    const options = { versions: fakeVersions(fakeModel("a"), fakeModel("b")), rollout: { canary } };
    const server = await started(options);
    const by = new Map<string, string>();
    for (let i = 0; i < 40; i++) by.set(`r${i}`, (await ask(server, `r${i}`)).headers.get("model-version")!);
    for (const [id, version] of by)
      expect(version[0]).toBe(drawnArm(id, "b".repeat(64), 0.5, { hash: sha256 }) === "canary" ? "b" : "a");
    await server.close();
    const again = await started({ ...options, log: server.log });
    for (const [id, version] of by) expect((await ask(again, id)).headers.get("model-version")).toBe(version);
    expect((await rolloutOf(again)).verdict!.reports.canary!.awaited).toBe(40);
    await again.close();
    // Who leaves the canary out tries nothing any more.
    const without = await started({ versions: options.versions, log: server.log });
    for (let i = 0; i < 20; i++) expect((await ask(without, `s${i}`)).headers.get("model-version")![0]).toBe("a");
    expect(await rolloutOf(without)).toMatchObject({ state: "none", share: 0, verdict: null });
  });

  it("rolls a bad challenger back by itself, says so, and stays with the champion, also after a restart", async () => {
    const alerts: Alert[] = [];
    const versions = fakeVersions(fakeModel("a", right), fakeModel("b", { phase: () => 1 }));
    const options = { versions, rollout: { canary }, onAlert: (alert: Alert) => alerts.push(alert) };
    const server = await started(options);
    const random = seededRandom(3);
    let count = 0;
    while (versions.rolledBack.length === 0 && count < 400) {
      const id = `r${count++}`;
      await ask(server, id);
      // One in seven is none of either.
      const phase = phaseNames[random() < 0.86 ? 0 : 2];
      expect((await send(server, "/outcomes", { id, row: 1, phase })).status).toBe(200);
    }
    expect(count).toBeLessThan(400);
    const report = await rolloutOf(server);
    expect(report).toMatchObject({ state: "rolled back", share: 0, verdict: { decision: "rollback" } });
    expect(versions.rolledBack).toEqual([
      { challenger: "b".repeat(64), why: report.ended!.why, evidence: report.ended!.evidence },
    ]);
    expect(report.ended!.why).toContain("wrong");
    expect(alerts.map(({ id }) => id)).toEqual(["canary-aborted"]);
    for (let i = 0; i < 20; i++) expect((await ask(server, `later${i}`)).headers.get("model-version")![0]).toBe("a");
    expect((await send(server, "/metrics")).text).toContain("twin_canary_rolled_back 1");
    await server.close();
    // The registry is told again, in case it was not before the end.
    const again = await started({ ...options, log: server.log });
    expect(versions.rolledBack).toHaveLength(2);
    expect((await rolloutOf(again)).state).toBe("rolled back");
    for (let i = 0; i < 20; i++) expect((await ask(again, `last${i}`)).headers.get("model-version")![0]).toBe("a");
    await again.close();
    // Whatever is to be tried now, what was decided is carried out first.
    const other = { canary: { ...canary, share: 0.9 } };
    for (const [times, rollout] of [
      [3, other],
      [4, {}],
    ] as const) {
      const next = await started({ ...options, rollout, log: server.log });
      expect(versions.rolledBack).toHaveLength(times);
      expect((await rolloutOf(next)).state).toBe("rolled back");
      for (let i = 0; i < 9; i++) expect((await ask(next, `${times}-${i}`)).headers.get("model-version")![0]).toBe("a");
      await next.close();
    }
    // Who was put there again by somebody is tried anew.
    const retried = { ...versions, since: "e".repeat(64) };
    const last = await started({ ...options, versions: retried, log: server.log });
    expect(versions.rolledBack).toHaveLength(4);
    expect(await rolloutOf(last)).toMatchObject({ state: "running", share: 0.5, ended: null });
  });

  it("holds what neither arm answers against the arm it was drawn for, once however often it is asked", async () => {
    const crash = { before: () => Promise.reject(new Error("crash")) };
    const [champion, challenger] = [fakeModel("a", crash), fakeModel("b", crash)];
    const server = await started({ versions: fakeVersions(champion, challenger), rollout: { canary } });
    for (let i = 0; i < 40; i++) expect((await ask(server, `r${i % 20}`)).status).toBe(500);
    const drawn = Array.from(
      { length: 20 },
      (_, i) => drawnArm(`r${i}`, "b".repeat(64), 0.5, { hash: sha256 }) === "canary",
    );
    const rows = drawn.filter((isCanary) => isCanary).length;
    const { failed, invalid } = (await rolloutOf(server)).verdict!.reports.canary!.harms;
    expect(failed).toMatchObject({ canary: { rows, hits: rows }, champion: { rows: 20 - rows, hits: 20 - rows } });
    expect(invalid).toMatchObject({ canary: { hits: 0 }, champion: { hits: 0 } });
  });

  it("lets the champion answer where the challenger crashes or gives NaN, and holds it against it", async () => {
    for (const bad of [{ before: () => Promise.reject(new Error("crash")) }, { isValid: () => false }]) {
      const versions = fakeVersions(fakeModel("a"), fakeModel("b", bad));
      const server = await started({ versions, rollout: { canary } });
      for (let i = 0; i < 60 && versions.rolledBack.length === 0; i++) {
        const { status, headers } = await ask(server, `r${i}`);
        expect([status, headers.get("model-version")![0]]).toEqual([200, "a"]);
      }
      await setTimeout(50);
      expect(versions.rolledBack[0].why).toMatch(/failed|invalid/);
    }
  });

  it("promotes only where that was asked for", async () => {
    for (const promotes of [false, true]) {
      const versions = fakeVersions(fakeModel("a", { phase: () => 1 }), fakeModel("b", right));
      const server = await started({
        versions,
        rollout: { canary: { ...canary, leastOutcomes: 30, margin: 0.5 }, promotes },
      });
      for (let i = 0; i < 160; i++) {
        await ask(server, `r${i}`);
        await send(server, "/outcomes", { id: `r${i}`, row: 1, phase: phaseNames[i % 4 === 0 ? 1 : 0] });
      }
      const report = await rolloutOf(server);
      expect(report.state).toBe(promotes ? "promoted" : "running");
      expect(report.verdict!.decision).toBe("promote");
      expect(versions.promoted).toHaveLength(promotes ? 1 : 0);
      if (promotes) expect((await ask(server, "later")).headers.get("model-version")![0]).toBe("b");
    }
  });

  it("asks the challenger in the shadow, and shows nobody what it says", async () => {
    const challenger = fakeModel("b", { phase: ({ n }) => (Number(n) % 2 === 0 ? 0 : 1) });
    const server = await started({ versions: fakeVersions(fakeModel("a"), challenger), rollout: { shadow: true } });
    for (let i = 0; i < 10; i++) {
      const { headers } = await send(server, "/predict", { id: `r${i}`, recipes: [{ n: i }] });
      expect(headers.get("model-version")![0]).toBe("a");
    }
    await setTimeout(200);
    await send(server, "/outcomes", { id: "r1", row: 1, phase: phaseNames[0] });
    const { verdict } = await rolloutOf(server);
    expect(verdict!.reports.shadow!.counts).toEqual({
      ...{ requests: 10, unanswered: 0, alike: 5, outcomes: 1 },
      ...{ onlyChampionRight: 1, onlyChallengerRight: 0 },
    });
    expect(verdict!.decision).toBe("hold");
  });
});

describe("POST /outcomes", () => {
  it("keeps outcomes and corrections, and refuses what does not fit", async () => {
    const server = await started();
    await send(server, "/predict", { id: "x", recipes: [{}, { bad: 1 }] });
    const report = (body: object): Promise<Got> =>
      send(server, "/outcomes", { id: "x", row: 1, phase: "CsPbBr3", ...body });
    const first = await report({});
    expect(first).toMatchObject({ status: 200, json: { isNew: true } });
    expect((await report({})).json).toMatchObject({ isNew: false, outcome: first.json.outcome });
    expect((await report({ phase: "Cs4PbBr6" })).status).toBe(409);
    expect((await report({ phase: "Cs4PbBr6", corrects: first.json.outcome })).json).toMatchObject({ isNew: true });
    expect((await report({ id: "y" })).status).toBe(404);
    expect((await report({ row: 2 })).status).toBe(404);
    expect((await report({ row: 0 })).status).toBe(400);
    expect((await report({ phase: "glass" })).status).toBe(400);
    const { text } = await send(server, "/metrics");
    expect(text).toContain(`twin_outcomes_total{version="aaaaaaaaaaaa",result="right",kind="first"} 1`);
    expect(text).toContain(`twin_outcomes_total{version="aaaaaaaaaaaa",result="wrong",kind="correction"} 1`);
  });
});
