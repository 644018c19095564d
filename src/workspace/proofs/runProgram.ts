import { execFile } from "node:child_process";
import { projectPath } from "../../io/projectPath.js";

/** How a program ended and what it wrote. */
export interface FinishedProgram {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program in the project's folder to its end, and says which. A program that fails is a finding of a proof,
 * not an exception.
 *
 * @param options.environment  variables added to this process's own
 */
export function runProgram(
  command: string,
  parameters: readonly string[],
  { environment = {} }: { readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<FinishedProgram> {
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  console.log(`… ${[...variables, ...parameters.slice(0, 6)].join(" ")}`);
  const options = { cwd: projectPath(), maxBuffer: 1 << 28, env: { ...process.env, ...environment } };
  return new Promise((resolve) => {
    execFile(command, parameters, options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
    });
  });
}

/** The same for a script, by the Node that runs now. */
export function runScript(script: string, ...parameters: readonly string[]): Promise<FinishedProgram> {
  return runProgram(process.execPath, [script, ...parameters]);
}

/** npm and npx are scripts of their own name on Windows. */
export function npmProgram(name: "npm" | "npx"): string {
  return process.platform === "win32" ? `${name}.cmd` : name;
}
