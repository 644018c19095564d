import { type EvidenceFile, measurement, type Measurement } from "../../core/Evidence.js";
import type { Random } from "../../core/random/Random.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { studentEstimate } from "../../core/statistics/studentEstimate.js";
import { meanOfRows } from "../../core/statistics/meanOfRows.js";
import { textsOf } from "../../core/Table.js";
import type { Importances } from "../../figures/plotImportances.js";
import type { Incumbents } from "../../figures/plotIncumbents.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { phaseRandom, type TrainingExperiments } from "../../problems/phase/phaseExperiments.js";
import { trainingEngine } from "../../problems/phase/phaseNetwork.js";
import { phaseSpace } from "../../problems/phase/phaseSearch.js";
import type { SearchRows } from "../../problems/phase/searchRows.js";
import { withoutTest } from "../../problems/phase/withoutTest.js";
import { told } from "../../problems/questions/splitReport.js";
import { type RelativeGains, relativeGains } from "../../problems/search/relativeGains.js";
import { searchVerdict, type SearchVerdict } from "../../problems/search/searchVerdict.js";
import { type SearchedRows, verdictMeasurements } from "../../problems/search/verdictMeasurements.js";
import { importanceIntervals } from "../../tuning/importanceIntervals.js";
import { meanIncumbents } from "../../tuning/meanIncumbents.js";
import type { StudyRecord } from "../../tuning/files/StudyRecord.js";
import type { ParameterValues } from "../../tuning/Parameter.js";
import type { Trial } from "../../tuning/Trial.js";
import { forestSearch } from "./forestSearch.js";
import {
  epochsOf,
  networkDefaults,
  networkPlan,
  networkSearches,
  type NetworkSearch,
  type PartLosses,
} from "./networkSearches.js";
import { type TunedAgainstStanding, tunedAgainstStanding } from "./tunedAgainstStanding.js";

/** What tuning is worth where experiments are simulated, and so as many as one likes. */
export interface PhaseTuning {
  /** The best trial of the first search, rung by rung. */
  readonly followed: ShownTable;
  /** The first search by the Parzen estimator with halving. */
  readonly study: Pick<StudyRecord, "directions" | "parameters" | "trials">;
  readonly incumbents: Omit<Incumbents, "id">;
  readonly importances: Omit<Importances, "id">;
  readonly searches: ShownTable;
  readonly forest: ParameterValues;
  readonly gains: readonly RelativeGains[];
  readonly against: TunedAgainstStanding;
  /** The two settings trained on all rows, and which is the default then. */
  readonly decision: ShownTable;
}

/**
 * Notebook 05 on the twin: what searches for network and forest of the phase promise and keep; the check VR5. The
 * network is searched for at random and by a Parzen estimator with successive halving, for the same epochs. No test row
 * is handed to any of them, which is counted.
 */
export async function phaseTuning(data: TrainingExperiments): Promise<EvidenceFile<PhaseTuning>> {
  return recordedEvidence(
    {
      id: "05-tuning-phase",
      inputs: [],
      source: moduleSource(import.meta.url),
      seed: data.seed,
      engine: trainingEngine,
      labels: "simulated",
    },
    async () => {
      const random = phaseRandom(data.seed, "tuning");
      const blanked = withoutTest(data);
      const searches = await networkSearches(blanked);
      const { halving } = searches.reduce((a, b) => (lossOf(b) < lossOf(a) ? b : a));
      // One grows in this thread while the others train in theirs.
      const comparison = tunedAgainstStanding(blanked, halving.best.parameters);
      const forest = await forestSearch(blanked);
      const against = await comparison;
      const network = networkVerdict(data, searches, random.fork("verdict"));
      const standing = mean(searches.map((one) => meanLoss(one.standing.fresh)));
      const [{ random: atRandom, halving: first }] = searches;
      const handed = [...searches, forest].map(({ rows }) => rows);
      return {
        result: {
          followed: followedTrial(first.trials, first.best),
          study: recordOf(first.trials),
          incumbents: incumbents(searches),
          importances: {
            title: "What mattered for being among the best tenth",
            importances: importanceIntervals(
              recordOf([...atRandom.trials, ...first.trials]),
              random.fork("importances"),
            ),
          },
          searches: searchesTable(searches),
          forest: forest.parameters,
          gains: [
            relativeGains("network of the phase", network, standing),
            relativeGains("forest of the phase", forest.verdict, forest.standing),
          ],
          against,
          decision: decisionTable(against, halving.best.parameters),
        },
        measurements: [
          ...networkMeasurements(searches),
          ...verdictMeasurements("network", "the network", network, {
            unit: "nats",
            rows: rowsOf(searches.map(({ rows }) => rows)),
          }),
          ...verdictMeasurements("forest", "the forest", forest.verdict, { unit: "nats", rows: rowsOf([forest.rows]) }),
          ...defaultMeasurements(against, data.split.tune.length),
          ...auditMeasurements(data, handed, [network, forest.verdict]),
        ],
      };
    },
  );
}

