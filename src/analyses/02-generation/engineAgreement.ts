import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { CodeSlot, codeSlots, chunkRows, NumberSlot, numberSlots } from "../../generation/layout.js";
import { makeEngine } from "../../generation/makeEngine.js";
import { twinSetup } from "../../generation/twinSetup.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";

/** How far the float32 SIMD engine is from the float64 TypeScript engine, column by column. */
export interface EngineAgreement {
  readonly rows: number;
  /** Largest |a - b| / max(1, |a|) of each number column. */
  readonly numbers: Readonly<Record<string, number>>;
  /** Rows in which a category differs. */
  readonly codes: Readonly<Record<string, number>>;
}

/**
 * Where a label, or the reading that hangs on it, falls on the
 * other side of a border, values are missing in one engine only.
 */
interface Tally {
  readonly largest: Float64Array;
  readonly codes: Float64Array;
  missing: number;
}

/**
 * The same rows by both engines: a long proof, for the TypeScript engine is slow.
 *
 * @param options.rows  rounded up to whole chunks
 */
export async function engineAgreement({
  seed,
  rows = 1_000_000,
}: {
  readonly seed: number;
  readonly rows?: number;
}): Promise<EvidenceFile<EngineAgreement>> {
  return recordedEvidence(
    {
      id: "02-generation-agreement",
      inputs: [],
      source: moduleSource(import.meta.url),
      seed,
      engine: "simd (WebAssembly), typescript",
      labels: "simulated",
      madeBy: "assure",
    },
    async () => {
      const setup = twinSetup({ seed });
      const [simd, typescript] = [await makeEngine("simd", setup), await makeEngine("typescript", setup)];
      const tally: Tally = { largest: new Float64Array(numberSlots), codes: new Float64Array(codeSlots), missing: 0 };
      const chunks = Math.ceil(rows / chunkRows);
      for (let chunk = 0; chunk < chunks; chunk++) {
        const [a, b] = [typescript.fill(chunk * chunkRows, chunkRows), simd.fill(chunk * chunkRows, chunkRows)];
        a.numbers.forEach((column, slot) => compareNumbers(column, b.numbers[slot], slot, tally));
        a.codes.forEach((column, slot) => {
          for (let row = 0; row < column.length; row++) tally.codes[slot] += Number(column[row] !== b.codes[slot][row]);
        });
      }
      const n = chunks * chunkRows;
      const phases = tally.codes[CodeSlot.phase] + tally.codes[CodeSlot.truePhase];
      const codes = tally.codes.reduce((a, b) => a + b, 0);
      return {
        result: {
          rows: n,
          numbers: Object.fromEntries(
            Array.from(tally.largest, (value, slot) => [NumberSlot[slot], Number(value.toPrecision(3))]),
          ),
          codes: Object.fromEntries(Array.from(tally.codes, (count, slot) => [CodeSlot[slot], count])),
        },
        measurements: [
          measurement({
            id: "engine.labelsDiffering",
            meaning: "labels, measured and noise-free, that the two engines write differently",
            value: phases,
            unit: "labels",
            n: 2 * n,
          }),
          measurement({
            id: "engine.otherCodesDiffering",
            meaning: "other category values that differ",
            value: codes - phases,
            unit: "values",
            n: n * (codeSlots - 2),
          }),
          measurement({
            id: "engine.largestDifference",
            meaning: "largest difference of a number, relative to it where it is above 1",
            value: Math.max(...tally.largest),
            unit: "1",
            n: n * numberSlots,
          }),
          measurement({
            id: "engine.missingInOne",
            meaning: "numbers that are missing in one engine only, next to a label's border",
            value: tally.missing,
            unit: "numbers",
            n: n * numberSlots,
          }),
        ],
      };
    },
  );
}

function compareNumbers(a: Float32Array, b: Float32Array, slot: number, tally: Tally): void {
  for (let row = 0; row < a.length; row++) {
    const [x, y] = [a[row], b[row]];
    if (Number.isNaN(x) || Number.isNaN(y)) {
      if (Number.isNaN(x) !== Number.isNaN(y)) tally.missing++;
      continue;
    }
    const difference = Math.abs(x - y) / Math.max(1, Math.abs(x));
    if (difference > tally.largest[slot]) tally.largest[slot] = difference;
  }
}
