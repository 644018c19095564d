import type { RecipeAnswer } from "../../predictor/answerRecipes.js";
import type { PhasePredictions } from "./predictPhases.js";

/** Writes predictions as one JSON object, answers first, one a line, while they come. */
export interface PredictionsJson {
  readonly answers: (answers: readonly RecipeAnswer[]) => Promise<void>;
  readonly end: (predictions: PhasePredictions) => Promise<void>;
}

/** @param write  takes the text from beginning to end; nothing is written before the first answer */
export function predictionsJson(write: (text: string) => Promise<void>): PredictionsJson {
  let before = '{\n"version": 1,\n"rows": [\n';
  const first = before;
  return {
    async answers(answers) {
      for (let from = 0; from < answers.length; from += answersAtOnce) {
        const some = answers.slice(from, from + answersAtOnce).map((answer) => JSON.stringify(answer));
        await write(`${before}${some.join(",\n")}`);
        before = ",\n";
      }
    },
    async end({ version: _, rows: __, ...others }) {
      const rest = Object.entries(others).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
      await write(`${before === first ? first : "\n"}],\n${rest.join(",\n")}\n}\n`);
    },
  };
}

/** A text of so many answers is some hundred kilobytes. */
const answersAtOnce = 256;
