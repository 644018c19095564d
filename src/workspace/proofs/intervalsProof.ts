import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { seededRandom } from "../../core/random/Random.js";
import type { Random } from "../../core/random/Random.js";
import { clopperPearson } from "../../core/statistics/clopperPearson.js";
import { leastEstimate } from "../../core/statistics/leastEstimate.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { labelBalance } from "../../monitoring/quality/labelBalance.js";
import { intervalCoverage, type CoverageEffort, type ScenarioCoverage } from "./intervalCoverage.js";
import { intervalScenarios } from "./intervalScenarios.js";
import type { Proof } from "./Proof.js";

/** Simulated samples of known populations, and how often intervals over few groups, or after a choice, hold. */
export const intervalsProof: Proof = {
  name: "intervals",
  id: "assure-intervals",
  about: "how often intervals over groups hold, in samples of known populations",
  record: intervalsEvidence,
};

const seed = 1;

/** Two to three minutes of one core. */
const effort: CoverageEffort = { samples: 4000, percentileSamples: 400, draws: 400 };

/** Classes and rows of labels whose classes are equally likely, so that the true ratio of any two is 1. */
const balances = [2, 3, 5, 10].flatMap((classes) => [200, 2000].map((rows) => ({ classes, rows })));
const balanceSamples = 2000;

interface BalanceCoverage {
  readonly classes: number;
  readonly rows: number;
  /** Share of samples whose interval of smallest over largest holds 1. */
  readonly held: number;
}

/** Coverage by scenario: curves over groups, sizes and correlations. */
interface IntervalsResult {
  readonly effort: CoverageEffort;
  readonly scenarios: readonly ScenarioCoverage[];
  readonly balances: readonly BalanceCoverage[];
}

function intervalsEvidence(): Promise<EvidenceFile<IntervalsResult>> {
  return recordedEvidence(
    {
      id: intervalsProof.id,
      inputs: ["package-lock.json"],
      source: "src/workspace/proofs/intervalsProof.ts",
      seed,
      madeBy: "assure",
    },
    () => {
      console.log(`… ${effort.samples} samples of each of ${intervalScenarios.length} scenarios`);
      const random = seededRandom(seed);
      const scenarios = intervalScenarios.map((one) => intervalCoverage(one, random.fork(one.name), effort));
      const ofBalance = balances.map((one) => balanceCoverage(one, random.fork(`balance ${one.classes} ${one.rows}`)));
      return Promise.resolve({
        result: { effort, scenarios, balances: ofBalance },
        measurements: [...groupMeasurements(scenarios), balanceMeasurement(ofBalance)],
      });
    },
  );
}

function balanceCoverage(
  { classes, rows }: { readonly classes: number; readonly rows: number },
  random: Random,
): BalanceCoverage {
  const levels = Array.from({ length: classes }, (_, k) => `class ${k}`);
  let held = 0;
  for (let sample = 0; sample < balanceSamples; sample++) {
    const codes = Uint8Array.from({ length: rows }, () => Math.floor(random() * classes));
    held += Number(labelBalance({ codes, levels }, { label: "class" }).ratio!.interval.high === 1);
  }
  return { classes, rows, held: held / balanceSamples };
}

function groupMeasurements(scenarios: readonly ScenarioCoverage[]): Measurement[] {
  const known = scenarios.flatMap(({ rule, effective, percentile }) =>
    rule === null ? [] : [{ ...rule, effective, percentile }],
  );
  const wide = known.filter(({ effective }) => effective >= 20);
  const ratios = wide.map(({ medianWidth, percentile }) => medianWidth / percentile.medianWidth);
  return [
    leastCoverage(
      "intervals.coverage",
      "of all scenarios with an interval over groups, the least share of samples in which it holds the truth",
      known.map(({ held, samples }) => ({ held, samples })),
      Math.min(...known.map(({ percentile }) => percentile.held)),
    ),
    measurement({
      id: "intervals.width",
      meaning: "largest median width over that of percentiles of draws, from 20 effective groups on",
      value: Math.max(...ratios),
      unit: "1",
      n: wide.length,
      threshold: 1.15,
      direction: "atMost",
    }),
    measurement({
      id: "intervals.unknown",
      meaning: "scenarios in which no interval is given, with the reason",
      value: scenarios.length - known.length,
      unit: `of ${scenarios.length} scenarios`,
    }),
  ];
}

function balanceMeasurement(balance: readonly BalanceCoverage[]): Measurement {
  return leastCoverage(
    "intervals.balanceRatio",
    "of labels with equally likely classes, the least share in which the interval of smallest over largest holds 1",
    balance.map(({ held }) => ({ held, samples: balanceSamples })),
    null,
  );
}

/** The least of several shares: which it is was chosen, so all of their intervals hold together (Bonferroni). */
function leastCoverage(
  id: string,
  meaning: string,
  shares: readonly { readonly held: number; readonly samples: number }[],
  baseline: number | null,
): Measurement {
  const level = 1 - 0.05 / shares.length;
  const { value, interval } = leastEstimate(
    shares.map(({ held, samples }) => ({
      value: held,
      interval: clopperPearson(Math.round(held * samples), samples, { level }),
    })),
  );
  const n = shares.reduce((total, { samples }) => total + samples, 0);
  return measurement({
    id,
    meaning,
    value,
    interval,
    unit: "share",
    n,
    threshold: 0.93,
    direction: "atLeast",
    baseline,
  });
}
