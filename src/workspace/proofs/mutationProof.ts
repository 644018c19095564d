import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { seededRandom } from "../../core/random/Random.js";
import type { Random } from "../../core/random/Random.js";
import { groupBootstrapInterval } from "../../core/statistics/groupBootstrapInterval.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { mutationSample } from "./mutationSample.js";
import { mutationScore, mutationScoreSource, ownTest, type MutatedFile } from "./mutationScore.js";
import type { Proof } from "./Proof.js";

/** Faults planted in a sample of source files. It rests on those files and their own tests alone. */
export const mutationProof: Proof = {
  name: "mutation",
  id: "assure-mutation",
  about: "faults planted in a sample of source files",
  record: mutationEvidence,
};

const seed = 1;

async function mutationEvidence(): Promise<EvidenceFile<readonly MutatedFile[]>> {
  const random = seededRandom(seed);
  const paths = await mutationSample(random.fork("files"));
  return recordedEvidence(
    {
      id: mutationProof.id,
      inputs: ["package-lock.json", ...paths, ...paths.map(ownTest)],
      source: mutationScoreSource,
      seed,
      madeBy: "assure",
    },
    async () => {
      console.log("… planted faults");
      const files = await mutationScore(paths);
      return { result: files ?? [], measurements: [scoreMeasurement(files, random)] };
    },
  );
}

function scoreMeasurement(files: readonly MutatedFile[] | null, random: Random): Measurement {
  const known = {
    id: "CQ3.mutationScore",
    meaning: "share of planted faults that the own tests of the sampled source files notice",
    unit: "share",
  };
  if (files === null) return measurement({ ...known, value: null, reason: "Stryker is not installed" });
  const share = (some: readonly MutatedFile[]): number =>
    some.reduce((sum, { killed }) => sum + killed, 0) / some.reduce((sum, { mutants }) => sum + mutants, 0);
  const counted = files.filter(({ mutants }) => mutants > 0);
  // Faults in one file are noticed by the same tests: files are drawn again, not faults.
  const interval = groupBootstrapInterval(
    counted.map(({ path }) => path),
    (rows) => share(Array.from(rows, (row) => counted[row])),
    random.fork("interval"),
    { unit: "source file", kind: "share", sizes: counted.map(({ mutants }) => mutants) },
  );
  const n = counted.reduce((sum, { mutants }) => sum + mutants, 0);
  return measurement({ ...known, value: share(counted), interval, n });
}
