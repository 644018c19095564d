import { rmSync } from "node:fs";
import { seededRandom } from "../../../../src/core/random/Random.js";
import { anyProgram } from "./anyProgram.js";
import { legalSequence } from "./legalSequence.js";
import { observeCells, observeModule, observeNotebook, observeProgram, observeTsx } from "./observations.js";
import type { Observation } from "./observations.js";
import { cellText } from "./Program.js";
import { ReferenceInterpreter, Unforeseen } from "./referenceInterpreter.js";
import { sequenceFolder, sequenceKernel } from "./sequenceKernel.js";

/** How many sequences were compared, and the cells of those in which the two sides differ. */
export interface Comparison {
  readonly compared: number;
  readonly different: readonly {
    readonly cells: readonly string[];
    readonly seen: unknown;
    readonly expected: unknown;
  }[];
}

/** A kernel keeps the maps of all code that it ran, so that many sequences take several. */
const sequencesPerKernel = 500;

/** Sequences that are legal as one module, against that module; in this process, the kernel reused. */
export async function compareWithModules(count: number, seed: number): Promise<Comparison> {
  let kernel = sequenceKernel();
  return compare(count, kernel.folder, async (at) => {
    if (at > 0 && at % sequencesPerKernel === 0) kernel = sequenceKernel(kernel.folder);
    const cells = legalSequence(seededRandom(seed).fork(at));
    return {
      cells,
      seen: await observeCells(kernel.runner, cells),
      expected: await observeModule(kernel.folder, cells),
    };
  });
}

/** The same, each in a kernel of its own, against the real `tsx`, which gives a function `require` another `name`. */
export async function compareWithTsx(count: number, seed: number): Promise<Comparison> {
  const folder = sequenceFolder();
  return compare(count, folder, async (at) => {
    const cells = legalSequence(seededRandom(seed).fork(at), { without: ["require"] });
    return { cells, seen: await observeNotebook(folder, cells), expected: await observeTsx(folder, cells) };
  });
}

/** Programs with redefinition, failure and interrupt, against the reference interpreter. */
export async function compareWithReference(count: number, seed: number): Promise<Comparison> {
  let kernel = sequenceKernel();
  const programs = foreseenPrograms(seed);
  return compare(count, kernel.folder, async (at) => {
    if (at > 0 && at % sequencesPerKernel === 0) kernel = sequenceKernel(kernel.folder);
    const { program, expected } = programs.next().value;
    const cells = program.map(cellText);
    return { cells, seen: await observeProgram(kernel.runner, cells), expected };
  });
}

async function compare(
  count: number,
  folder: string,
  run: (at: number) => Promise<Comparison["different"][number]>,
): Promise<Comparison> {
  const different: Comparison["different"][number][] = [];
  try {
    for (let at = 0; at < count; at++) {
      const one = await run(at);
      if (JSON.stringify(one.seen) !== JSON.stringify(one.expected)) different.push(one);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { compared: count, different };
}

/** Programs for which the rules say what happens, and what that is; without end. */
function* foreseenPrograms(
  seed: number,
): Generator<{ readonly program: ReturnType<typeof anyProgram>; readonly expected: readonly Observation[] }, never> {
  for (let at = 0; ; at++) {
    const program = anyProgram(seededRandom(seed).fork(at));
    const interpreter = new ReferenceInterpreter();
    try {
      yield { program, expected: program.map((cell) => interpreter.run(cell)) };
    } catch (error) {
      if (!(error instanceof Unforeseen)) throw error;
    }
  }
}
