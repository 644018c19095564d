import { decidingRules } from "../../chemistry/phaseRules.js";
import { phaseCode, phaseNames } from "../../chemistry/phases.js";
import { type Matrix, makeMatrix } from "../../core/Matrix.js";
import { numbersOf, selectRows, type Table, textsOf } from "../../core/Table.js";
import { ruleAnswers, type RuleTrust } from "../../training/baselines/rulesPredictor.js";
import { trainRules } from "../../training/baselines/trainRules.js";
import { leaveOneGroupOut } from "../../splitting/leaveOneGroupOut.js";
import type { Answerer, Candidate } from "../fewRows/Candidate.js";
import { classForest, classProcess, constantShares, logistic, withRoom } from "../fewRows/classCandidates.js";
import { networkClasses } from "../fewRows/networkClasses.js";
import { constantAnswer, type TargetRows } from "../fewRows/targetCandidates.js";
import type { RealQuestion } from "../rivals/RealQuestion.js";
import { noSplit, type RealSplit, realSplit } from "../rivals/realSplit.js";
import type { PublishedProblem } from "./PublishedProblem.js";

const recipeColumns = [
  "temperatureCelsius",
  "lnSecond",
  "lnCaesiumLead",
  "lnBromideLead",
  "lnAcidLead",
  "lnAmineLead",
  "lnLeadMolar",
  "polarSolventFraction",
  "waterFraction",
  "isHotInjection",
  "isMicroemulsion",
] as const;
/** The chemist's rule that decides. */
const ruleColumn = "rule";
const twinColumns = phaseNames.map((name) => `twin, ln ${name}`);
/** Assumed parameters of the twin were fitted to the phases of open papers: there it is no rival. */
const twinAsides = {
  alone: "twin, fitted to open papers",
  prior: "logistic of the twin, fitted to open papers",
} as const;

/** What else the problem is told. */
export interface PublishedPhaseOptions {
  /** DOIs of papers that no fit may see. */
  readonly heldOut: readonly string[];
  /** Of the twin, row-major [recipes, phases], each above 0; without it the twin does not stand beside. */
  readonly twin?: ArrayLike<number>;
}

/**
 * The phase of published Cs-Pb-Br recipes: of open papers with one left out, and of held-out papers told from all open
 * ones; each paper one witness. Nearly all are CsPbBr3, so that the constant answer stands beside every number.
 *
 * @param recipes  as loadRecipes gives them
 */
export function publishedPhaseProblem(recipes: Table, { heldOut, twin }: PublishedPhaseOptions): PublishedProblem {
  const papers = textsOf(recipes, "doi");
  const isOpen = papers.map((paper) => !heldOut.includes(paper));
  const features = featuresOf(recipes, twin);
  const own = recipeColumns.map((_, place) => place);
  const candidates = [
    constantShares(phaseNames),
    rules(recipes, features.names.indexOf(ruleColumn)),
    logistic("logistic", own, phaseNames),
    ...smoothCandidates(features, own),
  ].map((candidate) => withRoom(candidate, phaseNames));
  const twinPlaces = twin === undefined ? [] : twinColumns.map((name) => features.names.indexOf(name));
  const asides = twin === undefined ? [] : [asItIs(twinPlaces), logistic(twinAsides.prior, twinPlaces, phaseNames)];
  return {
    problem: {
      id: "published-phase",
      what: "phase of published Cs-Pb-Br recipes",
      classes: phaseNames,
      unit: "",
      features,
      truth: Float64Array.from(textsOf(recipes, "phase"), (phase) => phaseCode(phase as (typeof phaseNames)[number])),
      candidates: [...candidates, ...asides],
      incumbent: constantAnswer,
    },
    splits: splitsOf(papers, isOpen),
    rivals: candidates.map(({ name }) => name),
    asides: asides.map(({ name }) => name),
    rows: Uint32Array.from(papers.keys()),
  };
}

