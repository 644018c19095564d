import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { type EvidenceFile, measurement, type Measurement } from "../../core/Evidence.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { projectPath } from "../../io/projectPath.js";
import { readRegistry } from "../../io/registry/readRegistry.js";
import { verifyRegistry } from "../../io/registry/verifyRegistry.js";
import { withTemporaryFolder } from "../../io/withTemporaryFolder.js";
import type { Proof } from "./Proof.js";

/** A registry whose writers are killed, or write at once. */
export const registryProof: Proof = {
  name: "registry",
  id: "assure-registry",
  about: "registries whose writers are killed at any moment, or write at once",
  record: () => registryEvidence(),
};

/** What was found of registries whose writers were killed. */
export interface KilledWriters {
  readonly kills: number;
  /** Times that an entry or a version was not whole. */
  readonly torn: number;
  /** Entries that a writer had been told of, over all kills. */
  readonly acknowledged: number;
  /** Of those, how many were not in the history afterwards. */
  readonly lost: number;
}

/** What was found of a registry in which several wrote at once. */
export interface WritersAtOnce {
  readonly writers: number;
  /** Entries that writers were told of; the others were refused, as somebody else had moved the alias. */
  readonly acknowledged: number;
  readonly refused: number;
  /** Acknowledged entries that the history does not have, and entries that nobody was told of. */
  readonly lost: number;
}

/**
 * @param options.killed  kills writers
 * @param options.atOnce  lets several write
 */
export function registryEvidence({
  killed = () => killedWriters(),
  atOnce = () => writersAtOnce(),
}: {
  readonly killed?: () => Promise<KilledWriters>;
  readonly atOnce?: () => Promise<WritersAtOnce>;
} = {}): Promise<EvidenceFile> {
  return recordedEvidence(
    {
      id: registryProof.id,
      inputs: ["package-lock.json", moduleSource(import.meta.url)],
      source: "src/io/registry/index.ts",
      madeBy: "assure",
    },
    async () => {
      const kills = await killed();
      const together = await atOnce();
      // How many entries a writer got done before its end depends on the machine: that is not recorded.
      return {
        result: { kills: kills.kills, writers: together.writers },
        measurements: measurementsOf(kills, together),
      };
    },
  );
}

function measurementsOf(kills: KilledWriters, together: WritersAtOnce): Measurement[] {
  const none = (id: string, meaning: string, value: number, unit: string, n: number): Measurement =>
    measurement({ id: `registry.${id}`, meaning, value, unit, n, threshold: 0, direction: "atMost" });
  return [
    none(
      "torn",
      "registries that were not whole after whoever promoted or registered was killed",
      kills.torn,
      "registries",
      kills.kills,
    ),
    none(
      "lost",
      "acknowledged entries that a killed writer's registry did not have",
      kills.lost,
      "entries",
      kills.kills,
    ),
    none(
      "lostAtOnce",
      "entries lost, or there untold, where several wrote at once",
      together.lost,
      "entries",
      together.writers,
    ),
  ];
}

/** Versions that are promoted in turn. */
const promoted = 3;
/** Bytes of a model, whose hash is what it answers: long enough to be killed while it is written. */
const modelBytes = 200_000;

/**
 * A process that promotes or registers without end, or `count` times, and tells of each entry when it is acknowledged:
 * its hash, or "refused".
 */
