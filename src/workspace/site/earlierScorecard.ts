import { execFile } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { basename } from "node:path";
import { z } from "zod";
import { InputError } from "../../core/InputError.js";
import { projectPath } from "../../io/projectPath.js";
import { readText } from "../../io/readText.js";
import type { JudgedScorecard } from "../../scorecard/compareScorecards.js";

const file = "data/evidence/99-scorecard.json";

/** What a comparison reads of the evidence of notebook 99. */
const shape = z.object({
  inputs: z.record(z.string(), z.string()),
  result: z.object({
    checks: z.array(
      z.object({
        id: z.string(),
        status: z.enum(["PASS", "FAIL", "UNKNOWN"]),
        reason: z.string(),
        evidence: z.array(z.string()),
      }),
    ),
    low: z.number(),
    high: z.number(),
    cap: z.number(),
    displayed: z.number(),
    verdict: z.enum(["NOT_READY", "NOT_SHOWN", "RESEARCH", "SHADOW", "CANARY", "PRODUCTION"]),
    rubric: z.object({ sha256: z.string() }).optional(),
  }),
});

/**
 * A scorecard as it stood: from a file, or from the project at a git revision.
 *
 * @param name  path of a 99-scorecard.json, or a revision ("HEAD~3", a tag, a hash); a file of that name goes first
 * @throws InputError if it is neither, or holds no scorecard
 */
export async function earlierScorecard(name: string): Promise<JudgedScorecard> {
  // Git takes an empty revision for what stands in its index.
  if (name.trim() === "")
    throw new InputError({
      where: "--compare",
      must: `must be a file, or a git revision of this project that holds ${file}`,
      got: `"${name}"`,
      mend: "write for example HEAD~1",
    });
  const isFile = existsSync(name) && statSync(name).isFile();
  const [where, text] = isFile ? [name, await readText(name)] : [`${name}:${file}`, await showAt(name)];
  const { inputs, result } = parsed(text, where);
  return {
    ...result,
    evidence: Object.fromEntries(Object.entries(inputs).map(([path, hash]) => [basename(path, ".json"), hash])),
  };
}

function parsed(text: string, where: string): z.infer<typeof shape> {
  const fail = (got: string): InputError =>
    new InputError({ where, must: "must be the evidence of notebook 99", got, mend: `give a copy of ${file}` });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw fail((error as Error).message);
  }
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw fail(`${issue.path.join(".") || "the whole"}: ${issue.message}`);
}

function showAt(revision: string): Promise<string> {
  const fail = (got: string, mend: string): InputError =>
    new InputError({
      where: "--compare",
      must: `must be a file, or a git revision of this project that holds ${file}`,
      got,
      mend,
    });
  return new Promise((resolve, reject) => {
    execFile(
      "git",
      ["show", "--end-of-options", `${revision}:./${file}`],
      { cwd: projectPath(), maxBuffer: 1 << 28 },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else if (error.code === "ENOENT")
          reject(fail(`"${revision}", and no git to ask`, "give the path of a file, or install git"));
        else
          reject(
            fail(
              `"${revision}" (${stderr.trim().split("\n")[0]})`,
              "see `git log --oneline data/evidence` for revisions",
            ),
          );
      },
    );
  });
}
