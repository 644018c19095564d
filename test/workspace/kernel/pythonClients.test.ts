import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { projectPath } from "../../../src/io/projectPath.js";
import { allNotebooksVariable } from "../../../src/workspace/proofs/clientsProof.js";
import { peerPython, runPython, withoutPython } from "../../support/pythonPeers.js";
import { temporaryFolder } from "../../support/temporaryFolder.js";

const committed = (name: string): string => projectPath("notebooks", `${name}.ipynb`);
/** The first here; all but the one that prints proofs for `npm run assure -- clients`. */
const names =
  process.env[allNotebooksVariable] === undefined
    ? ["01-experiments"]
    : readdirSync(projectPath("notebooks")).flatMap((file) => /^(?!99)(\d\d-.*)\.ipynb$/.exec(file)?.[1] ?? []);
const script = projectPath("test", "workspace", "kernel", "papermill_typescript.py");

/** What each client runs, from IN to OUT; nbval compares outputs itself. */
const clients: Readonly<Record<string, readonly string[]>> = {
  nbclient: ["-c", "from nbclient.cli import main; main()", "IN", "--output", "OUT"],
  "nbconvert --execute": ["-m", "nbconvert", "--to", "notebook", "--execute", "IN", "--output", "OUT"],
  papermill: ["-m", "papermill", "IN", "OUT", "--cwd", projectPath("notebooks"), "--no-progress-bar"],
};

describe.skipIf(peerPython === null)(`clients of Jupyter in Python${withoutPython}`, { timeout: 1_200_000 }, () => {
  let folder = "";
  let environment: Readonly<Record<string, string>> = {};
  beforeAll(async () => {
    folder = await temporaryFolder();
    environment = { TWIN_OUTPUT: join(folder, "output") };
  });

  it.each(names.flatMap((name) => Object.entries(clients).map(([client, given]) => [client, name, given] as const)))(
    "%s gives the outputs of %s as committed",
    async (client, name, parameters) => {
      const out = join(folder, `${name}-${client.split(" ")[0]}.ipynb`);
      const given = parameters.map((one) => one.replace(/^IN$/, committed(name)).replace(/^OUT$/, out));
      const { code, stderr } = await runPython(given, { environment });
      expect(code, stderr).toBe(0);
      expect(codeCells(out)).toEqual(codeCells(committed(name)));
    },
  );

  it.each(names)("nbval finds no output of %s that differs from the committed ones", async (name) => {
    const parameters = ["-m", "pytest", "--nbval", committed(name), "-q", "-p", "no:cacheprovider"];
    const { code, stdout } = await runPython(parameters, { environment });
    expect(code, stdout).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${codeCells(committed(name)).length} passed`, "m"));
  });

  it("papermill with our translator sets parameters, of every kind that JSON has", async () => {
    const [given, out] = ["given", "out"].map((file) => join(folder, `${file}.ipynb`));
    writeFileSync(given, parametrized());
    const { code, stderr } = await runPython([script, given, out, "-y", JSON.stringify(values)]);
    expect(code, stderr).toBe(0);
    const cells = codeCells(out);
    expect(cells.map(({ source }) => source)).toEqual([parameterCell, injectedCell, shownCell]);
    expect(cells.at(-1)!.outputs).toMatchObject([{ text: `${JSON.stringify(values)}\n` }]);
  });

  it("our own -p gives the cells that papermill gives, sources and outputs", async () => {
    const [own, given, theirs] = ["own", "given", "theirs"].map((file) => join(folder, `${file}.ipynb`));
    for (const path of [own, given]) writeFileSync(path, parametrized());
    const texts = { seed: "2", label: 'a "quoted" \u00e9', share: "0.25", deep: "True" };
    const theirFlags = Object.entries(texts).flatMap(([name, text]) => ["-p", name, text]);
    const papermill = await runPython([script, given, theirs, ...theirFlags]);
    expect(papermill.code, papermill.stderr).toBe(0);
    const ourFlags = Object.entries(texts).flatMap(([name, text]) => ["-p", `${name}=${text}`]);
    const cli = projectPath("dist", "cli.js");
    execFileSync(process.execPath, [cli, "notebooks", "run", own, ...ourFlags], { stdio: "pipe" });
    expect(codeCells(own)).toEqual(codeCells(theirs));
    expect(codeCells(own)[1].source).toContain("const seed = 2;\n");
  });
});

const values = { seed: 2, label: 'a "quoted" \u00e9\n', share: 0.25, deep: true, steps: [1, { x: null }] };
const parameterCell =
  'const seed = 1;\nconst label = "";\nconst share = 1;\nconst deep = false;\nconst steps: unknown[] = [];';
const injectedCell =
  '// Parameters\nconst seed = 2;\nconst label = "a \\"quoted\\" \u00e9\\n";\nconst share = 0.25;\n' +
  'const deep = true;\nconst steps = [1,{"x":null}];\n';
const shownCell = "console.log(JSON.stringify({ seed, label, share, deep, steps }));";

function parametrized(): string {
  const cell = (source: string, tags: readonly string[]): object => ({
    cell_type: "code",
    execution_count: null,
    id: `c${source.length}`,
    metadata: { tags },
    outputs: [],
    source,
  });
  const { metadata } = JSON.parse(readFileSync(committed(names[0]), "utf8")) as { readonly metadata: object };
  const cells = [cell(parameterCell, ["parameters"]), cell(shownCell, [])];
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 });
}

interface CodeCell {
  readonly source: string;
  readonly count: number;
  readonly outputs: readonly Readonly<Record<string, unknown>>[];
}

/** Code cells as their reader sees them: texts are whole, whether the file has them in lines or not. */
function codeCells(path: string): CodeCell[] {
  interface Raw {
    readonly cell_type: string;
    readonly source: unknown;
    readonly execution_count: number;
    readonly outputs: readonly Readonly<Record<string, unknown>>[];
  }
  const { cells } = JSON.parse(readFileSync(path, "utf8")) as { readonly cells: readonly Raw[] };
  return cells
    .filter((cell) => cell.cell_type === "code")
    .map((cell) => ({
      source: whole(cell.source) as string,
      count: cell.execution_count,
      outputs: cell.outputs.map((output) => whole(output) as Record<string, unknown>),
    }));
}

function whole(value: unknown): unknown {
  if (Array.isArray(value)) return value.every((one) => typeof one === "string") ? value.join("") : value.map(whole);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, whole(inner)]));
}
