import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Font } from "opentype.js";

/** Sizes of text in the figures' font, CSS pixels, as Chromium measures them. */
export interface TextMetrics {
  /** Width of one line. */
  advance(text: string, options: { readonly sizePixels: number; readonly bold: boolean }): number;
  /** Height above the baseline, in whole pixels. */
  ascent(sizePixels: number): number;
  /** Depth below the baseline, in whole pixels. */
  descent(sizePixels: number): number;
}

const files = createRequire(import.meta.url);
let measured: Promise<TextMetrics> | undefined;

/**
 * Metrics of DejaVu Sans, regular and bold, from the font files of dejavu-fonts-ttf.
 * The fonts are read once per process, the bold one when first needed.
 */
export function textMetrics(): Promise<TextMetrics> {
  measured ??= load();
  return measured;
}

async function load(): Promise<TextMetrics> {
  const { default: opentype } = await import("opentype.js");
  const folder = join(dirname(files.resolve("dejavu-fonts-ttf/package.json")), "ttf");
  const regular = advances(opentype.loadSync(join(folder, "DejaVuSans.ttf")));
  let bold: Advances | undefined;
  const { ascender, descender, unitsPerEm } = regular.font;
  return {
    advance(text, options) {
      const face = options.bold ? (bold ??= advances(opentype.loadSync(join(folder, "DejaVuSans-Bold.ttf")))) : regular;
      return (face.width(text) * options.sizePixels) / face.font.unitsPerEm;
    },
    // Browsers round both to whole pixels, and tick labels are placed by the rounded box.
    ascent: (sizePixels) => Math.round((ascender * sizePixels) / unitsPerEm),
    descent: (sizePixels) => Math.round((-descender * sizePixels) / unitsPerEm),
  };
}

interface Advances {
  readonly font: Font;
  width(text: string): number;
}

function advances(font: Font): Advances {
  // The font's default script has no kerning of Latin letters, and opentype.js looks no further by itself.
  const kerning = font.position.getKerningTables("latn") ?? [];
  return {
    font,
    width(text) {
      let width = 0;
      let before: number | null = null;
      for (const character of text) {
        // Plotly ends sub- and superscripts with a zero-width space, for which the font has a visible glyph.
        if (character === "\u200b") continue;
        const glyph = font.charToGlyph(character);
        width +=
          glyph.advanceWidth + (before === null ? 0 : font.position.getKerningValue(kerning, before, glyph.index));
        before = glyph.index;
      }
      return width;
    },
  };
}
