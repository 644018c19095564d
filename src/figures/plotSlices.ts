import { inCount } from "../core/inCount.js";
import { alternativeText } from "./alternativeText.js";
import type { Figure } from "./Figure.js";
import { parameterAxis } from "./parameterAxis.js";
import { type StudyFigure, valuedTrials } from "./PlottedStudy.js";
import { shortName } from "./shortName.js";
import { shortNumber } from "./shortNumber.js";
import { bestMark, numberScale } from "./studyMarks.js";
import { figureLayout, titleWithLine } from "./theme.js";
import { valueAxis } from "./valueAxis.js";

/** Sizes of a panel with what stands beneath it, px: more where names of choices are turned. */
const panel = { height: 150, beneath: 66, beneathTurned: 100 };
/** Width of all panels of a row, px. */
const rowWidth = 590;
/** Share of an axis of choices that is left at either end, for their names. */
const choiceRoom = 0.18;
/** Title with its line, px. */
const headHeight = 80;

/**
 * Figure of values against each parameter, a small panel for each: later trials are darker, and a star marks the best.
 * A parameter that hangs on another shows the trials that have it.
 *
 * @throws RangeError if no trial is complete, there is no parameter or no such objective, or a value is not above 0 on
 *   a logarithmic axis
 */
export function plotSlices(figure: StudyFigure): Figure {
  const { id, title, study, valueTitle, isLogarithmic = false } = figure;
  const valued = valuedTrials(figure, "plotSlices");
  const inOrder = [...valued].sort((a, b) => a.trial.number - b.trial.number);
  const [names, absent] = [true, false].map((isThere) =>
    Object.keys(study.parameters).filter(
      (name) => valued.some(({ trial }) => Object.hasOwn(trial.parameters, name)) === isThere,
    ),
  );
  if (names.length === 0) throw new RangeError("plotSlices: at least one parameter is needed; got none");
  const columns = Math.min(3, names.length);
  const width = rowWidth / columns;
  const [best] = valued;
  const panels = names.map((name) => {
    const axis = parameterAxis(study.parameters[name], {
      ticks: columns === 1 ? 9 : columns === 2 ? 6 : 4,
      letters: 9,
    });
    const points = inOrder.flatMap(({ trial, value }) => {
      const at = axis.at(trial.parameters[name]);
      return at === null ? [] : [{ at, value, number: trial.number }];
    });
    const isTurned = axis.scale === "choice" && isCrowded(axis.ticks, width / (1 + 2 * choiceRoom));
    return { name, axis, points, isTurned, place: axis.at(best.trial.parameters[name]) };
  });
  const y = valueAxis(
    valued.map(({ value }) => value),
    { title: smaller(lines(valueTitle, 22)), isLogarithmic, room: 0.08 },
  ).axis;
  const beneath = Array.from({ length: Math.ceil(names.length / columns) }, (_, line) =>
    panels.slice(line * columns, (line + 1) * columns).some(({ isTurned }) => isTurned)
      ? panel.beneathTurned
      : panel.beneath,
  );
  const tops = beneath.map((_, line) => beneath.slice(0, line).reduce((sum, one) => sum + one + panel.height, 0));
  const plotHeight = tops.at(-1)! + panel.height;
  const gap = columns === 1 ? 0 : 0.035;
  const share = (1 - gap * (columns - 1)) / columns;
  const suffix = (number: number): string => (number === 0 ? "" : String(number + 1));
  type NamedAxis = readonly [string, Readonly<Record<string, unknown>>];
  const axes = panels.flatMap(({ name, axis: { type, scale, ends, ticks }, isTurned }, i): readonly NamedAxis[] => {
    const [column, line] = [i % columns, Math.floor(i / columns)];
    const [low, high] = type === "log" ? ends.map(Math.log10) : ends;
    const room = (scale === "choice" ? choiceRoom : 0.06) * (high - low);
    const x = {
      type,
      title: smaller(`${shortName(name, Math.floor(width / 8) - scale.length - 5)} (${scale})`),
      range: [low - room, high + room],
      tickvals: ticks.map(({ at }) => at),
      ticktext: ticks.map(({ text }) => text),
      tickfont: { size: 13 },
      tickangle: isTurned ? -30 : 0,
      domain: [column * (share + gap), column * (share + gap) + share],
      anchor: `y${suffix(line)}`,
      automargin: false,
    };
    if (column > 0) return [[`xaxis${suffix(i)}`, x] as const];
    const domain = [1 - (tops[line] + panel.height) / plotHeight, 1 - tops[line] / plotHeight].map((end) =>
      Math.min(1, Math.max(0, end)),
    );
    return [
      [`xaxis${suffix(i)}`, x] as const,
      [`yaxis${suffix(line)}`, { ...y, nticks: 5, tickfont: { size: 13 }, domain, anchor: `x${suffix(i)}` }] as const,
    ];
  });
  const [from, to] = [inOrder[0].trial.number, inOrder.at(-1)!.trial.number];
  const line = `${from === to ? "" : `darker: later, trial ${from} to ${to}; `}star: best, trial ${best.trial.number}`;
  const layout = figureLayout({
    title: titleWithLine(title, line),
    height: plotHeight + headHeight + beneath.at(-1)!,
    margin: { l: 70, r: 24, t: headHeight, b: beneath.at(-1)! },
    ...Object.fromEntries(axes),
  });
  return {
    id,
    alt: alternativeText(
      `${title}: ${valueTitle} of ${inCount(valued.length, "trial")} against each of ` +
        `${inCount(names.length, "parameter")}, later trials darker` +
        `${isLogarithmic ? ", logarithmic axis of values" : ""}.`,
      `The best is trial ${best.trial.number} with ${shortNumber(best.value)}, at ${panels
        .map(({ name }) => `${name} ${bestIn(best.trial.parameters[name])}`)
        .join(", ")}.`,
      missing(panels, valued.length),
      absent.length === 0 ? null : `In none: ${absent.join(", ")}.`,
    ),
    data: panels.flatMap(({ name, points, place }, i) => {
      const on = { xaxis: `x${suffix(i)}`, yaxis: `y${suffix(Math.floor(i / columns))}` };
      return [
        {
          type: "scatter",
          mode: "markers",
          name,
          ...on,
          x: points.map(({ at }) => at),
          y: points.map(({ value }) => value),
          text: points.map(({ number }) => `trial ${number}`),
          marker: {
            symbol: "circle",
            size: 7,
            color: points.map(({ number }) => number),
            cmin: from,
            cmax: Math.max(to, from + 1),
            colorscale: numberScale,
          },
        },
        ...(place === null
          ? []
          : [{ type: "scatter", mode: "markers", name: "best", ...on, x: [place], y: [best.value], marker: bestMark }]),
      ];
    }),
    layout,
  };
}

