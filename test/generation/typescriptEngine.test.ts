import { describe, expect, it } from "vitest";
import { measurementNoise } from "../../src/generation/laboratoryConstants.js";
import { designFault, designFaults } from "../../src/chemistry/designFault.js";
import { phaseCode } from "../../src/chemistry/phases.js";
import { routeNames } from "../../src/chemistry/recipeSchema.js";
import { philoxUniforms } from "../../src/core/random/philoxUniforms.js";
import { pickShare } from "../../src/core/random/pickShare.js";
import { seededRandom } from "../../src/core/random/Random.js";
import { campaignRegions, wideRegions } from "../../src/generation/campaigns.js";
import { designPoints } from "../../src/generation/designPoints.js";
import { type Chunk, mostAttempts } from "../../src/generation/ExperimentEngine.js";
import { experimentSchema } from "../../src/generation/experimentSchema.js";
import {
  CalendarField,
  calendarFields,
  CodeSlot,
  codeSlots,
  DesignAxis,
  designAxes,
  NumberSlot,
  numberSlots,
} from "../../src/generation/layout.js";
import { peakNoise } from "../../src/generation/measure.js";
import { proposeRecipe } from "../../src/generation/proposeRecipe.js";
import { simulateExperiment } from "../../src/generation/simulateExperiment.js";
import { type TwinOptions, twinSetup } from "../../src/generation/twinSetup.js";
import { typescriptEngine } from "../../src/generation/typescriptEngine.js";

/** Columns of some rows, copied: an engine writes over its chunks. */
interface Columns {
  readonly rows: number;
  readonly numbers: readonly Float32Array[];
  readonly codes: readonly (Uint8Array | Uint16Array)[];
  readonly faults: Uint8Array;
}

function copied({ rows, numbers, codes, faults }: Chunk): Columns {
  return {
    rows,
    numbers: numbers.map((column) => column.slice()),
    codes: codes.map((column) => column.slice()),
    faults: faults.slice(),
  };
}

function rowsOf(options: TwinOptions, rows: number, first = 0): Columns {
  return copied(typescriptEngine(twinSetup(options)).fill(first, rows));
}

const number = (of: Columns, slot: NumberSlot): number[] => Array.from(of.numbers[slot]);
const code = (of: Columns, slot: CodeSlot): number[] => Array.from(of.codes[slot] as Uint8Array);
const measured = [
  NumberSlot.sizeNanometre,
  NumberSlot.sizeDispersionPercent,
  NumberSlot.photoluminescencePeakNanometre,
  NumberSlot.photoluminescenceWidthNanometre,
  NumberSlot.quantumYield,
  NumberSlot.leadYield,
];
const emission = [
  NumberSlot.photoluminescencePeakNanometre,
  NumberSlot.photoluminescenceWidthNanometre,
  NumberSlot.quantumYield,
];
const truth = [
  NumberSlot.trueSizeNanometre,
  NumberSlot.trueSizeDispersionPercent,
  NumberSlot.truePhotoluminescencePeakNanometre,
  NumberSlot.truePhotoluminescenceWidthNanometre,
  NumberSlot.trueQuantumYield,
  NumberSlot.trueLeadYield,
];
const nothing = phaseCode("no target product");

const asRun = rowsOf({ seed: 1 }, 4096);
const wide = rowsOf({ seed: 2, regions: wideRegions }, 2048);
const quiet = rowsOf({ seed: 1, noise: 0 }, 1000);

