import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type EvidenceFile, measurement, type Measurement } from "../../core/Evidence.js";
import { recordedEvidence } from "../../io/evidence/evidenceFiles.js";
import { filesBelow } from "../../io/filesBelow.js";
import { moduleSource } from "../../io/moduleSource.js";
import { keptModels } from "../../io/predictions/keepModel.js";
import { type LedgerLine, ownLedger, readPredictionLedger } from "../../io/predictions/predictionLedger.js";
import { projectPath } from "../../io/projectPath.js";
import { readBytes } from "../../io/readText.js";
import { temporaryFolder } from "../../io/temporaryFolder.js";
import type { Proof } from "./Proof.js";
import { runProgram } from "./runProgram.js";
import { withProjectCopy } from "./withProjectCopy.js";

/** Registered predictions: said again by their models, which are made again; and a ledger that nothing tears. */
export const predictionsProof: Proof = {
  name: "predictions",
  id: "assure-predictions",
  about: "registered predictions, answered again from a fresh copy, their models made again, registrations killed",
  record: () => predictionsEvidence(),
};

/** Recipes of registered names: they lie beside the project, and are never in it. */
const recipeFiles: Readonly<Record<string, string>> = {
  "blind-recipes": "recipes.csv",
  "blind-platelets": "nanoplatelets.csv",
  "blind-platelets-twin-prior": "nanoplatelets.csv",
};

/** Bytes of all models together that the repository may carry. */
const mostModelBytes = 2e6;

/** What was found of one registered name. */
export interface RegisteredFinding {
  readonly name: string;
  readonly predictions: number;
  /** Predictions that its model does not say again byte for byte; null where its recipes are not here. */
  readonly different: number | null;
  /** Whether its command makes the same model again; null where that could not be run. */
  readonly isRemade: boolean | null;
  /** Why something is null. */
  readonly reason: string | null;
}

/** What was found of ledgers whose writers were killed, or wrote at once. */
export interface KilledFinding {
  readonly kills: number;
  /** Ledgers that were not whole, or held a part of a registration. */
  readonly torn: number;
  /** Predictions that were registered at once by several processes. */
  readonly atOnce: number;
  readonly lost: number;
}

/**
 * @param options.ledger  default that of the project
 * @param options.again   looks at registered names, each with its lines: by default in a fresh copy of the project
 * @param options.killed  kills registrations
 */
export function predictionsEvidence({
  ledger = ownLedger,
  again = answeredAgain,
  killed = () => killedRegistrations(),
}: {
  readonly ledger?: string;
  readonly again?: (names: readonly (readonly LedgerLine[])[]) => Promise<readonly RegisteredFinding[]>;
  readonly killed?: () => Promise<KilledFinding>;
} = {}): Promise<EvidenceFile> {
  return recordedEvidence(
    {
      id: predictionsProof.id,
      inputs: [
        // Beside them stand anchors and validations, which grow and say nothing of the predictions.
        ...(existsSync(ownLedger) ? ["data/predictions/ledger.jsonl", "data/predictions/models"] : []),
        "package-lock.json",
        moduleSource(import.meta.url),
      ],
      source: [
        "src/commands/predict/predictVerb.ts",
        "src/commands/predictions/predictionsVerbs.ts",
        "src/commands/train/trainVerb.ts",
      ],
      madeBy: "assure",
    },
    async () => {
      const { lines, head } = await readPredictionLedger(ledger);
      const names = [...new Set(lines.map(({ name }) => name))];
      const findings = await again(names.map((name) => lines.filter((line) => line.name === name)));
      const kills = await killed();
      return {
        result: { head, lines: lines.length, findings, kills },
        measurements: [...findingMeasurements(findings), await sizeMeasurement(ledger), ...killMeasurements(kills)],
      };
    },
  );
}

/** In a fresh copy, whose only models are those beside the ledger. */
function answeredAgain(names: readonly (readonly LedgerLine[])[]): Promise<readonly RegisteredFinding[]> {
  return withProjectCopy(projectPath(), async (copy) => {
    const found: RegisteredFinding[] = [];
    for (const lines of names) found.push(await registeredAgain(lines, copy));
    return found;
  });
}

async function registeredAgain(lines: readonly LedgerLine[], copy: string): Promise<RegisteredFinding> {
  const [{ name, model, remaking }] = lines;
  const file = Object.hasOwn(recipeFiles, name) ? projectPath("..", "shared", "blind", recipeFiles[name]) : "";
  const isHere = file !== "" && existsSync(file);
  const remade = await remadeModel(remaking.command);
  return {
    name,
    predictions: lines.length,
    different: isHere ? await differences(join(copy, "dist", "cli.js"), name, file) : null,
    isRemade: remade === null ? null : remade === model,
    reason:
      [
        ...(isHere ? [] : ["its recipes are not here"]),
        ...(remade === null ? ["what its model learned from is not here"] : []),
      ].join("; ") || null,
  };
}

async function differences(program: string, name: string, file: string): Promise<number> {
  const { stdout, stderr } = await runProgram(process.execPath, [
    program,
    "predictions",
    "check",
    name,
    file,
    "--json",
  ]);
  if (stdout.trim() === "") throw new Error(`twin predictions check gave no report: ${stderr}`);
  const { answeredAgain } = JSON.parse(stdout) as { answeredAgain: { readonly different: readonly unknown[] } };
  return answeredAgain.different.length;
}

