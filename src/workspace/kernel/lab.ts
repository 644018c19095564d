import { spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { delimiter } from "node:path";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import { InputError } from "../../core/InputError.js";
import { projectPath } from "../../io/projectPath.js";
import { findJupyter } from "./findJupyter.js";
import { installKernel, removeKernel } from "./installKernel.js";

const usage = `npm run lab                          start JupyterLab in notebooks/, with the project's kernel
npm run lab -- --port 9999 --no-browser
                                     the same; what follows -- goes to \`jupyter lab\` as it is
npm run lab -- --install-kernel [--prefix FOLDER]
                                     register the kernel for other editors (VS Code) of this user,
                                     or below FOLDER/share/jupyter
npm run lab -- --remove-kernel [--prefix FOLDER]
                                     take that registration back`;

/**
 * `npm run lab`: JupyterLab in notebooks/ with the project's kernel registered for
 * this one server (JUPYTER_PATH), so nothing outside the project is changed.
 *
 * @param parameters           command line after the command's name
 * @param options.environment  variables of this process; PATH decides which Jupyter is used
 * @param options.print        receives each line said before JupyterLab starts
 * @returns exit code of JupyterLab, or 0
 * @throws InputError if no JupyterLab can be had, or the kernel's registration cannot be written or removed
 */
export async function lab(
  parameters: readonly string[],
  {
    environment = process.env,
    print = console.log,
  }: { readonly environment?: NodeJS.ProcessEnv; readonly print?: (line: string) => void } = {},
): Promise<number> {
  if (parameters.includes("--help") || parameters.includes("-h")) {
    print(usage);
    return 0;
  }
  if (parameters.includes("--install-kernel") || parameters.includes("--remove-kernel")) {
    print(await changeRegistration(parameters, environment));
    return 0;
  }
  const { command, version, origin, drawsPlotly } = await findJupyter({ environment, print });
  print(`JupyterLab ${version} (${origin})`);
  if (Number.parseInt(version) < 4) print("It is older than JupyterLab 4, with which this project is tested.");
  if (!drawsPlotly)
    print(
      "It cannot draw Plotly figures: they show as still pictures. " +
        "The plotly package named in requirements.txt, installed beside it, makes them interactive.",
    );
  return await start(command, ["lab", ...parameters], withProjectKernel(environment));
}

/** The environment in which Jupyter finds notebooks/kernels first, and after it what the user had set. */
function withProjectKernel(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const before = environment["JUPYTER_PATH"];
  const ours = projectPath("notebooks");
  return {
    ...environment,
    JUPYTER_PATH: before === undefined || before === "" ? ours : `${ours}${delimiter}${before}`,
  };
}

async function changeRegistration(parameters: readonly string[], environment: NodeJS.ProcessEnv): Promise<string> {
  const [action, ...rest] = parameters;
  const install = action === "--install-kernel";
  const known = install || action === "--remove-kernel";
  const [option, prefix, ...surplus] = rest;
  if (
    !known ||
    surplus.length > 0 ||
    (rest.length > 0 && (option !== "--prefix" || prefix === undefined || prefix === ""))
  ) {
    throw new InputError({
      where: "npm run lab",
      must: "--install-kernel and --remove-kernel stand first and take only --prefix FOLDER",
      got: parameters.join(" "),
      mend: "see npm run lab -- --help",
    });
  }
  return install ? await installKernel({ environment, prefix }) : await removeKernel({ environment, prefix });
}

/** Runs JupyterLab in the foreground, in notebooks/, and resolves to its exit code. */
function start(command: string, parameters: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = spawn(command, parameters, { cwd: projectPath("notebooks"), env: environment, stdio: "inherit" });
    // A terminal sends ctrl-C to both processes: the server asks whether to stop, and a second
    // copy from here would answer for the user. Anyone else signals this process alone.
    const forward = (signal: NodeJS.Signals): void => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) server.kill(signal);
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    for (const signal of signals) process.on(signal, forward);
    const settle = (): void => {
      for (const signal of signals) process.off(signal, forward);
    };
    server.once("error", (error) => {
      settle();
      reject(error);
    });
    server.once("exit", (code, signal) => {
      settle();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  lab(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      console.error(error instanceof InputError ? error.message : error);
      process.exitCode = error instanceof InputError ? 2 : 1;
    },
  );
}
