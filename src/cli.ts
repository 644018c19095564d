#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { InputError } from "./core/InputError.js";

/** What a verb found: text for people, the same as data for programs, and whether the check passed. */
interface Answer {
  readonly text: string;
  readonly data: unknown;
  readonly passed?: boolean;
}

interface GenerateFlags {
  readonly rows?: number;
  readonly seed: number;
  readonly out: string;
  readonly design: string;
  readonly perClass?: number;
  readonly shard?: string;
  readonly labs?: number;
  readonly noise?: number;
  readonly workers?: number;
  readonly engine: string;
  readonly header: boolean;
}

interface TrainFlags {
  readonly data?: string;
  readonly rows?: number;
  readonly seed: number;
  readonly hidden?: readonly number[];
  readonly epochs?: number;
  readonly learningRate?: number;
  readonly members?: number;
  readonly workers?: number;
  readonly engine?: string;
  readonly out?: string;
  readonly export?: readonly string[];
}

interface PredictFlags {
  readonly model?: string;
  readonly out?: string;
}

interface QualityFlags {
  readonly label?: string;
  readonly parameters?: number;
  readonly against?: string;
}

/** Verbs load what they need when they are called: `twin --help` starts nothing else. */
function program(): Command {
  const twin = new Command("twin")
    .description("How far can a model of CsPbBr3 synthesis be trusted?")
    .exitOverride()
    .showHelpAfterError();

  verb(twin, "doctor", "what works on this machine, and the mend for what does not", async () => {
    const { examineMachine, formatExamination } = await import("./commands/doctor/examineMachine.js");
    const examination = await examineMachine();
    return { text: formatExamination(examination), data: examination, passed: examination.passed };
  });

  verb(
    twin,
    "generate",
    "experiments of the twin, streamed to a .parquet, .arrow or .csv file",
    async (options: GenerateFlags) => {
      const { generateToFile, formatGeneration } = await import("./commands/generate/generateToFile.js");
      const { linesReport } = await import("./workspace/notebooks/progressReport.js");
      const generation = await generateToFile({ ...options, onProgress: linesReport(process.stderr) });
      return { text: formatGeneration(generation), data: generation };
    },
  )
    .option(
      "--rows <n>",
      "experiments to generate; designs that fill space leave out what cannot be carried out (with targeted: not used)",
      wholeNumber("--rows"),
    )
    .requiredOption("--seed <n>", "the same seed gives the same rows", wholeNumber("--seed"))
    .requiredOption("--out <file>", "where to; the ending decides the format")
    .option("--design <name>", "asRun, uniform, factorial, latinHypercube, sobol or targeted", "asRun")
    .option("--per-class <n>", "rows that every class must reach (targeted)", wholeNumber("--per-class"))
    .option("--shard <i/n>", "only the i-th of n equal parts")
    .option("--labs <n>", "laboratories (default 12)", wholeNumber("--labs"))
    .option("--noise <scale>", "scale of measurement noise: 0 none, 1 as measured (default)", finiteNumber("--noise"))
    .option(
      "--workers <n>",
      "threads (default: as many as cores, at most 8); the rows do not depend on it",
      wholeNumber("--workers"),
    )
    .option("--engine <name>", "simd or typescript", "simd")
    .option("--no-header", "CSV without its first line, to be appended to another shard");

  verb(
    twin,
    "calibrate-physics",
    "fits the twin's assumed parameters to published phases; takes minutes",
    async ({ seed, generations }: { readonly seed?: number; readonly generations?: number }) => {
      const { calibratePhysics } = await import("./analyses/02-generation/physicsCalibration.js");
      const { formatCalibration } = await import("./commands/calibrate-physics/formatCalibration.js");
      const { appendToLedger } = await import("./io/evidence/evidenceLedger.js");
      const { linesReport } = await import("./workspace/notebooks/progressReport.js");
      const evidence = await calibratePhysics({ seed, generations, onProgress: linesReport(process.stderr) });
      await appendToLedger([evidence]);
      return { text: formatCalibration(evidence), data: evidence };
    },
  )
    .option("--seed <n>", "of the fit (default 1)", wholeNumber("--seed"))
    .option(
      "--generations <n>",
      "of differential evolution in each of its runs (default 160)",
      wholeNumber("--generations"),
    );

  verb(
    twin,
    "quality <file>",
    "schema, units, ranges, missing values, duplicates and violations of a .csv, .parquet or .arrow file",
    async (options: QualityFlags, file: string) => {
      const { fileQuality } = await import("./commands/quality/fileQuality.js");
      const { formatQuality } = await import("./commands/quality/formatQuality.js");
      const report = await fileQuality(file, options);
      return {
        text: formatQuality(report, file).trimEnd(),
        data: report,
        passed: report.violationCount === 0 && (report.drift?.drifted ?? 0) === 0,
      };
    },
  )
    .option("--label <column>", "balance of its classes, and whether each has rows enough to be tested")
    .option("--parameters <n>", "training rows per parameter of a model of this size", wholeNumber("--parameters"))
    .option("--against <file>", "drift of each column against another file; fails where one has drifted");

  verb(
    twin,
    "train",
    "trains the phase network of the notebooks, calibrates it, judges it on untouched rows, and saves it",
    async (options: TrainFlags) => {
      const { trainPhaseModel } = await import("./commands/train/trainPhaseModel.js");
      const { formatPhaseTraining } = await import("./commands/train/formatPhaseTraining.js");
      const { linesReport } = await import("./workspace/notebooks/progressReport.js");
      const training = await trainPhaseModel({ ...options, onProgress: linesReport(process.stderr) });
      return { text: formatPhaseTraining(training), data: training, passed: training.model !== null };
    },
  )
    .requiredOption("--seed <n>", "the same seed gives the same model", wholeNumber("--seed"))
    .option(
      "--data <file>",
      "experiments in a .parquet, .arrow or .csv file with a column phase, whole batches kept together if it has a column batch; default: the twin's",
    )
    .option("--rows <n>", "experiments of the twin to train and test on (default 400000)", wholeNumber("--rows"))
    .option("--hidden <widths>", "of the hidden layers (default 96,96)", wholeNumbers("--hidden"))
    .option("--epochs <n>", "passes over the training rows at most (default 15)", wholeNumber("--epochs"))
    .option("--learning-rate <x>", "of the first epoch (default 0.004)", finiteNumber("--learning-rate"))
    .option("--members <n>", "networks whose probabilities are averaged (default 1)", wholeNumber("--members"))
    .option(
      "--workers <n>",
      "threads that train members (default: as many as cores, at most 8); the model does not depend on it",
      wholeNumber("--workers"),
    )
    .option(
      "--engine <name>",
      "simd (default), typescript, tensorflow-wasm, -cpu, -webgpu or -node, or by rule: tensorflow, auto",
    )
    .option("--out <folder>", "folder of models (default data/models of the project)")
    .option("--export <formats>", "tfjs, onnx or both, written beside the model", (text) => text.split(","));

  verb(
    twin,
    "predict <file>",
    "phases of the recipes in a .json, .csv, .parquet or .arrow file, with their limits",
    async (options: PredictFlags, file: string) => {
      const { predictPhases, formatPredictions } = await import("./commands/predict/predictPhases.js");
      const predictions = await predictPhases(file, options);
      return { text: formatPredictions(predictions), data: predictions };
    },
  )
    .option(
      "--model <name>",
      "name of a model in data/models, its beginning, or the path of its folder; default: the only one there",
    )
    .option("--out <file>", "table of the answers; the ending decides the format");

  const data = twin.command("data").description("published tables, which are never committed");
  verb(data, "status", "which tables are here, with origin, licence and hash", async () => {
    const { dataStatus } = await import("./experiments/dataStore.js");
    const { formatDataStatus } = await import("./commands/data/formatDataStatus.js");
    const status = await dataStatus();
    return { text: formatDataStatus(status), data: status };
  });
  verb(
    data,
    "import",
    "copies tables from a folder after checking their hashes",
    async ({ from }: { readonly from: string }) => {
      const { importData } = await import("./experiments/dataStore.js");
      const { formatTransfer } = await import("./commands/data/formatDataStatus.js");
      const notes = await importData({ from });
      return { text: formatTransfer(notes), data: notes };
    },
  ).requiredOption("--from <folder>", "folder that holds the tables under their names in `twin data status`");
  verb(data, "fetch [names...]", "downloads tables from their public origins", async (_, names: readonly string[]) => {
    const { fetchData } = await import("./experiments/dataStore.js");
    const { formatTransfer } = await import("./commands/data/formatDataStatus.js");
    const notes = await fetchData(names.length === 0 ? {} : { only: names });
    return { text: formatTransfer(notes), data: notes };
  });

  verb(
    twin,
    "scorecard",
    "the readiness scorecard from committed evidence",
    async ({ asOf, compare }: { readonly asOf?: string; readonly compare?: string }) => {
      const { evidenceHashes, judgeEvidence } = await import("./analyses/99-scorecard/scorecard.js");
      const { compareScorecards } = await import("./scorecard/compareScorecards.js");
      const { formatComparison } = await import("./scorecard/formatComparison.js");
      const { formatScorecard } = await import("./scorecard/formatScorecard.js");
      const { earlierScorecard } = await import("./workspace/site/earlierScorecard.js");
      const { evidenceTiers } = await import("./workspace/site/evidenceTiers.js");
      const earlier = compare === undefined ? null : await earlierScorecard(compare);
      const { scorecard, files } = await judgeEvidence({ asOf: asOf === undefined ? null : isoDate(asOf) });
      const tiers = await evidenceTiers(files);
      const text = formatScorecard(scorecard, tiers);
      if (earlier === null) return { text, data: { ...scorecard, tiers } };
      const comparison = compareScorecards(earlier, { ...scorecard, evidence: evidenceHashes(files) });
      return {
        text: `${text}\n\n${formatComparison(comparison, compare!)}`,
        data: { ...scorecard, tiers, comparison },
      };
    },
  )
    .option("--as-of <date>", "judge the age of evidence at this day, YYYY-MM-DD (default: age is not judged)")
    .option(
      "--compare <earlier>",
      "which checks turned since an earlier 99-scorecard.json, given by its path or by a git revision, and why",
    );

  const notebooks = twin.command("notebooks").description("run, convert, render and verify notebooks");
  verb(
    notebooks,
    "run [file]",
    "executes all numbered notebooks, or one .ipynb in place; skips the unchanged",
    async ({ force, cellTimeout }: { readonly force?: boolean; readonly cellTimeout?: number }, file?: string) => {
      const { runNotebooks } = await import("./workspace/notebooks/runNotebooks.js");
      const { progressReport } = await import("./workspace/notebooks/progressReport.js");
      const { formatRun } = await import("./workspace/notebooks/formatRun.js");
      const run = await runNotebooks({
        file: file ?? null,
        force,
        cellTimeoutSeconds: cellTimeout,
        onProgress: progressReport(process.stderr),
      });
      if (file === undefined && run.passed) await dateEvidence();
      return { text: formatRun(run), data: run, passed: run.passed };
    },
  )
    .option("--force", "run also what has not changed")
    .option("--cell-timeout <seconds>", "end a cell, and with it the kernel, after this time", timeoutSeconds);
  verb(
    notebooks,
    "sync",
    ".nb.ts to .ipynb, keeping the outputs of unchanged cells",
    async ({ back }: { readonly back?: boolean }) => {
      const { syncNotebooks, formatSync } = await import("./workspace/notebooks/syncNotebooks.js");
      const sync = await syncNotebooks({ back });
      return { text: formatSync(sync), data: sync };
    },
  ).option("--back", "first bring edits made in Jupyter back into .nb.ts");
  verb(
    notebooks,
    "render",
    "writes the static site/ from executed notebooks, documents and evidence",
    async ({ asOf, compare }: { readonly asOf?: string; readonly compare?: string }) => {
      const { evidenceHashes, judgeEvidence, scorecardId } = await import("./analyses/99-scorecard/scorecard.js");
      const { readAllEvidence } = await import("./io/evidence/evidenceFiles.js");
      const { readLedger } = await import("./io/evidence/evidenceLedger.js");
      const { projectName, projectPath } = await import("./io/projectPath.js");
      const { compareScorecards } = await import("./scorecard/compareScorecards.js");
      const { documentNames } = await import("./workspace/site/documentNames.js");
      const { earlierScorecard } = await import("./workspace/site/earlierScorecard.js");
      const { evidenceTiers } = await import("./workspace/site/evidenceTiers.js");
      const { listNotebooks } = await import("./workspace/notebooks/notebookFiles.js");
      const { renderSite } = await import("./workspace/site/renderSite.js");
      const date = asOf === undefined ? null : isoDate(asOf);
      const { scorecard, files: judged, freshness } = await judgeEvidence({ asOf: date });
      const files = await readAllEvidence();
      const recorded = projectPath("data", "evidence", `${scorecardId}.json`);
      const earlier = compare ?? (files.some(({ id }) => id === scorecardId) ? recorded : null);
      const comparison =
        earlier === null
          ? null
          : compareScorecards(await earlierScorecard(earlier), { ...scorecard, evidence: evidenceHashes(judged) });
      const site = await renderSite({
        notebooks: (await listNotebooks(projectPath())).map(({ executed }) => executed),
        documents: (await documentNames()).filter((name) => name.startsWith("docs/")).map((name) => projectPath(name)),
        evidence: files.map(({ id }) => projectPath("data", "evidence", `${id}.json`)),
        scorecard,
        tiers: await evidenceTiers(files),
        freshness,
        ledger: await readLedger(),
        compared:
          comparison === null ? null : { name: compare ?? "the scorecard that notebook 99 recorded", comparison },
        asOf: date,
        output: projectPath("site"),
      });
      return {
        text: `${site.files} files, ${(site.bytes / 1e6).toFixed(1)} MB; open ${projectName(site.index)}`,
        data: site,
      };
    },
  )
    .option("--as-of <date>", "judge the age of evidence at this day, YYYY-MM-DD (default: age is not judged)")
    .option(
      "--compare <earlier>",
      "show which checks turned since an earlier 99-scorecard.json, a path or a git revision (default: the one that notebook 99 recorded)",
    );
  verb(
    notebooks,
    "verify",
    "runs all notebooks elsewhere and names every byte that differs from what stands",
    async () => {
      const { verifyNotebooks } = await import("./workspace/notebooks/verifyNotebooks.js");
      const { formatVerification } = await import("./workspace/notebooks/formatVerification.js");
      const { progressReport } = await import("./workspace/notebooks/progressReport.js");
      const verification = await verifyNotebooks({ onProgress: progressReport(process.stderr) });
      return { text: formatVerification(verification), data: verification, passed: verification.passed };
    },
  );
  return twin;
}

