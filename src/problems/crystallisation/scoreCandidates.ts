import { type Matrix, makeMatrix, selectMatrixColumns, selectMatrixRows } from "../../core/Matrix.js";
import { shuffledRows } from "../../core/random/shuffledRows.js";
import { type ClassProcess, gaussianClassPredictor } from "../../training/baselines/gaussian/gaussianClassPredictor.js";
import { trainGaussianClassifier } from "../../training/baselines/gaussian/trainGaussianClassifier.js";
import { logisticPredictor, type LogisticWeights } from "../../training/baselines/logisticPredictor.js";
import { trainLogistic } from "../../training/baselines/trainLogistic.js";
import type { Network } from "../../training/Network.js";
import { networkPredictor } from "../../training/networkPredictor.js";
import { trainClassifier } from "../../training/trainClassifier.js";
import type { Answerer, Candidate } from "../fewRows/Candidate.js";
import { classForest, constantShares } from "../fewRows/classCandidates.js";
import { standardisedColumns, type TargetRows } from "../fewRows/targetCandidates.js";
import { scoreClasses } from "./crystallisationRows.js";

/** Names of the rivals, in the order in which they challenge. */
export const scoreRivals = {
  constant: "constant",
  logistic: "logistic",
  process: "Gaussian process on 2,000 wells",
  network: "network",
  forest: "forest",
} as const;

/** Rivals that learn and answer within seconds; a Gaussian process takes a minute for it. */
export const quickRivals: readonly string[] = Object.values(scoreRivals).filter((name) => name !== scoreRivals.process);

/**
 * How many wells a Gaussian process learns from at most, and of how many its kernels are told. They are drawn from all
 * plates: whole ones up to the same number hold few salts. Of wells on other plates, among the training rows of one
 * fold, 0.42 were told from whole plates and 0.60 from wells of all, with kernels of 400 wells in both; 0.61 with
 * kernels of 800. A forest told 0.50 and 0.59.
 */
const processWells = { most: 2000, kernels: 800 } as const;

/** What a smooth function of a well is given: with all features each length would be told from few wells. */
const smoothFeatures = [
  ...["lnOrganicLead", "organicPerLead", "leadAll", "acidShare", "dimethylformamideShare", "dimethylSulfoxideShare"],
  ...["temperatureCelsius", "timeSecond", "bromideLeadShare", "cationMass", "positiveCharge"],
  ...["hydrogensOnNitrogen", "carbonsOnNitrogen", "aromaticAtoms", "branchedAtoms", "longestPath"],
];

/**
 * Ways to tell the probabilities of the scores of a well, in the order in which they challenge.
 *
 * @param all  features of all rows of the problem, in which a Gaussian process has its centres
 */
export function scoreCandidates(all: Matrix): readonly Candidate<TargetRows>[] {
  return [constantShares(scoreClasses), logistic, process(all), network, classForest(scoreClasses, forestSize)];
}

/** As many trees, with leaves as large, as tell shares to a few hundredths and can be kept. */
export const forestSize = { trees: 60, leastLeaf: 6 } as const;

/** Means and scales of columns, to bring other rows to the same measure. */
interface Measure {
  readonly means: readonly number[];
  readonly scales: readonly number[];
}

/** Codes of the scores that training rows have. */
interface Seen {
  readonly codes: readonly number[];
}

/** Scores that rows have: what was never seen is no class of a fit, and gets a small share of what it says. */
function seenScores(target: ArrayLike<number>): readonly number[] {
  return [...new Set(Array.from(target))].sort((a, b) => a - b);
}

/** Probabilities of the scores that were seen, spread to all of them. */
function spread(own: Float64Array, codes: readonly number[]): Float64Array {
  const [width, all] = [codes.length, scoreClasses.length];
  const floor = width === all ? 0 : unseenFloor;
  const whole = new Float64Array((own.length / width) * all).fill(floor);
  const rest = 1 - floor * (all - width);
  own.forEach((probability, i) => (whole[Math.floor(i / width) * all + codes[i % width]] = rest * probability));
  return whole;
}
const unseenFloor = 1e-3;

/** Farther from the mean a value says no more than that it is far: a straight line would be sure of anything there. */
const farthest = 4;

function measured(features: Matrix, { means, scales }: Measure): Matrix {
  const width = features.columns;
  return makeMatrix(
    features.names,
    features.values.map((value, i) =>
      Math.min(farthest, Math.max(-farthest, (value - means[i % width]) / scales[i % width])),
    ),
  );
}

