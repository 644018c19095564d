/*
 * Whether rows are fit for use and like those before. A table goes in, and another to compare it with; a report of
 * ranges, gaps, duplicates, balance and drift comes out. `twin quality` prints it.
 */

export { tableDrift } from "./tableDrift.js";
export { qualityReport, type ColumnSummary, type QualityReport, type Violation } from "./quality/qualityReport.js";
export { samplesPerParameter } from "./quality/samplesPerParameter.js";
