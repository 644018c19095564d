/** The parts that textMetrics.ts calls of a package without types. */
declare module "opentype.js" {
  export interface Glyph {
    readonly index: number;
    readonly advanceWidth: number;
  }
  export interface Font {
    readonly ascender: number;
    readonly descender: number;
    readonly unitsPerEm: number;
    readonly position: {
      getKerningTables(script: string): readonly object[] | undefined;
      getKerningValue(tables: readonly object[], left: number, right: number): number;
    };
    charToGlyph(character: string): Glyph;
  }
  const opentype: { loadSync(path: string): Font };
  export default opentype;
}
