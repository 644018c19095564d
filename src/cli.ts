#!/usr/bin/env node
import { Command, CommanderError, Option } from "commander";
import { alertsVerbs } from "./commands/alerts/alertsVerbs.js";
import { calibratePhysicsVerb } from "./commands/calibrate-physics/calibratePhysicsVerb.js";
import { dataVerbs } from "./commands/data/dataVerbs.js";
import { doctorVerb } from "./commands/doctor/doctorVerb.js";
import { driftVerb } from "./commands/drift/driftVerb.js";
import { exportVerb } from "./commands/export/exportVerb.js";
import { generateVerb } from "./commands/generate/generateVerb.js";
import { notebooksVerbs } from "./commands/notebooks/notebooksVerbs.js";
import { predictVerb } from "./commands/predict/predictVerb.js";
import { predictionsVerbs } from "./commands/predictions/predictionsVerbs.js";
import { qualityVerb } from "./commands/quality/qualityVerb.js";
import { registryVerbs } from "./commands/registry/registryVerbs.js";
import { scorecardVerb } from "./commands/scorecard/scorecardVerb.js";
import { serveVerb } from "./commands/serve/serveVerb.js";
import { trainVerb } from "./commands/train/trainVerb.js";
import { tuneVerb } from "./commands/tune/tuneVerb.js";
import { validateVerb } from "./commands/validate/validateVerb.js";
import type { Verb, VerbGroup } from "./commands/Verb.js";
import { InputError } from "./core/InputError.js";
import { visibleText } from "./core/visibleText.js";

/** Verbs load what they need when they are called: `twin --help` starts nothing else. */
const verbs: readonly (Verb | VerbGroup)[] = [
  doctorVerb,
  generateVerb,
  calibratePhysicsVerb,
  qualityVerb,
  driftVerb,
  alertsVerbs,
  trainVerb,
  tuneVerb,
  predictVerb,
  exportVerb,
  predictionsVerbs,
  validateVerb,
  registryVerbs,
  dataVerbs,
  serveVerb,
  scorecardVerb,
  notebooksVerbs,
];

function addVerb(parent: Command, verb: Verb | VerbGroup): void {
  const command = parent.command(verb.usage).description(verb.meaning);
  if ("verbs" in verb) return verb.verbs.forEach((one) => addVerb(command, one));
  command.option("--json", "print the result as JSON");
  for (const { flags, meaning, parse, default: usual, isRequired = false } of verb.options) {
    const option = new Option(flags, meaning).default(usual).makeOptionMandatory(isRequired);
    command.addOption(parse === undefined ? option : option.argParser(parse));
  }
  command.action(async () => {
    const operands = command.registeredArguments.map((one, i) => [one.name(), command.processedArgs[i] as unknown]);
    const { json = false, ...options } = command.opts<{ readonly json?: boolean }>();
    const given = { ...options, ...(Object.fromEntries(operands) as object) };
    const place = { progress: process.stderr, ...(json ? { json: showWhole } : {}) };
    const { text, data, isWritten = false, passed = true } = await verb.run(given, place);
    // Progress on a terminal leaves its last line standing.
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[2K");
    if (!isWritten) show(process.stdout, `${json ? JSON.stringify(data, null, 2) : text}\n`);
    if (!passed) process.exitCode = 1;
  });
}

/** All that a verb says passes here. Inside the texts of JSON an escape means the character that it stands for. */
function show(stream: NodeJS.WriteStream, text: string): boolean {
  return stream.write(visibleText(text, { layout: true }));
}

/** The same, until its reader has taken it; who reads no further is not waited for. */
async function showWhole(text: string): Promise<void> {
  const { stdout } = process;
  if (stdout.destroyed || show(stdout, text)) return;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      for (const event of ["drain", "close", "error"]) stdout.off(event, end);
      resolve();
    };
    for (const event of ["drain", "close", "error"]) stdout.once(event, end);
  });
}

/** Exit codes: 0 done, 1 the check failed or something broke, 2 usage or bad input. */
async function main(): Promise<void> {
  const twin = new Command("twin")
    .description("How far can a model of CsPbBr3 synthesis be trusted?")
    .option("-V, --version", "print the version")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => show(process.stdout, text),
      writeErr: (text) => show(process.stderr, text),
    })
    .showHelpAfterError();
  for (const verb of verbs) addVerb(twin, verb);
  try {
    requireWorkingFolder();
    if (["-V", "--version"].includes(process.argv[2])) return await showVersion();
    await twin.parseAsync();
    await tellOfLeftovers();
  } catch (thrown) {
    const error = isOutOfFiles(thrown) ? tooFewFiles() : thrown;
    const isInput = error instanceof InputError;
    if (!(error instanceof CommanderError))
      show(process.stderr, `${isInput ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = isInput ? 2 : error instanceof CommanderError ? (error.exitCode === 0 ? 0 : 2) : 1;
  }
}

async function showVersion(): Promise<void> {
  const { packageVersion } = await import("./io/packageVersion.js");
  show(process.stdout, `${await packageVersion()}\n`);
}

/** Every path that is not absolute begins there. */
function requireWorkingFolder(): void {
  try {
    process.cwd();
  } catch {
    throw new InputError({
      where: "twin",
      must: "the working folder must be there",
      got: "one that was removed",
      mend: "go to another one with `cd` and run again",
    });
  }
}

/** Whoever made them may be at work on another machine: only their user knows. */
async function tellOfLeftovers(): Promise<void> {
  const { leftByOthers } = await import("./io/withTemporary.js");
  for (const path of leftByOthers())
    show(process.stderr, `left by a process of another machine: ${path}; remove it, if none writes there any more\n`);
}

/** Node reads the files of a program all at once. */
function isOutOfFiles(thrown: unknown): boolean {
  return ["EMFILE", "ENFILE"].includes(String((thrown as NodeJS.ErrnoException | null)?.code));
}

function tooFewFiles(): InputError {
  return new InputError({
    where: "twin",
    must: "this process must be allowed to open some hundred files at once",
    got: "a limit that is lower",
    mend: "raise it with `ulimit -n 1024`",
  });
}

// A reader that has seen enough (`| head`) closes the pipe; the work goes on to its end.
let isTold = false;
for (const [name, stream] of Object.entries({ output: process.stdout, error: process.stderr }))
  stream.on("error", ({ code }: NodeJS.ErrnoException) => {
    if (code === "EPIPE" || isTold) return;
    isTold = true;
    process.exitCode = 2;
    const mend = code === "ENOSPC" || code === "EDQUOT" ? "free disk space and run again" : "send it elsewhere";
    const must = "must take all that is written to it";
    const refusal = new InputError({ where: `standard ${name}`, must, got: code ?? "an error", mend });
    if (name === "output") show(process.stderr, `${refusal.message}\n`);
  });

// Else a file that grows beyond `ulimit -f` kills the process; so the write fails, and can be told.
process.on("SIGXFSZ", () => undefined);

void main();
