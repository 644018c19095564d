import { z } from "zod";
import type { RawTable } from "../../core/RawTable.js";
import type { Random } from "../../core/random/Random.js";
import { numbersOf, textsOf } from "../../core/Table.js";
import { loadCrystallisationCampaigns } from "../../experiments/loadCrystallisationCampaigns.js";
import { wellHashes } from "../crystallisation/wellHashes.js";
import { outcomeCells } from "./outcomeCells.js";
import type { JudgedRow, OutcomeRow, RecipeRow, RegisterKind } from "./RegisterKind.js";
import { registeredAnswer } from "./registeredAnswer.js";
import { scoreClasses } from "./scoreClasses.js";

/** Clear, powder, small and large crystals, by eye. */
export const crystalScores = ["1", "2", "3", "4"] as const;

const answer = z.object({
  probabilities: z.record(z.enum(crystalScores), z.number()),
  set: z.array(z.coerce.string().pipe(z.enum(crystalScores))),
});
const answerOf = ({ line }: JudgedRow): z.infer<typeof answer> => registeredAnswer(line, answer);
const rules = z.object({ score: z.object({ level: z.number() }) });

/** Crystallisations of a plate: scores of its wells. */
export const crystallisationRegister: RegisterKind = {
  name: "crystallisation",
  forms: ["crystallisation"],
  unit: () => "plate",
  groupSpread: 1,
  columns: "plate, well and crystal_score",
  isOutcomes: ({ columns }) => ["plate", "well", "crystal_score"].every((name) => Object.hasOwn(columns, name)),
  outcomes,
  recipes,
  apart: {},
  score: (rows: readonly JudgedRow[], random: Random) => ({
    score: scoreClasses(
      {
        classes: crystalScores,
        truth: rows.map(({ told }) => codeOf(told.score as string)),
        probabilities: Float64Array.from(
          rows.flatMap((row) => crystalScores.map((name) => answerOf(row).probabilities[name])),
        ),
        sets: rows.map((row) => answerOf(row).set.map(codeOf)),
        groups: rows.map(({ group }) => group),
      },
      random.fork("score"),
      { unit: "plate" },
    ),
  }),
  promises: ([first]) => [
    {
      promise: "the set of scores holds the score",
      level: rules.parse(first.line.judging.rules).score.level,
      covered: (row) => (answerOf(row).set as readonly string[]).includes(row.told.score as string),
    },
  ],
  losses: [
    {
      loss: "log loss of the score",
      unit: "nats",
      of: (row) => -Math.log(Math.max(1e-15, answerOf(row).probabilities[row.told.score as "1"])),
    },
  ],
};

function codeOf(score: string): number {
  return (crystalScores as readonly string[]).indexOf(score);
}

/** Name of a well as it is registered. */
export function wellName(plate: string, well: string): string {
  return `${plate}_${well}`;
}

function laboratoryOf(lab: string): Readonly<Record<string, string>> {
  return lab === "" ? {} : { laboratory: lab };
}

function recipes(_: string, raw: RawTable): Promise<readonly RecipeRow[] | null> {
  if (!Object.hasOwn(raw.columns, "total_volume_ul")) return Promise.resolve(null);
  const columns = Object.fromEntries(Object.entries(raw.columns).filter(([name]) => name !== "crystal_score"));
  const { table } = loadCrystallisationCampaigns({ ...raw, columns }, { dropsFaulty: true, isAsked: true });
  const [names, plates, labs] = ["experiment", "batch", "lab"].map((name) => textsOf(table, name));
  const rows = numbersOf(table, "sourceRow");
  return Promise.resolve(
    wellHashes(table).map((recipeSha256, row) => ({
      ...{ recipe: names[row], row: rows[row], recipeSha256, group: plates[row] },
      by: laboratoryOf(labs[row]),
    })),
  );
}

function outcomes(raw: RawTable): readonly OutcomeRow[] {
  const cells = outcomeCells(raw);
  const rows: OutcomeRow[] = [];
  for (let row = 0; row < raw.numRows; row++) {
    const came = cells.number(row, "crystal_score", { unit: "steps of the score", least: 1, most: 4 });
    if (came === null) continue;
    if (!Number.isInteger(came))
      throw cells.refuse(row, "crystal_score", "must be 1, 2, 3 or 4", "correct it, or leave the cell empty");
    const plate = cells.text(row, "plate");
    rows.push({
      recipe: wellName(plate, cells.text(row, "well")),
      row: row + 1,
      told: { score: String(came) },
      group: plate,
      by: laboratoryOf(cells.text(row, "lab")),
    });
  }
  return rows;
}
