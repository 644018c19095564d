import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { computeScorecard } from "../../../src/scorecard/computeScorecard.js";
import { rubric } from "../../../src/scorecard/rubric.js";
import { earlierScorecard } from "../../../src/workspace/site/earlierScorecard.js";
import { temporaryProject } from "../../support/temporaryProject.js";

const place = vi.hoisted(() => ({ root: "" }));
vi.mock("../../../src/io/projectPath.js", async (original) => {
  const path = await import("node:path");
  return {
    ...(await original<object>()),
    projectPath: (...parts: string[]): string => path.join(place.root, ...parts),
  };
});

const name = "data/evidence/99-scorecard.json";
const card = computeScorecard(rubric, []);
const text = JSON.stringify({ inputs: { "data/evidence/01-a.json": "aa" }, result: card });
const git = (...words: readonly string[]): void =>
  void execFileSync(
    "git",
    ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", ...words],
    { cwd: place.root, stdio: "pipe" },
  );

beforeEach(() => {
  place.root = temporaryProject({ [`inner/${name}`]: text });
});

describe("earlierScorecard", () => {
  it("reads a file, with the hashes of its evidence by id", async () => {
    const { checks, evidence, displayed, rubric: identity } = await earlierScorecard(join(place.root, "inner", name));
    expect([checks.length, evidence, displayed, identity]).toEqual([44, { "01-a": "aa" }, 0, undefined]);
  });

  it("reads a git revision, also of a project in a folder of its repository, not the working tree", async () => {
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "first");
    writeFileSync(join(place.root, "inner", name), "spoiled");
    git("commit", "-qam", "second");
    place.root = join(place.root, "inner");
    expect((await earlierScorecard("HEAD~1")).checks).toHaveLength(44);
    await expect(earlierScorecard("HEAD")).rejects.toThrow(
      `HEAD:${name}: must be the evidence of notebook 99; got Unexpected token`,
    );
  });

  it.each(["nowhere", "--output=stolen", "HEAD:", ""])('refuses "%s", which names nothing', async (revision) => {
    git("init", "-q");
    await expect(earlierScorecard(revision)).rejects.toThrow(
      `--compare: must be a file, or a git revision of this project that holds ${name}; got "${revision}"`,
    );
  });
});
