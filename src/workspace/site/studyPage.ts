import { inCount } from "../../core/inCount.js";
import { shortText } from "../../core/shortText.js";
import type { Figure } from "../../figures/Figure.js";
import { renderSvg } from "../../figures/render/renderSvg.js";
import { projectPath } from "../../io/projectPath.js";
import { readText } from "../../io/readText.js";
import type { StudyRecord } from "../../tuning/files/StudyRecord.js";
import {
  type NamedObjective,
  objectiveInWords,
  optimismInWords,
  parameterInWords,
  reachedInWords,
  type StudyWords,
  trialsInWords,
  valueInWords,
  warningsInWords,
} from "../../tuning/studyInWords.js";
import { type StudySummary, summarizeStudy } from "../../tuning/summarizeStudy.js";
import type { Trial } from "../../tuning/Trial.js";
import { escapeHtml } from "./escapeHtml.js";
import { listHtml } from "./listHtml.js";
import { pageShell } from "./pageShell.js";
import { paragraphHtml } from "./paragraphHtml.js";
import { jumpHtml, type Section, sectionHtml } from "./sectionHtml.js";
import { figureHtml } from "./SiteFigure.js";
import { stackedTable } from "./stackedTable.js";
import { studyFigures, type StudyFigures } from "./studyFigures.js";

/** How a study is called on its page. */
export interface StudyPageOptions extends StudyWords {
  /** What it found, where it is known already (default: it is found). */
  readonly summary?: StudySummary;
}

/**
 * Page of a study as one file, which needs no other and no network: what was found, its course, what mattered and all
 * trials. Equal studies give equal bytes.
 */
export async function studyPage(
  record: StudyRecord,
  { objectives, rows = "tune rows", summary = summarizeStudy(record) }: StudyPageOptions,
): Promise<string> {
  const { name, directions, trials } = record;
  const [style, script] = await Promise.all(
    ["site.css", "site.js"].map((file) => readText(projectPath("src", "workspace", "site", file))),
  );
  const figures = studyFigures(record, summary, objectives);
  const shown = await shownFigures(figures);
  const goal = objectives.map((one, i) => `${directions[i]} ${objectiveInWords(one)}`).join(" and ");
  const warnings = warningsInWords(record, summary);
  const sections: readonly Section[] = [
    { id: "found", title: "What was found", html: foundHtml(summary, objectives) },
    { id: "parameters", title: "Parameters", html: parametersHtml(record, summary) },
    ...drawnSections(shown),
    { id: "trials", title: "All trials", html: trialsHtml(record, objectives) },
  ];
  const isFound = summary.best !== null || summary.front.length > 0;
  const content = [
    `<h1>${escapeHtml(name)}</h1>\n`,
    `<p class="lead">A study of ${inCount(trials.length, "trial")} over ` +
      `${inCount(Object.keys(record.parameters).length, "parameter")}, to ${escapeHtml(goal)}: ` +
      `${escapeHtml(trialsInWords(summary))}.</p>\n`,
    isFound ? `<p class="takeaway">The best was ${escapeHtml(optimismInWords(rows))}.</p>\n` : "",
    warnings.length === 0
      ? ""
      : `<div class="notice error">\n<p>What to beware of:</p>\n${listHtml(warnings.map(escapeHtml))}</div>\n`,
    jumpHtml(sections),
    ...sections.map(sectionHtml),
  ];
  return pageShell({
    title: `${name}: study · cspbbr3-twin`,
    bodyClass: "study-page",
    headHtml: `<style>\n${style}</style>\n<script>\n${script}</script>`,
    barHtml: '<span class="home">cspbbr3-twin</span>',
    contentHtml: content.join(""),
    footerHtml:
      "Experimental research tool: confirm every prediction in the lab. " +
      "This page was made from a study, and it loads nothing from the network.",
  });
}

/** Figures as HTML, numbered in their order. */
type ShownFigures = Readonly<Record<keyof StudyFigures, string>>;

async function shownFigures({ fronts, histories, ...others }: StudyFigures): Promise<ShownFigures> {
  let number = 0;
  const shownOne = async (figure: Figure | null): Promise<string> => {
    if (figure === null) return "";
    const svg = await renderSvg(figure);
    const { width = 720, height = 450 } = figure.layout as { readonly width?: number; readonly height?: number };
    number++;
    return figureHtml({
      id: `figure-${number}`,
      number,
      // As an image of its own: ids inside two pictures of one page cannot clash.
      file: `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`,
      svg,
      alt: figure.alt,
      width,
      height,
      plot: null,
    });
  };
  const shownAll = async (all: readonly Figure[]): Promise<string> => {
    const found: string[] = [];
    for (const figure of all) found.push(await shownOne(figure));
    return found.join("");
  };
  return {
    fronts: await shownAll(fronts),
    histories: await shownAll(histories),
    importances: await shownOne(others.importances),
    contour: await shownOne(others.contour),
    slices: await shownOne(others.slices),
    parallel: await shownOne(others.parallel),
  };
}

