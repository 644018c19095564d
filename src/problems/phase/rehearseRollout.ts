import { join } from "node:path";
import { phaseNames } from "../../chemistry/phases.js";
import { canonicalJson } from "../../core/canonicalJson.js";
import { InputError } from "../../core/InputError.js";
import { selectRows, type Table, textsOf } from "../../core/Table.js";
import { tableFromRows } from "../../core/tableFromRows.js";
import {
  type CanaryPlan,
  type CanaryReport,
  evaluateCanary,
  observeOutcomes,
  observeRequests,
  startCanary,
} from "../../deployment/evaluateCanary.js";
import type { Encoder } from "../../features/Encoder.js";
import { generateExperiments } from "../../generation/generateExperiments.js";
import { keptModels } from "../../io/predictions/keepModel.js";
import { type LedgerLine, readPredictionLedger } from "../../io/predictions/predictionLedger.js";
import { recipeOf } from "../../io/predictions/recipeHash.js";
import type { Answerer } from "../../io/registry/Answerer.js";
import { promoteVersion, rollBack } from "../../io/registry/moveAlias.js";
import { readRegistry } from "../../io/registry/readRegistry.js";
import type { RegistryEntry } from "../../io/registry/RegistryEntry.js";
import { registerVersion } from "../../io/registry/registerVersion.js";
import { verifyRegistry } from "../../io/registry/verifyRegistry.js";
import { type Lineage, versionPlace } from "../../io/registry/version.js";
import { sha256 } from "../../io/sha256.js";
import { withTemporaryFolder } from "../../io/withTemporaryFolder.js";
import { answerColumns } from "../../predictor/answerColumns.js";
import { answerRecipes } from "../../predictor/answerRecipes.js";
import { type LoadedPhaseModel, phaseModelOf } from "../../predictor/phaseModelOf.js";
import { recipeColumns } from "../../predictor/recipeColumns.js";
import { simdTraining } from "../../training/engines/simd/simdTraining.js";
import { loadModel } from "../../training/files/loadModel.js";
import type { Model } from "../../training/files/Model.js";
import { saveModel } from "../../training/files/saveModel.js";

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
  readonly rollback: {
    readonly probes: number;
    /** SHA-256 of what the champion answered to the probes before the promotion, and after it was taken back. */
    readonly before: string;
    readonly after: string;
    /** Of the version that was promoted by mistake: another one, or the drill would show nothing. */
    readonly between: string;
  };
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
const probeCount = 64;
/** Caesium per lead in the table that the challenger is taken to have learned from, over what was weighed. */
const caesiumError = 1.25;
const who = "rehearsal";

/**
 * A rollout from request log to decision to rollback, with the kept phase model as champion, and as challenger the same
 * network as it would be had it learned from a table whose caesium was told a quarter too high. Requests are
 * experiments of the twin; each goes where a hash of its id sends it. The canary is judged after every batch, and
 * withdrawn when the decision says so. Then the challenger is promoted by mistake and taken back: what the champion
 * answers must be what it answered before, to the bit. All happens in a registry that is removed afterwards.
 *
 * @throws InputError if no phase model is kept, or the registry cannot be written
 */
