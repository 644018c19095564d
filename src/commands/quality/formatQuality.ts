import { percent } from "../../core/percent.js";
import { shortText } from "../../core/shortText.js";
import { visibleText } from "../../core/visibleText.js";
import type { LabelBalance } from "../../monitoring/quality/labelBalance.js";
import type { IncomingReport } from "../../monitoring/quality/incoming/IncomingReport.js";
import type { ColumnSummary, QualityReport } from "../../monitoring/quality/qualityReport.js";
import type { SamplesPerParameter } from "../../monitoring/quality/samplesPerParameter.js";
import { mappingNotes } from "../recipeReader.js";
import type { FileQuality } from "./fileQuality.js";
import { driftLines } from "../drift/driftLines.js";

export interface FormatQualityOptions {
  /** How many faults, violations and duplicate groups to print (default 5). */
  readonly listed?: number;
  /** How many columns to print (default 24). */
  readonly columns?: number;
}

/**
 * The data-quality report as plain text for a terminal: one line per column, then what cannot be read,
 * violations and duplicates, then what else was asked for. By default it fits on a screen.
 *
 * @param name  the table's name in the first line
 */
export function formatQuality(
  report: QualityReport &
    Partial<
      Pick<FileQuality, "notes" | "faults" | "faultCount" | "repaired" | "repairedCount" | "mapping" | "incoming">
    >,
  name: string,
  { listed = 5, columns: mostColumns = 24 }: FormatQualityOptions = {},
): string {
  const { rows, columns, violations, violationCount, checkedValues, violationRate, duplicates, duplicateGroups } =
    report;
  const { notes = [], faults = [], faultCount = 0, repaired = [], repairedCount = 0, mapping = null } = report;
  const header = ["column", "unit", "missing", "distinct", "min", "25 %", "median", "75 %", "max"];
  const lines = [
    `${name}: ${rows} rows, ${columns.length} columns`,
    ...notes.slice(0, listed),
    ...moreLine(notes.length - listed, "notes"),
    // Cells that were read otherwise than written stand below, with those of any table.
    ...(mapping === null ? [] : mappingNotes({ ...mapping, repaired: [] })),
    "",
    ...aligned([
      header,
      ...columns.slice(0, mostColumns).map((one) => columnLine(one).map((cell) => visibleText(cell))),
    ]),
    ...moreLine(columns.length - mostColumns, "columns"),
    "",
  ];
  if (faultCount > 0) {
    lines.push(`\`train\` or \`predict\` would refuse: ${faultCount}`);
    lines.push(...faults.slice(0, listed).map(({ at, must, got, mend }) => `  ${at}: ${must}; got ${got}; ${mend}`));
    lines.push(...moreLine(faultCount - listed));
  }
  if (repairedCount > 0) {
    lines.push(`read as something else than they say: ${repairedCount} ${repairedCount === 1 ? "cell" : "cells"}`);
    lines.push(
      ...repaired
        .slice(0, listed)
        .map(({ row, column, came, made, why }) => `  row ${row}, column ${column}: "${came}" as ${made}: ${why}`),
    );
    lines.push(...moreLine(repairedCount - listed));
  }
  if (violationRate === null)
    lines.push("violations: nothing to check (the table has no ranges, levels or required columns)");
  else
    lines.push(
      `violations: ${violationCount} of ${checkedValues} checked values ` +
        `(${percent(violationRate.value, { significant: 3 })}; ` +
        `95 % sure of at most ${percent(violationRate.interval.high, { significant: 3 })})`,
    );
  const printed = violations.slice(0, listed);
  for (const { row, column, value, unit, rule } of printed) {
    lines.push(
      `  row ${row}, column ${column}: ${rule}; ` +
        `got ${typeof value === "string" ? shortText(value, 40) : (value ?? "nothing")}` +
        `${typeof value === "number" && unit !== "1" && unit !== "" ? ` ${unit}` : ""}`,
    );
  }
  lines.push(...moreLine(violationCount - printed.length));
  const groups = `${duplicateGroups} ${duplicateGroups === 1 ? "group" : "groups"} of equal rows`;
  lines.push(`duplicates: ${duplicateGroups === 0 ? "none" : groups}`);
  for (const group of duplicates.slice(0, listed))
    lines.push(`  rows ${group.rows.slice(0, 10).join(", ")}${group.rows.length > 10 ? " ..." : ""}`);
  lines.push(...moreLine(duplicateGroups - listed, "groups"));
  lines.push(...nearEqualLines(report.nearEqual, listed));
  if (report.balance !== undefined) lines.push(...balanceLines(report.balance));
  if (report.samples !== undefined) lines.push(samplesLine(report.samples));
  if (report.drift !== undefined) lines.push(...driftLines(report.drift, listed));
  if (report.incoming != null) lines.push(...incomingLines(report.incoming, listed));
  // A line feed in a name or a cell must not begin a line that the file would have this report say.
  return `${lines.map((line) => visibleText(line)).join("\n")}\n`;
}

