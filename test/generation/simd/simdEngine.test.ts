import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { physics } from "../../../src/chemistry/physicsParameters.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import {
  asRunCampaigns,
  campaignRegions,
  wideRegions,
  type WeightedRegion,
} from "../../../src/generation/campaigns.js";
import { type ColumnMemory, columnMemory } from "../../../src/generation/columnMemory.js";
import { designPoints } from "../../../src/generation/designPoints.js";
import type { ExperimentEngine } from "../../../src/generation/ExperimentEngine.js";
import { doJob } from "../../../src/generation/experimentJob.js";
import { leastBromide } from "../../../src/generation/laboratoryConstants.js";
import { CodeSlot, NumberSlot, recipeSlots } from "../../../src/generation/layout.js";
import { simdEngine } from "../../../src/generation/simd/simdEngine.js";
import { type TwinOptions, twinSetup } from "../../../src/generation/twinSetup.js";
import { typescriptEngine } from "../../../src/generation/typescriptEngine.js";
import { projectPath } from "../../../src/io/projectPath.js";

const isBuilt = existsSync(projectPath("dist", "generation", "simd", "experiments.wasm"));
if (!isBuilt) console.warn("tests of the SIMD engine are skipped: dist is not here; run npm run build");

const everyCampaign: readonly WeightedRegion[] = campaignRegions.map((region) => ({
  region,
  weight: 1 / campaignRegions.length,
}));
const rows = 40_000;

interface Filled {
  readonly memory: ColumnMemory;
  readonly rejected: readonly number[];
}

function filled(
  engine: ExperimentEngine,
  {
    first = 0,
    count = rows,
    points,
  }: { readonly first?: number; readonly count?: number; readonly points?: Float32Array } = {},
): Filled {
  const memory = columnMemory(count, { shared: false });
  const rejected = Array.from(doJob(engine, { first, rows: count, memory, offset: 0, points }));
  return { memory, rejected };
}

/**
 * What differs between two fillings: rows whose codes differ, and per column the largest difference in
 * the others, absolute below 1 and relative above.
 */
function differences(
  a: ColumnMemory,
  b: ColumnMemory,
): {
  readonly codes: Readonly<Record<string, number>>;
  readonly odd: number;
  readonly largest: Readonly<Record<string, number>>;
  readonly missing: Readonly<Record<string, number>>;
} {
  const isOdd = new Uint8Array(a.rows);
  const codes: Record<string, number> = {};
  a.codes.forEach((column, slot) =>
    column.forEach((code: number, row: number) => {
      if (code === b.codes[slot][row]) return;
      isOdd[row] = 1;
      codes[CodeSlot[slot]] = (codes[CodeSlot[slot]] ?? 0) + 1;
    }),
  );
  const largest: Record<string, number> = {};
  const missing: Record<string, number> = {};
  a.numbers.forEach((column, slot) => {
    let most = 0;
    let absent = 0;
    for (let row = 0; row < a.rows; row++) {
      if (isOdd[row] === 1) continue;
      const [x, y] = [column[row], b.numbers[slot][row]];
      if (Number.isNaN(x) !== Number.isNaN(y)) absent++;
      else if (!Number.isNaN(x)) most = Math.max(most, Math.abs(x - y) / Math.max(1, Math.abs(x)));
    }
    largest[NumberSlot[slot]] = most;
    if (absent > 0) missing[NumberSlot[slot]] = absent;
  });
  return { codes, odd: isOdd.reduce((sum, is) => sum + is, 0), largest, missing };
}

function expectAgreement(a: ColumnMemory, b: ColumnMemory): void {
  const { codes, odd, largest, missing } = differences(a, b);
  expect(odd / a.rows, JSON.stringify(codes)).toBeLessThanOrEqual(1e-4);
  expect(missing).toEqual({});
  expect(
    Object.entries(largest).filter(
      ([name, difference]) => !(difference <= (name.startsWith("trueLnNucleationRate") ? 5e-3 : 2e-3)),
    ),
  ).toEqual([]);
}