describe("typescriptEngine", () => {
  it("gives a row the same bytes wherever chunks and shards begin, and in whichever order they are asked for", () => {
    const engine = typescriptEngine(twinSetup({ seed: 1 }));
    for (const [first, rows] of [
      [300, 40],
      [0, 37],
      [37, 263],
      [339, 1],
    ]) {
      const piece = copied(engine.fill(first, rows));
      piece.numbers.forEach((column, slot) =>
        expect(column, NumberSlot[slot]).toEqual(asRun.numbers[slot].subarray(first, first + rows)),
      );
      piece.codes.forEach((column, slot) =>
        expect(column, CodeSlot[slot]).toEqual(asRun.codes[slot].subarray(first, first + rows)),
      );
    }
  });

  it("gives other rows for another seed, and takes row numbers up to 2^32 - 1", () => {
    const other = rowsOf({ seed: 3 }, 100);
    const same = number(other, NumberSlot.leadMolar).filter(
      (value, i) => value === asRun.numbers[NumberSlot.leadMolar][i],
    );
    expect(same).toEqual([]);
    const last = rowsOf({ seed: 1 }, 2, 2 ** 32 - 2);
    expect(number(last, NumberSlot.leadMolar).every((value) => value > 0)).toBe(true);
    expect(last.numbers[NumberSlot.leadMolar][0]).not.toBe(last.numbers[NumberSlot.leadMolar][1]);
  });

  it("fills every column within the range of its field, with codes that have a level", () => {
    const mayMiss = new Set<number>([...measured, ...truth]);
    const strays: string[] = [];
    for (const of of [asRun, wide]) {
      for (let slot = 0; slot < numberSlots; slot++) {
        const { min, max } = experimentSchema[NumberSlot[slot]];
        const inside = (value: number): boolean => value >= Math.fround(min!) && value <= Math.fround(max!);
        const off = Array.from(of.numbers[slot]).filter((value) =>
          Number.isNaN(value) ? !mayMiss.has(slot) : !inside(value),
        );
        if (off.length > 0)
          strays.push(`${NumberSlot[slot]} [${min}, ${max}]: ${off.length} of ${of.rows}, such as ${off[0]}`);
      }
    }
    expect(strays).toEqual([]);
  });

  it("leaves size and emission of a failed synthesis missing: whatever is written down as no target product", () => {
    for (const of of [asRun, wide]) {
      const phases = code(of, CodeSlot.phase);
      const failed = phases.flatMap((phase, row) => (phase === nothing ? [row] : []));
      expect(failed.length).toBeGreaterThan(50);
      for (const slot of measured) expect(failed.filter((row) => !Number.isNaN(of.numbers[slot][row]))).toEqual([]);
      const none = code(of, CodeSlot.truePhase).flatMap((phase, row) => (phase === nothing ? [row] : []));
      for (const slot of measured.slice(0, 5))
        expect(none.filter((row) => !Number.isNaN(of.numbers[slot][row]))).toEqual([]);
    }
  });

  it("leaves emission of what is really Cs4PbBr6 or CsPb2Br5 missing, not 0", () => {
    for (const of of [asRun, wide]) {
      const dark = code(of, CodeSlot.truePhase).flatMap((phase, row) => (phase === 1 || phase === 2 ? [row] : []));
      expect(dark.length).toBeGreaterThan(50);
      for (const slot of emission) expect(dark.filter((row) => !Number.isNaN(of.numbers[slot][row]))).toEqual([]);
      for (const slot of emission.slice(0, 2)) expect(number(of, slot)).not.toContain(0);
    }
  });

  it("has emission with what is called Cs4PbBr6 only where 15 % of the weight is CsPbBr3", () => {
    const shown = code(asRun, CodeSlot.phase).flatMap((phase, row) =>
      (phase === 1 || phase === 2) && !Number.isNaN(asRun.numbers[NumberSlot.photoluminescencePeakNanometre][row])
        ? [row]
        : [],
    );
    for (const row of shown)
      expect(asRun.numbers[NumberSlot.trueWeightFractionCsPbBr3][row]).toBeGreaterThanOrEqual(0.15 - 1e-6);
    // By an operator with a dull eye or by habit: rare.
    expect(
      shown.length / code(asRun, CodeSlot.phase).filter((phase) => phase === 1 || phase === 2).length,
    ).toBeLessThan(0.1);
  });

  it("gives particles of CsPbBr3 a size, but for bulk crystals and what is above 100 nm", () => {
    const routes = code(asRun, CodeSlot.route);
    code(asRun, CodeSlot.truePhase).forEach((phase, row) => {
      if (phase !== 0 || asRun.codes[CodeSlot.phase][row] === nothing) return;
      const isBulk = routes[row] === 3;
      expect(Number.isNaN(asRun.numbers[NumberSlot.trueSizeNanometre][row])).toBe(isBulk);
      if (isBulk || asRun.numbers[NumberSlot.trueSizeNanometre][row] > 100) return;
      expect(asRun.numbers[NumberSlot.photoluminescencePeakNanometre][row]).toBeGreaterThan(380);
    });
  });

  it("writes truth and the noise-free label without noise", () => {
    expect(code(quiet, CodeSlot.phase)).toEqual(code(quiet, CodeSlot.truePhase));
    const product = code(quiet, CodeSlot.phase).flatMap((phase, row) => (phase === nothing ? [] : [row]));
    for (const row of product) {
      const at = (slot: NumberSlot): number => quiet.numbers[slot][row];
      expect(at(NumberSlot.leadYield)).toBe(at(NumberSlot.trueLeadYield));
      const isDark = Number.isNaN(at(NumberSlot.truePhotoluminescencePeakNanometre));
      expect(Number.isNaN(at(NumberSlot.photoluminescencePeakNanometre))).toBe(isDark);
      if (isDark) continue;
      expect(
        at(NumberSlot.photoluminescencePeakNanometre) - at(NumberSlot.truePhotoluminescencePeakNanometre),
      ).toBeCloseTo(at(NumberSlot.truePeakShiftNanometre), 3);
      expect(at(NumberSlot.quantumYield)).toBeCloseTo(
        Math.min(at(NumberSlot.trueQuantumYieldGain) * at(NumberSlot.trueQuantumYield), 1),
        5,
      );
      if (at(NumberSlot.trueSizeNanometre) <= 100)
        expect(at(NumberSlot.sizeNanometre)).toBe(at(NumberSlot.trueSizeNanometre));
    }
    // The truth does not hang on the noise.
    for (const slot of [...truth, NumberSlot.trueProbabilityCoexistence])
      expect(number(quiet, slot)).toEqual(number(asRun, slot).slice(0, 1000));
  });

  it("scatters readings about the truth by the stated standard deviations, within five standard errors", () => {
    const residuals = (
      read: NumberSlot,
      expected: (row: number) => number,
      deviation: (row: number) => number,
    ): number[] =>
      number(asRun, read).flatMap((value, row) => {
        const z = (value - expected(row)) / deviation(row);
        return Number.isNaN(z) ? [] : [z];
      });
    const at = (slot: NumberSlot, row: number): number => asRun.numbers[slot][row];
    const unit: readonly [string, number[]][] = [
      [
        "peak",
        residuals(
          NumberSlot.photoluminescencePeakNanometre,
          (row) => at(NumberSlot.truePhotoluminescencePeakNanometre, row) + at(NumberSlot.truePeakShiftNanometre, row),
          (row) => peakNoise(at(NumberSlot.trueSizeNanometre, row)),
        ),
      ],
      [
        "width",
        residuals(
          NumberSlot.photoluminescenceWidthNanometre,
          (row) => at(NumberSlot.truePhotoluminescenceWidthNanometre, row),
          () => measurementNoise.width,
        ),
      ],
      [
        "ln size",
        number(asRun, NumberSlot.sizeNanometre).flatMap((size, row) =>
          Number.isNaN(size) || at(NumberSlot.trueSizeNanometre, row) > 80
            ? []
            : [Math.log(size / at(NumberSlot.trueSizeNanometre, row)) / 0.05],
        ),
      ],
      [
        "yield, mid-range",
        number(asRun, NumberSlot.leadYield).flatMap((share, row) =>
          at(NumberSlot.trueLeadYield, row) > 0.2 && at(NumberSlot.trueLeadYield, row) < 0.8 && !Number.isNaN(share)
            ? [(share - at(NumberSlot.trueLeadYield, row)) / 0.03]
            : [],
        ),
      ],
    ];
    for (const [name, z] of unit) {
      expect(z.length, name).toBeGreaterThan(300);
      expect(Math.abs(z.reduce((sum, value) => sum + value, 0) / Math.sqrt(z.length)), `${name}, mean`).toBeLessThan(5);
      expect(
        Math.abs(Math.sqrt(z.reduce((sum, value) => sum + value ** 2, 0) / z.length) - 1),
        `${name}, deviation`,
      ).toBeLessThan(5 / Math.sqrt(2 * z.length));
    }
  });

  it("draws labels by the probabilities that it states, within five standard errors", () => {
    const phases = code(asRun, CodeSlot.phase);
    for (const isIn of [
      () => true,
      (row: number) => [0, 1, 2, 3, 4].every((k) => asRun.numbers[NumberSlot.trueProbabilityCsPbBr3 + k][row] < 0.9),
    ]) {
      for (let k = 0; k < 5; k++) {
        let [excess, variance] = [0, 0];
        phases.forEach((phase, row) => {
          if (!isIn(row)) return;
          const p = asRun.numbers[NumberSlot.trueProbabilityCsPbBr3 + k][row];
          excess += (phase === k ? 1 : 0) - p;
          variance += p * (1 - p);
        });
        expect(Math.abs(excess), `class ${k}`).toBeLessThanOrEqual(5 * Math.sqrt(variance) + 1e-3);
      }
    }
  });

  it("draws campaigns by their weights, and laboratories, operators and days evenly", () => {
    const setup = twinSetup({ seed: 1 });
    const statistic = (codes: readonly number[], shares: readonly number[]): number => {
      const counts = shares.map(() => 0);
      codes.forEach((one) => counts[one]++);
      return counts.reduce(
        (sum, count, k) => sum + (count - shares[k] * codes.length) ** 2 / (shares[k] * codes.length),
        0,
      );
    };
    const even = (count: number): number[] => Array.from({ length: count }, () => 1 / count);
    // scipy 1.14.1: chi2.ppf(0.9999, df) for 11, 35 and 103 degrees of freedom.
    expect(statistic(code(asRun, CodeSlot.lab), even(12))).toBeLessThan(37.37);
    expect(statistic(code(asRun, CodeSlot.operator), even(36))).toBeLessThan(74.93);
    expect(
      statistic(
        code(asRun, CodeSlot.date).map((day) => Math.floor(day / 7)),
        even(104),
      ),
    ).toBeLessThan(165.1);
    // Campaigns are accepted as often as their designs are possible: with designs that always are, by weight.
    const plain = rowsOf(
      {
        seed: 5,
        regions: [campaignRegions[0], campaignRegions[0], campaignRegions[0]].map((region, k) => ({
          region,
          weight: [0.5, 0.3, 0.2][k],
        })),
      },
      2000,
    );
    expect(statistic(code(plain, CodeSlot.campaign), [0.5, 0.3, 0.2])).toBeLessThan(18.42);
    expect(setup.regions.length).toBe(setup.weights.length);
  });

  it("counts rejected proposals by fault: as many as the proposals of these rows have, redone here one by one", () => {
    const setup = twinSetup({ seed: 6, regions: wideRegions });
    const engine = typescriptEngine(setup);
    engine.fill(10, 200);
    engine.fill(5, 3);
    const expected = designFaults.map(() => 0);
    for (const row of [...Array.from({ length: 200 }, (_, i) => 10 + i), 5, 6, 7]) {
      for (let attempt = 0; attempt < mostAttempts; attempt++) {
        const point = philoxUniforms(designAxes, { row, attempt, key: setup.keys.design });
        const fault = designFault(
          proposeRecipe(setup.regions[pickShare(setup.weights, point[DesignAxis.campaign])].region, point),
        );
        if (fault === 0) break;
        expected[fault]++;
      }
    }
    expect(Array.from(engine.rejected)).toEqual(expected);
    for (const [fault, count] of expected.entries()) expect(count > 0, designFaults[fault]).toBe(fault > 0);
  });

  it("accepts only designs without fault", () => {
    expect(asRun.faults.every((fault) => fault === 0)).toBe(true);
    expect(wide.faults.every((fault) => fault === 0)).toBe(true);
    // Of all conditions one can be seen in the columns alone: routes stay below their boiling points.
    const boiling = [315, 110.6, 68.7, 81.6];
    code(wide, CodeSlot.route).forEach((route, row) =>
      expect(wide.numbers[NumberSlot.temperatureCelsius][row]).toBeLessThanOrEqual(Math.fround(boiling[route])),
    );
  });

  it("gives up where every proposal is impossible, and says which row", () => {
    const [{ region }] = wideRegions.slice(1);
    const boiling = { ...region, ranges: { ...region.ranges, temperatureCelsius: [200, 240] as const } };
    const engine = typescriptEngine(twinSetup({ seed: 7, regions: [{ region: boiling, weight: 1 }] }));
    expect(() => engine.fill(41, 1)).toThrow("row 41 had 1000 impossible proposals; widen the regions");
    expect(engine.rejected.reduce((sum, count) => sum + count, 0)).toBe(mostAttempts);
  });

  it("takes points as they are: proposes nothing anew, and marks what cannot be carried out", () => {
    const setup = twinSetup({ seed: 8, regions: wideRegions });
    const { count, at } = designPoints("sobol", 256, seededRandom(8));
    const points = at(0, count);
    const engine = typescriptEngine(setup);
    const filled = copied(engine.fill(0, count, points));
    for (let row = 0; row < count; row++) {
      const point = Array.from({ length: designAxes }, (_, axis) => points[axis * count + row]);
      const region = pickShare(setup.weights, point[DesignAxis.campaign]);
      const recipe = proposeRecipe(setup.regions[region].region, point);
      expect(filled.codes[CodeSlot.campaign][row]).toBe(region);
      expect(filled.faults[row]).toBe(designFault(recipe));
      expect(filled.numbers[NumberSlot.leadMolar][row]).toBe(Math.fround(recipe.leadMolar));
    }
    const faulty = Array.from(filled.faults).filter((fault) => fault > 0).length;
    expect(faulty > 0 && faulty < count).toBe(true);
    expect(engine.rejected.reduce((sum, n) => sum + n, 0)).toBe(faulty);
  });

  it("reads the same experiments again under another noise seed, in other hands under another labs seed", () => {
    const recipe = [
      NumberSlot.temperatureCelsius,
      NumberSlot.leadMolar,
      NumberSlot.caesiumMolar,
      NumberSlot.volumeMillilitre,
    ];
    const again = rowsOf({ seed: 1, noiseSeed: 99 }, 500);
    for (let slot = 0; slot < numberSlots; slot++)
      if (!(measured as number[]).includes(slot))
        expect(number(again, slot), NumberSlot[slot]).toEqual(number(asRun, slot).slice(0, 500));
    for (let slot = 0; slot < codeSlots; slot++)
      if (slot !== (CodeSlot.phase as number))
        expect(code(again, slot), CodeSlot[slot]).toEqual(code(asRun, slot).slice(0, 500));
    expect(number(again, NumberSlot.leadYield)).not.toEqual(number(asRun, NumberSlot.leadYield).slice(0, 500));
    const elsewhere = rowsOf({ seed: 1, labsSeed: 99 }, 500);
    for (const slot of recipe) expect(number(elsewhere, slot)).toEqual(number(asRun, slot).slice(0, 500));
    expect(code(elsewhere, CodeSlot.lab)).not.toEqual(code(asRun, CodeSlot.lab).slice(0, 500));
    expect(number(elsewhere, NumberSlot.trueTemperatureCelsius)).not.toEqual(
      number(asRun, NumberSlot.trueTemperatureCelsius).slice(0, 500),
    );
  });

  it("has in the vessel what the recipe says where laboratories do not differ", () => {
    const still = rowsOf({ seed: 9, labs: { spread: 0 } }, 300);
    for (const [written, real] of [
      [NumberSlot.temperatureCelsius, NumberSlot.trueTemperatureCelsius],
      [NumberSlot.caesiumMolar, NumberSlot.trueCaesiumMolar],
      [NumberSlot.leadMolar, NumberSlot.trueLeadMolar],
      [NumberSlot.bromideMolar, NumberSlot.trueBromideMolar],
      [NumberSlot.oleylamineMolar, NumberSlot.trueOleylamineMolar],
      [NumberSlot.waterFraction, NumberSlot.trueWaterFraction],
      [NumberSlot.mixingSecond, NumberSlot.trueMixingSecond],
    ]) {
      number(still, written).forEach((value, row) => expect(still.numbers[real][row] / value).toBeCloseTo(1, 6));
    }
  });

  it("has in the vessel what the laboratory's day makes of the recipe, and its chemistry after that", () => {
    const setup = twinSetup({ seed: 1 });
    const { days, calendar } = setup.laboratories;
    let oleates = 0;
    for (let row = 0; row < 500; row++) {
      const at = (slot: NumberSlot): number => asRun.numbers[slot][row];
      const [lab, operator, day, route, source] = [
        CodeSlot.lab,
        CodeSlot.operator,
        CodeSlot.date,
        CodeSlot.route,
        CodeSlot.caesiumSource,
      ].map((slot) => asRun.codes[slot][row]);
      const today = (field: CalendarField): number => calendar[(lab * days + day) * calendarFields + field];
      const threshold = today(CalendarField.threshold + (operator % 3));
      const caesiumMolar = at(NumberSlot.caesiumMolar) * Math.exp(today(CalendarField.lnCaesium));
      const leadMolar = at(NumberSlot.leadMolar) * Math.exp(today(CalendarField.lnLead));
      if (source === 0) oleates++;
      const conditions = {
        route: routeNames[route],
        temperatureCelsius: at(NumberSlot.temperatureCelsius) + today(CalendarField.temperatureOffset),
        timeSecond: at(NumberSlot.timeSecond),
        mixingSecond: at(NumberSlot.mixingSecond) * Math.exp(today(CalendarField.lnMixing)),
        volumeMillilitre: at(NumberSlot.volumeMillilitre),
        caesiumMolar,
        leadMolar,
        bromideMolar: at(NumberSlot.trueBromideMolar),
        oleicAcidMolar: at(NumberSlot.oleicAcidMolar),
        oleylamineMolar: at(NumberSlot.oleylamineMolar) * Math.exp(today(CalendarField.lnOleylamine)),
        caesiumOleateMolar: source === 0 ? caesiumMolar : 0,
        polarSolventFraction: at(NumberSlot.polarSolventFraction),
        waterFraction: Math.min(at(NumberSlot.waterFraction) * Math.exp(today(CalendarField.lnWater)), 0.9),
      };
      const { speciation, nucleation, outcome, probabilities, supersaturation } = simulateExperiment(conditions, {
        physics: setup.physics,
        threshold,
        habit: {
          lnSize: today(CalendarField.lnSize),
          temperatureSlope: today(CalendarField.temperatureSlope),
          bromideSlope: today(CalendarField.bromideSlope),
        },
      });
      const pairs: readonly (readonly [NumberSlot, number])[] = [
        [NumberSlot.trueTemperatureCelsius, conditions.temperatureCelsius],
        [NumberSlot.trueCaesiumMolar, caesiumMolar],
        [NumberSlot.trueLeadMolar, leadMolar],
        [NumberSlot.trueOleylamineMolar, conditions.oleylamineMolar],
        [NumberSlot.trueWaterFraction, conditions.waterFraction],
        [NumberSlot.trueMixingSecond, conditions.mixingSecond],
        [NumberSlot.trueDetectionThreshold, threshold],
        [NumberSlot.trueQuantumYieldGain, today(CalendarField.quantumYieldGain)],
        [NumberSlot.truePeakShiftNanometre, today(CalendarField.peakShift)],
        [NumberSlot.trueIonPairMolar, speciation.ionPairMolar],
        [NumberSlot.trueDissolvedLeadMolar, speciation.dissolvedLeadMolar],
        [NumberSlot.trueLeadActivity, speciation.leadActivity],
        [NumberSlot.trueCaesiumActivity, speciation.caesiumActivity],
        [NumberSlot.trueLnSupersaturationCs4PbBr6, supersaturation.lnCs4PbBr6],
        [NumberSlot.trueOnsetProbability, nucleation.onsetProbability],
        [NumberSlot.trueProbabilityCoexistence, probabilities[3]],
        [NumberSlot.trueProbabilityNothing, probabilities[4]],
        [NumberSlot.trueLeadYield, outcome.leadYield],
        [NumberSlot.trueSizeNanometre, outcome.size],
        [NumberSlot.trueSizeDispersionPercent, 100 * outcome.dispersion],
        [NumberSlot.trueQuantumYield, outcome.quantumYield],
      ];
      for (const [slot, expected] of pairs) {
        // Recipes come back from float32: amounts lose seven digits, and steep rates amplify that.
        if (Number.isNaN(expected)) expect(at(slot), NumberSlot[slot]).toBeNaN();
        else
          expect(
            Math.abs(at(slot) - expected) <=
              1e-5 * Math.abs(expected) + 1e-3 * (slot >= NumberSlot.trueLnSupersaturationCsBr ? 1 : 0) + 1e-9,
            `row ${row}, ${NumberSlot[slot]}: ${at(slot)} for ${expected}`,
          ).toBe(true);
      }
    }
    expect(oleates > 100 && oleates < 400).toBe(true);
  });

  it("keeps the books of bromide also in the vessel: two per lead and one per caesium bromide as weighed", () => {
    const bromides = code(asRun, CodeSlot.bromideSource);
    const sources = code(asRun, CodeSlot.caesiumSource);
    for (let row = 0; row < asRun.rows; row++) {
      const at = (slot: NumberSlot): number => asRun.numbers[slot][row];
      const salts = 2 * at(NumberSlot.trueLeadMolar) + (sources[row] === 1 ? at(NumberSlot.trueCaesiumMolar) : 0);
      const written =
        at(NumberSlot.bromideMolar) -
        2 * at(NumberSlot.leadMolar) -
        (sources[row] === 1 ? at(NumberSlot.caesiumMolar) : 0);
      expect(Math.abs(at(NumberSlot.trueBromideMolar) - salts - written)).toBeLessThan(
        2e-6 * at(NumberSlot.trueBromideMolar),
      );
      expect(bromides[row]).toBe(2 * sources[row] + (written > 1e-5 * at(NumberSlot.bromideMolar) ? 1 : 0));
    }
  });

  it("numbers operators within laboratories and batches within weeks", () => {
    for (let row = 0; row < asRun.rows; row++) {
      const [lab, operator, batch, day] = [CodeSlot.lab, CodeSlot.operator, CodeSlot.batch, CodeSlot.date].map(
        (slot) => asRun.codes[slot][row],
      );
      expect([Math.floor(operator / 3), Math.floor(batch / 104), batch % 104]).toEqual([lab, lab, Math.floor(day / 7)]);
    }
  });
});
