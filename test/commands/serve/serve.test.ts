import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { phaseNames } from "../../../src/chemistry/phases.js";
import { predictVerb } from "../../../src/commands/predict/predictVerb.js";
import { addModel, promote } from "../../../src/commands/registry/changeRegistry.js";
import { serve, type ServeOptions } from "../../../src/commands/serve/serve.js";
import { serveVerb } from "../../../src/commands/serve/serveVerb.js";
import { trainPhaseModel } from "../../../src/commands/train/trainPhaseModel.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { isCategory } from "../../../src/core/Table.js";
import { generateExperiments } from "../../../src/generation/generateExperiments.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { readRegistry } from "../../../src/io/registry/readRegistry.js";
import { recipeColumns } from "../../../src/predictor/recipeColumns.js";
import { killWhileLogging } from "../../../src/workspace/proofs/serving/killWhileLogging.js";
import { ask, servingChild } from "../../../src/workspace/proofs/serving/servingChild.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const folder = await temporaryFolder();
const directory = join(folder, "models");
const freshLog = (): Promise<string> => mkdtemp(join(folder, "log-"));
let model = "";
let recipes: Record<string, unknown>[] = [];

beforeAll(async () => {
  model = (await trainPhaseModel({ seed: 3, rows: 3_000, hidden: [16], epochs: 4, out: directory })).model!;
  const { columns, numRows } = (await generateExperiments({ rows: 300, seed: 8 })).table;
  recipes = Array.from({ length: numRows }, (_, row) =>
    Object.fromEntries(
      Object.keys(recipeColumns).flatMap((name): [string, unknown][] => {
        if (!Object.hasOwn(columns, name)) return [];
        const column = columns[name];
        const value = isCategory(column) ? column.levels[column.codes[row]] : column[row];
        return [[name, value === "" || Number.isNaN(value) ? null : value]];
      }),
    ),
  );
}, 60_000);

/** Serves while `use` runs. */
async function serving<Result>(use: (url: string) => Promise<Result>, options: ServeOptions = {}): Promise<Result> {
  let letGo = (): void => undefined;
  const until = new Promise<void>((resolve) => (letGo = resolve));
  let tell = (_: string): void => undefined;
  const line = new Promise<string>((resolve) => (tell = resolve));
  const ended = serve(
    { model, directory, port: 0, log: await freshLog(), until, ...options },
    { json: (text) => Promise.resolve(tell(text)) },
  );
  try {
    const started = await Promise.race([line, ended.then(() => "")]);
    return await use((JSON.parse(started) as { readonly url: string }).url);
  } finally {
    letGo();
    await ended;
  }
}

async function post(url: string, body: unknown): Promise<{ readonly status: number; readonly text: string }> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: response.status, text: await response.text() };
}

/** What `twin predict --json` prints of a file of the same recipes, its name left out. */
async function predicted(
  content: unknown,
  options: { readonly explain?: boolean; readonly secondOpinion?: boolean } = {},
): Promise<string> {
  const file = join(await mkdtemp(join(folder, "asked-")), "recipes.json");
  await writeFile(file, JSON.stringify(content));
  const pieces: string[] = [];
  await predictVerb.run(
    { directory, model, file, ...options },
    {
      json: (text) => {
        pieces.push(text);
        return Promise.resolve();
      },
    },
  );
  return pieces.join("").replace(/^"file": .*,$/m, '"file": null,');
}

