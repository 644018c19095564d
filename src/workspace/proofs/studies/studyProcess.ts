import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { projectPath } from "../../../io/projectPath.js";
import type { RunStudyOptions } from "../../../tuning/runStudy.js";
import type { Trial } from "../../../tuning/Trial.js";

/** A process that carries out a study. */
export interface StudyProcess {
  readonly child: ReturnType<typeof spawn>;
  /** Trials of which it said that they had ended, its own and those of others. */
  readonly told: readonly Trial[];
  /** Exit code, null where it was killed, and what it wrote to stderr. */
  readonly ended: Promise<{ readonly code: number | null; readonly errors: string }>;
}

/** Starts a process on a study, which tells of each trial once it has ended. */
export function studyProcess(options: Omit<RunStudyOptions, "signal" | "onTrial" | "onWarning" | "fit">): StudyProcess {
  const module = pathToFileURL(projectPath("dist", "tuning", "runStudy.js")).href;
  const script = `
    import { runStudy } from ${JSON.stringify(module)};
    import { writeSync } from "node:fs";
    const told = new Set();
    const onTrial = (done, all, { trials }) => {
      for (const { number, parameters, outcome } of trials) {
        if (outcome === null || told.has(number)) continue;
        told.add(number);
        writeSync(1, JSON.stringify({ number, parameters, outcome }) + "\\n");
      }
    };
    await runStudy({ ...${JSON.stringify(options)}, onTrial, onWarning: (warning) => console.error(warning) });`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "pipe"] });
  const told: Trial[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    // The last one of a killed process may be cut.
    if (line.endsWith("}}")) told.push(JSON.parse(line) as Trial);
  });
  let errors = "";
  child.stderr.on("data", (bytes: Buffer) => (errors += bytes.toString()));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, errors }));
  return { child, told, ended };
}
