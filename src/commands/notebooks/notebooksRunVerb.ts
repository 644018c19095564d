import { InputError } from "../../core/InputError.js";
import type { NotebooksRun } from "../../workspace/notebooks/runNotebooks.js";
import type { NotebookParameters, ParameterValue } from "../../workspace/notebooks/injectParameters.js";
import { timeoutSeconds } from "../optionParsers.js";
import type { Verb } from "../Verb.js";
import { parameterValue } from "./parameterValue.js";

/** Options of `twin notebooks run`. */
export interface NotebooksRunOptions {
  /** One notebook, executed in place (default all of the project). */
  readonly file?: string;
  readonly force?: boolean;
  /** In seconds. */
  readonly cellTimeout?: number;
  /** In seconds. */
  readonly settle?: number;
  /** Values for the parameters of a notebook without .nb.ts. */
  readonly parameter?: NotebookParameters;
  /** The same, as texts whatever they look like. */
  readonly raw?: NotebookParameters;
}

/** Adds `name=value` to what came before. @throws InputError naming the option */
function parameterOption(
  option: string,
  valueOf: (text: string) => ParameterValue,
): (text: string, before?: unknown) => NotebookParameters {
  return (text, before = {}) => {
    const [, name, value] = /^([\p{ID_Start}$_][\p{ID_Continue}$]*)=([^]*)$/u.exec(text) ?? [];
    if (name !== undefined) return { ...(before as NotebookParameters), [name]: valueOf(value) };
    throw new InputError({
      where: option,
      must: "must be NAME=VALUE",
      got: `"${text}"`,
      mend: "write for example seed=2",
    });
  };
}

/** The verb `twin notebooks run`: its options, its run and its text. */
export const notebooksRunVerb: Verb<NotebooksRunOptions, NotebooksRun> = {
  usage: "run [file]",
  meaning: "executes all numbered notebooks, or one .ipynb in place; skips the unchanged",
  options: [
    { flags: "--force", meaning: "run also what has not changed" },
    {
      flags: "--cell-timeout <seconds>",
      meaning: "end a cell, and with it the kernel, after this time",
      parse: timeoutSeconds("--cell-timeout"),
    },
    {
      flags: "-p, --parameter <name=value>",
      meaning:
        "give a parameter of the notebook this value, in a cell behind the one tagged `parameters`; may come several " +
        "times; numbers, true, false and null are such, all else is text",
      parse: parameterOption("--parameter", (text) => parameterValue(text, "--parameter")),
    },
    {
      flags: "-r, --raw <name=text>",
      meaning: "the same, a text whatever it looks like",
      parse: parameterOption("--raw", (text) => text),
    },
    {
      flags: "--settle <seconds>",
      meaning: "wait so long after a cell for what it started, then leave out what that prints (default: 2)",
      parse: timeoutSeconds("--settle"),
    },
  ],
  async run({ file, force, cellTimeout, settle, parameter, raw }, { progress } = {}) {
    const { formatRun } = await import("../../workspace/notebooks/formatRun.js");
    const { progressReport } = await import("../../workspace/notebooks/progressReport.js");
    const { runNotebooks } = await import("../../workspace/notebooks/runNotebooks.js");
    const run = await runNotebooks({
      file: file ?? null,
      force,
      parameters: parameter || raw ? { ...parameter, ...raw } : null,
      cellTimeoutSeconds: cellTimeout,
      settleSeconds: settle,
      onProgress: progress && progressReport(progress),
    });
    if (file === undefined && run.passed) await dateEvidence();
    return { text: formatRun(run), data: run, passed: run.passed };
  },
};

/** New versions of evidence get their day in the ledger. */
async function dateEvidence(): Promise<void> {
  const { scorecardId } = await import("../../analyses/99-scorecard/scorecard.js");
  const { readAllEvidence } = await import("../../io/evidence/evidenceFiles.js");
  const { appendToLedger } = await import("../../io/evidence/evidenceLedger.js");
  await appendToLedger((await readAllEvidence()).filter(({ id }) => id !== scorecardId));
}
