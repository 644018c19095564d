import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { approvalsOf } from "../../src/documentation/approvalsOf.js";
import { documentCommands } from "../../src/documentation/documentCommands.js";
import { fillTemplate } from "../../src/documentation/fillTemplate.js";
import { openQuestions } from "../../src/documentation/openQuestions.js";
import { contextSections, datasheetQuestions } from "../../src/documentation/requiredHeadings.js";
import { unlinkedNumbers } from "../../src/documentation/unlinkedNumbers.js";
import { readAllEvidence } from "../../src/io/evidence/evidenceFiles.js";
import { projectPath } from "../../src/io/projectPath.js";
import { rubric } from "../../src/scorecard/rubric.js";
import { caps } from "../../src/scorecard/scoreReadiness.js";
import { documentNames } from "../../src/workspace/site/documentNames.js";

const read = (name: string): string => readFileSync(projectPath(name), "utf8");
const evidence = (await readAllEvidence()).filter(({ id }) => !id.startsWith("99-"));
const template = read("docs/model-card.template.md");
const names = await documentNames();

describe("the model card", () => {
  it("is what its template and the committed evidence give: `npm run reproduce` writes it", () => {
    expect(read("docs/model-card.md")).toBe(fillTemplate(template, evidence).text);
  });

  it("has no number without evidence", () => {
    const { linked, unlinked } = unlinkedNumbers(read("docs/model-card.md"), evidence);
    expect(unlinked).toEqual([]);
    expect(linked).toBeGreaterThan(20);
  });

  it("asks for no measurement but what is measured or the rubric waits for", () => {
    const known = new Set(
      rubric.categories.flatMap(({ checks }) =>
        checks.flatMap(({ requires }) => requires.map(({ measure }) => measure)),
      ),
    );
    expect(fillTemplate(template, evidence).missing.filter((id) => !known.has(id))).toEqual([]);
  });
});

describe("the datasheet", () => {
  it("answers every required question, or says why it cannot, and asks no other", () => {
    expect(openQuestions(read("docs/datasheet.md"), datasheetQuestions)).toEqual([]);
    expect(Array.from(read("docs/datasheet.md").matchAll(/^### (.*)$/gm), ([, question]) => question)).toEqual(
      datasheetQuestions,
    );
  });
});

describe("the context of use", () => {
  it("has every required section", () => {
    expect(approvalsOf(read("docs/context-of-use.md"), contextSections).missing).toEqual([]);
  });
});

describe("links between documents", () => {
  it.each(names)("of %s lead to files that are there", (name) => {
    const text = read(name).replace(/^```[\s\S]*?^```/gm, "");
    const targets = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target]) => target).filter(
      (target) => !/^(?:https?:|#)/.test(target),
    );
    expect(targets.filter((target) => !existsSync(join(projectPath(dirname(name)), target.split("#")[0])))).toEqual([]);
  });
});

describe("commands in the documents", () => {
  const commands = names.flatMap((name) => documentCommands(read(name), name));

  it("are either run by `npm run assure` or say why not", () => {
    expect(commands.filter(({ notRun }) => notRun === null).length).toBeGreaterThan(3);
  });

  it("stand in fenced blocks, where they are found", () => {
    const indented = names.flatMap((name) =>
      Array.from(
        read(name)
          .replace(/^```[\s\S]*?^```/gm, "")
          .matchAll(/^ {4,}(?:npm|npx|twin|node) .*$/gm),
        ([line]) => `${name}: ${line}`,
      ),
    );
    expect(indented).toEqual([]);
  });

  it("that are said to be run by CI are in its workflow", () => {
    const workflow = read(".github/workflows/reproduce.yml");
    const inCi = commands.filter(({ notRun }) => notRun?.startsWith("CI runs it"));
    expect(inCi.length).toBeGreaterThan(0);
    for (const { command } of inCi)
      for (const part of command.split(" && ")) expect(workflow, part).toContain(`- run: ${part}`);
  });

  it("name scripts that package.json has", () => {
    const { scripts } = JSON.parse(read("package.json")) as { readonly scripts: Readonly<Record<string, string>> };
    const named = names.flatMap((name) =>
      Array.from(read(name).matchAll(/\bnpm run (?:-s )?([\w:-]+)/g), ([, script]) => script),
    );
    expect([...new Set(named)].filter((script) => !(script in scripts))).toEqual([]);
  });
});

describe("numbers of the rubric that documents state in words", () => {
  it("stand in the README as the rubric has them", () => {
    expect(rubric.categories).toHaveLength(6);
    expect(read("README.md").replace(/\s+/g, " ")).toContain(
      `six weighted categories of ten points and ${rubric.categories.flatMap(({ checks }) => checks).length} checks`,
    );
  });

  it("are the caps of gates, in the README and in the glossary", () => {
    const { hard, soft } = caps;
    expect(read("README.md")).toContain(
      `a hard gate that is not PASS caps the score at ${hard}, a soft gate at ${soft}`,
    );
    expect(read("docs/glossary.md").replace(/\s+/g, " ")).toContain(
      `a *hard* gate at ${hard} of 100, a *soft* gate at ${soft}`,
    );
  });
});

describe("environment.md", () => {
  it("names every package with its exact version", () => {
    const { dependencies, devDependencies, peerDependencies } = JSON.parse(read("package.json")) as Readonly<
      Record<string, Readonly<Record<string, string>>>
    >;
    const rows = read("environment.md")
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((row) => row.split("|").map((cell) => cell.trim()));
    const stated = new Map(
      rows.flatMap(([, names, versions]) =>
        names.split(", ").map((name, i) => [name, (versions ?? "").split(", ")[i] ?? versions] as const),
      ),
    );
    const all = Object.entries({ ...dependencies, ...devDependencies, ...peerDependencies });
    expect(
      all.filter(([name, version]) => stated.get(name) !== version).map(([name, version]) => `${name} ${version}`),
    ).toEqual([]);
  });
});

describe("workflows", () => {
  it("pin every action to a commit, and hold no secret", () => {
    for (const file of readdirSync(projectPath(".github/workflows"))) {
      const text = read(`.github/workflows/${file}`);
      const used = Array.from(text.matchAll(/uses:\s*(\S+)/g), ([, action]) => action);
      expect(used.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
      expect(text).not.toMatch(/secrets\./);
    }
  });
});
