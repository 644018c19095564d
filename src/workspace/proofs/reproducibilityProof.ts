import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { projectPath } from "../../io/projectPath.js";
import { threadsVariable } from "../kernel/watchThreads.js";
import { listNotebooks } from "../notebooks/notebookFiles.js";
import type { Verification } from "../notebooks/verifyNotebooks.js";
import { amidFileNoise } from "./amidFileNoise.js";
import type { Proof } from "./Proof.js";
import { npmProgram, runProgram, type FinishedProgram } from "./runProgram.js";

/** Every notebook byte for byte: with one thread, with two, on another line of Node; the first amid busy files. */
export const reproducibilityProof: Proof = {
  name: "reproducibility",
  id: "assure-reproducibility",
  about: "notebooks byte for byte, with one thread, with two, amid busy files, and on another version of Node",
  record: () => reproducibilityEvidence(),
};

/** The other Node line on which notebooks must come out byte for byte; npm carries it as a package. */
const otherNode = "node@22.23.3";

/** So many notebooks run once more while files around them are saved, built and linked. */
const noisyNotebooks = 2;

/** Numbers of threads in which stages that train work, each for a run of its own. */
const threadCounts = [1, 2];

/**
 * What notebooks rest on: themselves, what the package gives them, and the kernel and the comparison that run them.
 * Notebook 99 prints this very proof, so that it cannot be part of it, nor can what only the scorecard uses. The
 * package offers its verbs, too, which no notebook calls.
 */
export const reproducibilitySources: readonly string[] = [
  "notebooks/*.nb.ts",
  "src/index.ts",
  "src/workspace/kernel/launch.ts",
  "src/workspace/notebooks/verifyNotebooks.ts",
  "!notebooks/99-scorecard.nb.ts",
  "!src/analyses/99-scorecard",
  "!src/commands",
  "!src/documentation",
  "!src/scorecard",
];

/** What one verification compared, and by whom. */
interface Run {
  readonly node: string;
  readonly threads: number | null;
  /** Names of the notebooks that ran. */
  readonly notebooks: readonly string[];
  readonly files: number;
  /** Whether files around it were saved, built and linked meanwhile. */
  readonly amidNoise: boolean;
}

/** Runs `twin notebooks verify` on some notebooks. */
type Verify = (
  names: readonly string[],
  how: { readonly threads?: number; readonly node?: string; readonly amidNoise?: boolean },
) => Promise<Verification>;

/**
 * Verifies all notebooks but 99 with one thread, those again with two that could tell the difference, and all once
 * more on the other Node. A notebook that neither asks for the number of threads nor starts one does with two what it
 * did with one, and is not run for it; where nothing is known of a notebook, it is run.
 *
 * @param verify  how they are verified: each time by a process of its own
 */
export function reproducibilityEvidence({
  verify = verifyElsewhere,
}: { readonly verify?: Verify } = {}): Promise<EvidenceFile> {
  return recordedEvidence(
    {
      id: reproducibilityProof.id,
      inputs: [
        "data/literature",
        "notebooks/kernels",
        "notebooks/needs.json",
        "package-lock.json",
        moduleSource(import.meta.url),
        moduleSource(new URL("amidFileNoise.js", import.meta.url).href),
      ],
      source: reproducibilitySources,
      madeBy: "assure",
    },
    async () => {
      const names = (await listNotebooks(projectPath())).map(({ name }) => name).filter(isCounted);
      const verifications: Verification[] = [];
      const runs: Run[] = [];
      const compare = async (notebooks: readonly string[], how: Parameters<Verify>[1]): Promise<Verification> => {
        const found = await verify(notebooks, how);
        verifications.push(found);
        const files = [...found.equal, ...found.different, ...found.missing].length;
        const { node = "the version in use", threads = null, amidNoise = false } = how;
        runs.push({ node, threads, notebooks, files, amidNoise });
        return found;
      };
      const [one, ...more] = threadCounts;
      const { withoutThreads } = await compare(names, { threads: one });
      const threaded = names.filter((name) => !withoutThreads.includes(name));
      for (const threads of more) await compare(threaded.length === 0 ? names : threaded, { threads });
      await compare(names.slice(0, noisyNotebooks), { amidNoise: true });
      await compare(names, { node: otherNode });
      return { result: { runs }, measurements: differenceMeasurements(verifications, runs) };
    },
  );
}

function differenceMeasurements(verifications: readonly Verification[], runs: readonly Run[]): Measurement[] {
  const differences = verifications.flatMap(({ different, missing, extra, failed }) => [
    ...failed.map(({ name }) => name),
    ...[...different, ...missing, ...extra].map(({ path }) => path).filter(isCounted),
  ]);
  for (const one of new Set(differences)) console.error(`not as it stands: ${one}`);
  return [
    measurement({
      id: "CQ5.differences",
      meaning: "files that differ from the committed ones over all runs (executed notebooks, figures, evidence)",
      value: differences.length,
      unit: "files",
      n: runs.reduce((total, { files }) => total + files, 0),
    }),
    measurement({
      id: "CQ5.runs",
      meaning:
        "repeated runs, one of them on another version of Node, one of the notebooks that use threads alone, one of " +
        "the first notebooks while files around them were saved, built and linked",
      value: runs.length,
      unit: "runs",
    }),
    measurement({
      id: "CQ5.workerCounts",
      meaning: "numbers of worker threads compared",
      value: threadCounts.length,
      unit: "counts",
    }),
  ];
}

/** Whether a notebook, or a file that one writes, is not of notebook 99. */
function isCounted(path: string): boolean {
  return !/(?:^|\/)99-/.test(path);
}

/** @throws Error if it gives no report: its own words */
async function verifyElsewhere(
  names: readonly string[],
  { threads, node, amidNoise = false }: Parameters<Verify>[1],
): Promise<Verification> {
  const parameters = ["dist/cli.js", "notebooks", "verify", ...names, "--json"];
  const environment: Readonly<Record<string, string>> =
    threads === undefined ? {} : { [threadsVariable]: String(threads) };
  const run = (): Promise<FinishedProgram> =>
    node === undefined
      ? runProgram(process.execPath, parameters, { environment })
      : runProgram(npmProgram("npx"), ["--yes", "--package", node, "node", ...parameters], { environment });
  const { stdout, stderr } = await (amidNoise ? amidFileNoise(run) : run());
  if (stdout.trim() === "") throw new Error(`twin notebooks verify gave no report: ${stderr}`);
  return JSON.parse(stdout) as Verification;
}
