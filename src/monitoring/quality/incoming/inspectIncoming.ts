import { InputError } from "../../../core/InputError.js";
import { isCategory, type Table } from "../../../core/Table.js";
import { categoryFaults } from "./categoryFaults.js";
import { clockFaults } from "./clockFaults.js";
import { constantFaults } from "./constantFaults.js";
import type { ReferenceProfile } from "./fitReference.js";
import {
  type Checked,
  dataFaultNames,
  type DataFaultName,
  type IncomingReport,
  type UncheckedQuality,
} from "./IncomingReport.js";
import { infiniteFaults } from "./infiniteFaults.js";
import type { Inspection } from "./Inspection.js";
import { lotFaults } from "./lotFaults.js";
import { missingFlags } from "./missingFlags.js";
import { missingFaults } from "./missingFaults.js";
import { rangeFaults } from "./rangeFaults.js";
import { repeatFaults } from "./repeatFaults.js";
import { groupCodesOf, lookedAt } from "./RowColumns.js";
import { schemaFaults } from "./schemaFaults.js";
import { stuckFaults } from "./stuckFaults.js";
import { unitFaults } from "./unitFaults.js";

/** One check for each kind of fault. */
const checks: Readonly<Record<DataFaultName, (inspection: Inspection) => Checked>> = {
  schema: schemaFaults,
  infinite: infiniteFaults,
  unit: unitFaults,
  range: rangeFaults,
  missing: missingFaults,
  category: categoryFaults,
  constant: constantFaults,
  stuck: stuckFaults,
  repeat: repeatFaults,
  clock: clockFaults,
  lot: lotFaults,
};

/** What a fault explains already, of the same column. */
const explains: Readonly<Partial<Record<DataFaultName, readonly DataFaultName[]>>> = {
  unit: ["range"],
  constant: ["stuck"],
  lot: ["range"],
  infinite: ["constant"],
};

/**
 * Looks for faults of an incoming table against a reference that things were well with.
 *
 * Columns, infinite numbers, units, ranges, missing values, new texts, constant columns, stuck instruments, repeated
 * rows, clocks and lots: `dataFaultNames`.
 *
 * Rows of a batch are not independent: where the reference names groups, tests count batches. What could not be told is
 * unknown, and no pass.
 *
 * @param options.alpha  probability of any finding in a table like the reference, shared by all comparisons evenly
 *   (default 0.005); drillDataFaults measures what becomes of it
 * @throws InputError if the table has no rows
 * @throws RangeError if alpha is not in (0, 1)
 *
 * @example
 * ```ts
 * import { fitReference, inspectIncoming, makeTable } from "cspbbr3-twin";
 *
 * const schema = { temperatureCelsius: { kind: "number", unit: "°C", meaning: "of injection" } } as const;
 * const days = (zero: number) =>
 *   makeTable(schema, { temperatureCelsius: Float64Array.from({ length: 100 }, (_, i) => zero + 160 + (i % 37)) });
 * const [finding] = inspectIncoming(days(273.15), fitReference(days(0))).findings;
 * console.log(finding.fault, finding.because);
 * // unit all 100 values look like K, not °C
 * ```
 */
export function inspectIncoming(
  incoming: Table,
  reference: ReferenceProfile,
  { alpha = 0.005 }: { readonly alpha?: number } = {},
): IncomingReport {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`inspectIncoming: alpha must be in (0, 1); got ${alpha}`);
  if (incoming.numRows === 0)
    throw new InputError({
      where: "inspectIncoming",
      must: "an incoming table must have rows",
      got: "none",
      mend: "wait until there are some: no rows are no pass",
    });
  const common = lookedAt(incoming, reference.rowColumns);
  const numbers = common.filter(
    (name) => Object.hasOwn(reference.numbers, name) && !isCategory(incoming.columns[name]),
  );
  const categories = common.filter(
    (name) => Object.hasOwn(reference.categories, name) && isCategory(incoming.columns[name]),
  );
  // Unit, missing, constant and stuck of numbers; missing, constant and new texts of categories; repeats, combinations.
  const comparisons = 5 * numbers.length + 3 * categories.length + 2;
  const inspection: Inspection = {
    incoming,
    reference,
    numbers,
    categories,
    missing: Object.fromEntries(
      [...numbers, ...categories].map((name) => [name, missingFlags(incoming.columns[name])]),
    ),
    groups: groupCodesOf(incoming, reference.rowColumns.groups),
    alphaEach: alpha / comparisons,
  };
  const all = dataFaultNames.map((name) => checks[name](inspection));
  const findings = all.flatMap((one) => one.findings);
  const isExplained = (fault: DataFaultName, column: string | null): boolean =>
    findings.some((other) => other.column === column && explains[other.fault]?.includes(fault));
  return {
    rows: incoming.numRows,
    referenceRows: reference.rows,
    findings: findings.filter(({ fault, column }) => !isExplained(fault, column)),
    unknown: merged(all.flatMap((one) => one.unknown)),
    alpha,
  };
}

/** One line for a reason that several columns share. */
function merged(unknown: readonly UncheckedQuality[]): UncheckedQuality[] {
  const known = new Map<string, UncheckedQuality>();
  for (const one of unknown) {
    const key = `${one.fault} ${one.reason}`;
    known.set(key, { ...one, columns: [...(known.get(key)?.columns ?? []), ...one.columns] });
  }
  return [...known.values()];
}
