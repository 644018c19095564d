import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../core/InputError.js";
import { projectName, projectPath } from "../../io/projectPath.js";
import { readText } from "../../io/readText.js";
import { sha256 } from "../../io/sha256.js";
import { writeAtomic } from "../../io/writeAtomic.js";

/** A Jupyter that has JupyterLab. */
export interface Jupyter {
  /** What to start: `jupyter`, or the path of one */
  readonly command: string;
  /** JupyterLab's version, as it reports it */
  readonly version: string;
  /** Where it comes from, in words for the user */
  readonly origin: string;
  /** Whether it can draw application/vnd.plotly.v1+json; otherwise it shows the still picture of the same bundle */
  readonly drawsPlotly: boolean;
}

/**
 * The JupyterLab to use: that of the `jupyter` on PATH, otherwise that of the
 * project's own environment, which is made from requirements.txt on first use
 * and brought up to date when requirements.txt has changed.
 *
 * @param options.environment         variables of the process; PATH decides what is found
 * @param options.print               receives a line per long step
 * @param options.virtualEnvironment  folder of the project's environment
 * @throws InputError if Python is missing or too old, it cannot make environments, or packages cannot be installed
 */
export async function findJupyter({
  environment,
  print,
  virtualEnvironment = projectPath(".venv"),
}: {
  readonly environment: NodeJS.ProcessEnv;
  readonly print: (line: string) => void;
  readonly virtualEnvironment?: string;
}): Promise<Jupyter> {
  const onPath = await askJupyter("jupyter", environment);
  if (onPath !== null) return { command: "jupyter", origin: "the jupyter on PATH", ...onPath };
  const command = programIn(virtualEnvironment, "jupyter");
  await makeEnvironment({ environment, print, virtualEnvironment });
  const own = await askJupyter(command, environment);
  if (own === null) {
    throw new InputError({
      where: projectName(virtualEnvironment),
      must: "the project's Python environment must hold JupyterLab",
      got: `no answer from \`${projectName(command)} lab --version\``,
      mend: "remove the folder and start again",
    });
  }
  return { command, origin: `the project's ${projectName(virtualEnvironment)}`, ...own };
}

/** What a jupyter says of itself, or null if there is no such command or it has no JupyterLab. */
async function askJupyter(
  command: string,
  environment: NodeJS.ProcessEnv,
): Promise<Pick<Jupyter, "version" | "drawsPlotly"> | null> {
  // Each takes about a second, so they are asked at once.
  const [version, plotly] = await Promise.all([labVersion(command, environment), drawsPlotly(command, environment)]);
  return version === null ? null : { version, drawsPlotly: plotly };
}

async function labVersion(command: string, environment: NodeJS.ProcessEnv): Promise<string | null> {
  const { code, output } = await run(command, ["lab", "--version"], environment);
  // Warnings may stand around the version.
  return code === 0 ? (/^\d+\.\d+\S*$/m.exec(output)?.[0] ?? null) : null;
}

async function drawsPlotly(command: string, environment: NodeJS.ProcessEnv): Promise<boolean> {
  const { output } = await run(command, ["--paths", "--json"], environment);
  const json = /\{[^]*\}/.exec(output)?.[0];
  if (json === undefined) return false;
  const { data = [] } = JSON.parse(json) as { readonly data?: readonly string[] };
  return data.some((folder) => existsSync(join(folder, "labextensions", "jupyterlab-plotly")));
}

/**
 * Makes or completes the environment. The hash of requirements.txt is written last,
 * so an installation that was cut short is taken up again by the next start.
 */
async function makeEnvironment({
  environment,
  print,
  virtualEnvironment,
}: {
  environment: NodeJS.ProcessEnv;
  print: (line: string) => void;
  virtualEnvironment: string;
}): Promise<void> {
  const requirements = projectPath("requirements.txt");
  const wanted = sha256(await readText(requirements));
  const stamp = join(virtualEnvironment, "requirements.sha256");
  if (existsSync(stamp) && (await readText(stamp)).trim() === wanted) return;

  const name = projectName(virtualEnvironment);
  const python = await findPython(environment);
  print(`No JupyterLab on PATH: installing the one of requirements.txt into ${name} (once; a minute or two)`);
  const made = await run(python, ["-m", "venv", virtualEnvironment], environment);
  if (made.code !== 0) {
    throw new InputError({
      where: "npm run lab",
      must: "Python must be able to make a virtual environment",
      got: lastLines(made.output),
      mend:
        "install Python's venv and ensurepip (Debian, Ubuntu: apt install python3-venv), " +
        "or give yourself write permission in the project folder",
    });
  }
  const installed = await run(
    programIn(virtualEnvironment, "python"),
    ["-m", "pip", "install", "--disable-pip-version-check", "--quiet", "-r", requirements],
    environment,
  );
  if (installed.code !== 0) {
    throw new InputError({
      where: "npm run lab",
      must: `pip must be able to install requirements.txt into ${name}`,
      got: lastLines(installed.output),
      mend:
        "connect to a network that reaches a Python package index and start again, " +
        "or put a JupyterLab 4 on PATH; `npm run reproduce` needs neither",
    });
  }
  // JupyterLab runs a CommonJS yarn.js from here; without this file Node takes it for an ES module,
  // because our package.json says so for every folder below it, and the log fills with that script.
  await writeAtomic(join(virtualEnvironment, "package.json"), `{ "type": "commonjs" }\n`);
  await writeAtomic(stamp, `${wanted}\n`);
}

/** The Python 3 on PATH, new enough for JupyterLab 4. */
async function findPython(environment: NodeJS.ProcessEnv): Promise<string> {
  const found: string[] = [];
  for (const command of ["python3", "python"]) {
    const { code, output } = await run(
      command,
      ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
      environment,
    );
    const version = /^(\d+)\.(\d+)$/m.exec(output);
    if (code !== 0 || version === null) continue;
    if (version[1] === "3" && Number(version[2]) >= 10) return command;
    found.push(`${command} ${version[0]}`);
  }
  throw new InputError({
    where: "npm run lab",
    must: "needs a `jupyter` with JupyterLab on PATH, or Python 3.10 or newer to install one",
    got: found.join(", ") || "neither jupyter nor python3 on PATH",
    mend: "install Python 3 or JupyterLab 4; `npm run reproduce` runs the notebooks without either",
  });
}

function programIn(virtualEnvironment: string, program: string): string {
  return process.platform === "win32"
    ? join(virtualEnvironment, "Scripts", `${program}.exe`)
    : join(virtualEnvironment, "bin", program);
}

/** Exit code and everything printed; code null if the program could not be started. */
function run(
  command: string,
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, parameters, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.once("error", (error) => resolve({ code: null, output: error.message }));
    child.once("close", (code) => resolve({ code, output }));
  });
}

function lastLines(output: string): string {
  return output.trim().split("\n").slice(-3).join(" | ") || "no message";
}
