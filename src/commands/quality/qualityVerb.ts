import { wholeNumber } from "../optionParsers.js";
import { limitOptions, mapOptions, tableOptions } from "../tableOptions.js";
import type { Verb } from "../Verb.js";
import type { Alert } from "../../core/Alert.js";
import { InputError } from "../../core/InputError.js";
import type { AlertSinks, RaisedAlerts } from "../alerts/keepAlerts.js";
import type { FileQuality, FileQualityOptions } from "./fileQuality.js";

/** What is asked of a file, and where alerts go. */
export interface QualityVerbOptions extends FileQualityOptions, AlertSinks {
  readonly file: string;
  /** Lists every column, and of faults, violations and duplicates up to a thousand each. */
  readonly full?: boolean;
  /** Fails where the map left a row out. */
  readonly strict?: boolean;
}

/** The report on a file, and the alerts that it raised; null where the file was compared with none. */
export interface AlertedQuality extends FileQuality {
  readonly raised: RaisedAlerts | null;
}

/** The verb `twin quality`: its options, its run and its text. */
export const qualityVerb: Verb<QualityVerbOptions, AlertedQuality> = {
  usage: "quality <file>",
  meaning:
    "schema, units, ranges, missing values, duplicates and violations " +
    "of a .csv, .tsv, .json, .xlsx, .parquet or .arrow file",
  options: [
    {
      flags: "--label <column>",
      meaning: "balance of its classes, and whether each has rows enough to be tested",
    },
    {
      flags: "--parameters <n>",
      meaning: "training rows per parameter of a model of this size",
      parse: wholeNumber("--parameters"),
    },
    {
      flags: "--against <file>",
      meaning:
        "drift of each column against another file, and faults of incoming rows: units, stuck instruments, repeated " +
        "batches, clocks, lots; fails where one has drifted, an alert stops, or the webhook does not take alerts",
    },
    { flags: "--groups <column>", meaning: "batch of each row: rows of one are not independent (default: batch)" },
    { flags: "--time <column>", meaning: "when each row was made (default: date, time or timestamp)" },
    { flags: "--lot <column>", meaning: "lot that each row was made with (default: lot)" },
    { flags: "--alerts <file>", meaning: ".jsonl that alerts are appended to: `twin alerts list` shows them" },
    { flags: "--webhook <address>", meaning: "http or https address that alerts are posted to as JSON" },
    { flags: "--full", meaning: "lists every column, and of what is wrong up to 1,000 of each kind, not a screenful" },
    ...mapOptions,
    ...tableOptions,
    ...limitOptions,
  ],
  async run({ file, full = false, strict = false, alerts, webhook, ...options }) {
    const { fileQuality } = await import("./fileQuality.js");
    const { formatQuality } = await import("./formatQuality.js");
    const sinks = { alerts, webhook };
    requireReference(sinks, options.against);
    const { keepAlerts, requireSinks } = await import("../alerts/keepAlerts.js");
    await requireSinks(sinks);
    const report = await fileQuality(file, options);
    const raised = report.incoming === null ? null : await keepAlerts(await alertsOf(report, file), sinks);
    const listed = full ? 1000 : 5;
    return {
      text: [
        formatQuality(report, file, full ? { listed, columns: Infinity } : { listed }).trimEnd(),
        ...(raised === null
          ? []
          : (await import("../alerts/formatAlerts.js")).raisedLines(raised, sinks, full ? 1000 : 12)),
      ].join("\n"),
      data: { ...report, raised },
      passed:
        report.violationCount === 0 &&
        report.faultCount === 0 &&
        (report.drift?.drifted ?? 0) === 0 &&
        (raised === null || (raised.stopping.length === 0 && raised.delivery?.delivered !== false)) &&
        !(strict && (report.mapping?.dropped.length ?? 0) > 0),
    };
  },
};

function requireReference({ alerts, webhook }: AlertSinks, against: string | undefined): void {
  if (against !== undefined || (alerts === undefined && webhook === undefined)) return;
  throw new InputError({
    where: alerts === undefined ? "--webhook" : "--alerts",
    must: "needs a file that things were well with",
    got: "none",
    mend: "name it with --against",
  });
}

async function alertsOf({ incoming, drift }: FileQuality, source: string): Promise<readonly Alert[]> {
  const { qualityAlerts } = await import("../../monitoring/alerts/qualityAlerts.js");
  const { driftAlerts } = await import("../../monitoring/alerts/driftAlerts.js");
  return [
    ...(incoming === null ? [] : qualityAlerts(incoming, { source })),
    ...(drift === undefined ? [] : driftAlerts(drift, { source })),
  ];
}
