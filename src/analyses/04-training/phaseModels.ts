import { setImmediate } from "node:timers/promises";
import { phaseRules } from "../../chemistry/phaseRules.js";
import { phaseNames } from "../../chemistry/phases.js";
import { type EvidenceFile, measurement, type Measurement } from "../../core/Evidence.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { selectMatrixRows } from "../../core/Matrix.js";
import { argmax } from "../../core/metrics/argmax.js";
import type { Predictor } from "../../core/Predictor.js";
import { entropyTerm } from "../../core/statistics/entropyTerm.js";
import type { Estimate } from "../../core/statistics/Estimate.js";
import { estimateInWords } from "../../core/statistics/estimateInWords.js";
import { type GroupedStatistic, groupedStatistic } from "../../core/statistics/groupedStatistic.js";
import { type GroupedSums, groupedSums } from "../../core/statistics/groupedSums.js";
import { leastEstimate } from "../../core/statistics/leastEstimate.js";
import { mcNemar } from "../../core/statistics/mcNemar.js";
import { selectRows } from "../../core/Table.js";
import { encode } from "../../features/encode.js";
import { recipeCategories } from "../../features/recipeFeatures.js";
import type { EstimatePairs } from "../../figures/plotEstimatePairs.js";
import type { Recalls } from "../../figures/plotRecalls.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import {
  balanced,
  batchCodes,
  batchDifference,
  batchEstimate,
  type BatchSums,
  batchSums,
  meanLoss,
  overall,
  type PhaseRecall,
} from "../../problems/phase/batchSums.js";
import { touchTest } from "../../problems/phase/lockedTest.js";
import {
  encoded,
  phaseRandom,
  rowsOfBatches,
  type TrainingExperiments,
  trueProbabilities,
} from "../../problems/phase/phaseExperiments.js";
import { logisticIterations, phaseJob, trainingEngine, trainingThreads } from "../../problems/phase/phaseNetwork.js";
import { labelsOf } from "../../problems/phase/phaseTable.js";
import { phaseRecalls } from "./phaseRecalls.js";
import { trainForest } from "../../training/baselines/trainForest.js";
import { endOfFit } from "../../training/baselines/endOfFit.js";
import { type LogisticModel, trainLogistic } from "../../training/baselines/trainLogistic.js";
import { trainMajority } from "../../training/baselines/trainMajority.js";
import { trainRules } from "../../training/baselines/trainRules.js";
import { trainMany } from "../../training/trainMany.js";
import { oneRecipeByModels, type OneRecipeByModels, oneRecipeMeasurements, recipeToShow } from "./oneRecipeByModels.js";

/** A model of the phase on the test rows, from few and from all training rows. */
export interface PhaseModel {
  readonly name: string;
  /** Numbers learned; a forest's are not counted. */
  readonly parameters: number | null;
  readonly few: ModelScore;
  readonly all: ModelScore;
}

/** How one model did on the test rows. */
export interface ModelScore {
  readonly rows: number;
  readonly accuracy: Estimate;
  /** Nats. */
  readonly logLoss: Estimate;
  /** Mean recall over classes. */
  readonly meanRecall: Estimate;
}

/** Baselines and networks of the phase beside each other, as notebook 04 shows them. */
export interface PhaseModels {
  /** What each model says of one recipe, before any average. */
  readonly oneRecipe: OneRecipeByModels;
  readonly models: readonly PhaseModel[];
  readonly table: ShownTable;
  readonly testRows: number;
  /** Training rows per parameter of the network. */
  readonly rowsPerParameter: number;
  readonly logLoss: Omit<EstimatePairs, "id">;
  readonly recalls: Omit<Recalls, "id">;
}

/** A seventeenth of all training rows: two per parameter of the network. */
const fewRows = 24_000;

