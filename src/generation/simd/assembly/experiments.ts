// @ts-nocheck: AssemblyScript; asc checks it
import { Given, MemoryMap } from "../memoryMap";
import { nucleation, phaseFractions, speciation, supersaturation } from "./chemistry";
import { proposeBlock, readRecipes } from "./design";
import { emission, label, particleSize } from "./outcome";
import { drawNoise, readOutcome } from "./reading";
import { fillVessel, meetPeople, writeRecipeCodes } from "./vessel";

export { scheduleKeys } from "../../../core/assembly/philox";

/**
 * Fills rows 0 to `rows` of the chunk, block by block, so that what one step
 * leaves the next finds in the first-level cache.
 *
 * @param firstRow      number of the chunk's first row, low 32 bits
 * @param regions       how many there are
 * @param given         what stands at MemoryMap.points: see Given
 * @param mostAttempts  proposals after which a row is given up
 * @returns groups of rows that had no possible design
 */
export function fill(firstRow: i32, rows: i32, regions: i32, given: i32, mostAttempts: i32): i32 {
  let failed = 0;
  for (let from = 0; from < rows; from += MemoryMap.blockRows) {
    // Whole groups of eight; what lies beyond the last row is computed and never read.
    const to = min<i32>(from + MemoryMap.blockRows, (rows + 7) & ~7);
    if (given == Given.recipes) readRecipes(from, to);
    else failed += proposeBlock(from, to, rows, firstRow, regions, given == Given.points, mostAttempts);
    writeRecipeCodes(from, to);
    meetPeople(from, to, firstRow);
    fillVessel(from, to);
    speciation(from, to);
    supersaturation(from, to);
    nucleation(from, to);
    phaseFractions(from, to);
    label(from, to);
    particleSize(from, to);
    emission(from, to);
    drawNoise(from, to, firstRow);
    readOutcome(from, to);
  }
  return failed;
}
