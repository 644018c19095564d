import { philoxKey } from "../core/random/philoxKey.js";
import { seededRandom } from "../core/random/Random.js";
import { codesOf, makeTable, numbersOf, type Table } from "../core/Table.js";
import { readOutcome } from "./readOutcome.js";

const probabilityNames = [
  "trueProbabilityCsPbBr3",
  "trueProbabilityCs4PbBr6",
  "trueProbabilityCsPb2Br5",
  "trueProbabilityCoexistence",
  "trueProbabilityNothing",
] as const;
const measuredNames = [
  "sizeNanometre",
  "sizeDispersionPercent",
  "photoluminescencePeakNanometre",
  "photoluminescenceWidthNanometre",
  "quantumYield",
  "leadYield",
] as const;

/**
 * Reads generated experiments once more: fresh labels and readings around the same truth, as a replicate in the same
 * laboratory on the same day. How often two readings agree is the ceiling for any model of them.
 *
 * @param experiments  generated, with their true columns and row numbers
 * @param seed         of the fresh noise; the seed of the generation gives back its own readings
 */
export function relabel(experiments: Table, seed: number, { noise = 1 }: { readonly noise?: number } = {}): Table {
  const key = philoxKey(seededRandom(seed).fork("noise"));
  const column = (name: string): ((row: number) => number) => {
    const values = numbersOf(experiments, name);
    return (row) => values[row];
  };
  const sourceRow = column("sourceRow");
  const probabilities = probabilityNames.map(column);
  const [size, dispersion, peak, width, quantumYield, leadYield, gain, shift] = [
    "trueSizeNanometre",
    "trueSizeDispersionPercent",
    "truePhotoluminescencePeakNanometre",
    "truePhotoluminescenceWidthNanometre",
    "trueQuantumYield",
    "trueLeadYield",
    "trueQuantumYieldGain",
    "truePeakShiftNanometre",
  ].map(column);
  const truePhase = codesOf(experiments, "truePhase").codes;
  const { levels } = codesOf(experiments, "phase");
  const rows = experiments.numRows;
  const codes = new Uint8Array(rows);
  const measured = measuredNames.map(() => new Float32Array(rows));
  for (let row = 0; row < rows; row++) {
    const outcome = {
      size: size(row),
      dispersion: dispersion(row) / 100,
      peak: peak(row),
      width: width(row),
      quantumYield: quantumYield(row),
      leadYield: leadYield(row),
    };
    const reading = readOutcome(
      { label: truePhase[row], probabilities: probabilities.map((of) => of(row)), outcome },
      { row: sourceRow(row) - 1, key, noise, gain: gain(row), shift: shift(row) },
    );
    codes[row] = reading.phase;
    const {
      size: readSize,
      dispersion: readDispersion,
      peak: readPeak,
      width: readWidth,
      quantumYield: readYield,
      leadYield: weighed,
    } = reading.outcome;
    [readSize, 100 * readDispersion, readPeak, readWidth, readYield, weighed].forEach(
      (value, i) => (measured[i][row] = value),
    );
  }
  return makeTable(experiments.schema, {
    ...experiments.columns,
    phase: { codes, levels },
    ...Object.fromEntries(measuredNames.map((name, i) => [name, measured[i]])),
  });
}