type Probabilities = Float64Array;
/** A model with its probabilities on the test rows, one for each training set, and of the recipe that is shown. */
interface Candidate {
  readonly name: string;
  readonly parameters: number | null;
  readonly probabilities: readonly Probabilities[];
  /** Of the model trained on all training rows. */
  readonly shown: Probabilities;
  /** How its fits ended, where one did not converge. */
  readonly end: string;
}

/** A trained model: rows of the table in, probabilities out. */
type Answer = (rows: Uint32Array) => Probabilities;

/**
 * Baselines beside the network on the same locked test rows, each trained on few and on all training rows. What a model
 * that knew all but the noise of a label would do is the ceiling, row by row.
 */
export async function phaseModels(data: TrainingExperiments): Promise<EvidenceFile<PhaseModels>> {
  return recordedEvidence(
    {
      id: "04-training-models",
      inputs: [],
      source: moduleSource(import.meta.url),
      seed: data.seed,
      engine: trainingEngine,
      labels: "simulated",
    },
    async () => {
      const { seed, table, split } = data;
      const labels = labelsOf(data.labels, split.test);
      const batches = batchCodes(table, split.test);
      const random = phaseRandom(seed, "models");
      const few = rowsOfBatches(table, split.train, random.fork("few"))(fewRows);
      const shown = recipeToShow(data);
      const made = await candidates(data, [few, split.train], shown);
      const answers = made.map(({ name, shown: probabilities }) => ({ name, probabilities }));
      const judged = made.map(({ name, parameters, probabilities }) => {
        const sums = probabilities.map((values) => batchSums(labels, values, batches));
        return {
          name,
          parameters,
          probabilities,
          sums,
          scores: sums.map((one, i) => modelScore(one, [few, split.train][i].length, random.fork(`${name} ${i}`))),
        };
      });
      const models = judged.map(({ name, parameters, scores: [first, second] }): PhaseModel => ({
        name,
        parameters,
        few: first,
        all: second,
      }));
      const truth = trueProbabilities(table, split.test);
      const ceiling = ceilingSums(truth, batches);
      const chosen = (name: string): (typeof judged)[number] => judged.find((one) => one.name === name)!;
      const network = models.find(({ name }) => name === networkName)!;
      const floor = meanEntropy(ceiling)(allOf(batches.batches));
      return {
        result: {
          oneRecipe: oneRecipeByModels(data, shown, answers),
          models,
          table: shownTable({
            caption:
              "Models trained on the same rows and judged on the same test rows, with 95 % intervals" +
              made.map(({ name, end }) => (end === "" ? "" : `; ${name}${end}`)).join(""),
            columns: [
              { name: "model", of: ({ name }) => name },
              { name: "parameters", of: ({ parameters }) => parameters },
              { name: "accuracy", of: ({ all }) => estimateInWords(all.accuracy) },
              { name: "accuracy from fewer rows", of: (one) => estimateInWords(one.few.accuracy) },
              { name: "mean recall", of: ({ all }) => estimateInWords(all.meanRecall) },
              { name: "log loss", unit: "nats", of: ({ all }) => estimateInWords(all.logLoss) },
            ],
            rows: models,
          }),
          testRows: labels.length,
          rowsPerParameter: split.train.length / network.parameters!,
          logLoss: {
            title: "The phase from the recipe: what each model knows",
            xTitle: `Log loss on ${labels.length.toLocaleString("en-US")} test rows (nats)`,
            yTitle: "Model",
            series: [
              `${few.length.toLocaleString("en-US")} training rows`,
              `${split.train.length.toLocaleString("en-US")} training rows`,
            ],
            reference: { at: floor, label: "noise of the label alone" },
            rows: models.map(({ name, few: small, all }) => ({ name, estimates: [small.logLoss, all.logLoss] })),
          },
          recalls: {
            title: `Recall on ${labels.length.toLocaleString("en-US")} test rows`,
            yTitle: "Model",
            models: ["chemist's rules", "logistic regression", networkName].map((name) => ({
              name,
              recalls: phaseRecalls(chosen(name).sums[1], (phase) => random.fork(`recall ${name} ${phase}`)),
            })),
          },
        },
        measurements: [
          ...oneRecipeMeasurements(
            data,
            shown,
            answers.find(({ name }) => name === networkName)!,
          ),
          ...modelMeasurements({
            models,
            judged: judged.map(({ name, probabilities, sums }) => ({
              name,
              probabilities: probabilities[1],
              sums: sums[1],
            })),
            labels,
            ceiling,
            few: few.length,
            random: random.fork("measurements"),
          }),
        ],
      };
    },
  );
}