function verb<Options extends object, Parameters extends readonly unknown[]>(
  parent: Command,
  usage: string,
  description: string,
  answer: (options: Options, ...parameters: Parameters) => Promise<Answer>,
): Command {
  return parent
    .command(usage)
    .description(description)
    .option("--json", "print the result as JSON")
    .action(async (...given: unknown[]) => {
      const command = given.at(-1) as Command;
      const {
        text,
        data,
        passed = true,
      } = await answer(command.opts<Options>(), ...(given.slice(0, -2) as unknown as Parameters));
      // Progress on a terminal leaves its last line standing.
      if (process.stderr.isTTY) process.stderr.write("\r\x1b[2K");
      process.stdout.write(`${command.opts<{ json?: boolean }>().json ? JSON.stringify(data, null, 2) : text}\n`);
      if (!passed) process.exitCode = 1;
    });
}

/** New versions of evidence get their day in the ledger. */
async function dateEvidence(): Promise<void> {
  const { scorecardId } = await import("./analyses/99-scorecard/scorecard.js");
  const { readAllEvidence } = await import("./io/evidence/evidenceFiles.js");
  const { appendToLedger } = await import("./io/evidence/evidenceLedger.js");
  await appendToLedger((await readAllEvidence()).filter(({ id }) => id !== scorecardId));
}