const logistic: Candidate<TargetRows> = {
  name: scoreRivals.logistic,
  fit: ({ features, target }): LogisticWeights & Measure & Seen => {
    const codes = seenScores(target);
    const { means, scales } = standardisedColumns(features, [...features.names.keys()]);
    const classes = codes.map((code) => scoreClasses[code]);
    if (codes.length < 2) return { ...constantWeights(features.names, classes), means, scales, codes };
    const own = target.map((code) => codes.indexOf(code));
    const { names, coefficients, intercepts } = trainLogistic(measured(features, { means, scales }), own, classes, {
      C: 0.1,
    });
    return { classes, names, coefficients, intercepts, means, scales, codes };
  },
  answerer: ({ means, scales, codes, ...weights }: LogisticWeights & Measure & Seen): Answerer<TargetRows> => {
    if (codes.length < 2) return ({ features: { rows } }) => spread(new Float64Array(rows).fill(1), codes);
    const predictor = logisticPredictor(weights);
    return ({ features }) => spread(predictor.predict(measured(features, { means, scales })), codes);
  },
};

function constantWeights(names: readonly string[], classes: readonly string[]): LogisticWeights {
  return { names, classes, coefficients: new Float64Array(names.length), intercepts: new Float64Array(1) };
}

/** Gaussian processes by the places of their centres. */
interface ScoreProcess extends Measure {
  readonly places: Uint32Array;
  readonly present: readonly number[];
  readonly processes: readonly ClassProcess[];
}

function process(all: Matrix): Candidate<TargetRows> {
  const columns = smoothFeatures.map((name) => all.names.indexOf(name));
  const smooth = (features: Matrix, measure: Measure): Matrix =>
    measured(selectMatrixColumns(features, columns), measure);
  return {
    name: scoreRivals.process,
    fit: (rows, random): ScoreProcess => {
      const shuffled = shuffledRows(Uint32Array.from(rows.places.keys()), random.fork("wells"));
      const drawn = shuffled.slice(0, processWells.most).sort();
      const own = selectMatrixRows(rows.features, drawn);
      const target = Float64Array.from(drawn, (at) => rows.target[at]);
      const { means, scales } = standardisedColumns(own, columns);
      const features = smooth(own, { means, scales });
      const few = shuffledRows(Uint32Array.from(target.keys()), random.fork("kernels"))
        .subarray(0, processWells.kernels)
        .sort();
      const { kernels } = trainGaussianClassifier(
        selectMatrixRows(features, few),
        few.map((at) => target[at]),
        scoreClasses,
        { starts: 1, maxIterations: 40 },
      );
      const { present, processes } = trainGaussianClassifier(features, target, scoreClasses, { kernels });
      return {
        places: drawn.map((at) => rows.places[at]),
        present,
        processes: processes.map(({ kernel, pull, curvature }) => ({ kernel, pull, curvature })),
        means,
        scales,
      };
    },
    answerer: ({ places, present, processes, means, scales }: ScoreProcess): Answerer<TargetRows> => {
      const centres = smooth(selectMatrixRows(all, places), { means, scales });
      const predictor = gaussianClassPredictor({
        classes: scoreClasses,
        names: centres.names,
        features: centres,
        present,
        processes,
      });
      return ({ features }) => predictor.predict(smooth(features, { means, scales }));
    },
  };
}

/** A few networks, of which the probabilities are averaged. */
interface ScoreNetworks extends Measure, Seen {
  readonly networks: readonly Network[];
}

const members = 3;

const network: Candidate<TargetRows> = {
  name: scoreRivals.network,
  fit: async ({ features, target }, random): Promise<ScoreNetworks> => {
    const codes = seenScores(target);
    const { means, scales } = standardisedColumns(features, [...features.names.keys()]);
    const networks: Network[] = [];
    if (codes.length > 1)
      for (let member = 0; member < members; member++) {
        const trained = await trainClassifier(
          measured(features, { means, scales }),
          target.map((code) => codes.indexOf(code)),
          codes.map((code) => scoreClasses[code]),
          random.fork(member),
          {
            hidden: [48, 48],
            batchSize: 64,
            epochs: 15,
            learningRate: 3e-3,
            schedule: { name: "cosine" },
            optimizer: { name: "adamW", weightDecay: 0.1 },
          },
        );
        networks.push(trained.network);
      }
    return { networks, means, scales, codes };
  },
  answerer: ({ networks, means, scales, codes }: ScoreNetworks): Answerer<TargetRows> => {
    const predictors = networks.map((one) => networkPredictor(one));
    return ({ features }) => {
      if (networks.length === 0) return spread(new Float64Array(features.rows).fill(1), codes);
      const told = predictors.map((one) => one.predict(measured(features, { means, scales })));
      return spread(
        told[0].map((_, i) => told.reduce((sum, one) => sum + one[i], 0) / told.length),
        codes,
      );
    };
  },
};