const networkName = "network";
const knowsLaboratory = "network that knows the laboratory";

/** Networks train in threads while baselines train here. */
async function candidates(
  data: TrainingExperiments,
  trainingSets: readonly Uint32Array[],
  shownRow: number,
): Promise<Candidate[]> {
  const { seed, table, split, labels, features } = data;
  const whole = data.whole.features;
  const shown = Uint32Array.of(shownRow);
  const withLaboratory = encoded(data.hidden, split.train, {
    categories: [...recipeCategories, "lab"],
    missing: "median",
    unseen: "ignore",
  });
  const networks = [
    { name: networkName, taught: data.taught, features },
    {
      name: knowsLaboratory,
      taught: withLaboratory.features,
      features: encode(withLaboratory.encoder, table),
    },
  ];
  const training = trainMany(
    networks.flatMap(({ taught }) =>
      trainingSets.map((train) => phaseJob({ features: taught, labels }, { train, tune: split.tune })),
    ),
    phaseRandom(seed, "networks"),
    { workers: trainingThreads() },
  );
  const own = (train: Uint32Array): Uint8Array => labelsOf(labels, train);
  const of = async (
    name: string,
    parameters: number | null,
    fit: (train: Uint32Array) => Answer,
    fits: readonly LogisticModel[] = [],
  ): Promise<Candidate> => {
    const answered: { readonly probabilities: Probabilities; readonly shown: Probabilities }[] = [];
    for (const train of trainingSets) {
      const answer = fit(train);
      answered.push({ probabilities: answer(split.test), shown: answer(shown) });
      await setImmediate();
    }
    return {
      name,
      parameters,
      probabilities: answered.map(({ probabilities }) => probabilities),
      shown: answered[answered.length - 1].shown,
      end: endOfFit(fits),
    };
  };
  const byFeatures =
    ({ predict }: Pick<Predictor, "predict">, seen = whole): Answer =>
    (rows) =>
      predict(selectMatrixRows(seen, rows));
  const logistic: LogisticModel[] = [];
  const baselines = [
    await of("always the commonest", 0, (train) => byFeatures(trainMajority(own(train), phaseNames))),
    await of("chemist's rules", phaseRules.length, (train) => {
      const rules = trainRules(selectRows(table, train), own(train));
      return (rows) => rules.predict(selectRows(table, rows));
    }),
    await of(
      "logistic regression",
      (whole.columns + 1) * phaseNames.length,
      (train) => {
        const model = trainLogistic(selectMatrixRows(whole, train), own(train), phaseNames, {
          maxIterations: logisticIterations,
        });
        logistic.push(model);
        return byFeatures(model);
      },
      logistic,
    ),
    await of("random forest", null, (train) =>
      byFeatures(
        trainForest(selectMatrixRows(whole, train), own(train), phaseNames, phaseRandom(seed, "forest"), {
          trees: 30,
          leastLeaf: 5,
        }),
      ),
    ),
  ];
  const trained = await training;
  await touchTest(data, "phase network", [trained[1].network]);
  await touchTest(data, "phase network that knows the laboratory", [trained[3].network]);
  return [
    ...baselines,
    ...networks.map(({ name, features: seen }, i) => {
      const [few, all] = trained.slice(2 * i, 2 * i + 2);
      const answer = byFeatures(all.predictor, seen);
      return {
        name,
        parameters: all.parameters,
        probabilities: [byFeatures(few.predictor, seen)(split.test), answer(split.test)],
        shown: answer(shown),
        end: "",
      };
    }),
  ];
}

