import type { PhasePredictions } from "./phasePredictions.js";

/** Writes predictions as one JSON object, answers first, one a line, while they come. */
export interface PredictionsJson {
  /** Takes answers as objects of JSON, with commas between them. */
  readonly answers: (answers: string) => Promise<void>;
  readonly end: (predictions: PhasePredictions) => Promise<void>;
}

const beginning = '{\n"version": 1,\n"rows": [\n';

/** @param write  takes the text from beginning to end; nothing is written before the first answer */
export function predictionsJson(write: (text: string) => Promise<void>): PredictionsJson {
  let before = beginning;
  return {
    async answers(answers) {
      await write(`${before}${answers}`);
      before = ",\n";
    },
    async end({ version: _, rows: __, ...others }) {
      const rest = Object.entries(others).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
      await write(`${before === beginning ? beginning : "\n"}],\n${rest.join(",\n")}\n}\n`);
    },
  };
}