function writer(
  folder: string,
  {
    name,
    does,
    count = 1e9,
  }: { readonly name: string; readonly does: "promote" | "register"; readonly count?: number },
): ReturnType<typeof spawn> {
  const module = JSON.stringify(projectPath("dist", "io", "registry", "index.js"));
  const script = `
    import { promoteVersion, readRegistry, registerVersion } from ${module};
    import { createHash } from "node:crypto";
    import { mkdirSync, readFileSync, writeFileSync, writeSync } from "node:fs";
    import { join } from "node:path";
    const [registry, name, does, count, models] = ${JSON.stringify([
      join(folder, "registry"),
      name,
      does,
      count,
      join(folder, "models"),
    ])};
    const answer = async ({ directory, name }) =>
      createHash("sha256").update(readFileSync(join(directory, name, "model.bin"))).digest("hex");
    const reasons = { who: name, why: "drill", answer };
    const evidence = ["drill@" + "0".repeat(64)];
    const versions = (await readRegistry(registry)).standing.versions;
    for (let i = 0; i < count; i++) {
      try {
        if (does === "promote") {
          const { champion } = (await readRegistry(registry)).aliases;
          const version = versions.slice(0, ${promoted}).filter((one) => one !== champion)[i % 2];
          const { sha256 } = await promoteVersion(registry, { ...reasons, evidence, version, alias: "champion" });
          writeSync(1, sha256 + "\\n");
        } else {
          const bytes = Buffer.alloc(${modelBytes}, name + " " + i + " ");
          const model = createHash("sha256").update(bytes).digest("hex");
          mkdirSync(join(models, model), { recursive: true });
          writeFileSync(join(models, model, "model.bin"), bytes);
          const { version } = await registerVersion(registry, { ...reasons, probes: [],
            model: { directory: models, name: model },
            lineage: { kind: "drill", command: "", seed: 0, dataSha256: null, codeSha256: "0".repeat(64),
              splitSha256: null, evidence: [], limits: null } });
          writeSync(1, version + "\\n");
        }
      } catch (error) {
        if (!/somebody else moved it|is the champion already/.test(error.message)) throw error;
        writeSync(1, "refused\\n");
      }
    }`;
  return spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
}

/** Lines of a process as they come. */
function linesOf(child: ReturnType<typeof spawn>): readonly string[] {
  const lines: string[] = [];
  createInterface({ input: child.stdout! }).on("line", (line) => lines.push(line));
  return lines;
}

/** Registers the models of the drills by a process of its own. */
async function newRegistry(folder: string): Promise<void> {
  await mkdir(join(folder, "models"), { recursive: true });
  const child = writer(folder, { name: "first", does: "register", count: promoted });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`a registry for drills could not be made: exit code ${code}`);
}

/** Told entries and versions that a registry does not have. */
async function lostOf(folder: string, told: readonly string[]): Promise<number> {
  const { entries } = await readRegistry(join(folder, "registry"));
  const known = new Set(entries.flatMap(({ sha256: hash, version }) => [hash, version ?? ""]));
  return told.filter((one) => one !== "refused" && !known.has(one)).length;
}

/**
 * Kills who promotes, and in every fourth round who registers, at moments spread over the work, and looks at what is
 * left each time. Rounds go on in one registry, so that each writer finds what those before it left.
 */
export function killedWriters({ kills = 100 }: { readonly kills?: number } = {}): Promise<KilledWriters> {
  return withTemporaryFolder(async (place) => {
    let [torn, lost, acknowledged] = [0, 0, 0];
    let folder = "";
    for (let kill = 0; kill < kills; kill++) {
      // Nobody writes in one that is torn.
      if (folder !== join(place, String(torn))) {
        folder = join(place, String(torn));
        await newRegistry(folder);
      }
      const child = writer(folder, { name: `kill ${kill}`, does: kill % 4 === 3 ? "register" : "promote" });
      const told = linesOf(child);
      const ended = once(child, "close");
      // Killed within the work, not before it.
      await Promise.race([once(child.stdout!, "data"), ended]);
      await setTimeout((7 * kill) % 41);
      child.kill("SIGKILL");
      await ended;
      const { mismatches } = await verifyRegistry(join(folder, "registry"));
      if (mismatches.length > 0) torn++;
      else lost += await lostOf(folder, told);
      acknowledged += told.length;
    }
    return { kills, torn, acknowledged, lost };
  });
}

/** Lets several processes promote and register at once, and compares what they were told with the history. */
export function writersAtOnce({
  writers = 4,
  each = 15,
}: { readonly writers?: number; readonly each?: number } = {}): Promise<WritersAtOnce> {
  return withTemporaryFolder(async (folder) => {
    await newRegistry(folder);
    const before = (await readRegistry(join(folder, "registry"))).entries.length;
    const told = (
      await Promise.all(
        Array.from({ length: writers }, async (_, i) => {
          const does = i % 4 === 3 ? "register" : "promote";
          const child = writer(folder, { name: `writer ${i}`, does, count: each });
          const lines = linesOf(child);
          await once(child, "close");
          return lines;
        }),
      )
    ).flat();
    const acknowledged = told.filter((one) => one !== "refused");
    const { entries } = await readRegistry(join(folder, "registry"));
    const untold = Math.max(0, entries.length - before - acknowledged.length);
    return {
      writers,
      acknowledged: acknowledged.length,
      refused: told.length - acknowledged.length,
      lost: (await lostOf(folder, acknowledged)) + untold + (writers * each - told.length),
    };
  });
}
