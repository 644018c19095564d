import type { DOMWindow } from "jsdom";
import type { svgPathProperties } from "svg-path-properties";
import type { TextMetrics } from "./textMetrics.js";

/** Column vectors of a 2 x 3 affine matrix, in SVG's order a b c d e f. */
type Transform = readonly [number, number, number, number, number, number];

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type PathProperties = typeof svgPathProperties;

const identity: Transform = [1, 0, 0, 1, 0, 0];

/**
 * Gives a jsdom window the geometry that it lacks and that Plotly lays a figure out
 * by: getBBox, getBoundingClientRect, getComputedTextLength, getTotalLength and
 * getPointAtLength of SVG elements. Boxes are those of the geometry without strokes, as browsers define them.
 */
export function installSvgGeometry(window: DOMWindow, metrics: TextMetrics, Path: PathProperties): void {
  const pathOf = (element: Element): InstanceType<PathProperties> => new Path(element.getAttribute("d") || "M0,0");
  const boxOf = (element: Element): Box | null => elementBox(element, metrics, pathOf);
  Object.assign(window.SVGElement.prototype, {
    getBBox(this: Element): Box {
      return boxOf(this) ?? { x: 0, y: 0, width: 0, height: 0 };
    },
    getBoundingClientRect(this: Element): Box & { left: number; top: number; right: number; bottom: number } {
      const box = toRoot(this, boxOf(this) ?? { x: 0, y: 0, width: 0, height: 0 });
      return { ...box, left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
    },
    getComputedTextLength(this: Element): number {
      return textRuns(this, metrics).reduce((length, run) => length + run.width, 0);
    },
    getTotalLength(this: Element): number {
      return pathOf(this).getTotalLength();
    },
    getPointAtLength(this: Element, length: number): { x: number; y: number } {
      return pathOf(this).getPointAtLength(length);
    },
  });
}

/** A box in the coordinates of the drawing's root. */
function toRoot(element: Element | null, box: Box): Box {
  return element === null || element.tagName === "svg"
    ? box
    : toRoot(element.parentElement, transformed(box, transformOf(element)));
}

function elementBox(
  element: Element,
  metrics: TextMetrics,
  pathOf: (element: Element) => InstanceType<PathProperties>,
): Box | null {
  if (styleOf(element, "display") === "none") return null;
  const number = (name: string): number => Number.parseFloat(element.getAttribute(name) ?? "") || 0;
  switch (element.tagName) {
    case "text":
    case "tspan":
      return union(textRuns(element, metrics));
    case "rect":
    case "image":
      return { x: number("x"), y: number("y"), width: number("width"), height: number("height") };
    case "circle":
      return {
        x: number("cx") - number("r"),
        y: number("cy") - number("r"),
        width: 2 * number("r"),
        height: 2 * number("r"),
      };
    case "line":
      return boxAround([
        { x: number("x1"), y: number("y1") },
        { x: number("x2"), y: number("y2") },
      ]);
    case "path":
      return element.getAttribute("d") ? boxAround(pathPoints(pathOf(element))) : null;
    case "svg":
      if (element.hasAttribute("width")) return { x: 0, y: 0, width: number("width"), height: number("height") };
      return childrenBox(element, (child) => elementBox(child, metrics, pathOf));
    case "g":
    case "a":
      return childrenBox(element, (child) => elementBox(child, metrics, pathOf));
    default:
      return null;
  }
}

function childrenBox(element: Element, boxOf: (child: Element) => Box | null): Box | null {
  return union(
    [...element.children].flatMap((child) => {
      const box = boxOf(child);
      return box === null ? [] : [transformed(box, transformOf(child))];
    }),
  );
}

/** Both ends of every part, and points between where it may bulge. */
function pathPoints(path: InstanceType<PathProperties>): { x: number; y: number }[] {
  return path.getParts().flatMap((part) => {
    const between = Array.from({ length: 15 }, (_, i) => part.getPointAtLength((part.length * (i + 1)) / 16));
    return [part.start, ...between, part.end];
  });
}

interface Run extends Box {
  readonly baseline: number;
}

/**
 * Where each piece of a text stands. A tspan with an x begins a new line, which is
 * anchored as a whole; dx and dy move the pen; em is the size of the element that says it.
 */
function textRuns(element: Element, metrics: TextMetrics): Run[] {
  const runs: Run[] = [];
  const anchor = styleOf(element, "text-anchor", true) ?? "start";
  let pen = { x: 0, y: 0 };
  let lineStart = 0;
  const endLine = (): void => {
    const width = runs.slice(lineStart).reduce((sum, run) => sum + run.width, 0);
    const shift = anchor === "middle" ? width / 2 : anchor === "end" ? width : 0;
    for (let i = lineStart; i < runs.length; i++) runs[i] = { ...runs[i], x: runs[i].x - shift };
    lineStart = runs.length;
  };
  const visit = (node: Element): void => {
    const sizePixels = fontSizeOf(node);
    const length = (name: string): number | null => lengthOf(node.getAttribute(name), sizePixels);
    const [x, y] = [length("x"), length("y")];
    if (x !== null) endLine();
    pen = { x: (x ?? pen.x) + (length("dx") ?? 0), y: (y ?? pen.y) + (length("dy") ?? 0) };
    const bold = isBold(styleOf(node, "font-weight", true));
    for (const child of node.childNodes) {
      if (child.nodeType === 1) visit(child as Element);
      if (child.nodeType !== 3 || !child.textContent) continue;
      const width = metrics.advance(child.textContent, { sizePixels, bold });
      const ascent = metrics.ascent(sizePixels);
      runs.push({ x: pen.x, y: pen.y - ascent, width, height: ascent + metrics.descent(sizePixels), baseline: pen.y });
      pen.x += width;
    }
  };
  visit(element);
  endLine();
  return runs;
}

/** Font size in pixels; a percentage is of the parent's. 16 px is every browser's initial size. */
function fontSizeOf(element: Element | null): number {
  if (element === null) return 16;
  const size = styleOf(element, "font-size");
  if (size === null) return fontSizeOf(element.parentElement);
  const value = Number.parseFloat(size);
  if (size.endsWith("%")) return (value / 100) * fontSizeOf(element.parentElement);
  return size.endsWith("em") ? value * fontSizeOf(element.parentElement) : value;
}

function isBold(weight: string | null): boolean {
  return weight === "bold" || weight === "bolder" || Number(weight) >= 600;
}

function lengthOf(value: string | null, sizePixels: number): number | null {
  if (value === null) return null;
  const number = Number.parseFloat(value);
  return Number.isNaN(number) ? null : value.endsWith("em") ? number * sizePixels : number;
}

/**
 * Inline style or presentation attribute: Plotly writes no other kind. jsdom's own cascade takes many times as long.
 */
function styleOf(element: Element, name: string, inherited = false): string | null {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const value = (at as Partial<HTMLElement>).style?.getPropertyValue(name) || at.getAttribute(name);
    if (value) return value;
    if (!inherited) return null;
  }
  return null;
}

