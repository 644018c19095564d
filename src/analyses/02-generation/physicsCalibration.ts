import {
  assumedParameters,
  type ParameterName,
  type PhysicsValues,
  valuesOf,
} from "../../chemistry/physicsParameters.js";
import { phaseNames } from "../../chemistry/phases.js";
import type { PublishedCase } from "../../chemistry/PublishedCase.js";
import { canonicalJson } from "../../core/canonicalJson.js";
import { clopperPearson } from "../../core/statistics/clopperPearson.js";
import { differentialEvolution } from "../../core/statistics/differentialEvolution.js";
import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { mixtureWeights } from "../../core/statistics/mixtureWeights.js";
import { seededRandom, type Random } from "../../core/random/Random.js";
import { acceptanceCases } from "../../experiments/acceptanceCases.js";
import { readRealTable } from "../../experiments/dataStore.js";
import { heldOutPapers } from "../../experiments/heldOutPapers.js";
import { realTable } from "../../experiments/manifest.js";
import { publishedCases } from "../../experiments/publishedCases.js";
import type { RuleAgainstConstant } from "../../figures/plotRuleAgainstConstant.js";
import { campaignRegions } from "../../generation/campaigns.js";
import { columnMemory } from "../../generation/columnMemory.js";
import { doJob } from "../../generation/experimentJob.js";
import { CodeSlot } from "../../generation/layout.js";
import { makeEngine } from "../../generation/makeEngine.js";
import { campaignDesigns, physicsLoss, type PhysicsTargets, simulatePublished } from "../../generation/physicsLoss.js";
import { twinSetup } from "../../generation/twinSetup.js";
import { readRecordedEvidence, recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { projectPath } from "../../io/projectPath.js";
import { writeAtomic } from "../../io/writeAtomic.js";
import { coverageInterval } from "../../core/statistics/coverageInterval.js";

export const calibrationId = "02-generation-calibration";
const source = moduleSource(import.meta.url);

/** Class counts of the reviewed project's 2,000 rows, in the order of phaseNames. */
export const reviewCounts: readonly number[] = [590, 334, 71, 721, 284];

/** Numbers that the published phases say next to nothing about stay as assumed. */
const keptAsAssumed: ReadonlySet<ParameterName> = new Set([
  "reactionEntropy0",
  "reactionEntropy1",
  "reactionEntropy2",
  "dissolutionEnthalpyCaesiumBromide",
  "dissolutionEnthalpyLeadBromide",
  "acidBaseConstant",
  "leadCapacityPolar",
  "caesiumHydration",
  "lnNucleationPrefactor",
  "lnVisibleNuclei",
]);
export const fittedNames: readonly ParameterName[] = (Object.keys(assumedParameters) as ParameterName[]).filter(
  (name) => !keptAsAssumed.has(name),
);

/** A fitted parameter, and how wide the loss lets it range. */
export interface FittedParameter {
  readonly parameter: ParameterName;
  /** Short name, as figures show it. */
  readonly name: string;
  readonly unit: string;
  readonly meaning: string;
  readonly low: number;
  readonly high: number;
  readonly value: number;
  readonly onBound: boolean;
  /**
   * Range of values at which the others, fitted anew, explain the cases nearly as
   * well; both null where it is narrower than a step of the grid that looks for it.
   */
  readonly profileLow: number | null;
  readonly profileHigh: number | null;
}

/**
 * What the calibration of the physics gave: fitted parameters, and how well the fit does on papers that it had not
 * seen.
 */
export interface CalibrationReport {
  readonly parameters: readonly FittedParameter[];
  /** Papers, published phase, counts for each phase by the twin; phases that were published. */
  readonly confusion: readonly (readonly (string | number)[])[];
  /** How often the twin names published phases rightly, beside the constant answer, as the figure takes it. */
  readonly bars: RuleAgainstConstant["bars"];
  readonly acceptance: readonly {
    readonly id: string;
    readonly doi: string;
    readonly published: string;
    readonly twin: string;
    readonly probability: number;
  }[];
  readonly campaigns: readonly { readonly name: string; readonly weight: number; readonly shares: readonly number[] }[];
  readonly heldOut: readonly string[];
  readonly loss: { readonly total: number; readonly training: number; readonly acceptance: number };
}

export interface CalibrationOptions {
  readonly seed?: number;
  readonly generations?: number;
  readonly onProgress?: (done: string) => void;
}

const independentFits = 6;
const populationSize = 120;
const designsInLoss = 8;
/** A parameter this near to an end of its range, as a share of it, sits on the bound. */
const boundShare = 0.01;

/**
 * Fits the assumed parameters to published phases: training papers, acceptance facts, and class shares that the
 * campaigns must be able to mix. Writes src/chemistry/fittedParameters.json and the report as evidence.
 *
 * Held-out papers are read only after the fit, for the report.
 *
 * @throws InputError if the recipe table is not here
 */
export async function calibratePhysics({
  seed = 1,
  generations = 160,
  onProgress = () => undefined,
}: CalibrationOptions = {}): Promise<EvidenceFile<CalibrationReport>> {
  const { table } = await readRealTable("recipes");
  const { heldOut } = await heldOutPapers();
  const cases = publishedCases(table);
  const acceptance = await acceptanceCases();
  const random = seededRandom(seed).fork("calibrate physics");
  const targets: PhysicsTargets = {
    training: cases.filter(({ doi }) => !heldOut.includes(doi)),
    acceptance,
    campaigns: campaignDesigns(campaignRegions, designsInLoss, random.fork("designs")),
    shares: reviewCounts.map((count) => count / reviewCounts.reduce((a, b) => a + b, 0)),
  };
  const values = fit(targets, random.fork("fit"), generations, onProgress);
  const physics = physicsOf(values);
  const parameters = profiled(values, targets, random.fork("profiles"), onProgress);
  onProgress("campaign weights");
  const campaigns = await weighedCampaigns(physics, targets.shares, seed);
  const fitted = {
    values: Object.fromEntries(fittedNames.map((name, i) => [name, values[i]])),
    campaignWeights: Object.fromEntries(campaigns.map(({ name, weight }) => [name, weight])),
  };
  await writeAtomic(projectPath("src", "chemistry", "fittedParameters.json"), canonicalJson(fitted));

  const inputs = [
    `data/real/${realTable("recipes").file}`,
    "data/literature/acceptance.json",
    "data/literature/held-out-dois.json",
  ];
  return recordedEvidence({ id: calibrationId, inputs, source, seed, labels: "real", madeBy: "assure" }, () => {
    const { total, training, acceptance: ofFacts } = physicsLoss(physics, targets);
    const scored = (["training", "held out"] as const).map((kind) =>
      score(
        kind,
        cases.filter(({ doi }) => heldOut.includes(doi) === (kind === "held out")),
        physics,
        random.fork(kind),
      ),
    );
    const named = acceptance.map(({ id, doi, phase, conditions }) => {
      const { label, probabilities } = simulatePublished(conditions, physics);
      return {
        id,
        doi,
        published: phaseNames[phase],
        twin: phaseNames[label],
        probability: round(probabilities[phase]),
      };
    });
    const passed = named.filter(({ published, twin }) => published === twin).length;
    return Promise.resolve({
      result: {
        parameters,
        confusion: scored.flatMap(({ confusion }) => confusion),
        bars: scored.map(({ bar }) => bar),
        acceptance: named,
        campaigns,
        heldOut,
        loss: { total: round(total), training: round(training), acceptance: round(ofFacts) },
      },
      measurements: [
        ...scored.flatMap(({ measurements }) => measurements),
        measurement({
          id: "calibration.acceptance",
          meaning: "acceptance facts whose phase the twin names rightly",
          value: passed,
          unit: `of ${named.length} facts`,
          n: named.length,
        }),
        measurement({
          id: "calibration.onBound",
          meaning: "fitted parameters that sit on a bound of their range",
          value: parameters.filter(({ onBound }) => onBound).length,
          unit: `of ${parameters.length} parameters`,
        }),
        measurement({
          id: "calibration.unidentified",
          meaning: "fitted parameters whose profile covers more than half of their range",
          value: parameters.filter(isWide).length,
          unit: `of ${parameters.length} parameters`,
        }),
      ],
    });
  });
}

/**
 * The committed report on the calibration of the physics, for notebooks.
 *
 * @throws InputError if `twin calibrate-physics` never ran
 */
export async function physicsCalibration(): Promise<EvidenceFile<CalibrationReport>> {
  return readRecordedEvidence<CalibrationReport>(calibrationId, { madeWith: "`twin calibrate-physics`" });
}

function isWide({ profileLow, profileHigh, low, high }: FittedParameter): boolean {
  return profileLow !== null && profileHigh !== null && profileHigh - profileLow > (high - low) / 2;
}

function physicsOf(values: readonly number[]): PhysicsValues {
  return { ...valuesOf(assumedParameters), ...Object.fromEntries(fittedNames.map((name, i) => [name, values[i]])) };
}

const box = fittedNames.map((name) => [assumedParameters[name].low, assumedParameters[name].high] as const);

/**
 * The best of several independent fits, refined. The loss has many valleys, and one run of differential evolution
 * settles in the first that it meets. The choice looks at the loss alone.
 *
 * Values are rounded to five digits, as they are stored: everything after the fit is computed with these.
 */
function fit(
  targets: PhysicsTargets,
  random: Random,
  generations: number,
  onProgress: (done: string) => void,
): number[] {
  const loss = (point: readonly number[]): number => physicsLoss(physicsOf(point), targets).total;
  const told =
    (name: string) =>
    (generation: number, best: number): void => {
      if ((generation + 1) % 20 === 0) onProgress(`${name}, generation ${generation + 1}: loss ${best.toFixed(3)}`);
    };
  const runs = Array.from({ length: independentFits }, (_, run) =>
    differentialEvolution(loss, box, random.fork(run), {
      population: populationSize,
      generations,
      onGeneration: told(`fit ${run + 1} of ${independentFits}`),
    }),
  );
  const best = runs.reduce((a, b) => (b.loss < a.loss ? b : a));
  const start = neighbours(best.values, random.fork("neighbours"), populationSize / 2, 0.1);
  const { values } = differentialEvolution(loss, box, random.fork("refine"), {
    population: populationSize,
    generations,
    start,
    onGeneration: told("refined"),
  });
  return values.map((value, i) => Math.min(Math.max(Number(value.toPrecision(5)), box[i][0]), box[i][1]));
}

/** The point itself and others around it, within `reach` of each range. */
function neighbours(
  point: readonly number[],
  random: Random,
  count: number,
  reach: number,
  within: readonly (readonly [number, number])[] = box,
): number[][] {
  return Array.from({ length: count }, (_, member) =>
    point.map((value, k) => {
      const moved = member === 0 ? value : value + reach * (2 * random() - 1) * (box[k][1] - box[k][0]);
      return Math.min(Math.max(moved, within[k][0]), within[k][1]);
    }),
  );
}

/** Positions within the range at which a parameter is held while the others are fitted anew. */
const profilePositions = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] as const;
const profileGenerations = 25;