function modelScore(sums: BatchSums, rows: number, random: ReturnType<typeof phaseRandom>): ModelScore {
  const interval = (statistic: GroupedStatistic, what: string): Estimate =>
    batchEstimate(sums.rows.length, statistic, random.fork(what));
  return {
    rows,
    accuracy: interval(overall(sums), "accuracy"),
    logLoss: interval(meanLoss(sums), "log loss"),
    meanRecall: interval(balanced(sums), "mean recall"),
  };
}

/**
 * Sums per batch of what the twin knows: the chance that the likeliest phase is the label, the entropy of the label
 * (nats), and rows.
 */
type CeilingSums = GroupedSums<"hit" | "entropy" | "rows">;

function ceilingSums(
  truth: Float64Array,
  { codes, batches }: { readonly codes: ArrayLike<number>; readonly batches: number },
): CeilingSums {
  const count = phaseNames.length;
  const likeliest = (row: number): number => Math.max(...truth.subarray(row * count, (row + 1) * count));
  const { hit, rows } = groupedSums(codes, { hit: likeliest, rows: () => 1 }, { groups: batches });
  const cells = Uint32Array.from(truth, (_, i) => codes[Math.floor(i / count)]);
  const { entropy } = groupedSums(cells, { entropy: (i) => entropyTerm(truth[i]) }, { groups: batches });
  return { hit, entropy, rows };
}

function meanEntropy({ entropy, rows }: CeilingSums): GroupedStatistic {
  return groupedStatistic({ entropy, rows }, (totals) => totals.entropy / totals.rows, { over: "rows" });
}

const allOf = (batches: number): Uint32Array => Uint32Array.from({ length: batches }, (_, batch) => batch);

interface MeasurementsOf {
  readonly models: readonly PhaseModel[];
  readonly judged: readonly {
    readonly name: string;
    readonly probabilities: Probabilities;
    readonly sums: BatchSums;
  }[];
  readonly labels: Uint8Array;
  readonly ceiling: CeilingSums;
  readonly few: number;
  readonly random: ReturnType<typeof phaseRandom>;
}