function transformOf(element: Element): Transform {
  const text = element.getAttribute("transform");
  if (!text) return identity;
  let whole = identity;
  for (const [, name, list] of text.matchAll(/(\w+)\(([^)]*)\)/g))
    whole = product(
      whole,
      single(
        name,
        list
          .trim()
          .split(/[\s,]+/)
          .map(Number),
      ),
    );
  return whole;
}

function single(name: string, [a, b = 0, c = 0, d, e, f]: readonly number[]): Transform {
  switch (name) {
    case "translate":
      return [1, 0, 0, 1, a, b];
    case "scale":
      return [a, 0, 0, b || a, 0, 0];
    case "rotate": {
      const [cosine, sine] = [Math.cos((a * Math.PI) / 180), Math.sin((a * Math.PI) / 180)];
      return product(product([1, 0, 0, 1, b, c], [cosine, sine, -sine, cosine, 0, 0]), [1, 0, 0, 1, -b, -c]);
    }
    case "matrix":
      return [a, b, c, d, e, f];
    default:
      throw new TypeError(`renderSvg: a transform must be translate, scale, rotate or matrix; got ${name}`);
  }
}

function product([a, b, c, d, e, f]: Transform, [g, h, i, j, k, l]: Transform): Transform {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

function transformed({ x, y, width, height }: Box, [a, b, c, d, e, f]: Transform): Box {
  const corners = [
    [x, y],
    [x + width, y],
    [x, y + height],
    [x + width, y + height],
  ];
  return boxAround(corners.map(([left, top]) => ({ x: a * left + c * top + e, y: b * left + d * top + f })));
}

function boxAround(points: readonly { readonly x: number; readonly y: number }[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function union(boxes: readonly Box[]): Box | null {
  const solid = boxes.filter(({ width, height }) => width > 0 || height > 0);
  if (solid.length === 0) return null;
  return boxAround(
    solid.flatMap(({ x, y, width, height }) => [
      { x, y },
      { x: x + width, y: y + height },
    ]),
  );
}
