import { classWeights } from "../../balancing/classWeights.js";
import { phaseNames } from "../../chemistry/phases.js";
import { measurement, type EvidenceFile } from "../../core/Evidence.js";
import { shownTable, type ShownTable } from "../../core/ShownTable.js";
import { splitParts } from "../../core/Split.js";
import { numbersOf, textsOf, type Table } from "../../core/Table.js";
import type { Encoder } from "../../features/Encoder.js";
import { recipeFeatures } from "../../features/recipeFeatures.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { moduleSource } from "../../io/moduleSource.js";
import { sha256 } from "../../io/sha256.js";
import { countsOf, labelsOf } from "../../problems/phase/phaseTable.js";
import { defaultShares } from "../../splitting/partShares.js";
import { splitManifest, type SplitManifest } from "../../splitting/splitManifest.js";
import { leakageAudit, type LeakageOptions } from "../../validation/leakage/leakageAudit.js";
import { reviewCounts } from "../02-generation/physicsCalibration.js";
import { balancingData, balancingEngine } from "./balancingData.js";
import { plantedLeaks } from "./plantedLeaks.js";

const source = moduleSource(import.meta.url);

/** The split by batches, and what the audit finds in it and in copies with planted leaks. */
export interface SplitSummary {
  readonly classes: readonly string[];
  readonly parts: readonly { readonly name: string; readonly rows: number; readonly counts: readonly number[] }[];
  /** Leaking rows or columns, as the split is and where one was planted; null where it claims nothing of the kind. */
  readonly leaks: readonly { readonly kind: string; readonly asItIs: number | null; readonly planted: number | null }[];
  readonly partsTable: ShownTable;
  readonly leaksTable: ShownTable;
  readonly manifest: SplitManifest;
}

/** Experiments per part and class, with the audit of the split. */
export async function balancingSplit({ seed }: { readonly seed: number }): Promise<EvidenceFile<SplitSummary>> {
  return recordedEvidence(
    { id: "03-balancing-split", inputs: [], source, seed, engine: balancingEngine, labels: "simulated" },
    async () => {
      const { table, split, encoder, labels } = await balancingData(seed);
      const options = auditOptions(encoder, table);
      const report = leakageAudit(table, split, options);
      const planted = plantedLeaks(table, split, options);
      const parts = splitParts.map((name) => ({
        name,
        rows: split[name].length,
        counts: countsOf(labelsOf(labels, split[name])),
      }));
      const [train, , , test] = parts;
      const audit = planted.map(({ kind, report: { counts } }) => ({
        kind,
        asItIs: report.counts[kind] ?? null,
        planted: counts[kind] ?? null,
      }));
      const leaks = Object.values(report.counts).reduce((total: number, count) => total + (count ?? 0), 0);
      const found = planted.filter(
        ({ kind, report: { counts } }) => (counts[kind] ?? 0) > (report.counts[kind] ?? 0),
      ).length;
      const ratio = Math.min(...train.counts) / Math.max(...train.counts);
      const weights = classWeights(labelsOf(labels, split.train), { classes: phaseNames });
      const weighted = train.counts.map((count, label) => count * weights[label]);
      return {
        result: {
          classes: phaseNames,
          parts,
          leaks: audit,
          partsTable: shownTable({
            caption: "Experiments per part and product",
            columns: [
              { name: "part", of: ({ name }) => name },
              { name: "experiments", of: ({ rows }) => rows },
              ...phaseNames.map((name, k) => ({ name, of: ({ counts }: (typeof parts)[number]) => counts[k] })),
            ],
            rows: parts,
          }),
          leaksTable: shownTable({
            caption: "Leaks found in the split, and in copies of it with one leak planted",
            columns: [
              { name: "kind of leak", of: ({ kind }) => kind },
              { name: "in the split", of: ({ asItIs }) => asItIs ?? "not asked" },
              { name: "where one was planted", of: (one) => one.planted ?? "not asked" },
            ],
            rows: audit,
          }),
          manifest: splitManifest(split, {
            kind: "grouped by batch",
            seed,
            shares: defaultShares,
            rows: table.numRows,
            hash: sha256,
            labels: textsOf(table, "phase"),
            rowIds: Array.from(numbersOf(table, "sourceRow")),
          }),
        },
        measurements: [
          measurement({
            id: "DQ2.leaks",
            meaning: "rows and columns of the split by batches that leak, of all kinds that the audit looks for",
            value: leaks,
            unit: "leaks",
            n: table.numRows,
          }),
          measurement({
            id: "DQ2.plantedLeakFound",
            meaning: "whether every planted leak is found, one of each kind",
            value: Number(found === planted.length),
            unit: "1",
            n: planted.length,
          }),
          measurement({
            id: "DQ2.plantedLeaksFound",
            meaning: "planted leaks that the audit finds",
            value: found,
            unit: `of ${planted.length}`,
            n: planted.length,
          }),
          measurement({
            id: "DQ3.smallestTrainClass",
            meaning: "training rows of the rarest class",
            value: Math.min(...train.counts),
            unit: "experiments",
            n: Math.min(...train.counts),
          }),
          measurement({
            id: "DQ3.smallestTestClass",
            meaning: "test rows of the rarest class",
            value: Math.min(...test.counts),
            unit: "experiments",
            n: Math.min(...test.counts),
          }),
          measurement({
            id: "DQ3.ratioBefore",
            meaning: "rarest over commonest class among training rows",
            value: ratio,
            unit: "1",
            n: train.rows,
            baseline: Math.min(...reviewCounts) / Math.max(...reviewCounts),
          }),
          measurement({
            id: "DQ3.balanceRatio",
            meaning: "the same after class weights, as the loss sees it",
            value: Math.min(...weighted) / Math.max(...weighted),
            unit: "1",
            n: train.rows,
            baseline: ratio,
          }),
        ],
      };
    },
  );
}

/** What a split by batch claims, and the columns that its features read. */
export function auditOptions(
  encoder: Encoder,
  table: Table,
): LeakageOptions & { readonly features: readonly string[]; readonly label: string } {
  const features = [
    ...new Set(
      encoder.columns.flatMap((column) =>
        column.kind === "category"
          ? [column.column]
          : column.kind === "number" && "feature" in column.source
            ? featureNeeds(column.source.feature)
            : [],
      ),
    ),
  ];
  return { features, label: "phase", groups: ["batch"], synthetic: new Uint8Array(table.numRows) };
}

function featureNeeds(name: string): readonly string[] {
  const feature = recipeFeatures.find((one) => one.name === name)!;
  return [...feature.needs, ...(feature.reads ?? [])];
}
