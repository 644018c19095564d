import { seededRandom } from "../../core/random/Random.js";
import type { Table } from "../../core/Table.js";
import { type LoadableTable, readRealTable } from "../../experiments/dataStore.js";
import { heldOutPapers } from "../../experiments/heldOutPapers.js";
import { simdEngine } from "../../generation/simd/simdEngine.js";
import {
  crystallisationProblem,
  crystallisationSplit,
  crystallisationSplits,
} from "../crystallisation/crystallisationProblem.js";
import { type PlateletProblem, plateletProblems, type PlateletProblems } from "../platelets/plateletProblems.js";
import { plateletSplits } from "../platelets/plateletSplits.js";
import { cadmiumSelenideProblem } from "../published/cadmiumSelenideProblem.js";
import { publishedPhaseProblem } from "../published/publishedPhaseProblem.js";
import { sizeProblem } from "../published/sizeProblem.js";
import { type TwinOpinion, twinOpinion } from "../published/twinOpinion.js";
import type { RealQuestion } from "../rivals/RealQuestion.js";

/** How a question is posed. */
export interface QuestionOptions {
  /** Of the twin's draws and of splits that draw rows. */
  readonly seed: number;
  /** Of real tables (default data/real of the project). */
  readonly folder?: string;
}

interface PosedQuestion {
  /** That it is asked of. */
  readonly table: LoadableTable;
  readonly pose: (options: QuestionOptions) => Promise<RealQuestion>;
}

/** Id of a question, that of its problem. */
export type QuestionId =
  | "published-phase"
  | "published-size"
  | "cadmium-selenide-size"
  | "platelet-peak"
  | "platelet-width"
  | "platelet-yield"
  | "platelet-formed"
  | "crystallisation";

/** Every question to a real table, in the order in which they are told. */
const questions: Readonly<Record<QuestionId, PosedQuestion>> = {
  "published-phase": {
    table: "recipes",
    pose: async (options) => {
      const { recipes, heldOut, opinion } = await published(options);
      return publishedPhaseProblem(recipes, { heldOut, twin: opinion.probabilities });
    },
  },
  "published-size": {
    table: "recipes",
    pose: async (options) => {
      const { recipes, heldOut, opinion } = await published(options);
      return sizeProblem(recipes, { heldOut, twinLnSize: opinion.lnSize });
    },
  },
  "cadmium-selenide-size": {
    table: "cadmium-selenide",
    pose: async ({ seed, folder }) => {
      const { table } = await readRealTable("cadmium-selenide", { folder });
      return cadmiumSelenideProblem(table, seededRandom(seed).fork("cadmium selenide"));
    },
  },
  "platelet-peak": platelet("peak"),
  "platelet-width": platelet("width"),
  "platelet-yield": platelet("quantumYield"),
  "platelet-formed": platelet("formed"),
  crystallisation: {
    table: "crystallisation-campaigns",
    pose: async ({ folder }) => {
      const { table } = await readRealTable("crystallisation-campaigns", { folder });
      const problem = crystallisationProblem(table);
      return {
        problem,
        splits: crystallisationSplits.map((name) => crystallisationSplit(problem.rows, name)),
        rivals: problem.candidates.map(({ name }) => name),
        asides: [],
      };
    },
  },
};

/** All questions, in the order in which they are told. */
export const questionIds = Object.keys(questions) as readonly QuestionId[];

/** The table that a question is asked of. */
export function questionTable(id: QuestionId): LoadableTable {
  return questions[id].table;
}

/**
 * Poses a question: reads its table, makes its features and splits. What several questions share is made once.
 *
 * @throws InputError if its table is not imported, or was changed
 */
export async function realQuestion(id: QuestionId, options: QuestionOptions): Promise<RealQuestion> {
  return once(`question ${id}`, options, () => questions[id].pose(options));
}

interface Published {
  readonly recipes: Table;
  readonly heldOut: readonly string[];
  readonly opinion: TwinOpinion;
}

function published(options: QuestionOptions): Promise<Published> {
  return once("published recipes", options, async () => {
    const { table: recipes } = await readRealTable("recipes", { folder: options.folder });
    const { heldOut } = await heldOutPapers();
    return { recipes, heldOut, opinion: await twinOpinion(recipes, { seed: options.seed, engine: simdEngine }) };
  });
}

function platelet(name: keyof PlateletProblems): PosedQuestion {
  return {
    table: "nanoplatelets-all",
    pose: async (options) => {
      const problems = await once("platelets", options, async () => {
        const { table } = await readRealTable("nanoplatelets-all", { folder: options.folder });
        return plateletProblems(table, { seed: options.seed });
      });
      return plateletQuestion(problems[name]);
    },
  };
}

function plateletQuestion(asked: PlateletProblem): RealQuestion {
  return {
    problem: asked.problem,
    splits: Object.values(plateletSplits(asked)),
    rivals: asked.problem.candidates.map(({ name }) => name),
    asides: [],
    repeats: asked.repeats,
  };
}

const made = new Map<string, Promise<unknown>>();

/** Equal options give the same promise: threads and notebooks ask for the same tables again and again. */
function once<Value>(what: string, { seed, folder }: QuestionOptions, make: () => Promise<Value>): Promise<Value> {
  const key = JSON.stringify([what, seed, folder]);
  const known = made.get(key);
  if (known !== undefined) return known as Promise<Value>;
  const value = make();
  made.set(key, value);
  return value;
}
