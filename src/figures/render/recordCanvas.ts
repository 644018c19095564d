import type { DOMWindow } from "jsdom";

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: string;
}

export interface RecordedCanvas {
  /** Replaces each recorded image of a drawing by its rectangles. */
  vectorise(svg: Element): void;
}

/**
 * Lets Plotly draw a heatmap without a canvas library: what it paints on a canvas
 * of this window is written down as rectangles, which `vectorise` puts into the SVG
 * in place of the image. So cells stay sharp at any size, and no bytes depend on an image encoder.
 */
export function recordCanvas(window: DOMWindow): RecordedCanvas {
  const canvases: { readonly width: number; readonly height: number; readonly rectangles: readonly Rectangle[] }[] = [];
  const painted = new WeakMap<object, Rectangle[]>();
  const prototype = window.HTMLCanvasElement.prototype;
  Object.assign(prototype, {
    getContext(this: HTMLCanvasElement, kind: string) {
      if (kind !== "2d") return null;
      const rectangles: Rectangle[] = [];
      painted.set(this, rectangles);
      return {
        fillStyle: "",
        fillRect(x: number, y: number, width: number, height: number) {
          // Plotly paints the gaps of a heatmap too, in a colour that cannot be seen.
          if (this.fillStyle !== "rgba(0,0,0,0)") rectangles.push({ x, y, width, height, fill: this.fillStyle });
        },
        createImageData: (width: number, height: number) => ({
          width,
          height,
          data: new Uint8ClampedArray(4 * width * height),
        }),
        putImageData(pixels: Pixels) {
          rectangles.push(...cellsOf(pixels));
        },
      };
    },
    toDataURL(this: HTMLCanvasElement) {
      canvases.push({ width: this.width, height: this.height, rectangles: painted.get(this) ?? [] });
      return `data:recorded,${canvases.length - 1}`;
    },
  });
  // A browser that says so gets evenly spaced cells as one pixel each, which the
  // image stretches: a small and exact recording.
  Object.assign(window, { CSS: { supports: () => true } });

  return {
    vectorise(svg) {
      for (const image of svg.querySelectorAll("image")) {
        const number = /^data:recorded,(\d+)$/.exec(
          image.getAttribute("xlink:href") ?? image.getAttribute("href") ?? "",
        )?.[1];
        if (number === undefined) continue;
        image.replaceWith(drawing(image, canvases[Number(number)]));
      }
    },
  };
}

interface Pixels {
  readonly width: number;
  readonly data: Uint8ClampedArray;
}

/** One rectangle per pixel that is not transparent. */
function cellsOf({ width, data }: Pixels): Rectangle[] {
  return Array.from({ length: data.length / 4 }, (_, cell) => {
    const [red, green, blue, alpha] = data.subarray(4 * cell, 4 * cell + 4);
    return {
      x: cell % width,
      y: Math.floor(cell / width),
      width: 1,
      height: 1,
      fill: `rgba(${red},${green},${blue},${alpha / 255})`,
    };
  }).filter(({ fill }) => !fill.endsWith(",0)"));
}

function drawing(
  image: Element,
  {
    width,
    height,
    rectangles,
  }: { readonly width: number; readonly height: number; readonly rectangles: readonly Rectangle[] },
): Element {
  const create = (name: string, attributes: Readonly<Record<string, string | number | null>>): Element => {
    const element = image.ownerDocument.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    return element;
  };
  const place = Object.fromEntries(["x", "y", "width", "height"].map((name) => [name, image.getAttribute(name)]));
  // crispEdges: neighbouring cells would otherwise show a hairline of background between them.
  const svg = create("svg", {
    ...place,
    viewBox: `0 0 ${width} ${height}`,
    preserveAspectRatio: "none",
    "shape-rendering": "crispEdges",
  });
  svg.append(...rectangles.map((rectangle) => create("rect", { ...rectangle })));
  return svg;
}
