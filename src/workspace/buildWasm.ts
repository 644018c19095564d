import { realpathSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { projectName, projectPath } from "../io/projectPath.js";
import { sha256 } from "../io/sha256.js";
import { wasmPrograms } from "../io/wasmPrograms.js";
import { writeAtomic } from "../io/writeAtomic.js";

/** A WebAssembly program by absolute paths: its AssemblyScript source and what it is compiled to. */
export interface WasmProgram {
  readonly entry: string;
  readonly output: string;
}

const programs: readonly WasmProgram[] = Object.values(wasmPrograms).map(({ entry, output }) => ({
  entry: projectPath("src", entry),
  output: projectPath("dist", output),
}));

/**
 * Fast, without garbage collector or traps of its own; the caller brings the memory. No
 * relaxed SIMD: its results differ between machines.
 */
const options = [
  "-O3",
  "--converge",
  "--noAssert",
  "--runtime",
  "stub",
  "--importMemory",
  "--noExportMemory",
  "--enable",
  "simd",
  "--noColors",
];

/** All that decides the bytes of a program, kept beside it. */
interface BuildRecord {
  readonly compiler: string;
  readonly options: readonly string[];
  /** SHA-256 of each file that the compiler read, and of what it wrote. */
  readonly sources: Readonly<Record<string, string>>;
  readonly output: string;
}

/**
 * The part of `assemblyscript/asc` used here; its own declarations put global types like i32 and f32 into every file.
 */
interface Compiler {
  createMemoryStream(): { toString(): string };
  main(
    argv: readonly string[],
    hooks: {
      readonly stdout: unknown;
      readonly stderr: unknown;
      readonly readFile: (name: string, folder: string) => Promise<string | null>;
      readonly writeFile: (name: string, content: Uint8Array | string) => void;
    },
  ): Promise<{ readonly error: Error | null }>;
}

/**
 * Compiles an AssemblyScript program unless its sources, the compiler and the options are
 * those that the present output was made from. Loading the compiler takes longer than all the rest.
 *
 * @returns whether there was something to do
 * @throws Error with the compiler's messages; warnings count as errors, and the old output stands
 */
export async function buildWasm(program: WasmProgram): Promise<boolean> {
  if (await isCurrent(program)) return false;
  const { bytes, sources } = await compile(program);
  const record: BuildRecord = { compiler: compilerVersion(), options, sources, output: sha256(bytes) };
  await writeAtomic(program.output, bytes);
  await writeAtomic(recordPath(program), `${JSON.stringify(record, null, 2)}\n`);
  return true;
}

function recordPath({ output }: WasmProgram): string {
  return `${output}.json`;
}

async function isCurrent(program: WasmProgram): Promise<boolean> {
  try {
    const record = JSON.parse(await readFile(recordPath(program), "utf8")) as BuildRecord;
    if (record.compiler !== compilerVersion() || record.options.join() !== options.join()) return false;
    if (sha256(await readFile(program.output)) !== record.output) return false;
    const hashes = await Promise.all(
      Object.keys(record.sources).map(async (name) => [name, sha256(await readFile(projectPath(name)))]),
    );
    return hashes.every(([name, hash]) => record.sources[name] === hash);
  } catch {
    // No record, a damaged one, or a file that is gone: compile.
    return false;
  }
}

async function compile({
  entry,
  output,
}: WasmProgram): Promise<{ readonly bytes: Uint8Array; readonly sources: Readonly<Record<string, string>> }> {
  const compiler = await loadCompiler();
  const sources: Record<string, string> = {};
  let bytes: Uint8Array | undefined;
  const messages = compiler.createMemoryStream();
  const { error } = await compiler.main(
    [fromProject(entry), "--outFile", fromProject(output), "--baseDir", projectPath(), ...options],
    {
      stdout: compiler.createMemoryStream(),
      stderr: messages,
      readFile: async (name, folder) => {
        const text = await readFile(join(folder, name), "utf8").catch(() => null);
        if (text !== null) sources[name.split(sep).join("/")] = sha256(text);
        return text;
      },
      writeFile: (_, content) => {
        if (typeof content !== "string") bytes = content;
      },
    },
  );
  const said = messages.toString().trim();
  if (error !== null || said !== "" || bytes === undefined)
    throw new Error(`${projectName(entry)} does not compile:\n${said || String(error)}`);
  return { bytes, sources };
}

function fromProject(path: string): string {
  return relative(projectPath(), resolve(path)).split(sep).join("/");
}

function compilerVersion(): string {
  return (createRequire(import.meta.url)("assemblyscript/package.json") as { version: string }).version;
}

async function loadCompiler(): Promise<Compiler> {
  const name: string = "assemblyscript/asc";
  return (await import(name)) as Compiler;
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  Promise.all(programs.map(buildWasm)).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