describe("POST /predict", () => {
  it("gives what `twin predict --json` gives of the same rows, byte for byte", async () => {
    const odd = [
      { ...recipes[0], leadMolar: null },
      { ...recipes[1], temperatureCelsius: "170", operator: "me", vial: 17 },
      { ...recipes[2], leadMolar: "n/a" },
      { ...recipes[3], temperatureCelsius: "hot" },
      { ...recipes[4], leadMolar: 1e9 },
      { ...recipes[5], caesiumSource: "caesium carbonate", lab: "12345678901234567890" },
      { ...recipes[6], route: undefined, oleicAcidMolar: undefined },
    ];
    await serving(async (url) => {
      for (const asked of [recipes, recipes.slice(0, 1), odd, [...odd, ...recipes]]) {
        const { status, text } = await post(`${url}/predict`, { recipes: asked });
        expect(status).toBe(200);
        expect(text).toBe(await predicted(asked));
      }
    });
  }, 60_000);

  it("gives explanation, second opinion and neighbours as `twin predict --explain` does", async () => {
    await serving(async (url) => {
      const few = recipes.slice(0, 5);
      expect((await post(`${url}/predict?explain=true`, { recipes: few })).text).toBe(
        await predicted(few, { explain: true }),
      );
      expect((await post(`${url}/predict?secondOpinion=true`, { recipes: few })).text).toBe(
        await predicted(few, { secondOpinion: true }),
      );
      const one = Object.fromEntries(Object.entries(recipes[0]).filter(([, value]) => value !== null));
      expect((await post(`${url}/predict`, { recipe: one })).text).toBe(await predicted(one));
      const all = { explain: true, secondOpinion: true };
      const { text } = await post(`${url}/predict?explain=true&secondOpinion=true`, { recipe: one });
      expect(text).toBe(await predicted(one, all));
      expect(text).toContain('"noNearest"');
      expect((await post(`${url}/predict?explain=true`, { recipes: recipes.slice(0, 51) })).status).toBe(413);
    });
  }, 120_000);

  it("answers plain requests while a long one is explained, with any number of threads alike", async () => {
    const few = recipes.slice(0, 20);
    const texts = new Set<string>();
    for (const workers of [1, 2])
      await serving(
        async (url) => {
          let isExplained = false;
          const long = post(`${url}/predict?explain=true`, { recipes: recipes.slice(0, 50) }).then((answer) => {
            isExplained = true;
            return answer;
          });
          for (let i = 0; i < 3; i++) texts.add((await post(`${url}/predict`, { recipes: few })).text);
          expect(isExplained).toBe(false);
          expect((await long).status).toBe(200);
        },
        { workers },
      );
    expect(texts.size).toBe(1);
  }, 60_000);

  it("says what `twin predict` says where none can be answered", async () => {
    await serving(async (url) => {
      const { status, text } = await post(`${url}/predict`, { recipes: [{ ...recipes[0], leadMolar: 1e9 }] });
      expect(status).toBe(422);
      const { detail } = JSON.parse(text) as { readonly detail: string };
      await expect(predicted([{ ...recipes[0], leadMolar: 1e9 }])).rejects.toThrow(detail);
      const misspelt = await post(`${url}/predict`, { recipes: [{ leadMolr: 1, caesiumMolar: 1, bromideMolar: 1 }] });
      expect([misspelt.status, misspelt.text]).toEqual([422, expect.stringContaining("leadMolar")]);
    });
  });
});

describe("twin serve --registry", () => {
  it("answers by champion and challenger, and withdraws one that errs in the registry, for its numbers", async () => {
    const registry = join(folder, "registry");
    const log = await freshLog();
    const other = (await trainPhaseModel({ seed: 4, rows: 3_000, hidden: [16], epochs: 4, out: directory })).model!;
    const given = { registry, directory, who: "test", why: "to try" };
    const [champion, challenger] = [await addModel(model, given), await addModel(other, given)];
    const evidence = [join(directory, model, "model.json")];
    for (const [alias, { version }] of [["champion", champion] as const, ["challenger", challenger] as const])
      await promote(version, { ...given, alias, evidence });
    const options = { registry, log, canary: 0.5, model: undefined };
    await serving(async (url) => {
      for (let i = 0; i < 200; i++) {
        const response = await fetch(`${url}/predict`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ id: `r${i}`, recipes: [recipes[i]] }),
        });
        const { rows, model: said } = (await response.json()) as { readonly model: string; rows: { phase: string }[] };
        const isChallenger = response.headers.get("model-version") === challenger.version;
        expect(said).toBe(isChallenger ? other : model);
        // Every answer of the challenger is called wrong, and most of the champion's right.
        const isWrong = isChallenger || i % 7 === 0;
        const phase = isWrong ? phaseNames.find((name) => name !== rows[0].phase) : rows[0].phase;
        expect((await post(`${url}/outcomes`, { id: `r${i}`, row: 1, phase })).status).toBe(200);
        if ((await readRegistry(registry)).aliases.challenger === undefined) break;
      }
      const state = (await (await fetch(`${url}/rollout`)).json()) as { readonly ended: { readonly evidence: string } };
      const { aliases, entries } = await readRegistry(registry);
      expect(aliases).toEqual({ champion: champion.version });
      expect(entries.at(-1)).toMatchObject({
        ...{ action: "rollback", alias: "challenger", before: challenger.version, who: "twin serve" },
        ...{ why: expect.stringContaining("wrong") as string, evidence: [`rollout@${state.ended.evidence}`] },
      });
    }, options);
    // Broke: a service that starts with --canary did not start again once its challenger was rolled back.
    const said: string[] = [];
    const progress = { write: (text: string) => said.push(text) > 0 };
    await serve({ ...options, until: Promise.resolve() }, { progress });
    expect(said[0]).toMatch(/^--canary: .* has no challenger, so the champion answers all requests/);
  }, 120_000);

  it("without a champion, or with a byte that changed, is refused", async () => {
    const registry = await mkdtemp(join(folder, "registry-"));
    await expect(serve({ registry, log: await freshLog() })).rejects.toThrow(/must have a champion; got none/);
    const given = { registry, directory, who: "test", why: "to try" };
    const { version } = await addModel(model, given);
    await promote(version, { ...given, alias: "champion", evidence: [join(directory, model, "model.json")] });
    const weights = join(registry, "versions", version, "model", model, "weights.bin");
    const bytes = await readFile(weights);
    bytes[100] ^= 1;
    await writeFile(weights, bytes);
    await expect(serve({ registry, log: await freshLog() })).rejects.toThrow(/weights\.bin: must have the hash/);
  }, 60_000);
});

