import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canonicalJson } from "../../../src/core/canonicalJson.js";
import { measurement, type EvidenceFile } from "../../../src/core/Evidence.js";
import { seededRandom } from "../../../src/core/random/Random.js";
import { sha256 } from "../../../src/io/sha256.js";
import { assessReadiness, type Assessment } from "../../../src/scorecard/assessReadiness.js";
import { review2025 } from "../../../src/scorecard/review2025.js";
import { rubric } from "../../../src/scorecard/rubric.js";
import type { SiteEvidence } from "../../../src/workspace/site/SiteEvidence.js";
import {
  cellIds,
  notebookJson,
  type Cell,
  type MimeBundle,
  type Output,
} from "../../../src/workspace/notebooks/Notebook.js";

/** Text that ends a script element if it is not escaped, and one that opens an element. */
export const hostile = "</script><img src=x onerror=\"document.title='broken'\"> & <b>";

/** A folder with three notebooks, two documents and two evidence files, as `reproduce` leaves them. */
export async function sampleProject(): Promise<{
  folder: string;
  notebooks: string[];
  documents: string[];
  evidence: string[];
}> {
  const folder = await mkdtemp(join(tmpdir(), "twin-site-"));
  await mkdir(join(folder, "notebooks"));
  await mkdir(join(folder, "evidence"));
  await mkdir(join(folder, "docs", "runbooks"), { recursive: true });
  const put = async (path: string, content: string): Promise<string> => {
    await writeFile(join(folder, path), content);
    return join(folder, path);
  };
  const notebooks = [
    await put(
      "notebooks/99-scorecard.ipynb",
      notebook(markdown("# Readiness scorecard\n\nBack to [what recipes look like](01-experiments.ipynb#a-figure).")),
    ),
    await put("notebooks/01-experiments.ipynb", notebook(...richCells())),
    await put(
      "notebooks/02-generation.ipynb",
      notebook(
        markdown("# The twin\n\n## Method"),
        code("throw new Error('no lead')", {
          output_type: "error",
          ename: "Error",
          evalue: `no lead ${hostile}`,
          traceback: ["\u001b[31mError: no lead\u001b[0m", "    at cell 2:1"],
        }),
      ),
    ),
  ];
  const evidence = [
    await put("evidence/02-generation-speed.json", canonicalJson(evidenceFile("02-generation-speed"))),
    await put("evidence/01-experiments-quality.json", canonicalJson(evidenceFile("01-experiments-quality"))),
  ];
  const documents = [
    await put(
      "docs/runbooks/README.md",
      "# Runbooks\n\nBack to the [card](../model-card.md#use), and see [how to help](../../CONTRIBUTING.md).\n",
    ),
    await put(
      "docs/model-card.md",
      "<!-- written by reproduce -->\n# Model card\n\n## Use\n\n" +
        "Rows: [3](../data/evidence/02-generation-speed.json). " +
        "See [notebook 01](../notebooks/01-experiments.ipynb) and the [runbooks](runbooks/README.md).\n",
    ),
  ];
  return { folder, notebooks, documents, evidence };
}

/** The project's rubric with one check passed, one failed on evidence, and every other unknown. */
export function sampleScorecard(): Assessment {
  const blank = assessReadiness(rubric, [], review2025, seededRandom(1), { hash: sha256 });
  const checks = blank.checks.map((check) => {
    if (check.id === "DQ1")
      return {
        ...check,
        status: "PASS" as const,
        reason: "",
        mend: "",
        earned: 1,
        evidence: ["01-experiments-quality"],
      };
    if (check.id === "MP1")
      return {
        ...check,
        status: "FAIL" as const,
        reason: `BELOW_THRESHOLD: accuracy 0.41 ${hostile}`,
        evidence: ["02-generation-speed", "03-nowhere"],
      };
    return check;
  });
  const categories = blank.categories.map((category) => (category.id === "data" ? { ...category, low: 1 } : category));
  return { ...blank, low: 2.5, displayed: 2.5, categories, checks };
}

