import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { InputError } from "../../core/InputError.js";
import { dataStatus } from "../../experiments/dataStore.js";
import type { Figure } from "../../figures/Figure.js";
import { projectPath } from "../../io/projectPath.js";
import { makeTrainingEngine } from "../../training/engines/makeTrainingEngine.js";
import { trainingEngineNames } from "../../training/engines/TrainingEngine.js";
import { DeclarationLibrary } from "../../workspace/kernel/declarations/DeclarationLibrary.js";
import { startKernel } from "../../workspace/kernel/KernelClient.js";
import { loadTypescript } from "../../workspace/kernel/loadTypescript.js";

/** One part of the workspace on this machine. */
export interface Finding {
  readonly part: string;
  /** "missing" stops `npm run reproduce`; "absent" only narrows what can be done. */
  readonly state: "ok" | "absent" | "missing";
  readonly detail: string;
  /** What to do about it, else empty. */
  readonly mend: string;
}

export interface Examination {
  /** Whether everything that `npm run reproduce` needs works. */
  readonly passed: boolean;
  readonly findings: readonly Finding[];
}

/** Tries every part of the workspace once, by using it: what an install log says is not asked. */
export async function examineMachine(): Promise<Examination> {
  const findings = [
    nodeVersion(),
    await tried("kernel", "run `npm ci`, then `npm run build`", kernelAnswers),
    await tried("tables", "run `npm ci`: the database binary for this platform is missing", databaseAnswers),
    await tried("figures", "run `npm ci`", figureIsDrawn),
    await realTables(),
    ...(await trainingEngines()),
    await jupyter(),
    await program(
      "Chromium",
      ["chromium", "chromium-browser", "google-chrome"],
      "only the browser tests look for it: install it, or set CHROMIUM to its path",
      { first: process.env.CHROMIUM },
    ),
  ];
  return { passed: findings.every(({ state }) => state !== "missing"), findings };
}

/** The examination as a list for the terminal. */
export function formatExamination({ passed, findings }: Examination): string {
  const mark = { ok: "ok     ", absent: "absent ", missing: "MISSING" };
  const lines = findings.map(
    ({ part, state, detail, mend }) =>
      `${mark[state]}  ${part.padEnd(26)} ${detail}${mend === "" ? "" : `\n${" ".repeat(37)}mend: ${mend}`}`,
  );
  return [
    ...lines,
    passed
      ? "everything that `npm run reproduce` needs works"
      : "`npm run reproduce` will fail here until the parts marked MISSING are mended",
  ].join("\n");
}

function nodeVersion(): Finding {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const fits = major > 20 || (major === 20 && minor >= 19);
  return {
    part: "Node",
    state: fits ? "ok" : "missing",
    detail: process.versions.node,
    mend: fits ? "" : "install Node 20.19 or newer",
  };
}

async function tried(part: string, mend: string, attempt: () => Promise<string>): Promise<Finding> {
  try {
    return { part, state: "ok", detail: await attempt(), mend: "" };
  } catch (error) {
    return { part, state: "missing", detail: error instanceof Error ? error.message : String(error), mend };
  }
}

async function kernelAnswers(): Promise<string> {
  const started = performance.now();
  const kernel = await startKernel({ directory: projectPath("notebooks") });
  try {
    const ready = performance.now();
    const { error } = await kernel.execute(
      'import { seededRandom } from "cspbbr3-twin"; const draw: number = seededRandom(1)();',
      { timeoutSeconds: 60 },
    );
    if (error !== null) throw new Error(`a cell that imports the package fails: ${error.ename}: ${error.evalue}`);
    const seconds = (from: number, to: number): string => ((to - from) / 1000).toFixed(1);
    const first = seconds(ready, performance.now());
    const library = DeclarationLibrary.read(loadTypescript());
    const declarations = library === null ? "; its library of declarations is missing: `npm run build` makes it" : "";
    return `ready in ${seconds(started, ready)} s, first import of the package in ${first} s${declarations}`;
  } finally {
    await kernel.shutdown();
  }
}

async function databaseAnswers(): Promise<string> {
  const { withDuckDb } = await import("../../io/tables/duckdb.js");
  const [[version]] = await withDuckDb(async (connection) =>
    (await connection.runAndReadAll("SELECT version()")).getRows(),
  );
  return `DuckDB ${String(version)}`;
}

async function figureIsDrawn(): Promise<string> {
  const { renderSvg } = await import("../../figures/render/renderSvg.js");
  const axis = (text: string): object => ({ type: "linear", title: { text } });
  const figure: Figure = {
    id: "00-doctor",
    alt: "Two points, to see whether figures can be drawn here.",
    data: [{ type: "scatter", x: [0, 1], y: [0, 1] }],
    layout: { xaxis: axis("x (1)"), yaxis: axis("y (1)") },
  };
  return `a static figure of ${(await renderSvg(figure)).length} bytes`;
}

async function realTables(): Promise<Finding> {
  const status = await dataStatus();
  const present = status.filter(({ state }) => state === "present").length;
  const all = present === status.length;
  return {
    part: "real tables",
    state: all ? "ok" : "absent",
    detail: `${present} of ${status.length} present; without them evidence is recorded, not recomputed`,
    mend: all ? "" : "see `twin data status`",
  };
}

/** Each engine of training is started. Networks train on simd unless told otherwise; the others are optional. */
async function trainingEngines(): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const name of trainingEngineNames) {
    const part = `engine ${name}`;
    try {
      const { adapter } = await makeTrainingEngine(name);
      findings.push({ part, state: "ok", detail: `computes on ${adapter}`, mend: "" });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const { must, got, mend } = error.fault;
      findings.push({ part, state: name === "simd" ? "missing" : "absent", detail: `${must}; got ${got}`, mend });
    }
  }
  return findings;
}

async function jupyter(): Promise<Finding> {
  const local = projectPath(".venv", "bin", "jupyter");
  return program(
    "JupyterLab",
    existsSync(local) ? [local] : ["jupyter"],
    "only for editing: `npm run lab` installs it into .venv",
    { question: ["lab", "--version"] },
  );
}

async function program(
  part: string,
  names: readonly string[],
  mend: string,
  { first, question = ["--version"] }: { readonly first?: string; readonly question?: readonly string[] },
): Promise<Finding> {
  for (const name of first === undefined ? names : [first, ...names]) {
    const version = await firstLine(name, question);
    if (version !== null) return { part, state: "ok", detail: version, mend: "" };
  }
  return { part, state: "absent", detail: "not found (optional)", mend };
}

function firstLine(command: string, question: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(command, question, { timeout: 20_000 }, (error, stdout) =>
      resolve(error === null ? (stdout.trim().split("\n")[0] ?? "") : null),
    );
  });
}