function bestIn(value: string | number | boolean | null | undefined): string {
  if (value === undefined) return "not there";
  return typeof value === "number" ? shortNumber(value) : String(value);
}

function missing(
  panels: readonly { readonly name: string; readonly points: readonly object[] }[],
  trials: number,
): string | null {
  const partly = panels.filter(({ points }) => points.length < trials);
  if (partly.length === 0) return null;
  return `Not in all trials: ${partly.map(({ name, points }) => `${name} in ${points.length}`).join(", ")}.`;
}

/** Whether texts of ticks on so many px, first to last, would touch. */
function isCrowded(ticks: readonly { readonly text: string }[], pixels: number): boolean {
  return Math.max(...ticks.map(({ text }) => 8 * text.length + 6)) > pixels / Math.max(1, ticks.length - 1);
}

/** A text in lines of about so many letters. */
function lines(text: string, letters: number): string {
  const words = text.split(" ");
  const found: string[] = [];
  for (const word of words) {
    const last = found.at(-1);
    if (last !== undefined && last.length + word.length < letters) found[found.length - 1] = `${last} ${word}`;
    else found.push(shortName(word, letters));
  }
  return found.slice(0, 2).join("<br>");
}

function smaller(title: string): string {
  return `<span style="font-size:14px">${title}</span>`;
}
