import type { Network } from "../../training/Network.js";
import { predictProbabilities } from "../../training/predictProbabilities.js";
import { trainClassifier } from "../../training/trainClassifier.js";
import type { Answerer, Candidate } from "./Candidate.js";
import { type NetworkNumberOptions, scaledColumns, smallNetwork } from "./networkNumber.js";
import { standardisedColumns, type TargetRows } from "./targetCandidates.js";

/** Networks of the classes that rows have, on standardised features. */
interface ClassNetworks {
  readonly networks: readonly Network[];
  /** Codes of these classes. */
  readonly made: readonly number[];
  readonly means: readonly number[];
  readonly scales: readonly number[];
}

/** The mean of a few small networks of classes on some columns, as networkNumber of a quantity. */
export function networkClasses(
  name: string,
  columns: readonly number[],
  classes: readonly string[],
  { members = 4, batchSize = 16, ...options }: NetworkNumberOptions = {},
): Candidate<TargetRows> {
  return {
    name,
    fit: async ({ features, target }, random): Promise<ClassNetworks> => {
      const { standardised, means, scales } = standardisedColumns(features, columns);
      const made = [...classes.keys()].filter((code) => target.includes(code));
      const networks: Network[] = [];
      // Of one class there is nothing to tell.
      for (let member = 0; member < members && made.length > 1; member++) {
        const { network } = await trainClassifier(
          standardised,
          target.map((code) => made.indexOf(code)),
          made.map((code) => classes[code]),
          random.fork(member),
          { ...smallNetwork(features.rows, batchSize), ...options },
        );
        networks.push(network);
      }
      return { networks, made, means, scales };
    },
    answerer:
      ({ networks, made, means, scales }: ClassNetworks): Answerer<TargetRows> =>
      ({ features }) => {
        const own = scaledColumns(features, columns, { means, scales });
        const told = networks.map((network) => predictProbabilities(network, own));
        const answers = new Float64Array(own.rows * classes.length);
        for (let row = 0; row < own.rows; row++)
          made.forEach((code, k) => {
            const sum = told.reduce((all, one) => all + one[row * made.length + k], 0);
            answers[row * classes.length + code] = networks.length === 0 ? 1 : sum / networks.length;
          });
        return answers;
      },
  };
}
