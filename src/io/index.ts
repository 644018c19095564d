/*
 * Files and the clock, which no other part of the library touches: tables in CSV, TSV, JSON, Excel workbooks, Parquet
 * and Arrow, evidence with its ledgers, and alerts with where they go. Paths go in, checked tables and evidence come
 * out; what is written stands whole or not at all.
 */

export { sha256 } from "./sha256.js";
export { appendAlerts, readAlertLog, type AlertLog } from "./alerts/alertLog.js";
export { postAlerts, webhookAddress, type Delivery, type PostOptions } from "./alerts/postAlerts.js";
export { readAllEvidence, recordedEvidence, type EvidenceRequest } from "./evidence/evidenceFiles.js";
export type { EvidenceFreshness } from "./evidence/evidenceFreshness.js";
export { readTouches, recordTouch } from "./evidence/touchLedger.js";
export { readRawCsv } from "./tables/readRawCsv.js";
export { readTable } from "./tables/readTable.js";
export { readTableStream, type ReadTableStreamOptions } from "./tables/readTableStream.js";
export { writeTable } from "./tables/writeTable.js";
export { writeTableStream } from "./tables/writeTableStream.js";
