import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectPath } from "../../../src/io/projectPath.js";
import { findJupyter } from "../../../src/workspace/kernel/findJupyter.js";
import { fakeProgram, temporaryFolder } from "../../support/fakePrograms.js";

/** A machine of which only the given programs are on PATH; `log` collects what they were asked. */
function machine(programs: Readonly<Record<string, string>>): {
  find: () => ReturnType<typeof findJupyter>;
  said: string[];
  log: () => string;
  virtualEnvironment: string;
  folder: string;
} {
  const folder = temporaryFolder();
  for (const [name, script] of Object.entries(programs)) fakeProgram(join(folder, "bin", name), script);
  const virtualEnvironment = join(folder, "venv");
  const said: string[] = [];
  return {
    find: () =>
      findJupyter({
        environment: { PATH: join(folder, "bin"), FOLDER: folder },
        print: (line) => said.push(line),
        virtualEnvironment,
      }),
    said,
    log: () => (existsSync(join(folder, "log")) ? readFileSync(join(folder, "log"), "utf8") : ""),
    virtualEnvironment,
    folder,
  };
}

const jupyter = `case "$*" in
  "lab --version") echo "a warning"; echo 4.5.6;;
  "--paths --json") echo "{\\"data\\": [\\"$FOLDER/share\\"]}";;
esac`;

/** Makes environments whose python is a pip that fails while $FOLDER/offline exists. */
const python = `echo "$*" >> "$FOLDER/log"
case "$*" in
  -c*) echo 3.11;;
  "-m venv "*)
    /bin/mkdir -p "$3/bin"
    printf '#!/bin/sh\\necho "$*" >> "$FOLDER/log"\\n' > "$3/bin/python"
    printf 'if [ -e "$FOLDER/offline" ]; then echo "Could not find a version" >&2; exit 1; fi\\n' >> "$3/bin/python"
    printf '#!/bin/sh\\nif [ "$1" = lab ]; then echo 4.5.7; else echo "{}"; fi\\n' > "$3/bin/jupyter"
    /bin/chmod +x "$3/bin/python" "$3/bin/jupyter";;
esac`;

describe.skipIf(process.platform === "win32")("findJupyter (its stand-ins are shell scripts: not on Windows)", () => {
  it("takes the jupyter on PATH when it has JupyterLab, and touches no Python", async () => {
    const { find, said, log, virtualEnvironment } = machine({ jupyter, python3: python });
    expect(await find()).toEqual({
      command: "jupyter",
      version: "4.5.6",
      origin: "the jupyter on PATH",
      drawsPlotly: false,
    });
    expect(said).toEqual([]);
    expect(log()).toBe("");
    expect(existsSync(virtualEnvironment)).toBe(false);
  });

  it("sees the Plotly renderer among Jupyter's data folders", async () => {
    const { find, folder } = machine({ jupyter });
    fakeProgram(join(folder, "share", "labextensions", "jupyterlab-plotly", "package.json"), "");
    expect((await find()).drawsPlotly).toBe(true);
  });

  it("makes the project's environment when jupyter has no JupyterLab, says so, and makes it once", async () => {
    const { find, said, log, virtualEnvironment } = machine({ jupyter: "exit 1", python3: python });
    const found = await find();
    expect(found).toMatchObject({ command: join(virtualEnvironment, "bin", "jupyter"), version: "4.5.7" });
    expect(log()).toContain(`-r ${projectPath("requirements.txt")}`);
    expect(said).toHaveLength(1);
    const before = log();
    expect(await find()).toEqual(found);
    expect(log()).toBe(before);
    expect(said).toHaveLength(1);
  });

  it("installs again when requirements.txt is not the one that was installed", async () => {
    const { find, log, virtualEnvironment } = machine({ python3: python });
    await find();
    writeFileSync(join(virtualEnvironment, "requirements.sha256"), "of another requirements.txt\n");
    const before = log().length;
    await find();
    expect(log().slice(before)).toContain("pip install");
  });

  it("an installation without network fails with its mend, and the next start takes it up again", async () => {
    const { find, folder } = machine({ python3: python });
    writeFileSync(join(folder, "offline"), "");
    await expect(find()).rejects.toThrow(
      /pip must be able to install.*got Could not find a version; connect to a network/,
    );
    rmSync(join(folder, "offline"));
    expect((await find()).version).toBe("4.5.7");
  });

  it("without Jupyter and Python it says what is missing and what works without", async () => {
    await expect(machine({}).find()).rejects.toThrow(
      /Python 3\.10 or newer.*got neither jupyter nor python3 on PATH; .*npm run reproduce/,
    );
  });

  it("a Python that is too old is named", async () => {
    await expect(machine({ python3: "echo 3.9", python: "echo 2.7" }).find()).rejects.toThrow(
      /got python3 3\.9, python 2\.7;/,
    );
  });

  it("a Python without venv is answered with the package to install", async () => {
    const python3 = `case "$*" in -c*) echo 3.11;; *) echo "ensurepip is not available" >&2; exit 1;; esac`;
    await expect(machine({ python3 }).find()).rejects.toThrow(
      /virtual environment; got ensurepip is not available; .*apt install python3-venv/,
    );
  });
});