function drawnSections({ fronts, histories, importances, slices, parallel, contour }: ShownFigures): Section[] {
  return [
    { id: "front", title: "Front", html: fronts },
    { id: "course", title: "Course", html: histories },
    {
      id: "importance",
      title: "What mattered",
      html:
        importances +
        (importances === ""
          ? ""
          : paragraphHtml(
              "How far the values of the best tenth lie from those of all complete trials (PED-ANOVA).",
              "An interval says how much hangs on single trials, not what another study would find.",
            )),
    },
    {
      id: "two",
      title: "Two together",
      html:
        contour +
        (contour === "" ? "" : paragraphHtml("Other parameters are not held: it is an average over what they were.")),
    },
    { id: "slices", title: "Slices", html: slices },
    { id: "parallel", title: "Parallel axes", html: parallel },
  ].filter(({ html }) => html !== "");
}

function foundHtml({ best, front }: StudySummary, objectives: readonly NamedObjective[]): string {
  if (best === null && front.length === 0)
    return paragraphHtml("No trial was completed that kept its constraints: there is no best.");
  if (best !== null) {
    const reached = `<strong>${escapeHtml(reachedInWords(best.values[0], objectives[0]))}</strong>`;
    return paragraphHtml(`${reached}, ${escapeHtml(objectives[0].name)} of trial ${best.number}.`);
  }
  const inOrder = [...front].sort((a, b) => a.values[0] - b.values[0]);
  return stackedTable({
    kind: "front",
    caption: "Trials of which no other is better in all objectives",
    columns: [{ name: "Trial" }, ...objectives.map(titled), { name: "What it tried" }],
    rows: inOrder.map(({ number, values, parameters }) => ({
      cells: [
        String(number),
        ...values.map((value) => escapeHtml(valueInWords(value))),
        escapeHtml(
          Object.entries(parameters)
            .map(([one, value]) => `${one} ${valueInWords(value)}`)
            .join(", "),
        ),
      ],
    })),
  });
}

/** What was searched, and where the best lies in it. */
function parametersHtml({ parameters }: StudyRecord, { best }: StudySummary): string {
  return stackedTable({
    kind: "parameters",
    caption: best === null ? "What was searched" : "What was searched, and what the best trial had",
    columns: [{ name: "Parameter" }, { name: "Searched" }, ...(best === null ? [] : [{ name: "In the best" }])],
    rows: Object.entries(parameters).map(([name, parameter]) => ({
      cells: [
        escapeHtml(name),
        escapeHtml(parameterInWords(parameter)),
        ...(best === null ? [] : [cell(Object.hasOwn(best.parameters, name) ? best.parameters[name] : undefined)]),
      ],
    })),
  });
}

/** Closed at first, since it may be long. */
function trialsHtml({ parameters, trials }: StudyRecord, objectives: readonly NamedObjective[]): string {
  const names = Object.keys(parameters);
  const table = stackedTable({
    kind: "trials",
    caption: "Trials in the order in which they were proposed",
    columns: [
      { name: "Trial" },
      { name: "How it ended" },
      ...objectives.map(titled),
      ...names.map((name) => ({ name, numeric: parameters[name].kind !== "categorical" })),
    ],
    rows: trials.map((trial) => ({
      cells: [
        String(trial.number),
        escapeHtml(endInWords(trial)),
        ...objectives.map((_, i) => cell(trial.outcome?.values[i])),
        ...names.map((name) => cell(Object.hasOwn(trial.parameters, name) ? trial.parameters[name] : undefined)),
      ],
    })),
  });
  return `<details>\n<summary>${inCount(trials.length, "trial")}</summary>\n${table}</details>\n`;
}

function cell(value: string | number | boolean | null | undefined): string {
  return value === undefined ? '<span class="none">none</span>' : escapeHtml(valueInWords(value));
}

function titled(objective: NamedObjective): { readonly name: string; readonly numeric: true } {
  return { name: objectiveInWords(objective), numeric: true };
}

function endInWords({ outcome }: Trial): string {
  if (outcome === null) return "not ended";
  const { state, reason, steps, constraints } = outcome;
  const broken = Object.entries(constraints).filter(([, value]) => value > 0);
  if (broken.length > 0)
    return `broke ${broken.map(([name, value]) => `${name} by ${valueInWords(value)}`).join(", ")}`;
  if (state === "complete") return "complete";
  const last = steps.at(-1);
  const after = last === undefined ? "" : ` after step ${last.step} with ${valueInWords(last.value)}`;
  return `${state}${after}${reason === null ? "" : `: ${shortText(reason, 120)}`}`;
}
