import { rm } from "node:fs/promises";
import { type EvidenceFile, measurement, type Measurement } from "../../core/Evidence.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { projectPath } from "../../io/projectPath.js";
import { readJson } from "../../io/readText.js";
import type { Proof } from "./Proof.js";
import { runProgram } from "./runProgram.js";

/** Tables as other tools take them, judged by those tools. */
export const exportsProof: Proof = {
  name: "exports",
  id: "assure-exports",
  about: "exported tables in the official tools of Frictionless, Croissant, ORD and Olympus",
  record: () => exportsEvidence(),
};

/** Names to the test of exported tables the file that it writes its counts to. */
export const exportCountsVariable = "TWIN_EXPORT_COUNTS";

const folder = "test/experiments/exchange";
const test = `${folder}/officialTools.test.ts`;

/** What the official tool of a format said (test/experiments/exchange/officialTools.test.ts). */
export interface ExportCounts {
  /** Published tables that were judged. */
  readonly tables: number;
  readonly rows: number;
  readonly errors: number;
  /** Cells that the tool reads otherwise than they stand in the file. */
  readonly different: number;
  /** Planted faults that the tool was shown and did not find. */
  readonly missed: number;
}

/** The tool of each format, by which a claim stands or falls. */
const tools: Readonly<Record<string, { readonly tool: string; readonly requirements: string }>> = {
  frictionless: { tool: "frictionless validate", requirements: "requirements.txt" },
  croissant: { tool: "mlcroissant validate, and its loader of records", requirements: "requirements.txt" },
  ord: { tool: "ord-schema's validation, without provenance", requirements: "requirements.txt" },
  olympus: { tool: "the loader of Olympus", requirements: "olympus-requirements.txt" },
};

/**
 * Runs the test of exported tables and counts what the official tools said, format by format; a format whose tool is
 * not here is unknown.
 *
 * @param run  the run of the test: by a process of its own
 * @returns by format; null where its tool is not here
 */
export function exportsEvidence({
  run = runTest,
}: { readonly run?: () => Promise<Readonly<Record<string, ExportCounts | null>>> } = {}): Promise<EvidenceFile<null>> {
  return recordedEvidence(
    {
      id: exportsProof.id,
      inputs: [
        "package-lock.json",
        test,
        `${folder}/judge_export.py`,
        `${folder}/requirements.txt`,
        `${folder}/olympus-requirements.txt`,
        "test/support/exchangeExample.ts",
        "test/support/pythonWith.ts",
        moduleSource(import.meta.url),
      ],
      source: ["src/experiments", "src/chemistry", "src/core", "src/io/tables"],
      madeBy: "assure",
    },
    async () => ({ result: null, measurements: exportMeasurements(await run()) }),
  );
}

function exportMeasurements(counts: Readonly<Record<string, ExportCounts | null>>): Measurement[] {
  return Object.entries(tools).flatMap(([format, { tool, requirements }]) => {
    const found = counts[format] ?? null;
    const none = { threshold: 0, direction: "atMost" as const };
    const known = [
      {
        id: `exports.${format}Errors`,
        meaning: `errors that ${tool} finds in published tables, and planted faults that it does not`,
        unit: "errors",
        value: found === null ? null : found.errors + found.missed,
        ...none,
      },
      ...(format === "frictionless" || format === "croissant"
        ? [
            {
              id: `exports.${format}Different`,
              meaning: "cells that it reads otherwise than they stand in the file",
              unit: "cells",
              value: found === null ? null : found.different,
              ...none,
            },
          ]
        : []),
    ];
    return known.map((one) => {
      if (found !== null && found.tables > 0) return measurement({ ...one, n: found.rows });
      const reason =
        found === null
          ? `no Python with the packages of ${folder}/${requirements} was found`
          : "no published table was here to be judged";
      return measurement({ ...one, value: null, reason });
    });
  });
}

async function runTest(): Promise<Readonly<Record<string, ExportCounts | null>>> {
  const report = projectPath(".twin", "exports.json");
  await rm(report, { force: true });
  const parameters = ["node_modules/vitest/vitest.mjs", "run", test];
  const { stderr } = await runProgram(process.execPath, parameters, {
    environment: { [exportCountsVariable]: report },
  });
  console.error(stderr);
  return (await readJson(report)) as Readonly<Record<string, ExportCounts | null>>;
}
