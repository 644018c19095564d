import { rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join, normalize, resolve, sep } from "node:path";
import { InputError } from "../../core/InputError.js";
import { projectPath } from "../../io/projectPath.js";
import { readJson } from "../../io/readText.js";
import { writeAtomic } from "../../io/writeAtomic.js";
import { kernelName } from "../notebooks/Notebook.js";

/** Where a registration goes. */
export interface KernelPlace {
  /** JUPYTER_DATA_DIR, XDG_DATA_HOME, HOME and APPDATA are read from it */
  readonly environment: NodeJS.ProcessEnv;
  /** Register below PREFIX/share/jupyter instead of in the user's own folder */
  readonly prefix?: string | undefined;
}

/**
 * Registers the project's kernel where every Jupyter and VS Code of this user looks.
 * The committed kernelspec is relative to its folder; the registered one names this
 * checkout and this Node by absolute paths, because an editor started from a desktop
 * has neither the project's variables nor, often, a node on PATH.
 *
 * @returns a sentence saying what was written
 * @throws InputError if the folder is not writable, or the committed kernelspec is missing or broken
 */
export async function installKernel(place: KernelPlace): Promise<string> {
  const source = projectPath("notebooks", "kernels", kernelName);
  const sourceFile = join(source, "kernel.json");
  const target = registrationFile(place);
  const committed = await readKernelspec(sourceFile);
  const inSource = (part: string): string =>
    part.includes("{resource_dir}") ? normalize(part.replaceAll("{resource_dir}", source)) : part;
  const argv = committed.argv.map((part, index) => (index === 0 ? process.execPath : inSource(part)));
  await writeAtomic(target, `${JSON.stringify({ ...committed, argv }, null, 2)}\n`);
  return [
    `Kernel "${kernelName}" registered in ${target}.`,
    "It runs this checkout; after moving the checkout or Node, register it again.",
    "Take it back with: npm run lab -- --remove-kernel",
  ].join(" ");
}

/**
 * Takes the registration back. One that runs another checkout is left alone.
 *
 * @returns a sentence saying what was done
 * @throws InputError if what is registered there is not this checkout's kernel, or the folder is not writable
 */
export async function removeKernel(place: KernelPlace): Promise<string> {
  const target = registrationFile(place);
  if (!existsSync(target)) return `No kernel "${kernelName}" is registered in ${target}: nothing to remove.`;
  const { argv } = await readKernelspec(target);
  if (!argv.some((part) => part.startsWith(projectPath("dist") + sep))) {
    throw new InputError({
      where: target,
      must: "only a registration of this checkout is removed",
      got: argv.join(" "),
      mend: "remove it from the checkout that it names, or remove its folder by hand",
    });
  }
  const folder = resolve(target, "..");
  await rm(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw new InputError({
      where: folder,
      must: "the folder must be writable",
      got: error.code ?? error.message,
      mend: "give yourself write permission",
    });
  });
  return `Kernel "${kernelName}" removed from ${target}.`;
}

async function readKernelspec(file: string): Promise<{ readonly argv: readonly string[] }> {
  const spec = (await readJson(file)) as { readonly argv?: unknown } | null;
  if (!Array.isArray(spec?.argv) || !spec.argv.every((part) => typeof part === "string")) {
    throw new InputError({
      where: file,
      must: "a kernelspec must have argv, a list of texts",
      got: JSON.stringify(spec?.argv) ?? "none",
      mend: "restore the file",
    });
  }
  return { ...spec, argv: spec.argv };
}

/** kernel.json in the kernels folder of PREFIX or of the user, by Jupyter's own rules. */
function registrationFile({ environment, prefix }: KernelPlace): string {
  const data =
    prefix === undefined
      ? userDataFolder(environment)
      : join(resolve(environment["INIT_CWD"] ?? "", prefix), "share", "jupyter");
  return join(data, "kernels", kernelName, "kernel.json");
}

/** @see https://docs.jupyter.org/en/latest/use/jupyter-directories.html#data-files */
function userDataFolder(environment: NodeJS.ProcessEnv): string {
  if (environment["JUPYTER_DATA_DIR"]) return environment["JUPYTER_DATA_DIR"];
  const home = environment["HOME"] ?? homedir();
  if (process.platform === "darwin") return join(home, "Library", "Jupyter");
  if (process.platform === "win32") return join(environment["APPDATA"] ?? join(home, "AppData", "Roaming"), "jupyter");
  return join(environment["XDG_DATA_HOME"] || join(home, ".local", "share"), "jupyter");
}
