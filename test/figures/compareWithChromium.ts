import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import type { Figure } from "../../src/figures/Figure.js";

export interface Difference {
  /** Texts that only one of the two drawings shows: "missing: 0.5", "extra: 0.50". */
  readonly texts: readonly string[];
  /** Largest distance between an edge of a text's box in one drawing and in the other, px. */
  readonly movedPixels: number;
  readonly movedText: string;
  /** Texts that reach beyond the drawing. */
  readonly outside: readonly string[];
  /** Share of pixels of which a colour channel differs by more than a quarter of its range. */
  readonly pixelShare: number;
}

interface DrawnText {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const files = createRequire(import.meta.url);

/** Gives a page Plotly and the figures' font, whatever fonts the machine has. */
export async function preparePage(page: Page): Promise<void> {
  const fonts = join(dirname(files.resolve("dejavu-fonts-ttf/package.json")), "ttf");
  const face = (file: string, weight: string): string => {
    const bytes = readFileSync(join(fonts, file)).toString("base64");
    return `@font-face{font-family:"DejaVu Sans";font-weight:${weight};src:url(data:font/ttf;base64,${bytes})}`;
  };
  const faces = `${face("DejaVuSans.ttf", "normal")}${face("DejaVuSans-Bold.ttf", "bold")}`;
  await page.setContent(`<!doctype html><style>${faces}body{margin:0}svg{display:block}</style>`);
  await page.evaluate(() =>
    Promise.all([document.fonts.load('14px "DejaVu Sans"'), document.fonts.load('bold 14px "DejaVu Sans"')]),
  );
  await page.addScriptTag({ path: files.resolve("plotly.js-cartesian-dist-min/plotly-cartesian.min.js") });
}

/** Draws a figure with the page's own Plotly and compares that with `svg`, both shown by the page. */
export async function compareWithChromium(page: Page, figure: Figure, svg: string): Promise<Difference> {
  const { height = 450 } = figure.layout as { height?: number };
  const theirs = await page.evaluate(
    ({ data, layout, height }) => {
      const { Plotly } = window as unknown as { Plotly: { toImage(figure: object, options: object): Promise<string> } };
      return Plotly.toImage(
        { data, layout, config: { staticPlot: true } },
        { format: "svg", imageDataOnly: true, width: 720, height },
      );
    },
    { data: figure.data, layout: figure.layout, height },
  );
  const ours = await show(page, svg, height);
  const reference = await show(page, theirs, height);

  const named = (drawn: readonly DrawnText[]): Map<string, DrawnText> => {
    const seen = new Map<string, number>();
    return new Map(
      drawn.map((one) => {
        const count = (seen.get(one.text) ?? 0) + 1;
        seen.set(one.text, count);
        return [`${one.text} #${count}`, one];
      }),
    );
  };
  const [mine, wanted] = [named(ours.texts), named(reference.texts)];
  const moved = [...wanted].flatMap(([name, box]) => {
    const other = mine.get(name);
    return other === undefined
      ? []
      : [
          {
            name,
            by: Math.max(
              ...(["left", "top", "right", "bottom"] as const).map((edge) => Math.abs(box[edge] - other[edge])),
            ),
          },
        ];
  });
  const worst = moved.reduce((most, one) => (one.by > most.by ? one : most), { name: "", by: 0 });
  return {
    texts: [
      ...[...wanted.keys()].filter((name) => !mine.has(name)).map((name) => `missing: ${name}`),
      ...[...mine.keys()].filter((name) => !wanted.has(name)).map((name) => `extra: ${name}`),
    ],
    movedPixels: worst.by,
    movedText: worst.name,
    outside: ours.texts
      .filter(({ left, top, right, bottom }) => left < 0 || top < 0 || right > 720 || bottom > height)
      .map(({ text }) => text),
    pixelShare: await differingShare(page, [ours.picture, reference.picture]),
  };
}

async function show(page: Page, svg: string, height: number): Promise<{ texts: DrawnText[]; picture: Buffer }> {
  const texts = await page.evaluate((markup) => {
    document.body.innerHTML = markup;
    return [...document.querySelectorAll("text")].flatMap((element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const text = (element.textContent ?? "").replace(/\u200b/g, "").trim();
      return text === "" ? [] : [{ text, left, top, right, bottom }];
    });
  }, svg);
  return { texts, picture: await page.screenshot({ clip: { x: 0, y: 0, width: 720, height } }) };
}

/** The page decodes its own screenshots, so that no image library is needed. */
async function differingShare(page: Page, pictures: readonly Buffer[]): Promise<number> {
  return page.evaluate(
    async (sources) => {
      const [a, b] = await Promise.all(
        sources.map(async (source) => {
          const image = new Image();
          image.src = `data:image/png;base64,${source}`;
          await image.decode();
          const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
          const context = canvas.getContext("2d")!;
          context.drawImage(image, 0, 0);
          return context.getImageData(0, 0, image.width, image.height).data;
        }),
      );
      let differing = 0;
      for (let i = 0; i < a.length; i += 4) {
        if ([0, 1, 2].some((channel) => Math.abs(a[i + channel] - b[i + channel]) > 64)) differing++;
      }
      return differing / (a.length / 4);
    },
    pictures.map((picture) => picture.toString("base64")),
  );
}