function lossOf({ halving }: NetworkSearch): number {
  return halving.best.outcome!.values[0];
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
const meanLoss = (losses: Float64Array): number => meanOfRows(losses)(Uint32Array.from(losses.keys()));

/** Trials of one search or of several, numbered anew. */
function recordOf(trials: readonly Trial[]): PhaseTuning["study"] {
  return {
    directions: ["minimize"],
    parameters: phaseSpace,
    trials: trials.map((trial, number) => ({ ...trial, number })),
  };
}

/** All searches together: rows that chose, and fresh ones. */
function networkVerdict(
  { table }: TrainingExperiments,
  searches: readonly NetworkSearch[],
  random: Random,
): SearchVerdict {
  const batches = textsOf(table, "batch");
  const side = (part: keyof PartLosses): { readonly gains: readonly number[]; readonly groups: readonly string[] } => ({
    gains: searches.flatMap(({ standing, halving }) => [
      ...standing[part].map((loss, at) => loss - halving.losses[part][at]),
    ]),
    groups: searches.flatMap(({ rows }) => Array.from(rows[part], (row) => batches[row])),
  });
  return searchVerdict(side("choose"), side("fresh"), random, { unit: "batch" });
}

/** Where a trial stood at each rung among those that it was compared with, and what was decided. */
function followedTrial(trials: readonly Trial[], { number, parameters, outcome }: Trial): ShownTable {
  const seen = trials.filter((trial) => trial.number < number - networkPlan.window);
  const rows = outcome!.steps.map(({ step, value }) => {
    const others = seen.flatMap((trial) => trial.outcome!.steps.filter((other) => other.step === step));
    const better = others.filter((other) => other.value < value).length;
    const isLast = step === networkPlan.rungs.at(-1);
    return { step, value, place: `${better + 1} of ${others.length + 1}`, decision: isLast ? "complete" : "goes on" };
  });
  const setting = Object.entries(parameters).map(
    ([name, value]) => `${name} ${Number((value as number).toPrecision(3))}`,
  );
  return shownTable({
    caption: `Trial ${number}: ${setting.join(", ")}`,
    columns: [
      { name: "after epochs", of: ({ step }) => step },
      { name: "log loss on the rows that choose", unit: "nats", of: ({ value }) => Number(value.toFixed(4)) },
      { name: "place among those seen", of: ({ place }) => place, align: "right" },
      { name: "decision", of: ({ decision }) => decision },
    ],
    rows,
  });
}

function incumbents(searches: readonly NetworkSearch[]): Omit<Incumbents, "id"> {
  const pointsOf = (way: "random" | "halving"): ReturnType<typeof meanIncumbents> =>
    meanIncumbents(
      searches.map((one) => ({ directions: ["minimize"], trials: one[way].trials })),
      { over: "steps" },
    );
  return {
    title: "The best so far, for the same epochs",
    xTitle: "Epochs of all trials (count)",
    yTitle: "Log loss of the best so far (nats)",
    curves: [{ name: "Parzen estimator with halving", points: pointsOf("halving") }],
    reference: { name: "random search", points: pointsOf("random") },
    intervals: `95 % intervals over ${searches.length} searches`,
  };
}

function searchesTable(searches: readonly NetworkSearch[]): ShownTable {
  const rounded = (value: number): number => Number(value.toFixed(4));
  return shownTable({
    caption: "Log loss of the network that each way found, and of the setting that stands (nats)",
    columns: [
      { name: "search", of: ({ search }) => search },
      { name: "way", of: ({ way }) => way },
      { name: "trials", of: ({ trials }) => trials },
      { name: "epochs", of: ({ epochs }) => epochs },
      { name: "on the rows that chose", of: ({ losses }) => rounded(meanLoss(losses.choose)) },
      { name: "on fresh rows", of: ({ losses }) => rounded(meanLoss(losses.fresh)) },
    ],
    rows: searches.flatMap(({ standing, random, halving }, k) => [
      { search: k + 1, way: "setting that stands", trials: null, epochs: null, losses: standing },
      ...[
        { way: "random search", found: random },
        { way: "Parzen estimator with halving", found: halving },
      ].map(({ way, found: { trials, losses } }) => ({
        search: k + 1,
        way,
        trials: trials.length,
        epochs: trials.reduce((sum, trial) => sum + epochsOf(trial), 0),
        losses,
      })),
    ]),
  });
}

function networkMeasurements(searches: readonly NetworkSearch[]): readonly Measurement[] {
  return [
    measurement({
      id: "network.overRandom",
      meaning: "log loss on fresh rows of what random search found less that of the search with halving, same epochs",
      unit: "nats",
      n: searches.length,
      ...studentEstimate(
        searches.map(({ random, halving }) => meanLoss(random.losses.fresh) - meanLoss(halving.losses.fresh)),
        { over: "searches" },
      ),
      baseline: 0,
    }),
  ];
}

/** How many rows chose, and how many did not, over searches. */
function rowsOf(rows: readonly SearchRows[]): SearchedRows {
  const count = (part: keyof SearchRows): number => rows.reduce((sum, one) => sum + one[part].length, 0);
  return { chose: count("choose"), fresh: count("fresh") };
}

/** Only what is better beyond doubt takes the place of what stands. */
function replaces({ gain }: TunedAgainstStanding): boolean {
  return gain.interval !== null && gain.interval.low > 0;
}

function decisionTable(against: TunedAgainstStanding, found: ParameterValues): ShownTable {
  const { rows, standing, tuned } = against;
  return shownTable({
    caption: `Trained on ${rows.toLocaleString("en-US")} rows: log loss on tune rows of whole recipes`,
    columns: [
      { name: "setting", of: ({ name }) => name },
      ...Object.keys(networkDefaults).map((name) => ({
        name,
        of: ({ parameters }: Setting) => Number((parameters[name] as number).toPrecision(3)),
      })),
      { name: "log loss", unit: "nats", of: ({ loss }) => Number(loss.toFixed(4)) },
      { name: "default", of: ({ isDefault }) => (isDefault ? "yes" : "no") },
    ],
    rows: [
      { name: "stands", parameters: networkDefaults, loss: standing, isDefault: !replaces(against) },
      { name: "found", parameters: found, loss: tuned, isDefault: replaces(against) },
    ] satisfies Setting[],
  });
}

interface Setting {
  readonly name: string;
  readonly parameters: ParameterValues;
  readonly loss: number;
  readonly isDefault: boolean;
}

function defaultMeasurements(against: TunedAgainstStanding, n: number): readonly Measurement[] {
  const { rows, gain, standing, tuned } = against;
  return [
    told("default.gain", `log loss on tune rows that the found setting saves, both trained on ${rows} rows`, gain, {
      unit: "nats",
      n,
      baseline: 0,
    }),
    measurement({
      id: "default.tuned",
      meaning: `log loss on tune rows of the found setting, trained on ${rows} rows`,
      value: tuned,
      unit: "nats",
      n,
      baseline: standing,
    }),
    measurement({
      id: "default.changes",
      meaning:
        "whether the found setting becomes that of notebook 04: only if its whole interval of the gain is above 0",
      value: Number(replaces(against)),
      unit: "1",
    }),
  ];
}

/** Counts test rows among all that were handed to anything here, and gaps that are told. */
function auditMeasurements(
  { split }: TrainingExperiments,
  handed: readonly SearchRows[],
  verdicts: readonly SearchVerdict[],
): readonly Measurement[] {
  const parts = [...handed.flatMap(({ train, choose, fresh }) => [train, choose, fresh]), split.train, split.tune];
  return [
    measurement({
      id: "VR5.testReads",
      meaning:
        "rows of the locked test among all that searches, judges and comparisons of notebook 05 were handed; " +
        "the test was blanked out for them, so that a read would have failed",
      value: testRowsIn(split.test, parts),
      unit: "rows",
      n: new Set(parts.flatMap((rows) => [...rows])).size,
    }),
    measurement({
      id: "VR5.nestedGapReported",
      meaning:
        "whether every search tells, with its interval, what it promised and did not keep on rows that chose nothing",
      value: Number(verdicts.every(({ gap }) => gap.interval !== null)),
      unit: "1",
      n: verdicts.length,
    }),
  ];
}

/** How many rows of a test stand in any of the parts. */
export function testRowsIn(test: Uint32Array, parts: readonly Uint32Array[]): number {
  const read = new Set<number>();
  const isTest = new Set(test);
  for (const rows of parts) for (const row of rows) if (isTest.has(row)) read.add(row);
  return read.size;
}
