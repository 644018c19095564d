import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/core/InputError.js";
import { projectPath } from "../../../src/io/projectPath.js";
import { lab } from "../../../src/workspace/kernel/lab.js";
import { fakeProgram, temporaryFolder } from "../../support/fakePrograms.js";

const answers = (version: string): string => `case "$*" in
  "lab --version") echo ${version}; exit;;
  "--paths --json") echo "{}"; exit;;
esac`;

/** A PATH whose only program is a jupyter that runs `server` when it is started. */
function onlyJupyter({ version = "4.5.6", server }: { readonly version?: string; readonly server: string }): {
  environment: NodeJS.ProcessEnv;
  record: string;
} {
  const folder = temporaryFolder();
  fakeProgram(join(folder, "jupyter"), `${answers(version)}\n${server}`);
  const record = join(folder, "record");
  return { environment: { PATH: folder, RECORD: record }, record };
}

describe.skipIf(process.platform === "win32")(
  "lab (its stand-in for jupyter is a shell script: not on Windows)",
  () => {
    const remember = `printf '%s\\n' "$*" "$PWD" "$JUPYTER_PATH" > "$RECORD"; exit 7`;

    it("starts JupyterLab in notebooks/ with the project's kernels; arguments and exit code pass through", async () => {
      const { environment, record } = onlyJupyter({ server: remember });
      const said: string[] = [];
      expect(await lab(["--port", "9999", "--no-browser"], { environment, print: (line) => said.push(line) })).toBe(7);
      expect(readFileSync(record, "utf8")).toBe(
        `lab --port 9999 --no-browser\n${projectPath("notebooks")}\n${projectPath("notebooks")}\n`,
      );
      expect(said[0]).toBe("JupyterLab 4.5.6 (the jupyter on PATH)");
      expect(said.join("\n")).toMatch(/still pictures.*requirements\.txt/);
    });

    it("puts the project before a JUPYTER_PATH that was set", async () => {
      const { environment, record } = onlyJupyter({ server: remember });
      await lab([], { environment: { ...environment, JUPYTER_PATH: "/users/own" }, print: () => undefined });
      expect(readFileSync(record, "utf8").split("\n")[2]).toBe(`${projectPath("notebooks")}${delimiter}/users/own`);
    });

    it.each([
      ["3.6.8", 1],
      ["4.0.0", 0],
      ["10.1.0", 0],
    ])("JupyterLab %s: %d remarks about its age", async (version, remarks) => {
      const { environment } = onlyJupyter({ version, server: "exit 0" });
      const said: string[] = [];
      await lab([], { environment, print: (line) => said.push(line) });
      expect(said.filter((line) => line.includes("older"))).toHaveLength(remarks);
    });

    it("registers and removes the kernel without starting JupyterLab", async () => {
      const { environment, record } = onlyJupyter({ server: remember });
      const data = temporaryFolder();
      const options = { environment: { ...environment, INIT_CWD: data }, print: () => undefined };
      const kernel = join(data, "here", "share", "jupyter", "kernels", "cspbbr3-twin", "kernel.json");
      expect(await lab(["--install-kernel", "--prefix", "here"], options)).toBe(0);
      expect(existsSync(kernel)).toBe(true);
      expect(await lab(["--remove-kernel", "--prefix", "here"], options)).toBe(0);
      expect(existsSync(kernel)).toBe(false);
      expect(existsSync(record)).toBe(false);
    });

    it.each([
      [["--port", "1", "--install-kernel"]],
      [["--install-kernel", "--prefix"]],
      [["--install-kernel", "--prefix", ""]],
      [["--remove-kernel", "--user"]],
      [["--install-kernel", "--prefix", "a", "b"]],
    ])("refuses %j before anything is written", async (parameters) => {
      await expect(lab(parameters, { environment: {}, print: () => undefined })).rejects.toThrow(InputError);
    });

    it("exits with 2 and the message alone when the command line is wrong", async () => {
      const { code, output } = await runLab(["--install-kernel", "--user"], {});
      expect(code).toBe(2);
      expect(output.trim().split("\n")).toHaveLength(1);
      expect(output).toMatch(/take only --prefix FOLDER; got --install-kernel --user; see npm run lab -- --help/);
    });

    it.each(["SIGTERM", "SIGINT"] as const)(
      "%s reaches the server, whose own end decides the exit code",
      async (signal) => {
        const { environment, record } = onlyJupyter({
          server: [
            `trap 'echo ${signal} > "$RECORD"; exit 5' ${signal.slice(3)}`,
            "echo ready",
            "while :; do /bin/sleep 0.05; done",
          ].join("; "),
        });
        const { code } = await runLab([], environment, signal);
        expect(readFileSync(record, "utf8")).toBe(`${signal}\n`);
        expect(code).toBe(5);
      },
    );
  },
);

/** The built command in a process of its own; with `signal`, sent that once the server says it is ready. */
function runLab(
  parameters: readonly string[],
  environment: NodeJS.ProcessEnv,
  signal?: NodeJS.Signals,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [projectPath("dist", "workspace", "kernel", "lab.js"), ...parameters], {
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let sent = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        if (signal === undefined || sent || !output.includes("ready")) return;
        sent = true;
        void wait(50).then(() => child.kill(signal));
      });
    }
    child.once("close", (code) => resolve({ code, output }));
  });
}
