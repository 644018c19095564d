import type { TrialKind } from "./PlottedStudy.js";
import { ink, seriesStyles, tint } from "./theme.js";

/** Name, symbol and colour of trials by how they ended: told apart by shape as well. */
export const studyMarks: Readonly<
  Record<
    Exclude<TrialKind, "running">,
    { readonly name: string; readonly symbol: string; readonly colour: string; readonly size: number }
  >
> = {
  complete: { name: "complete", symbol: "circle", colour: seriesStyles[0].colour, size: 7 },
  pruned: { name: "pruned", symbol: "triangle-down-open", colour: "#8a6116", size: 9 },
  broken: { name: "broke a constraint", symbol: "diamond-open", colour: seriesStyles[4].colour, size: 9 },
  failed: { name: "failed", symbol: "x-thin-open", colour: "#52606d", size: 9 },
};

/** What the best trial is drawn in. */
export const bestMark: Readonly<Record<string, unknown>> = {
  symbol: "star",
  color: "#dd5577",
  size: 15,
  line: { color: ink, width: 1 },
};

/** Pale to dark, in lightness alone: of trials from the first to the last. */
export const numberScale: readonly (readonly [number, string])[] = [
  [0, tint(seriesStyles[0].colour, 0.3)],
  [1, seriesStyles[0].colour],
];
