import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { projectPath } from "../../src/io/projectPath.js";

/**
 * PATH on which a JupyterLab 4 is found (the project's .venv first), or null: tests that need one then skip and say so.
 */
export const jupyterPath: string | null = findJupyterPath();

if (jupyterPath === null)
  console.warn(
    "JupyterLab 4 was not found: tests in it are skipped. `npm run lab -- --version` installs it into .venv.",
  );

/** A running JupyterLab with everything it writes in a folder of its own. */
export interface LabServer {
  /** Address that opens a notebook of the server's folder, and no other, with the token */
  readonly address: (notebook: string) => string;
  /** What stands in one of its files */
  readonly text: (name: string) => string;
  /** What it has printed so far */
  readonly log: () => string;
  /** Ends it as the end of a terminal session does, and removes its folder; resolves to the exit code of the command */
  readonly stop: () => Promise<number | null>;
}

/**
 * Starts the built `npm run lab` on a free port, over the given notebooks (name -> text). They lie in a
 * folder below the project's root, so that their cells find the package by its name.
 *
 * @throws Error with the server's output if it does not answer within a minute
 */
export async function startLab(notebooks: Readonly<Record<string, string>>): Promise<LabServer> {
  mkdirSync(projectPath(".twin"), { recursive: true });
  const folder = mkdtempSync(projectPath(".twin", "lab-"));
  const place = (...parts: string[]): string => join(folder, ...parts);
  const write = (path: string, text: string): void => {
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text);
  };
  for (const [name, text] of Object.entries(notebooks)) write(place("notebooks", name), text);
  // JupyterLab leaves cells out of sight undrawn otherwise.
  write(
    place("settings", "@jupyterlab", "notebook-extension", "tracker.jupyterlab-settings"),
    `{ "windowingMode": "none" }`,
  );
  write(
    place("settings", "@jupyterlab", "apputils-extension", "notification.jupyterlab-settings"),
    `{ "fetchNews": "false", "checkForUpdates": false }`,
  );
  // It gives a kernel a second for its completions, and tests share the cores.
  write(
    place("settings", "@jupyterlab", "completer-extension", "manager.jupyterlab-settings"),
    `{ "providerTimeout": 20000 }`,
  );

  const environment = {
    ...process.env,
    PATH: jupyterPath ?? "",
    JUPYTER_CONFIG_DIR: place("config"),
    JUPYTER_DATA_DIR: place("data"),
    JUPYTER_RUNTIME_DIR: place("runtime"),
    JUPYTERLAB_SETTINGS_DIR: place("settings"),
    JUPYTERLAB_WORKSPACES_DIR: place("workspaces"),
    TWIN_OUTPUT: place("output"),
  };
  const parameters = [
    "--no-browser",
    "--port=0",
    `--ServerApp.root_dir=${place("notebooks")}`,
    "--LabApp.expose_app_in_browser=True",
    "--LabApp.news_url=None",
  ];
  if (process.getuid?.() === 0) parameters.push("--allow-root");
  const server = spawn(process.execPath, [projectPath("dist", "workspace", "kernel", "lab.js"), ...parameters], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [server.stdout, server.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (log += text));
  const ended = new Promise<number | null>((resolve) => server.once("close", resolve));
  const stop = async (): Promise<number | null> => {
    server.kill("SIGTERM");
    const code = await ended;
    rmSync(folder, { recursive: true, force: true });
    return code;
  };

  for (let waited = 0; waited < 60_000 && server.exitCode === null; waited += 100) {
    const { url, token } = runningServer(place("runtime"));
    if (url !== undefined)
      return {
        address: (notebook) => `${url}lab/tree/${notebook}?reset&token=${token}`,
        text: (name) => readFileSync(place("notebooks", name), "utf8"),
        log: () => log,
        stop,
      };
    await wait(100);
  }
  await stop();
  throw new Error(`JupyterLab did not start:\n${log}`);
}

/** What the server says of itself once it listens; empty until then. */
function runningServer(runtime: string): { readonly url?: string; readonly token?: string } {
  const file = existsSync(runtime) ? readdirSync(runtime).find((name) => /^jpserver-.*\.json$/.test(name)) : undefined;
  if (file === undefined) return {};
  try {
    return JSON.parse(readFileSync(join(runtime, file), "utf8")) as { url: string; token: string };
  } catch {
    // Half written: look again.
    return {};
  }
}

function findJupyterPath(): string | null {
  const path = [projectPath(".venv", "bin"), process.env.PATH].join(delimiter);
  try {
    const version = execFileSync("jupyter", ["lab", "--version"], {
      env: { ...process.env, PATH: path },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return Number.parseInt(version) >= 4 ? path : null;
  } catch {
    return null;
  }
}