/**
 * What the published phases cannot tell: each parameter is held at eleven places in turn and the others are fitted
 * anew, from the neighbourhood of the fit. It may be where the loss rises by less than 1.92 / papers,
 * the rise of a likelihood profile's 95 % interval if every paper is one observation.
 */
function profiled(
  values: readonly number[],
  targets: PhysicsTargets,
  random: Random,
  onProgress: (done: string) => void,
): FittedParameter[] {
  const cheap: PhysicsTargets = { ...targets, campaigns: targets.campaigns.map((designs) => designs.slice(0, 2)) };
  const least = physicsLoss(physicsOf(values), cheap).total;
  const papers = new Set([...targets.training, ...targets.acceptance].map(({ doi }) => doi)).size;
  const limit = least + 1.92 / papers;
  return fittedNames.map((name, i) => {
    onProgress(`profile ${i + 1} of ${fittedNames.length}: ${name}`);
    const { label, unit, meaning, low, high } = assumedParameters[name];
    const allowed = profilePositions.filter((position) => {
      const held = low + position * (high - low);
      const others = box.map((range, k) => (k === i ? ([held, held] as const) : range));
      const own = random.fork(name).fork(Math.round(10 * position));
      const near = neighbours(values, own, 24, 0.1, others);
      return (
        differentialEvolution((point) => physicsLoss(physicsOf(point), cheap).total, others, own, {
          population: near.length,
          generations: profileGenerations,
          start: near,
        }).loss <= limit
      );
    });
    const position = (values[i] - low) / (high - low);
    const places = [...allowed, position];
    const [from, to] = [Math.min(...places), Math.max(...places)];
    // Less than a step between the fit and the one place allowed beside
    // it: how far it reaches towards the next, the grid does not say.
    const resolved = to - from > profilePositions[1] - 1e-9;
    const ends = resolved
      ? { profileLow: low + from * (high - low), profileHigh: low + to * (high - low) }
      : { profileLow: null, profileHigh: null };
    return {
      parameter: name,
      name: label,
      unit,
      meaning,
      low,
      high,
      value: values[i],
      onBound: position < boundShare || position > 1 - boundShare,
      ...ends,
    };
  });
}

