import { type EvidenceFile, measurement, type Measurement } from "../../core/Evidence.js";
import { seededRandom } from "../../core/random/Random.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { withTemporaryFolder } from "../../io/withTemporaryFolder.js";
import { join } from "node:path";
import type { Proof } from "./Proof.js";
import { projectPath } from "../../io/projectPath.js";
import { runScript } from "./runProgram.js";
import { type KilledServers, killWhileLogging } from "./serving/killWhileLogging.js";
import { type StressedServer, stressServer } from "./serving/stressServer.js";

/** A server that is killed while it logs, and one that hostile clients ask for minutes. */
export const servingProof: Proof = {
  name: "serving",
  id: "assure-serving",
  about: "a server killed a hundred times while it logs, and asked for ten minutes by hostile clients",
  record: () => servingEvidence(),
};

const seed = 1;
/** MB that a server may grow by after its first minutes. */
const mostGrowth = 256;

/**
 * @param options.kills    of servers that log (default 100)
 * @param options.seconds  among hostile clients (default 600)
 */
export function servingEvidence({
  kills = 100,
  seconds = 600,
}: { readonly kills?: number; readonly seconds?: number } = {}): Promise<EvidenceFile> {
  return recordedEvidence(
    {
      id: servingProof.id,
      inputs: ["package-lock.json"],
      source: [moduleSource(import.meta.url), "src/cli.ts"],
      seed,
      labels: "simulated",
      madeBy: "assure",
    },
    () =>
      withTemporaryFolder(async (folder) => {
        const random = seededRandom(seed);
        const model = await smallModel(join(folder, "models"));
        const killed = await killWhileLogging({ model, log: join(folder, "killed"), kills }, random.fork("kills"));
        const stressed = await stressServer({ model, log: join(folder, "stressed"), seconds }, random.fork("hostile"));
        // How many requests there were in the time is a timing.
        return { result: { kills, seconds }, measurements: servingMeasurements(killed, stressed) };
      }),
  );
}

/** What a server is held to; counts that depend on the machine's speed are not told. */
export function servingMeasurements(killed: KilledServers, stressed: StressedServer): Measurement[] {
  const { megabytes, crashed } = stressed;
  const held = { threshold: 0, direction: "atMost" } as const;
  return [
    measurement({
      ...{ id: "serving.lostToKills", unit: "requests", value: killed.lost, n: killed.kills, ...held },
      meaning: "acknowledged requests that servers killed while they logged did not answer alike afterwards",
    }),
    measurement({
      ...{ id: "serving.crashes", unit: "crashes", value: Number(crashed), n: 1, ...held },
      meaning: "whether the server died among malformed, huge, slow, half-closed and hostile requests",
    }),
    measurement({
      ...{ id: "serving.lostToHostile", unit: "requests", value: stressed.lost, n: 1, ...held },
      meaning: "requests acknowledged among hostile ones that were not answered alike afterwards",
    }),
    measurement({
      ...{ id: "serving.memoryHeld", unit: "1", value: Number(megabytes.last - megabytes.early <= mostGrowth), n: 1 },
      ...{ threshold: 1, direction: "atLeast" as const },
      meaning: `whether memory grew by at most ${mostGrowth} MB after the first fifth of the time`,
    }),
  ];
}

/** A model that is trained in some seconds. @returns path of its folder */
async function smallModel(directory: string): Promise<string> {
  const few = ["--rows", "5000", "--epochs", "2", "--seed", "1", "--json", "--out", directory];
  const { code, stdout, stderr } = await runScript(projectPath("dist", "cli.js"), "train", ...few);
  if (code !== 0) throw new Error(`servingProof: no model could be trained: ${stderr}`);
  return join(directory, (JSON.parse(stdout) as { readonly model: string }).model);
}