export async function rehearseRollout(
  plan: CanaryPlan,
  { seed }: { readonly seed: number },
): Promise<RolloutRehearsal> {
  const { line, model: good } = await keptPhaseModel();
  const bad: Model = { ...good, encoder: withCaesiumError(good.encoder as Encoder) };
  const { table } = await generateExperiments({ rows: mostRequests, seed });
  return withTemporaryFolder(async (folder) => {
    const [models, registry] = [join(folder, "models"), join(folder, "registry")];
    const probes = probesOf(table);
    const register = async (model: Model, command: string): Promise<string> => {
      const place = { directory: models, name: await saveModel(models, model) };
      const lineage = lineageOf(line, command);
      return (await registerVersion(registry, { model: place, lineage, probes, answer, who, why: command })).version;
    };
    const champion = await register(good, line.remaking.command);
    const fault = `caesium per lead told ${caesiumError} times too high`;
    const challenger = await register(bad, `a table with ${fault}`);
    const moving = {
      who,
      answer,
      evidence: line.remaking.dataSha256 === null ? [] : [`data@${line.remaking.dataSha256}`],
    };
    await promoteVersion(registry, { ...moving, version: champion, alias: "champion", why: "first version" });
    await promoteVersion(registry, { ...moving, version: challenger, alias: "challenger", why: "to be tried" });
    const loaded = await loadedVersions(registry, { champion, canary: challenger });
    const { course, report } = canaryOf(plan, loaded, table);
    if (report.verdict === "abort") await rollBack(registry, { ...moving, alias: "challenger", why: report.reason });
    const before = await answersHash(registry, "champion", probes);
    await promoteVersion(registry, { ...moving, version: challenger, alias: "champion", why: "by mistake" });
    const between = await answersHash(registry, "champion", probes);
    await rollBack(registry, { ...moving, alias: "champion", why: "promoted by mistake" });
    const after = await answersHash(registry, "champion", probes);
    const checked = await verifyRegistry(registry);
    const { entries } = await readRegistry(registry);
    return {
      champion,
      challenger,
      fault,
      seed,
      course,
      report,
      history: entries.map((entry) => inWords(entry, { [champion]: "version 1", [challenger]: "version 2" })),
      rollback: { probes: probes.recipes.length, before, between, after },
      registry: { versions: checked.versions, entries: checked.entries, mismatches: checked.mismatches },
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

async function keptPhaseModel(): Promise<{ readonly line: LedgerLine; readonly model: Model }> {
  const { lines } = await readPredictionLedger();
  const line = lines.find(({ form }) => form === "recipes");
  if (line === undefined)
    throw new InputError({
      where: "rehearseRollout",
      must: "a model of phases must stand beside the ledger of predictions",
      got: "none",
      mend: "restore data/predictions from git",
    });
  return { line, model: await loadModel(keptModels(), line.model) };
}

function withCaesiumError(encoder: Encoder): Encoder {
  const columns = encoder.columns.map((column) =>
    column.kind === "number" && column.name === "lnCaesiumLead"
      ? { ...column, mean: column.mean + Math.log(caesiumError) }
      : column,
  );
  return { ...encoder, columns };
}

function lineageOf({ remaking, judging }: LedgerLine, command: string): Lineage {
  const { seed, dataSha256, codeSha256 } = remaking;
  return {
    kind: "phase",
    command,
    seed,
    dataSha256,
    codeSha256,
    splitSha256: null,
    evidence: [],
    limits: { sentence: judging.sentence },
  };
}

interface Probes {
  readonly recipes: readonly Readonly<Record<string, number | string>>[];
}

function probesOf(table: Table): Probes {
  const names = Object.keys(recipeColumns).filter((name) => Object.hasOwn(table.columns, name));
  const told = (row: number): [string, number | string][] =>
    Object.entries(recipeOf(table, row, names)).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return { recipes: Array.from({ length: probeCount }, (_, row) => Object.fromEntries(told(row))) };
}

const answer: Answerer = async ({ directory, name }, probes) => {
  const { recipes } = JSON.parse(probes) as Probes;
  return canonicalJson(answerRecipes(await phaseModel(directory, name), tableFromRows(recipeColumns, recipes)));
};

async function phaseModel(directory: string, name: string): Promise<LoadedPhaseModel> {
  return phaseModelOf(await loadModel(directory, name), name, { engine: await simdTraining() });
}

async function answersHash(registry: string, meant: string, probes: Probes): Promise<string> {
  return sha256(await answer(await versionPlace(registry, meant), canonicalJson(probes)));
}

type Arms = Readonly<Record<"champion" | "canary", LoadedPhaseModel>>;

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
function canaryOf(plan: CanaryPlan, models: Arms, table: Table): Pick<RolloutRehearsal, "course" | "report"> {
  let state = startCanary(plan);
  let report = evaluateCanary(state);
  let late: readonly { readonly id: string; readonly wrong: boolean }[] = [];
  const course: RolloutStep[] = [];
  for (let from = 0; from < table.numRows && report.verdict !== "abort"; from += batchSize) {
    const rows = Uint32Array.from({ length: Math.min(batchSize, table.numRows - from) }, (_, i) => from + i);
    const log = answeredBatch(models, selectRows(table, rows), { from, share: plan.share });
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
function answeredBatch(
  models: Arms,
  batch: Table,
  { from, share }: { readonly from: number; readonly share: number },
): readonly { id: string; arm: "champion" | "canary"; failed: false; invalid: boolean; slow: false; wrong: boolean }[] {
  const made = textsOf(batch, "phase");
  const said = { champion: phasesSaid(models.champion, batch), canary: phasesSaid(models.canary, batch) };
  return made.map((phase, row) => {
    const id = `request ${from + row + 1}`;
    const arm = armOf(id, share);
    const answered = said[arm].get(row);
    return { id, arm, failed: false, invalid: answered === undefined, slow: false, wrong: answered !== phase };
  });
}

function phasesSaid(model: LoadedPhaseModel, table: Table): ReadonlyMap<number, string> {
  const { rows, phase } = answerColumns(model, table);
  return new Map(Array.from(rows, (row, place) => [row, phaseNames[phase[place]]]));
}

function armOf(id: string, share: number): "champion" | "canary" {
  return Number.parseInt(sha256(id).slice(0, 8), 16) / 2 ** 32 < share ? "canary" : "champion";
}