function isoDate(text: string): string {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // Date.parse lets 30 February roll over into March.
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text;
  throw new InputError({
    where: "--as-of",
    must: "must be a day written YYYY-MM-DD",
    got: `"${text}"`,
    mend: "write for example 2026-01-31",
  });
}

/** Node's timers hold 2^31 - 1 ms; a longer one would go off at once. */
const longestTimeoutSeconds = 2_147_483;

function timeoutSeconds(text: string): number {
  const value = Number(text);
  if (value > 0 && value <= longestTimeoutSeconds) return value;
  throw new InputError({
    where: "--cell-timeout",
    must: `must be a number of seconds above 0, at most ${longestTimeoutSeconds}`,
    got: `"${text}"`,
    mend: "write for example 600",
  });
}

function wholeNumber(option: string): (text: string) => number {
  return (text) => {
    if (/^\d+(?:e\d+)?$/i.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
    throw new InputError({
      where: option,
      must: "must be a whole number",
      got: `"${text}"`,
      mend: "write for example 1000000 or 1e6",
    });
  };
}

function wholeNumbers(option: string): (text: string) => number[] {
  const number = wholeNumber(option);
  return (text) => text.split(",").map(number);
}

function finiteNumber(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== "" && Number.isFinite(value)) return value;
    throw new InputError({ where: option, must: "must be a number", got: `"${text}"`, mend: "write for example 0.5" });
  };
}

/** Exit codes: 0 done, 1 the check failed or something broke, 2 usage or bad input. */
async function main(): Promise<void> {
  try {
    await program().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
    } else if (error instanceof InputError) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 2;
    } else {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exitCode = 1;
    }
  }
}

// A reader that has seen enough (`| head`) closes the pipe; the work goes on to its end.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

void main();