describe("twin serve", () => {
  it("refuses options that make no sense, and tells which", async () => {
    const refused = async (options: ServeOptions): Promise<string> =>
      serve({ model, directory, log: await freshLog(), until: Promise.resolve(), ...options }).then(
        () => "served",
        (error: unknown) => (error as Error).message,
      );
    expect(await refused({ canary: 0.1 })).toMatch(/^--canary: needs a challenger; got a model alone/);
    expect(await refused({ shadow: true })).toMatch(/^--shadow: needs a challenger/);
    expect(await refused({ registry: folder })).toMatch(/^--registry: must be given without --model/);
    expect(await refused({ model: "abcdef" })).toMatch(/^--model: must name one of/);
    expect(await refused({ host: "0.0.0.0" })).toMatch(/^--host: must be an address of this machine alone/);
    const short = join(folder, "token");
    await writeFile(short, "secret\n");
    expect(await refused({ tokenFile: short })).toMatch(/^--token-file: must hold a token of at least 16/);
    expect(await refused({ log: join(folder, "no", "such", "folder") })).toMatch(/mkdir/);
    const parse = (flag: string): ((text: string) => unknown) =>
      serveVerb.options.find(({ flags }) => flags.startsWith(flag))!.parse!;
    expect(() => parse("--canary")("1")).toThrow("above 0 and below 1");
    expect(() => parse("--port")("70000")).toThrow("at most 65535");
    expect(parse("--port")("0")).toBe(0);
    for (const text of ["0", "65"]) expect(() => parse("--workers")(text)).toThrow("must be from 1 to 64");
    expect(parse("--workers")("64")).toBe(64);
  });

  it("tells where it listens as a line of JSON, answers what it has on SIGTERM, and exits with 0", async () => {
    const log = await freshLog();
    const child = await servingChild(join(directory, model), log);
    const answers = Promise.all(
      Array.from({ length: 50 }, (_, i) => ask(child.url, `drain-${i}`, i).catch(() => null)),
    );
    await setTimeout(30);
    expect(await child.end("SIGTERM")).toBe(0);
    const acknowledged = (await answers).filter((answer) => answer?.status === 200).length;
    const lines = (await readFile(join(log, "requests-000001.jsonl"), "utf8")).trim().split("\n");
    expect(lines.length).toBeGreaterThanOrEqual(acknowledged);
    expect(child.said()).toBe("");
  }, 60_000);

  it("exits with 2 where its port is in use", async () => {
    await serving(async (url) => {
      const cli = projectPath("dist", "cli.js");
      const { port } = new URL(url);
      const parameters = ["serve", "--model", join(directory, model), "--port", port, "--log", await freshLog()];
      const child = spawn(process.execPath, [cli, ...parameters]);
      let said = "";
      child.stderr.on("data", (piece: Buffer) => (said += piece.toString()));
      expect(await once(child, "exit")).toEqual([2, null]);
      expect(said).toContain("no other program may listen there; got EADDRINUSE");
      expect(said).not.toContain("    at ");
    });
  }, 60_000);

  it("killed ten times while it logs loses nothing that it acknowledged", async () => {
    const killed = await killWhileLogging(
      { model: join(directory, model), log: await freshLog(), kills: 10 },
      seededRandom(1),
    );
    expect(killed).toMatchObject({ kills: 10, lost: 0 });
    expect(killed.acknowledged).toBeGreaterThan(20);
  }, 120_000);
});
