import { execFile } from "node:child_process";
import { delimiter } from "node:path";
import { projectPath } from "../../src/io/projectPath.js";
import { pythonWith } from "./pythonWith.js";

/** How the Python that tests and benchmarks of the kernel look for is made. */
const install =
  "python3 -m venv .twin/peers && .twin/peers/bin/pip install -r test/workspace/kernel/requirements.txt" +
  " (or set PEER_PYTHON to a Python that has them)";

/**
 * A Python with the packages of test/workspace/kernel/requirements.txt (PEER_PYTHON wins, then .twin/peers), or null:
 * tests that need one then skip and say so.
 */
export const peerPython: string | null = pythonWith(
  "jupyter_kernel_test ipykernel nbclient nbconvert nbval papermill pytest".split(" "),
);

if (peerPython === null)
  console.warn(`No Python with Jupyter's clients was found: tests with them are skipped. ${install}`);

/** What stands in the title of tests that need `peerPython`. */
export const withoutPython: string =
  peerPython === null ? " (skipped: no Python with the packages of test/workspace/kernel/requirements.txt)" : "";

/** How a Python program ended and what it wrote. */
export interface PythonRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs `peerPython`, which finds our kernel by its name. A program that fails is a result, not an exception.
 *
 * @param parameters           what follows `python`
 * @param options.directory    where it runs
 * @param options.environment  variables added to this process's own
 */
export function runPython(
  parameters: readonly string[],
  {
    directory = projectPath(),
    environment = {},
  }: { readonly directory?: string; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<PythonRun> {
  if (peerPython === null)
    throw new Error(`runPython: a Python with Jupyter's clients must be there; got none; ${install}`);
  const found = process.env.JUPYTER_PATH;
  const kernels = projectPath("notebooks");
  const options = {
    cwd: directory,
    maxBuffer: 1 << 28,
    env: {
      ...process.env,
      // Of our kernel's outputs and of Python's reports alike: colours would stand between the words.
      NO_COLOR: "1",
      PYTHONDONTWRITEBYTECODE: "1",
      PYTHONWARNINGS: "ignore",
      JUPYTER_PATH: found === undefined ? kernels : [kernels, found].join(delimiter),
      ...environment,
    },
  };
  return new Promise((resolve) => {
    execFile(peerPython, parameters, options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
    );
  });
}