function modelMeasurements({ models, judged, labels, ceiling, few, random }: MeasurementsOf): Measurement[] {
  const of = (name: string): (typeof judged)[number] => judged.find((one) => one.name === name)!;
  const scores = (name: string): PhaseModel => models.find((one) => one.name === name)!;
  const [majority, network] = [of("always the commonest"), of(networkName)];
  const batches = network.sums.rows.length;
  const n = labels.length;
  const made = (
    id: string,
    meaning: string,
    unit: string,
    estimate: Estimate,
    baseline: number | null,
    rows = n,
  ): Measurement =>
    measurement({ id, meaning, value: estimate.value, unit, interval: estimate.interval, n: rows, baseline });
  const best = groupedStatistic({ hit: ceiling.hit, rows: ceiling.rows }, ({ hit, rows }) => hit / rows, {
    over: "rows",
    kind: "share",
  });
  const constant = overall(majority.sums);
  const skill: GroupedStatistic = (drawn) =>
    (overall(network.sums)(drawn) - constant(drawn)) / (best(drawn) - constant(drawn));
  const baselines = judged.filter(({ name }) => ![networkName, knowsLaboratory].includes(name));
  const rival = baselines.reduce((a, b) =>
    meanLoss(b.sums)(allOf(batches)) < meanLoss(a.sums)(allOf(batches)) ? b : a,
  );
  const gain: GroupedStatistic = (drawn) => 1 - meanLoss(network.sums)(drawn) / meanLoss(rival.sums)(drawn);
  const decided = (probabilities: Probabilities): ArrayLike<number> => argmax(probabilities, phaseNames.length);
  const classes = phaseRecalls(network.sums, (phase) => random.fork(phase));
  const worst = (id: string, meaning: string, some: readonly PhaseRecall[]): Measurement =>
    made(
      id,
      `${meaning}, Bonferroni over the classes`,
      "share",
      leastEstimate(some),
      0,
      some.reduce((least, one) => (one.value < least.value ? one : least)).n,
    );
  const ceilingEstimate = batchEstimate(batches, best, random.fork("ceiling"));
  const floor = batchEstimate(batches, meanEntropy(ceiling), random.fork("floor"));
  const ownScore = scores(networkName);
  return [
    made(
      "MP1.accuracy",
      "accuracy of the network on test rows",
      "share",
      ownScore.all.accuracy,
      constant(allOf(batches)),
    ),
    made(
      "MP2.skill",
      "accuracy of the network between that of a constant answer (0) and of knowing all but the label's noise (1)",
      "1",
      batchEstimate(batches, skill, random.fork("skill")),
      0,
    ),
    worst("MP3.worstClassRecall", "smallest recall of any class", classes),
    worst(
      "MP3.worstMajorRecall",
      "smallest recall of a class that makes up a tenth or more",
      classes.filter((one) => one.n / n >= 0.1),
    ),
    made(
      "MP4.logLossGain",
      `log loss of the network below that of the best baseline (${rival.name}), as a share of it`,
      "share",
      batchEstimate(batches, gain, random.fork("gain")),
      0,
    ),
    measurement({
      id: "MP4.mcNemarP",
      meaning: `McNemar's p of network against ${rival.name}, rows taken as independent`,
      value: mcNemar(labels, decided(network.probabilities), decided(rival.probabilities)).pValue,
      unit: "1",
      n,
    }),
    made(
      "training.ceiling",
      "accuracy of naming the likeliest phase when all but the label's noise is known, on the same rows",
      "share",
      ceilingEstimate,
      null,
    ),
    made(
      "training.floor",
      "log loss of one who knows all but the label's noise, on the same rows",
      "nats",
      floor,
      null,
    ),
    made(
      "training.logLoss",
      "log loss of the network",
      "nats",
      ownScore.all.logLoss,
      scores(rival.name).all.logLoss.value,
    ),
    made(
      "training.rulesAccuracy",
      "accuracy of the chemist's rules",
      "share",
      scores("chemist's rules").all.accuracy,
      constant(allOf(batches)),
    ),
    made(
      "training.forestAccuracy",
      "accuracy of the random forest",
      "share",
      scores("random forest").all.accuracy,
      constant(allOf(batches)),
    ),
    made(
      "training.forestLogLoss",
      "log loss of the random forest",
      "nats",
      scores("random forest").all.logLoss,
      ownScore.all.logLoss.value,
    ),
    made(
      "training.logisticAccuracy",
      "accuracy of logistic regression",
      "share",
      scores("logistic regression").all.accuracy,
      constant(allOf(batches)),
    ),
    made(
      "training.laboratoryGain",
      "accuracy of the network that knows the laboratory, less that of the one that does not",
      "share difference",
      batchDifference(of(knowsLaboratory).sums, network.sums, overall, random.fork("laboratory")),
      0,
    ),
    made(
      "training.laboratoryAccuracy",
      "accuracy of the network that knows the laboratory",
      "share",
      scores(knowsLaboratory).all.accuracy,
      ownScore.all.accuracy.value,
    ),
    made(
      "training.fewLogLoss",
      `log loss of the network from ${few} training rows`,
      "nats",
      ownScore.few.logLoss,
      ownScore.all.logLoss.value,
    ),
    measurement({
      id: "training.parameters",
      meaning: "numbers that the network learns",
      value: ownScore.parameters,
      unit: "parameters",
    }),
    measurement({
      id: "training.rowsPerParameter",
      meaning: "training rows per parameter of the network",
      value: ownScore.all.rows / ownScore.parameters!,
      unit: "rows",
    }),
  ];
}
