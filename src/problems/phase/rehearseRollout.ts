import { join } from "node:path";
import { phaseNames } from "../../chemistry/phases.js";
import { selectRows, type Table, textsOf } from "../../core/Table.js";
import type { Arm } from "../../deployment/armEvidence.js";
import { drawnArm } from "../../deployment/drawnArm.js";
import {
  type ArmOutcome,
  type ArmRequest,
  type CanaryPlan,
  type CanaryReport,
  evaluateCanary,
  observeOutcomes,
  observeRequests,
  startCanary,
} from "../../deployment/evaluateCanary.js";
import { generateExperiments } from "../../generation/generateExperiments.js";
import type { Answerer } from "../../io/registry/Answerer.js";
import { drillRollback, type RollbackDrill } from "../../io/registry/drillRollback.js";
import { promoteVersion, rollBack } from "../../io/registry/moveAlias.js";
import { readRegistry } from "../../io/registry/readRegistry.js";
import type { RegistryEntry } from "../../io/registry/RegistryEntry.js";
import { registerVersion } from "../../io/registry/registerVersion.js";
import { verifyRegistry } from "../../io/registry/verifyRegistry.js";
import { versionPlace } from "../../io/registry/version.js";
import { sha256 } from "../../io/sha256.js";
import { withTemporaryFolder } from "../../io/withTemporaryFolder.js";
import { answerColumns } from "../../predictor/answerColumns.js";
import { type LoadedPhaseModel, phaseModelOf } from "../../predictor/phaseModelOf.js";
import { simdTraining } from "../../training/engines/simd/simdTraining.js";
import { loadModel } from "../../training/files/loadModel.js";
import { answerPhaseProbes } from "./answerPhaseProbes.js";
import { rehearsedModels } from "./rehearsedModels.js";

/** What a rehearsed rollout came to: no time stands in it, so the same sources give the same bytes. */
export interface RolloutRehearsal {
  /** Hashes of the two versions. */
  readonly champion: string;
  readonly challenger: string;
  /** What is wrong with the challenger. */
  readonly fault: string;
  readonly seed: number;
  /** Both arms after every batch of requests whose outcomes came. */
  readonly course: readonly RolloutStep[];
  readonly report: CanaryReport;
  /** What history says in the end, from the first entry on. */
  readonly history: readonly string[];
  /** The second promoted all the same, and taken back. */
  readonly rollback: RollbackDrill & { readonly probes: number };
  readonly registry: { readonly versions: number; readonly entries: number; readonly mismatches: readonly string[] };
}

/** How many answers had been judged, and how many of them were wrong. */
export interface RolloutStep {
  readonly requests: number;
  readonly champion: { readonly rows: number; readonly wrong: number };
  readonly canary: { readonly rows: number; readonly wrong: number };
}

/** Requests between two looks; outcomes come as many requests late. */
const batchSize = 200;
const mostRequests = 20_000;
const who = "rehearsal";

/**
 * A rollout from request log to decision to rollback, with the kept phase model as champion and a worse one as
 * challenger (rehearsedModels). Requests are experiments of the twin; each goes where its id sends it, as in the
 * server (drawnArm). The canary is judged after every batch, and withdrawn when the decision says so. Then the
 * challenger is promoted all the same and taken back: what the champion answers must be what it answered before, to
 * the bit. All happens in a registry that is removed afterwards.
 *
 * @throws InputError as rehearsedModels, or if the registry cannot be written
 */
