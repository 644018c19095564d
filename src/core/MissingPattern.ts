/**
 * How often a table leaves values out, by column: the share of its rows without one. Columns that are always told are
 * absent.
 */
export interface MissingPattern {
  readonly name: string;
  /** In [0, 1]. */
  readonly shares: Readonly<Record<string, number>>;
}