function nearEqualLines(groups: QualityReport["nearEqual"], listed: number): string[] {
  if (groups.length === 0) return [];
  return [
    `nearly equal texts, which may be one: ${groups.length} ${groups.length === 1 ? "group" : "groups"}`,
    ...groups
      .slice(0, listed)
      .map(({ column, levels }) => `  column ${column}: ${levels.map((level) => `"${level}"`).join(", ")}`),
    ...moreLine(groups.length - listed, "groups"),
  ];
}

/** What the monitor of incoming tables could not tell; what it found stands among the alerts. */
function incomingLines({ findings, unknown, rows, referenceRows }: IncomingReport, listed: number): string[] {
  const faults = `${findings.length} ${findings.length === 1 ? "fault" : "faults"}`;
  const named = (columns: readonly string[]): string =>
    columns.length === 0 ? "" : ` of ${columns.slice(0, 6).join(", ")}${columns.length > 6 ? " and others" : ""}`;
  return [
    `incoming rows: ${findings.length === 0 ? "no fault" : faults} found in ${rows} against ${referenceRows} rows`,
    ...(unknown.length === 0 ? [] : [`unknown: ${unknown.length} ${unknown.length === 1 ? "check" : "checks"}`]),
    ...unknown.slice(0, listed).map(({ fault, columns, reason }) => `  ${fault}${named(columns)}: ${reason}`),
    ...moreLine(unknown.length - listed),
  ];
}

function moreLine(count: number, what?: string): string[] {
  return count > 0 ? [`  and ${count} more${what === undefined ? "" : ` ${what}`}`] : [];
}

function balanceLines({ label, classes, unlabelled, ratio, neededTestRows, testShare }: LabelBalance): string[] {
  const share =
    ratio === null
      ? `no ratio of classes, as there ${classes.some(({ rows }) => rows > 0) ? "is one" : "are no labelled rows"}`
      : `smallest class over largest ${short(ratio.value)} ` +
        `(95 % interval ${short(ratio.interval.low)} to ${short(ratio.interval.high)})`;
  const width = Math.max(0, ...classes.map(({ name }) => name.length));
  return [
    `balance of ${label}: ${share}${unlabelled > 0 ? `; ${unlabelled} rows without a label` : ""}`,
    ...classes.map(({ name, rows, testRows, recallHalfWidth, enough }) => {
      const interval = recallHalfWidth === null ? "" : `, recall 0.85 known within ${recallHalfWidth.toFixed(2)}`;
      const share = percent(testShare, { significant: 3 });
      const lacking = enough ? "" : `: fewer than the ${neededTestRows} needed`;
      return `  ${name.padEnd(width)}  ${rows} rows, ${testRows} in a test of ${share}${interval}${lacking}`;
    }),
  ];
}

function samplesLine({ parameters, value, trainRows, wanted, enough }: SamplesPerParameter): string {
  const lacking = enough ? "" : `: fewer than ${wanted}`;
  return `rows per parameter: ${short(value)} (${trainRows} training rows, ${parameters} parameters)${lacking}`;
}

function columnLine({ name, kind, unit, missing, distinct, numbers, frequent }: ColumnSummary): string[] {
  const start = [shortText(name, 40), kind === "number" ? unit : "text", String(missing), String(distinct)];
  if (numbers !== null)
    return [
      ...start,
      ...[numbers.min, numbers.lowerQuartile, numbers.median, numbers.upperQuartile, numbers.max].map(short),
    ];
  // The most frequent texts stand in place of the quantiles, as far as a terminal's width allows.
  const texts = frequent.slice(0, 3).map(({ level, rows }) => `${shortText(level, 24)} (${rows})`);
  return [...start, texts.join(", ")];
}

function aligned(lines: readonly (readonly string[])[]): string[] {
  const widths = lines[0].map((_, i) =>
    Math.max(...lines.filter((line) => line.length > i && !isTextLine(line, i)).map((line) => line[i].length)),
  );
  // Names and units to the left, numbers to the right.
  return lines.map((line) =>
    line
      .map((cell, i) => (i < 2 || isTextLine(line, i) ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join("  ")
      .trimEnd(),
  );
}

/** The cell with the frequent texts is as long as it likes. */
function isTextLine(line: readonly string[], i: number): boolean {
  return line.length === 5 && i === 4;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