function featuresOf(recipes: Table, twin: ArrayLike<number> | undefined): Matrix {
  const column = (name: string): ((row: number) => number) => {
    const values = numbersOf(recipes, name);
    return (row) => (Number.isNaN(values[row]) ? 0 : values[row]);
  };
  const [temperature, time, lead, caesium, bromide, polar, water] = [
    "temperatureCelsius",
    "timeSecond",
    "leadMolar",
    "caesiumLeadRatio",
    "bromideLeadRatio",
    "polarSolventFraction",
    "waterFraction",
  ].map(column);
  const [acid, otherAcid, amine, otherAmine] = [
    "oleicAcidMolar",
    "otherAcidMolar",
    "oleylamineMolar",
    "otherAmineMolar",
  ].map(column);
  const routes = textsOf(recipes, "route");
  const rule = decidingRules(recipes);
  const rows = Array.from({ length: recipes.numRows }, (_, row) => [
    temperature(row),
    Math.log(Math.max(1, time(row))),
    Math.log(caesium(row)),
    Math.log(bromide(row)),
    Math.log((acid(row) + otherAcid(row)) / lead(row) + 0.5),
    Math.log((amine(row) + otherAmine(row)) / lead(row) + 0.5),
    Math.log(lead(row)),
    polar(row),
    water(row),
    Number(routes[row] === "hot injection"),
    Number(routes[row] === "reverse microemulsion"),
    rule[row],
    ...(twin === undefined ? [] : twinColumns.map((_, k) => Math.log(twin[row * phaseNames.length + k]))),
  ]);
  return makeMatrix(
    [...recipeColumns, ruleColumn, ...(twin === undefined ? [] : twinColumns)],
    Float32Array.from(rows.flat()),
  );
}

function smoothCandidates(features: Matrix, own: readonly number[]): readonly Candidate<TargetRows>[] {
  return [
    classProcess("Gaussian process", own, features, phaseNames),
    classForest(phaseNames, { columns: own }),
    networkClasses("network", own, phaseNames),
  ];
}

/** The chemist's rules, trusted as their record on the training rows says. */
function rules(recipes: Table, column: number): Candidate<TargetRows> {
  return {
    name: "rules",
    fit: ({ places, target }): RuleTrust => {
      const { rules: records, counts } = trainRules(selectRows(recipes, places), target);
      return { rules: records, counts };
    },
    answerer:
      (trust: RuleTrust): Answerer<TargetRows> =>
      ({ features: { rows, columns, values } }) =>
        ruleAnswers(
          trust,
          Array.from({ length: rows }, (_, row) => values[row * columns + column]),
        ),
  };
}

/** The twin's own probabilities: nothing is learned. */
function asItIs(places: readonly number[]): Candidate<TargetRows> {
  return {
    name: twinAsides.alone,
    fit: () => null,
    answerer:
      (): Answerer<TargetRows> =>
      ({ features: { rows, columns, values } }) => {
        const told = Float64Array.from({ length: rows * places.length }, (_, i) =>
          Math.exp(values[Math.floor(i / places.length) * columns + places[i % places.length]]),
        );
        return told.map((share, i) => {
          const from = i - (i % places.length);
          return share / told.subarray(from, from + places.length).reduce((a, b) => a + b);
        });
      },
  };
}

function splitsOf(papers: readonly string[], isOpen: readonly boolean[]): readonly RealSplit[] {
  const rows = Uint32Array.from(papers.keys());
  const [open, closed] = [rows.filter((row) => isOpen[row]), rows.filter((row) => !isOpen[row])];
  const over = { groups: papers, unit: "paper" };
  const folds = leaveOneGroupOut(papers)
    .filter(({ test }) => isOpen[test[0]])
    .map(({ name, train, test }) => ({ name, train: train.filter((row) => isOpen[row]), test }));
  return [
    realSplit({ name: "unseen paper", folds, ...over }),
    closed.length === 0
      ? noSplit("held-out papers", "no paper of this table is held out")
      : realSplit({
          name: "held-out papers",
          folds: [{ name: "held-out papers", train: open, test: closed }],
          ...over,
        }),
  ];
}

/** How many tested rows and papers each phase has: of one that has none nothing is known. */
export interface TestedPhase {
  readonly phase: string;
  readonly rows: number;
  readonly papers: number;
}

/** What a split of published recipes can say of each phase. */
export function testedPhases(
  { problem }: Pick<RealQuestion, "problem">,
  { folds, groups }: RealSplit,
): readonly TestedPhase[] {
  const tested = folds.flatMap(({ test }) => Array.from(test));
  return phaseNames.map((phase, code) => {
    const own = tested.filter((row) => problem.truth[row] === code);
    return { phase, rows: own.length, papers: new Set(own.map((row) => groups[row])).size };
  });
}