/** @returns name of the model that a command makes; null where it cannot be run here */
async function remadeModel(command: string): Promise<string | null> {
  if (command.includes("FILE")) return null;
  const out = temporaryFolder();
  try {
    const [, ...words] = command.split(" ");
    const run = await runProgram(process.execPath, ["dist/cli.js", ...words, "--out", out, "--json"]);
    if (run.code === 2) return null;
    return (JSON.parse(run.stdout) as { readonly model: string }).model;
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

function findingMeasurements(findings: readonly RegisteredFinding[]): Measurement[] {
  const reason = findings.length === 0 ? "nothing is registered" : (findings.find((one) => one.reason)?.reason ?? null);
  const asked = findings.filter(({ different }) => different !== null);
  const made = findings.filter(({ isRemade }) => isRemade !== null);
  return [
    measurement({
      id: "predictions.different",
      meaning: "registered predictions that the committed models do not say again, byte for byte, from a fresh copy",
      value: asked.length === 0 ? null : asked.reduce((sum, { different }) => sum + different!, 0),
      unit: "predictions",
      n: asked.reduce((sum, { predictions }) => sum + predictions, 0),
      threshold: 0,
      direction: "atMost",
      reason: asked.length === findings.length && asked.length > 0 ? null : reason,
    }),
    measurement({
      id: "predictions.notRemade",
      meaning: "registered names whose model is another one when its command is run again",
      value: made.length === 0 ? null : made.filter(({ isRemade }) => isRemade === false).length,
      unit: "names",
      n: made.length,
      threshold: 0,
      direction: "atMost",
      reason: made.length === findings.length && made.length > 0 ? null : reason,
    }),
  ];
}

async function sizeMeasurement(ledger: string): Promise<Measurement> {
  const models = keptModels(ledger);
  let bytes = 0;
  for (const name of await filesBelow(models)) bytes += (await readBytes(join(models, name))).length;
  return measurement({
    id: "predictions.modelBytes",
    meaning: "all models that the ledger names",
    value: bytes,
    unit: "bytes",
    threshold: mostModelBytes,
    direction: "atMost",
  });
}

function killMeasurements({ kills, torn, atOnce, lost }: KilledFinding): Measurement[] {
  return [
    measurement({
      id: "predictions.torn",
      meaning: "ledgers that were not whole after whoever registered was killed",
      value: torn,
      unit: "ledgers",
      n: kills,
      threshold: 0,
      direction: "atMost",
    }),
    measurement({
      id: "predictions.lost",
      meaning: "predictions lost of those that several processes registered at once",
      value: lost,
      unit: "predictions",
      n: atOnce,
      threshold: 0,
      direction: "atMost",
    }),
  ];
}

/** Recipes of a registration that is killed. */
const killedRows = 200;
/** Names that each of several processes registers while the others do. */
const atOnce = { processes: 4, names: 10 };

/** Registers the same under many names, by a process of its own. */
function register(ledger: string, names: readonly string[]): ReturnType<typeof spawn> {
  const module = JSON.stringify(projectPath("dist", "io", "predictions", "registerPredictions.js"));
  const script = `
    import { registerPredictions } from ${module};
    const hash = "0".repeat(64);
    const rows = Array.from({ length: ${killedRows} }, (_, i) => ({
      recipe: \`row \${i}\`, recipeSha256: hash, predictions: { size: 8 + i / 7 }, inDomain: true, notes: [],
    }));
    const own = { form: "table", model: hash, rows, judging: { sentence: "", rules: {} },
      remaking: { command: "", seed: 1, codeSha256: hash, dataSha256: null } };
    for (const name of ${JSON.stringify(names)})
      await registerPredictions({ ...own, name }, { ledger: ${JSON.stringify(ledger)} });`;
  return spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "ignore" });
}

/**
 * Kills who registers, at moments from before the first line is written to long after, and looks at what is left each
 * time; then lets several register at once.
 */
export async function killedRegistrations({ kills = 60 }: { readonly kills?: number } = {}): Promise<KilledFinding> {
  const folder = temporaryFolder();
  try {
    let torn = 0;
    for (let kill = 0; kill < kills; kill++) {
      // Several find what those before them left, such as a lock.
      const ledger = join(folder, `ledger-${Math.floor(kill / 5)}.jsonl`);
      const child = register(
        ledger,
        Array.from({ length: 20 }, (_, i) => `kill-${kill}-${i}`),
      );
      const ended = once(child, "exit");
      await setTimeout(40 + 5 * kill);
      child.kill("SIGKILL");
      await ended;
      const whole = await readPredictionLedger(ledger).then(
        ({ lines }) => lines.length % killedRows === 0,
        () => false,
      );
      if (!whole) torn++;
    }
    const shared = join(folder, "shared.jsonl");
    await Promise.all(
      Array.from({ length: atOnce.processes }, async (_, process) => {
        const names = Array.from({ length: atOnce.names }, (__, i) => `process-${process}-${i}`);
        await once(register(shared, names), "exit");
      }),
    );
    const expected = atOnce.processes * atOnce.names * killedRows;
    const { lines } = await readPredictionLedger(shared);
    return { kills, torn, atOnce: expected, lost: expected - lines.length };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
