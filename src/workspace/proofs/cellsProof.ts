import { measurement, type EvidenceFile, type Measurement } from "../../core/Evidence.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import type { Proof } from "./Proof.js";
import { runScript } from "./runProgram.js";

/** Generated sequences of cells against the same text as a module, and against the rules of redefinition. */
export const cellsProof: Proof = {
  name: "cells",
  id: "assure-cells",
  about: "generated sequences of cells against modules and a reference interpreter",
  record: cellsEvidence,
};

/** Sequences that are compared in each way. */
const counts = { modules: 10_000, reference: 10_000, tsx: 100 } as const;

const sequences = "test/workspace/kernel/sequences";

function cellsEvidence(): Promise<EvidenceFile> {
  return recordedEvidence(
    {
      id: cellsProof.id,
      inputs: ["package-lock.json", "test/workspace/kernelNotebook.ts", sequences],
      source: ["src/workspace/kernel/CellRunner.ts", "src/workspace/kernel/launch.ts"],
      seed: 1,
      madeBy: "assure",
    },
    async () => ({ result: null, measurements: await cellMeasurements() }),
  );
}

async function cellMeasurements(): Promise<Measurement[]> {
  const script = `${sequences}/compareSequences.ts`;
  const numbers = [counts.modules, counts.reference, counts.tsx].map(String);
  const { code, stdout, stderr } = await runScript("node_modules/tsx/dist/cli.mjs", script, ...numbers);
  if (code !== 0)
    throw new Error(`cells: ${script} must end by itself; got ${stderr.trim().split("\n").slice(-5).join("\n")}`);
  // What differs is told there.
  console.error(stderr);
  const found = JSON.parse(stdout.trim().split("\n").at(-1)!) as Readonly<
    Record<keyof typeof counts, { readonly compared: number; readonly different: number }>
  >;
  const meanings = {
    modules: "legal sequences of cells that differ from the same text as one module",
    reference: "sequences with redefinition, failure and interrupt that differ from the reference interpreter",
    tsx: "legal sequences, each in a kernel of its own, that differ from the same text run by tsx",
  };
  return (["modules", "reference", "tsx"] as const).map((name) =>
    measurement({
      id: `cells.${name}`,
      meaning: meanings[name],
      value: found[name].different,
      unit: "sequences",
      n: found[name].compared,
    }),
  );
}