const rowsPerCampaign = 1 << 16;
const laboratoryDraws = 4;

/** Share of hot injections among the experiments of laboratories. */
const hotShare = 0.6;

/**
 * Weights of the campaigns for class shares and routes, from labels
 * as laboratories write them, over several draws of laboratories.
 */
async function weighedCampaigns(
  physics: PhysicsValues,
  target: readonly number[],
  seed: number,
): Promise<CalibrationReport["campaigns"]> {
  const rows = rowsPerCampaign / laboratoryDraws;
  const memory = columnMemory(rows, { shared: false });
  const shares: number[][] = [];
  for (const region of campaignRegions) {
    const counts = phaseNames.map(() => 0);
    for (let draw = 0; draw < laboratoryDraws; draw++) {
      const engine = await makeEngine(
        "simd",
        twinSetup({ seed: seed + draw, regions: [{ region, weight: 1 }], physics }),
      );
      doJob(engine, { first: 0, rows, memory, offset: 0 });
      memory.codes[CodeSlot.phase].forEach((code: number) => counts[code]++);
    }
    shares.push(counts.map((count) => count / rowsPerCampaign));
  }
  // Routes count as much as classes: half of what is mixed is the share of hot injections and of all others.
  const withRoute = (classes: readonly number[], hot: number): number[] => [
    ...classes.map((share) => share / 2),
    hot / 2,
    (1 - hot) / 2,
  ];
  const components = campaignRegions.map(({ route }, k) => withRoute(shares[k], Number(route === "hot injection")));
  // So many iterations leave it ln(campaigns) / 50,000 above the best mixture at most: 5e-5 nats.
  const { weights } = mixtureWeights(components, withRoute(target, hotShare), { iterations: 50_000 });
  const rounded = weights.map((weight) => Number(weight.toFixed(6)));
  // What rounding takes or adds goes to the largest.
  const largest = rounded.indexOf(Math.max(...rounded));
  rounded[largest] = Number((rounded[largest] + 1 - rounded.reduce((a, b) => a + b, 0)).toFixed(6));
  return campaignRegions.map(({ name }, k) => ({ name, weight: rounded[k], shares: shares[k].map(round) }));
}

