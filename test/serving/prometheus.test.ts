import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { phaseNames } from "../../src/chemistry/phases.js";
import { projectPath } from "../../src/io/projectPath.js";
import type { RunningServer } from "../../src/serving/ServerOptions.js";
import { startServer } from "../../src/serving/startServer.js";
import { hasPrometheus, withoutPrometheus } from "../support/prometheus.js";
import { temporaryFolder } from "../support/temporaryFolder.js";
import { fakeModel, fakeVersions } from "./fakeModel.js";

const folder = await temporaryFolder();
const docs = (name: string): string => projectPath("docs", "serving", name);
const rules = readFileSync(docs("alerts.yml"), "utf8");
const dashboard = JSON.parse(readFileSync(docs("grafana.json"), "utf8")) as {
  readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[];
};

const ofRules = Array.from(rules.matchAll(/^ *expr: (.*)$/gm), ([, expr]) => expr);
const ofDashboard = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
const all = [...ofRules, ...ofDashboard];

/** Names of metrics that an expression asks for. */
const metricsIn = (expr: string): string[] => expr.match(/\b(?:twin|nodejs|process)_\w+\b|\bup\b/g) ?? [];

let server: RunningServer;
let exposed: ReadonlySet<string>;

beforeAll(async () => {
  const canary = { share: 0.5, alpha: 0.01, margin: 0.05, leastOutcomes: 100, mostAwaited: 10_000 };
  server = await startServer({
    versions: fakeVersions(fakeModel("a"), fakeModel("b")),
    log: join(folder, "log"),
    answerShape: z.object({}),
    rollout: { canary, shadow: true },
  });
  await traffic();
  const text = await (await fetch(`${server.url}/metrics`)).text();
  exposed = new Set(Array.from(text.matchAll(/^(\w+)(?:\{| )/gm), ([, name]) => name));
});

afterAll(() => server.close());

let count = 0;
async function traffic(): Promise<void> {
  const post = (path: string, body: object): Promise<Response> =>
    fetch(server.url + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  for (let i = 0; i < 10; i++) {
    const id = `r${count++}`;
    await post("/predict", { id, recipes: [{}, { bad: 1 }] });
    await post("/outcomes", { id, row: 1, phase: phaseNames[i % 2] });
  }
}

describe("alert rules and dashboard", () => {
  it("ask for nothing but what the server exposes", () => {
    expect(ofRules.length).toBeGreaterThan(5);
    expect(ofDashboard.length).toBeGreaterThan(10);
    for (const expr of all) {
      const names = metricsIn(expr);
      expect(names, expr).not.toEqual([]);
      expect(
        names.filter((name) => name !== "up" && !exposed.has(name)),
        expr,
      ).toEqual([]);
    }
  });

  it("leave out nothing of what the server counts itself", () => {
    const asked = new Set(all.flatMap(metricsIn));
    const own = [...exposed].filter((name) => name.startsWith("twin_") && !/_(?:sum|count|bucket)$/.test(name));
    expect(own.filter((name) => !asked.has(name))).toEqual([]);
  });

  it.skipIf(!hasPrometheus)(
    `are answered by a Prometheus that scrapes the server${withoutPrometheus}`,
    async () => {
      const target = new URL(server.url).host;
      const config = readFileSync(docs("prometheus.yml"), "utf8")
        .replace("127.0.0.1:8080", target)
        .replaceAll("15s", "500ms")
        .replace("alerts.yml", docs("alerts.yml"));
      await writeFile(join(folder, "prometheus.yml"), config);
      execFileSync("promtool", ["check", "config", join(folder, "prometheus.yml")], { stdio: "pipe" });
      execFileSync("promtool", ["check", "rules", docs("alerts.yml")], { stdio: "pipe" });
      const port = await freePort();
      const prometheus = spawn(
        "prometheus",
        [
          `--config.file=${join(folder, "prometheus.yml")}`,
          `--storage.tsdb.path=${join(folder, "tsdb")}`,
          `--web.listen-address=127.0.0.1:${port}`,
        ],
        { stdio: "ignore" },
      );
      const ended = once(prometheus, "exit");
      try {
        const ask = async (
          expr: string,
        ): Promise<{ readonly status: string; readonly data?: { result: unknown[] } }> => {
          const query = new URLSearchParams({ query: expr });
          const response = await fetch(`http://127.0.0.1:${port}/api/v1/query?${query.toString()}`);
          return (await response.json()) as { readonly status: string; readonly data?: { result: unknown[] } };
        };
        const isScraped = async (): Promise<boolean> =>
          ask("count_over_time(twin_log_requests[1m]) >= 4").then(
            ({ data }) => (data?.result.length ?? 0) > 0,
            () => false,
          );
        for (let i = 0; i < 60 && !(await isScraped()); i++) {
          await traffic();
          await setTimeout(500);
        }
        expect(await isScraped()).toBe(true);
        for (const expr of all) expect((await ask(expr)).status, expr).toBe("success");
        // Those of the dashboard show something, not only that they can be read.
        for (const expr of ofDashboard) expect((await ask(expr)).data?.result.length, expr).toBeGreaterThan(0);
        const answered = await fetch(`http://127.0.0.1:${port}/api/v1/rules`);
        const { data } = (await answered.json()) as {
          readonly data: { readonly groups: readonly { readonly rules: readonly { readonly health: string }[] }[] };
        };
        expect(data.groups.flatMap((group) => group.rules)).toHaveLength(ofRules.length);
        for (const { health } of data.groups.flatMap((group) => group.rules)) expect(health).not.toBe("err");
      } finally {
        prometheus.kill("SIGTERM");
        await ended;
      }
    },
    120_000,
  );
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
