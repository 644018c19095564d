/** What the site has a page or a copy of, by name without ending. */
export interface SiteNames {
  readonly notebooks: ReadonlySet<string>;
  readonly evidence: ReadonlySet<string>;
}

/**
 * Address of a link as the site has it: a notebook named in Markdown becomes its page, an evidence
 * file the site's copy; other addresses stay as they are.
 */
export function siteLink(href: string, { notebooks, evidence }: SiteNames): string {
  const [, folder, name, ending, anchor = ""] = /^((?:[\w.-]+\/)*)([\w-]+)\.(ipynb|nb\.ts|json)(#.*)?$/.exec(href) ?? [];
  if (name === undefined) return href;
  if (ending === "json") return evidence.has(name) && /^(?:\.\.\/)?data\/evidence\/$/.test(folder) ? `evidence/${name}.json` : href;
  return notebooks.has(name) && /^(?:\.\/|(?:\.\.\/)?notebooks\/)?$/.test(folder) ? `${name}.html${anchor}` : href;
}
