import { designFaults } from "../../chemistry/designFault.js";
import { readWasm } from "../../io/readWasm.js";
import { isWideCode } from "../columnMemory.js";
import {
  type Chunk,
  type ExperimentEngine,
  type GivenRecipes,
  mostAttempts,
  type TwinSetup,
} from "../ExperimentEngine.js";
import { codeSlots, designAxes, numberSlots } from "../layout.js";
import { Given, MemoryMap, RecipeSlot } from "./memoryMap.js";
import { simdParameters } from "./simdParameters.js";
import { simdRegion } from "./simdRegion.js";

interface Kernels {
  scheduleKeys(schedule: number, key0: number, key1: number): void;
  fill(firstRow: number, rows: number, regions: number, given: number, mostAttempts: number): number;
}

const pageBytes = 65536;

/**
 * The fast engine: the equations of src/chemistry in WebAssembly SIMD, four rows at a time in float32. WebAssembly
 * arithmetic is exact by specification, so every machine gives the same bytes.
 *
 * @throws InputError if the program was not built
 */
export async function simdEngine(setup: TwinSetup): Promise<ExperimentEngine> {
  const { regions, weights, laboratories, keys } = setup;
  const module = await readWasm("experiments");
  const pages = new WebAssembly.Memory({
    initial: Math.ceil((MemoryMap.calendar + laboratories.calendar.byteLength) / pageBytes),
  });
  const exports = new WebAssembly.Instance(module, { env: { memory: pages } }).exports as unknown as Kernels;
  const memory = pages.buffer;
  const floats = (address: number, length: number): Float32Array => new Float32Array(memory, address, length);
  exports.scheduleKeys(MemoryMap.designKeys, ...keys.design);
  exports.scheduleKeys(MemoryMap.peopleKeys, ...keys.people);
  exports.scheduleKeys(MemoryMap.noiseKeys, ...keys.noise);
  const parameters = simdParameters(setup);
  floats(MemoryMap.parameters, parameters.length).set(parameters);
  floats(MemoryMap.calendar, laboratories.calendar.length).set(laboratories.calendar);
  let cumulated = 0;
  floats(MemoryMap.cumulated, weights.length).set(weights.map((weight) => (cumulated += weight)));
  regions.forEach(({ region }, k) => {
    const numbers = simdRegion(region);
    floats(MemoryMap.regions + k * MemoryMap.regionBytes, numbers.length).set(numbers);
  });

  const numbers = Array.from({ length: numberSlots }, (_, slot) => MemoryMap.columns + slot * MemoryMap.columnStride);
  const codes = Array.from({ length: codeSlots }, (_, slot) => ({
    address: MemoryMap.codes + slot * MemoryMap.codeStride,
    isWide: isWideCode(slot),
  }));
  const faults = MemoryMap.codes + codeSlots * MemoryMap.codeStride;
  const counts = new Uint32Array(memory, MemoryMap.rejected, designFaults.length);
  const rejected = new Float64Array(designFaults.length);
  const run = (first: number, rows: number, given: Given): Chunk => {
    counts.fill(0);
    const failed = exports.fill(first, rows, regions.length, given, mostAttempts);
    counts.forEach((count, fault) => (rejected[fault] += count));
    if (failed > 0)
      throw new RangeError(
        "generateExperiments: a design must be possible; " +
          `rows from ${first} on had ${mostAttempts} impossible proposals; widen the regions`,
      );
    return {
      rows,
      numbers: numbers.map((address) => floats(address, rows)),
      codes: codes.map(({ address, isWide }) =>
        isWide ? new Uint16Array(memory, address, rows) : new Uint8Array(memory, address, rows),
      ),
      faults: new Uint8Array(memory, faults, rows),
    };
  };
  const axis = (slot: number, rows: number): Float32Array =>
    floats(MemoryMap.points + slot * MemoryMap.pointStride, rows);
  const fill = (first: number, rows: number, points?: Float32Array): Chunk => {
    if (points === undefined) return run(first, rows, Given.nothing);
    for (let k = 0; k < designAxes; k++) axis(k, rows).set(points.subarray(k * rows, (k + 1) * rows));
    return run(first, rows, Given.points);
  };
  const carryOut = (first: number, recipes: GivenRecipes): Chunk => {
    const { rows, caesiumOleateMolar, extraBromideMolar, route, polarSolvent } = recipes;
    recipes.numbers.forEach((column, slot) => floats(numbers[slot], rows).set(column));
    axis(RecipeSlot.caesiumOleate, rows).set(caesiumOleateMolar);
    axis(RecipeSlot.extraBromide, rows).set(extraBromideMolar);
    axis(RecipeSlot.route, rows).set(route);
    axis(RecipeSlot.polarSolvent, rows).set(polarSolvent);
    return run(first, rows, Given.recipes);
  };
  return { name: "simd", rejected, fill, carryOut };
}
