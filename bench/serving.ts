import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { trainPhaseModel } from "../dist/commands/train/trainPhaseModel.js";
import { isCategory } from "../dist/core/Table.js";
import { generateExperiments } from "../dist/generation/generateExperiments.js";
import { recipeColumns } from "../dist/predictor/recipeColumns.js";
import { missingPeer } from "./missingPeer.js";
import type { Paced } from "./pacedLoad.js";

// `twin serve` on loopback, with the load generator on the same processors: 100 recipes a request, 50 requests a
// second for `seconds`, evenly and at random, and then as many as it answers. Every answer is on the disk before it is
// sent, with the recipes: what that takes is told beside it, as is processor time. Peers answer the same recipes in the
// same run.
// autocannon holds no pace: its -R sends what a second may have at once, at the second's beginning.
// `tsx bench/serving.ts MODEL` serves the model in that folder; without one, one of 20,000 rows is trained.

const [recipesAtOnce, rate, seconds, warmSeconds, connections] = [100, 50, 20, 5, 4];
const mostP99 = 20;
const readable = { encoding: "utf8", maxBuffer: 1 << 26 } as const;

/** A server that is asked the same. */
interface Peer {
  readonly name: string;
  /** @returns where it listens, and how it is ended; null where it is not installed */
  readonly start: (model: string, folder: string) => Promise<{ readonly url: string; end: () => Promise<void> } | null>;
}

const twin: Peer = {
  name: "twin serve",
  async start(model, folder) {
    const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
    const log = join(folder, "log");
    const child = spawn(
      process.execPath,
      [cli, "serve", "--model", model, "--log", log, "--port", "0", "--rate", "1000000", "--json"],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    return {
      url: (JSON.parse(line.toString()) as { readonly url: string }).url,
      async end() {
        child.kill("SIGTERM");
        await once(child, "exit");
      },
    };
  },
};

/**
 * The same model as one ONNX graph behind FastAPI and onnxruntime, with the same fields in its answers. It writes
 * nothing down. Needs a Python with bench/peers/serve_fastapi.requirements.txt, named by PEER_PYTHON, or python3.
 */
const fastApi: Peer = {
  name: "FastAPI and onnxruntime",
  async start(model, folder) {
    const python = process.env.PEER_PYTHON ?? "python3";
    if (spawnSync(python, ["-c", "import fastapi, onnxruntime, orjson, uvicorn"]).status !== 0) {
      console.log(missingPeer(python, "fastapi", "-r bench/peers/serve_fastapi.requirements.txt"));
      return null;
    }
    const graph = join(folder, "model.onnx");
    const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
    execFileSync(process.execPath, [cli, "export", model, "--out", graph], { stdio: "ignore" });
    const script = fileURLToPath(new URL("peers/serve_fastapi.py", import.meta.url));
    const port = 20_000 + (process.pid % 20_000);
    const child = spawn(python, [script, graph, "--port", String(port)], { stdio: ["ignore", "inherit", "inherit"] });
    const url = `http://127.0.0.1:${port}`;
    for (
      let tries = 0;
      !(await fetch(`${url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      ));
      tries++
    ) {
      if (tries > 200) throw new Error(`${script} did not come up on port ${port}`);
      await setTimeout(100);
    }
    return {
      url,
      async end() {
        child.kill("SIGTERM");
        await once(child, "exit");
      },
    };
  },
};

const peers: readonly Peer[] = [twin, fastApi];

/** What autocannon, in a process of its own, tells of its requests. */
interface Loaded {
  readonly latency: { readonly p99: number };
  readonly requests: { readonly average: number };
  readonly non2xx: number;
  readonly errors: number;
}

/** As many as are answered. */
function load(url: string, file: string, duration: number): Loaded {
  const cannon = fileURLToPath(new URL("../node_modules/autocannon/autocannon.js", import.meta.url));
  const how = ["-j", "-n", "-c", String(connections), "-d", String(duration), "-m", "POST"];
  const type = ["-H", "content-type=application/json", "-i", file];
  return JSON.parse(execFileSync(process.execPath, [cannon, ...how, ...type, `${url}/predict`], readable)) as Loaded;
}

function pacedLoad(url: string, file: string, pace: "even" | "poisson"): Paced {
  const [tsx, script] = ["../node_modules/tsx/dist/cli.mjs", "pacedLoad.ts"].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const how = [tsx, script, `${url}/predict`, file, String(rate), String(seconds), pace];
  return JSON.parse(execFileSync(process.execPath, how, readable)) as Paced;
}

const folder = await mkdtemp(join(tmpdir(), "bench-serving-"));
try {
  const given = process.argv[2];
  const directory = join(folder, "models");
  const model =
    given === undefined
      ? join(directory, (await trainPhaseModel({ rows: 20_000, epochs: 3, seed: 1, out: directory })).model!)
      : resolve(given);
  const { columns } = (await generateExperiments({ rows: recipesAtOnce, seed: 9 })).table;
  const recipes = Array.from({ length: recipesAtOnce }, (_, row) =>
    Object.fromEntries(
      Object.keys(recipeColumns)
        .filter((name) => Object.hasOwn(columns, name))
        .map((name) => {
          const column = columns[name];
          return [name, isCategory(column) ? column.levels[column.codes[row]] || null : column[row]];
        }),
    ),
  );
  const body = JSON.stringify({ recipes });
  const file = join(folder, "body.json");
  await writeFile(file, body);
  console.log(
    `${availableParallelism()} processors, load ${loadavg()[0].toFixed(1)}; ` +
      `${(body.length / 1000).toFixed(0)} kB a request`,
  );
  const rates: number[] = [];
  for (const { name, start } of peers) {
    const server = await start(model, folder);
    if (server === null) continue;
    try {
      load(server.url, file, warmSeconds);
      const [even, random] = (["even", "poisson"] as const).map((pace) => pacedLoad(server.url, file, pace));
      const most = load(server.url, file, seconds / 2);
      const failed = even.failed + random.failed + most.non2xx + most.errors;
      const told = ({ p50, p99, max }: Paced): string =>
        `p50 ${p50.toFixed(0)}, p99 ${p99.toFixed(0)}, most ${max.toFixed(0)} ms`;
      console.log(
        `${name}: ${rate} requests/s of ${recipesAtOnce} recipes, evenly ${told(even)} ` +
          `(bar: p99 <= ${mostP99} ms: ${even.p99 <= mostP99 && failed === 0 ? "met" : "not met"}), ` +
          `at random ${told(random)}; saturated ${most.requests.average.toFixed(0)} requests/s, ` +
          `p99 ${most.latency.p99} ms; ${failed} failed`,
      );
      rates.push(most.requests.average);
      if (name === twin.name) {
        const metrics = await (await fetch(`${server.url}/metrics`)).text();
        const of = (metric: string): number => Number(new RegExp(`^${metric} (.*)$`, "m").exec(metrics)?.[1]);
        const [time, count] = [of("twin_log_sync_seconds_sum"), of("twin_log_sync_seconds_count")];
        console.log(
          `  fsync of a group ${((1000 * time) / count).toFixed(2)} ms; processor ` +
            `${((1000 * of("process_cpu_seconds_total")) / of("twin_log_requests")).toFixed(2)} ms a request`,
        );
      }
    } finally {
      await server.end();
    }
  }
  const [ours, theirs] = rates;
  if (theirs !== undefined)
    console.log(`${twin.name} answers ${(ours / theirs).toFixed(2)} x as many (bar: at least 1)`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
