import { type EvidenceFile, measurement, type Measurement } from "../../core/Evidence.js";
import { seededRandom } from "../../core/random/Random.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import type { Proof } from "./Proof.js";
import { type KilledStudies, killWhileTuning } from "./studies/killWhileTuning.js";

/** Studies whose processes are killed. */
export const studiesProof: Proof = {
  name: "studies",
  id: "assure-studies",
  about: "studies of two processes with four workers each, killed a hundred times at any moment",
  record: () => studiesEvidence(),
};

const seed = 1;

/**
 * @param options.kills  of processes (default 100)
 * @param options.study  kills them
 */
export function studiesEvidence({
  kills = 100,
  study = killWhileTuning,
}: { readonly kills?: number; readonly study?: typeof killWhileTuning } = {}): Promise<EvidenceFile> {
  return recordedEvidence(
    {
      id: studiesProof.id,
      inputs: ["package-lock.json"],
      // Threads load theirs by name.
      source: [
        moduleSource(import.meta.url),
        "src/tuning/runStudy.ts",
        "src/tuning/workers/trialWorker.ts",
        "src/io/studies/heartWorker.ts",
      ],
      seed,
      labels: "simulated",
      madeBy: "assure",
    },
    async () => {
      const [processes, workers] = [2, 4];
      const found = await study({ kills, processes, workers }, seededRandom(seed).fork("kills"));
      // How many studies it took, and how many trials were acknowledged, depends on the speed of the machine.
      return { result: { kills: found.kills, processes, workers }, measurements: studiesMeasurements(found) };
    },
  );
}

/** What studies are held to whose processes are killed. */
export function studiesMeasurements({ kills, lost, contradicted, different }: KilledStudies): Measurement[] {
  const none = (id: string, meaning: string, value: number, unit: string): Measurement =>
    measurement({ id: `studies.${id}`, meaning, value, unit, n: kills, threshold: 0, direction: "atMost" });
  return [
    none(
      "lostToKills",
      "trials that processes said had ended, and that their study did not have so after processes were killed",
      lost,
      "trials",
    ),
    none("contradicted", "trials of which two processes said different things", contradicted, "trials"),
    none(
      "different",
      "studies that did not come to their end, or to other bytes than an undisturbed one",
      different,
      "studies",
    ),
  ];
}