export async function rehearseRollout(
  plan: CanaryPlan,
  { seed }: { readonly seed: number },
): Promise<RolloutRehearsal> {
  const { table } = await generateExperiments({ rows: mostRequests, seed });
  return withTemporaryFolder(async (folder) => {
    const registry = join(folder, "registry");
    const { first, second, fault } = await rehearsedModels(join(folder, "models"));
    const { version: champion } = await registerVersion(registry, { ...first, answer, who, why: "in use" });
    const { version: challenger } = await registerVersion(registry, { ...second, answer, who, why: fault });
    const moving = { who, answer, evidence: [`rehearsal@${first.model.name}`] };
    await promoteVersion(registry, { ...moving, version: champion, alias: "champion", why: "first version" });
    await promoteVersion(registry, { ...moving, version: challenger, alias: "challenger", why: "to be tried" });
    const models = await loadedVersions(registry, { champion, canary: challenger });
    const draw = (id: string): Arm => drawnArm(id, challenger, plan.share, { hash: sha256 });
    const { course, report } = canaryOf(plan, table, { models, draw });
    if (report.verdict === "abort") await rollBack(registry, { ...moving, alias: "challenger", why: report.reason });
    const rollback = await drillRollback(registry, { first, second, answer });
    const { versions, entries: checked, mismatches } = await verifyRegistry(registry);
    const { entries } = await readRegistry(registry);
    return {
      champion,
      challenger,
      fault,
      seed,
      course,
      report,
      history: entries.map((entry) => inWords(entry, { [champion]: "version 1", [challenger]: "version 2" })),
      rollback: { ...rollback, probes: (first.probes as readonly unknown[]).length },
      registry: { versions, entries: checked, mismatches },
    };
  });
}

function inWords({ action, alias, version, why }: RegistryEntry, names: Readonly<Record<string, string>>): string {
  const name = version === null ? "nobody" : names[version];
  const done = {
    register: `register ${name}`,
    promote: `promote ${name} to ${alias}`,
    rollback: `roll back the ${alias} to ${name}`,
  };
  return `${done[action]}: ${why}`;
}

const answer: Answerer = async ({ directory, name }, probes) =>
  answerPhaseProbes(await phaseModel(directory, name), probes, name);

async function phaseModel(directory: string, name: string): Promise<LoadedPhaseModel> {
  return phaseModelOf(await loadModel(directory, name), name, { engine: await simdTraining() });
}

type Arms = Readonly<Record<Arm, LoadedPhaseModel>>;

/** Who answers, and which way a request goes. */
interface Answering {
  readonly models: Arms;
  readonly draw: (id: string) => Arm;
}

async function loadedVersions(
  registry: string,
  versions: { readonly champion: string; readonly canary: string },
): Promise<Arms> {
  const load = async (version: string): Promise<LoadedPhaseModel> => {
    const { directory, name } = await versionPlace(registry, version);
    return phaseModel(directory, name);
  };
  return { champion: await load(versions.champion), canary: await load(versions.canary) };
}

/** Batch after batch to the abort, or to the end. */
function canaryOf(plan: CanaryPlan, table: Table, answering: Answering): Pick<RolloutRehearsal, "course" | "report"> {
  let state = startCanary(plan);
  let report = evaluateCanary(state);
  let late: readonly ArmOutcome[] = [];
  const course: RolloutStep[] = [];
  for (let from = 0; from < table.numRows && report.verdict !== "abort"; from += batchSize) {
    const rows = Uint32Array.from({ length: Math.min(batchSize, table.numRows - from) }, (_, i) => from + i);
    const log = answeredBatch(selectRows(table, rows), from, answering);
    state = observeOutcomes(observeRequests(state, log), late);
    late = log.filter(({ invalid }) => !invalid);
    report = evaluateCanary(state);
    const { champion, canary } = report.harms.wrong;
    const judged = ({ rows: count, hits }: typeof champion): RolloutStep["canary"] => ({ rows: count, wrong: hits });
    course.push({ requests: from + rows.length, champion: judged(champion), canary: judged(canary) });
  }
  return { course, report };
}

/** The log of a batch: which arm answered each request, and, known later, whether it was wrong. */
function answeredBatch(batch: Table, from: number, { models, draw }: Answering): readonly (ArmRequest & ArmOutcome)[] {
  const made = textsOf(batch, "phase");
  const said = { champion: phasesSaid(models.champion, batch), canary: phasesSaid(models.canary, batch) };
  return made.map((phase, row) => {
    const id = `request ${from + row + 1}`;
    const arm = draw(id);
    const answered = said[arm].get(row);
    return { id, arm, failed: false, invalid: answered === undefined, slow: false, wrong: answered !== phase };
  });
}

function phasesSaid(model: LoadedPhaseModel, table: Table): ReadonlyMap<number, string> {
  const { rows, phase } = answerColumns(model, table);
  return new Map(Array.from(rows, (row, place) => [row, phaseNames[phase[place]]]));
}
