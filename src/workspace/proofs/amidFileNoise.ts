import { execFile } from "node:child_process";
import { link, mkdir, mkdtemp, readdir, readFile, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { projectPath } from "../../io/projectPath.js";
import { writeAtomic } from "../../io/writeAtomic.js";
import { npmProgram } from "./runProgram.js";
import { withProjectCopy } from "./withProjectCopy.js";

const pauseMilliseconds = 300;

/**
 * Works while files around it are busy as editors, backups and other checkouts keep them: sources of notebooks and
 * package.json are saved, folders come and go, installed packages are hard-linked, and a copy of the project is built.
 * No byte of the project changes by it, and nothing is left behind.
 *
 * @throws Error if the work was over before each of these was done once: then nothing is shown by it
 * @param options.root      of the project
 * @param options.packages  installed packages whose files are linked
 */
export async function amidFileNoise<T>(
  work: () => Promise<T>,
  {
    root = projectPath(),
    packages = ["@types/node", "zod", "tslab"],
  }: { readonly root?: string; readonly packages?: readonly string[] } = {},
): Promise<T> {
  // Copied before the noise begins: files that come and go cannot be.
  return withProjectCopy(root, (copy) => amidNoise(work, { root, packages, copy }));
}

async function amidNoise<T>(
  work: () => Promise<T>,
  { root, packages, copy }: { readonly root: string; readonly packages: readonly string[]; readonly copy: string },
): Promise<T> {
  const over = new AbortController();
  const done = { saved: 0, linked: 0, built: 0 };
  const noises = [
    again(over.signal, async () => void (done.saved += await saveSources(root))),
    again(over.signal, async () => void (done.linked += await linkPackages(root, packages))),
    again(over.signal, async () => void (done.built += await build(copy))),
  ];
  let value: T;
  try {
    value = await Promise.race([work(), ...noises.map((noise) => noise.then(() => never))]);
  } finally {
    over.abort();
    await Promise.allSettled(noises);
  }
  const undone = Object.entries(done).flatMap(([what, times]) => (times === 0 ? [what] : []));
  if (undone.length > 0)
    throw new Error(`amidFileNoise: the work must outlast one round; nothing was ${undone.join()}`);
  return value;
}

/** A noise that fails fails the work that it was meant to be around; one that ends was told to. */
const never = new Promise<never>(() => undefined);

async function again(over: AbortSignal, noise: () => Promise<void>): Promise<void> {
  while (!over.aborted) {
    await noise();
    await delay(pauseMilliseconds, null, { signal: over }).catch(() => undefined);
  }
}

async function saveSources(root: string): Promise<number> {
  const notebooks = join(root, "notebooks");
  const sources = (await readdir(notebooks)).filter((name) => name.endsWith(".nb.ts"));
  const paths = [...sources.map((name) => join(notebooks, name)), join(root, "package.json")];
  for (const path of paths) await writeAtomic(path, await readFile(path));
  const folder = await mkdtemp(join(notebooks, "noise-"));
  await rmdir(folder);
  return paths.length;
}

async function linkPackages(root: string, packages: readonly string[]): Promise<number> {
  await mkdir(join(root, ".twin"), { recursive: true });
  const folder = await mkdtemp(join(root, ".twin", "noise-"));
  try {
    let linked = 0;
    for (const name of packages) {
      const from = join(root, "node_modules", name);
      for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const file = join(entry.parentPath, entry.name);
        const to = join(folder, name, file.slice(from.length));
        await mkdir(dirname(to), { recursive: true });
        await link(file, to);
        linked++;
      }
    }
    return linked;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Builds from nothing; one that has begun comes to its end. */
async function build(copy: string): Promise<number> {
  for (const script of ["clean", "build"])
    await promisify(execFile)(npmProgram("npm"), ["run", "--silent", script], { cwd: copy });
  return 1;
}