const isSame = (a: Filled, b: Filled): boolean =>
  [...a.memory.numbers, ...a.memory.codes, a.memory.faults].every((column, i) => {
    const other = [...b.memory.numbers, ...b.memory.codes, b.memory.faults][i];
    return Buffer.from(column.buffer, column.byteOffset, column.byteLength).equals(
      Buffer.from(other.buffer, other.byteOffset, other.byteLength),
    );
  });

describe.skipIf(!isBuilt)("simdEngine", () => {
  it.each<readonly [number, string, Omit<TwinOptions, "seed">]>([
    [rows, "the campaigns as run", { regions: asRunCampaigns }],
    [rows, "wide regions", { regions: wideRegions }],
    [rows / 4, "every campaign alike", { regions: everyCampaign }],
    [
      rows / 4,
      "wide regions without noise, in laboratories that do not differ",
      { regions: wideRegions, noise: 0, labs: { count: 3, spread: 0 } },
    ],
    [
      rows / 4,
      "wide regions in 80 laboratories with twice the noise and spread",
      { regions: wideRegions, noise: 2, labs: { count: 80, spread: 2 } },
    ],
  ])(
    "agrees with the TypeScript engine over %i rows of %s: " +
      "codes in 9,999 of 10,000 rows, numbers within 0.002, missing at the same places, as many rejected",
    async (count, _, options) => {
      const setup = twinSetup({ seed: 5, ...options });
      const [fast, readable] = [filled(await simdEngine(setup), { count }), filled(typescriptEngine(setup), { count })];
      expectAgreement(readable.memory, fast.memory);
      expect(fast.rejected).toEqual(readable.rejected);
      expect(fast.memory.faults.every((fault) => fault === 0)).toBe(true);
    },
  );

  it.each([
    ["sobol", rows],
    ["latinHypercube", 1000],
    ["factorial", 14_000],
  ] as const)(
    "agrees with the TypeScript engine over the given points of the design %s, faults and all",
    async (design, asked) => {
      const setup = twinSetup({ seed: 6, regions: wideRegions });
      const { count, at } = designPoints(design, asked, seededRandom(6));
      const points = at(0, count);
      const [fast, readable] = [
        filled(await simdEngine(setup), { count, points }),
        filled(typescriptEngine(setup), { count, points }),
      ];
      const odd = fast.memory.faults.reduce(
        (sum, fault, row) => sum + Number(fault !== readable.memory.faults[row]),
        0,
      );
      expect(odd).toBeLessThanOrEqual(count / 10_000);
      expect(
        fast.rejected.map((n, fault) => Math.abs(n - readable.rejected[fault])).reduce((a, b) => a + b, 0),
      ).toBeLessThanOrEqual(2 * odd);
      expect(readable.rejected.reduce((a, b) => a + b, 0)).toBeGreaterThan(0);
      expectAgreement(readable.memory, fast.memory);
    },
  );

  it("carries out given recipes as it does its own, by the same people, whatever their campaign", async () => {
    const setup = twinSetup({ seed: 6, regions: everyCampaign });
    for (const engine of [await simdEngine(setup), typescriptEngine(setup)]) {
      const count = 1003;
      const own = columnMemory(count, { shared: false });
      doJob(engine, { first: 70, rows: count, memory: own, offset: 0 });
      const isOleate = Array.from(own.codes[CodeSlot.caesiumSource], (code: number) => code === 0);
      const [caesium, lead, bromide] = [NumberSlot.caesiumMolar, NumberSlot.leadMolar, NumberSlot.bromideMolar].map(
        (slot) => own.numbers[slot],
      );
      const given = engine.carryOut(70, {
        rows: count,
        numbers: own.numbers.slice(0, recipeSlots),
        caesiumOleateMolar: caesium.map((molar, row) => (isOleate[row] ? molar : 0)),
        extraBromideMolar: bromide.map((molar, row) => molar - 2 * lead[row] - (isOleate[row] ? 0 : caesium[row])),
        route: own.codes[CodeSlot.route] as Uint8Array,
        polarSolvent: own.codes[CodeSlot.polarSolvent] as Uint8Array,
      });
      const lastDissolved: number = NumberSlot.trueLeadActivity;
      for (let slot = 0; slot < own.numbers.length; slot++) {
        // The vessel and what dissolves in it hold what the recipe's columns hold, rounded to float32 (2e-7 of it at
        // most). Behind them logarithms cancel near 0, and shares and probabilities follow these (1.6e-4 at most).
        const [relative, absolute] = slot <= lastDissolved ? [1e-5, 1e-9] : [1e-3, 1e-6];
        const far = given.numbers[slot].findIndex((value, row) => {
          const expected = own.numbers[slot][row];
          return !(
            Object.is(value, expected) || Math.abs(value - expected) <= relative * Math.abs(expected) + absolute
          );
        });
        expect(far, `${engine.name}, ${NumberSlot[slot]}`).toBe(-1);
      }
      const alike = [CodeSlot.route, CodeSlot.polarSolvent, CodeSlot.caesiumSource, CodeSlot.lab, CodeSlot.operator];
      for (const slot of [...alike, CodeSlot.batch, CodeSlot.date, CodeSlot.phase])
        expect(given.codes[slot], `${engine.name}, ${CodeSlot[slot]}`).toEqual(own.codes[slot]);
    }
  });

  it("leaves some bromide where it does not come with the lead and the lead's stock is short", async () => {
    const setup = twinSetup({ seed: 6, labs: { count: 20, spread: 3 } });
    for (const engine of [await simdEngine(setup), typescriptEngine(setup)]) {
      const [lead, bromide, rows] = [0.02, 1e-4, 500];
      const of = (slot: NumberSlot): number =>
        slot === NumberSlot.leadMolar
          ? lead
          : slot === NumberSlot.bromideMolar
            ? bromide
            : slot === NumberSlot.temperatureCelsius
              ? 160
              : 0.01;
      const made = engine.carryOut(0, {
        rows,
        numbers: Array.from({ length: recipeSlots }, (_, slot) => new Float32Array(rows).fill(of(slot))),
        caesiumOleateMolar: new Float32Array(rows).fill(0.01),
        extraBromideMolar: new Float32Array(rows).fill(bromide - 2 * lead),
        route: new Uint8Array(rows),
        polarSolvent: new Uint8Array(rows),
      });
      const inVessel = made.numbers[NumberSlot.trueBromideMolar];
      expect(Math.min(...inVessel)).toBeCloseTo(leastBromide, 12);
      expect(made.numbers[NumberSlot.trueProbabilityNothing].every((p) => p >= 0 && p <= 1)).toBe(true);
    }
  });

  it("sees a planted fault: with one parameter 1 % off the engines no longer agree", async () => {
    const setup = twinSetup({ seed: 5, regions: everyCampaign });
    const off = { ...setup, physics: { ...physics, leadAmineBinding: 1.01 * physics.leadAmineBinding } };
    const [readable, fast, wrong] = [
      filled(typescriptEngine(setup), { count: 4000 }),
      filled(await simdEngine(setup), { count: 4000 }),
      filled(await simdEngine(off), { count: 4000 }),
    ];
    expect(() => expectAgreement(readable.memory, fast.memory)).not.toThrow();
    expect(() => expectAgreement(readable.memory, wrong.memory)).toThrow();
  });

  it("gives the same bytes whatever the chunking", async () => {
    const engine = await simdEngine(twinSetup({ seed: 7, regions: wideRegions }));
    const whole = filled(engine, { count: 9000 });
    const again = columnMemory(9000, { shared: false });
    const rejected = whole.rejected.map(() => 0);
    let first = 0;
    for (const size of [1, 7, 8, 255, 256, 257, 1000, 4095, 3121]) {
      doJob(engine, { first, rows: size, memory: again, offset: first }).forEach((n, fault) => (rejected[fault] += n));
      first += size;
    }
    expect(first).toBe(9000);
    expect(isSame(whole, { memory: again, rejected })).toBe(true);
    expect(rejected).toEqual(whole.rejected);
  });

  it("gives the same bytes of given points whatever the chunking", async () => {
    const engine = await simdEngine(twinSetup({ seed: 7, regions: wideRegions }));
    const { at } = designPoints("sobol", 5000, seededRandom(1));
    const whole = filled(engine, { count: 5000, points: at(0, 5000) });
    const again = columnMemory(5000, { shared: false });
    for (const [first, size] of [
      [0, 3],
      [3, 1250],
      [1253, 3747],
    ])
      doJob(engine, { first, rows: size, memory: again, offset: first, points: at(first, size) });
    expect(isSame(whole, { memory: again, rejected: [] })).toBe(true);
  });

  it("gives rows up to the last that there is, 2^32 - 1, as the TypeScript engine does", async () => {
    const setup = twinSetup({ seed: 8, regions: everyCampaign });
    for (const first of [2 ** 31 - 100, 2 ** 32 - 200])
      expectAgreement(
        filled(typescriptEngine(setup), { first, count: 200 }).memory,
        filled(await simdEngine(setup), { first, count: 200 }).memory,
      );
  });

  it("gives the noise-free label and values at noise 0", async () => {
    const { memory } = filled(await simdEngine(twinSetup({ seed: 9, regions: wideRegions, noise: 0 })), {
      count: 4000,
    });
    expect(memory.codes[CodeSlot.phase]).toEqual(memory.codes[CodeSlot.truePhase]);
    const [size, trueSize, gain, quantumYield, trueYield] = [
      NumberSlot.sizeNanometre,
      NumberSlot.trueSizeNanometre,
      NumberSlot.trueQuantumYieldGain,
      NumberSlot.quantumYield,
      NumberSlot.trueQuantumYield,
    ].map((slot) => memory.numbers[slot]);
    size.forEach((read, row) => {
      if (!Number.isNaN(read)) expect(Math.abs(read / trueSize[row] - 1)).toBeLessThan(1e-6);
      else
        expect(Number.isNaN(trueSize[row]) || trueSize[row] > 99.99 || memory.codes[CodeSlot.phase][row] === 4).toBe(
          true,
        );
    });
    quantumYield.forEach((read, row) => {
      if (!Number.isNaN(read) && trueYield[row] * gain[row] < 1)
        expect(Math.abs(read - trueYield[row] * gain[row])).toBeLessThan(1e-5);
    });
  });

  it("writes one NaN for everything missing, so that bytes agree between machines", async () => {
    const { memory } = filled(await simdEngine(twinSetup({ seed: 9, regions: wideRegions })), { count: 4000 });
    for (const column of memory.numbers) {
      const bits = new Uint32Array(column.buffer, column.byteOffset, column.length);
      column.forEach((value, row) => Number.isNaN(value) && expect(bits[row]).toBe(0x7fc00000));
    }
  });

  it("keeps all its rows in at most 3 MB with twelve laboratories", async () => {
    const engine = await simdEngine(twinSetup({ seed: 1, labs: { count: 12 } }));
    for (let first = 0; first < 10 * 4096; first += 4096) engine.fill(first, 4096);
    expect(engine.fill(0, 4096).numbers[0].buffer.byteLength).toBeLessThanOrEqual(3e6);
  });

  it("refuses a region in which every design is impossible, and counts what it tried", async () => {
    const [{ region }] = wideRegions;
    const setup = twinSetup({
      seed: 1,
      regions: [{ region: { ...region, ranges: { ...region.ranges, temperatureCelsius: [320, 330] } }, weight: 1 }],
      labs: { count: 1 },
    });
    const engine = await simdEngine(setup);
    expect(() => engine.fill(0, 1)).toThrow("1000 impossible proposals; widen the regions");
    expect(engine.rejected.reduce((a, b) => a + b, 0)).toBe(1000);
    // Hotter than the boiling point of the medium, unless something else is wrong before that.
    expect(engine.rejected[2]).toBeGreaterThan(900);
  });
});
