import { codesOf, makeTable, numbersOf, selectRows, type Table } from "../../core/Table.js";
import type { Split } from "../../core/Split.js";
import {
  leakageAudit,
  type LeakageOptions,
  type LeakageReport,
  type LeakKind,
} from "../../validation/leakage/leakageAudit.js";

/** A split with one leak of a kind planted in it, as the audit sees it. */
export interface PlantedLeak {
  readonly kind: LeakKind;
  readonly report: LeakageReport;
}

/**
 * One leak of every kind, each planted in a copy of the same
 * clean split: an audit that cannot find them proves nothing.
 *
 * @param table    experiments of the twin, with batches and dates
 * @param split    one that the audit finds clean
 * @param options  as the audit is called for the split itself; `features` and `label` named
 */
export function plantedLeaks(
  table: Table,
  split: Split,
  options: LeakageOptions & { readonly features: readonly string[]; readonly label: string },
): readonly PlantedLeak[] {
  const audit = (
    kind: LeakKind,
    changed: { readonly table?: Table; readonly split?: Split; readonly options?: Partial<LeakageOptions> },
  ): PlantedLeak => ({
    kind,
    report: leakageAudit(changed.table ?? table, changed.split ?? split, { ...options, ...changed.options }),
  });
  const [known] = split.train;
  const last = table.numRows;
  const withCopy = selectRows(table, Uint32Array.of(...Array.from({ length: table.numRows }, (_, row) => row), known));
  const noneSynthetic = { synthetic: new Uint8Array(withCopy.numRows) };
  const copyInTest: Split = { ...split, test: Uint32Array.of(...split.test, last) };
  return [
    audit("repeated index", { split: { ...split, test: Uint32Array.of(known, ...split.test) } }),
    audit("duplicate rows", { table: withCopy, split: copyInTest, options: noneSynthetic }),
    audit("near duplicate rows", {
      table: nudged(withCopy, last, "temperatureCelsius", 1e-3),
      split: copyInTest,
      options: noneSynthetic,
    }),
    audit("group overlap", {
      split: { ...split, train: split.train.subarray(1), test: Uint32Array.of(known, ...split.test) },
    }),
    audit("time overlap", { options: { time: "date" } }),
    audit("synthetic rows outside training", {
      options: { synthetic: Uint8Array.from({ length: table.numRows }, (_, row) => Number(row === split.test[0])) },
    }),
    audit("feature that encodes the label", {
      table: withNumber(table, "labelCode", Float64Array.from(codesOf(table, options.label).codes)),
      options: { features: [...options.features, "labelCode"] },
    }),
    audit("latent feature", { options: { features: [...options.features, "trueLnSupersaturationCsPbBr3"] } }),
  ];
}

function nudged(table: Table, row: number, name: string, by: number): Table {
  const values = Float64Array.from(numbersOf(table, name));
  values[row] += by;
  return makeTable(table.schema, { ...table.columns, [name]: values });
}

function withNumber(table: Table, name: string, values: Float64Array): Table {
  return makeTable(
    { ...table.schema, [name]: { kind: "number", unit: "1", meaning: "planted" } },
    { ...table.columns, [name]: values },
  );
}