interface PhaseScore {
  readonly confusion: CalibrationReport["confusion"];
  readonly bar: CalibrationReport["bars"][number];
  readonly measurements: readonly Measurement[];
}

function score(
  kind: "training" | "held out",
  cases: readonly PublishedCase[],
  physics: PhysicsValues,
  random: Random,
): PhaseScore {
  const labels = cases.map(({ conditions }) => simulatePublished(conditions, physics).label);
  const papers = cases.map(({ doi }) => doi);
  const counts = phaseNames.map((_, published) =>
    phaseNames.map((__, twin) => cases.filter(({ phase }, i) => phase === published && labels[i] === twin).length),
  );
  const id = kind === "held out" ? "heldOut" : "training";
  const baseline = cases.filter(({ phase }) => phase === 0).length / cases.length;
  const share = (name: string, meaning: string, hit: (one: PublishedCase, row: number) => boolean): Measurement => {
    const hits = cases.map((one, row) => Number(hit(one, row)));
    const value = hits.reduce((sum, one) => sum + one, 0) / hits.length;
    return measurement({
      id: `calibration.${id}${name}`,
      meaning: `share of recipes of ${kind} papers whose phase ${meaning}`,
      value,
      unit: "share",
      interval: coverageInterval(hits, { groups: papers, random }, 0.95),
      n: cases.length,
      baseline,
    });
  };
  const accuracy = share("", "the twin names rightly", ({ phase }, row) => labels[row] === phase);
  const constant = share("Constant", "is CsPbBr3, the constant answer", ({ phase }) => phase === 0);
  const recalls = ([0, 1, 2] as const).map((phase) => {
    const n = cases.filter((one) => one.phase === phase).length;
    const meaning = `share of published ${phaseNames[phase]} in ${kind} papers that the twin names rightly`;
    if (n === 0)
      return measurement({
        id: `calibration.${id}.${phaseNames[phase]}`,
        meaning,
        value: null,
        unit: "share",
        n: 0,
        reason: `no ${phaseNames[phase]} among ${kind} papers`,
      });
    return measurement({
      id: `calibration.${id}.${phaseNames[phase]}`,
      meaning,
      value: counts[phase][phase] / n,
      unit: "share",
      interval: clopperPearson(counts[phase][phase], n),
      n,
    });
  });
  const shareOf = ({
    value,
    interval,
  }: Measurement): { readonly share: number; readonly low: number; readonly high: number } => ({
    share: value!,
    low: interval!.low,
    high: interval!.high,
  });
  return {
    confusion: counts.flatMap((row, published) =>
      row.some((count) => count > 0) ? [[kind, phaseNames[published], ...row]] : [],
    ),
    bar: { name: `${kind} papers`, kind, n: cases.length, ...shareOf(accuracy), constant: shareOf(constant) },
    measurements: [accuracy, constant, ...recalls],
  };
}

function round(value: number): number {
  return Number(value.toPrecision(5));
}