function richCells(): Cell[] {
  return [
    markdown(
      "# What real CsPbBr<sub>3</sub> recipes look like\n\n" +
        "**Question.** How far does the ratio $r = n_\\mathrm{Cs}/n_\\mathrm{Pb}$ decide? It costs $5 or $10, " +
        "`$HOME` stays code, and \\$r\\$ is text. " +
        "The law $\\ln D = a + b\\,T + c\\ln(\\mathrm{Br{:}Pb}) + d\\ln(\\mathrm{OAm{:}Pb} + 0.5) + e\\ln t$ " +
        "is longer than a telephone is wide.",
    ),
    markdown(
      "## Method: $K_{sp}$\n\n" +
        "$$\\ln S = \\ln\\frac{a_{\\mathrm{Cs}}\\,a_{\\mathrm{Pb}}\\,a_{\\mathrm{Br}}^3}{K_{sp}} = " +
        "\\sum_{i=1}^{n} \\nu_i \\ln a_i - \\ln K_{sp} " +
        "\\qquad \\text{with } \\nu = (1, 1, 3, -1, -4, 2, 7, 9, 11, 13)$$\n\n" +
        "| phase | share | note |\n|---|---:|---|\n| CsPbBr<sub>3</sub> | 0.59 | emits green |\n" +
        "| Cs<sub>4</sub>PbBr<sub>6</sub> | 0.33 | does not emit |\n\n<script>document.title = 'broken'</script>\n",
    ),
    code(
      "const answer: number = 42; // <why>\n" +
        "console.log(`a long line that no telephone can show at once: " +
        "${answer}, and on, and on, and on, and on, and on, to the end`);",
      { output_type: "stream", name: "stdout", text: "working 1\rworking 2\r42\nline two\n" },
      { output_type: "stream", name: "stderr", text: `\u001b[33mcareful\u001b[0m ${hostile}\n` },
    ),
    markdown(
      "## A figure\n\n### Details\n\n### Details\n\nSee [the evidence](../data/evidence/01-experiments-quality.json).",
    ),
    code("await display(figure)", display(figureBundle())),
    code(
      "await display(other)",
      display(figureBundle()),
      display({
        "text/html": [
          '<table onclick="x()"><caption>Shares</caption>',
          '<tr><th scope="col">phase</th><th scope="col">n</th></tr>',
          "<tr><td>a long phase name </td><td>1</td></tr></table>",
          "<script>document.title='broken'</script>",
          '<img src="http://elsewhere.test/a.png" alt="remote picture">',
        ].join(""),
        "text/plain": "Shares",
      }),
    ),
    code(
      "await display({ markdown })",
      display({
        "text/markdown":
          "**Takeaway.** Only 41 % [38, 44] of recipes follow the nearest-stoichiometry rule ($n = 1{,}072$).",
        "text/plain": "Takeaway",
      }),
    ),
    code("({ a: 1 })", display({ "application/json": { a: hostile } })),
  ];
}

export function figureBundle(): MimeBundle {
  const x = Array.from({ length: 25 }, (_, i) => i * 10);
  return {
    "application/vnd.plotly.v1+json": {
      data: [
        {
          type: "scatter",
          mode: "markers",
          name: `CsPbBr<sub>3</sub> ${hostile}`,
          x,
          y: x.map((value) => 5 + value / 20 + (value % 30) / 10),
        },
        { type: "scatter", mode: "lines", name: "fitted line", x, y: x.map((value) => 5.8 + value / 20) },
      ],
      layout: {
        width: 720,
        height: 450,
        title: { text: "Edge length against temperature, with the fitted line" },
        xaxis: { title: { text: "Temperature (°C)" } },
        yaxis: { title: { text: "Edge length (nm)" } },
      },
    },
    "image/svg+xml":
      '<svg xmlns="http://www.w3.org/2000/svg" width="720" height="450" viewBox="0 0 720 450">' +
      '<clipPath id="clip"><rect width="720" height="450"/></clipPath>' +
      '<rect width="720" height="450" fill="#cfe8ff" clip-path="url(#clip)"/>' +
      '<text x="40" y="60" font-size="30">static picture</text></svg>',
    "text/plain": `Edge length grows with temperature. ${hostile}`,
  };
}

export function evidenceFile(id: string): EvidenceFile {
  return {
    id,
    seed: 1,
    inputs: {},
    source: "src/analyses",
    code: "0".repeat(64),
    engine: "typescript",
    labels: "real",
    madeBy: "reproduce",
    measurements: [measurement({ id: `${id}.rows`, meaning: "rows", value: 3, unit: "1" })],
    result: {},
  };
}

/** As the site lists a file of which it knows nothing more. */
export function siteEvidence(file: EvidenceFile): SiteEvidence {
  return { file, tier: "recorded", date: null, age: null, difference: "", cell: null };
}

const nextId = cellIds();

export function markdown(source: string): Cell {
  return { cell_type: "markdown", id: nextId("markdown", source), source };
}

export function code(source: string, ...outputs: Output[]): Cell {
  return { cell_type: "code", id: nextId("code", source), source, execution_count: 1, outputs };
}

export function display(data: MimeBundle): Output {
  return { output_type: "display_data", data, metadata: {} };
}

export function notebook(...cells: Cell[]): string {
  return notebookJson({ cells });
}
