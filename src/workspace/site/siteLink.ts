import { posix } from "node:path";

/**
 * Address of a link as the site has it: a file of the project becomes its page. Addresses elsewhere and
 * anchors of the same page stay as they are.
 *
 * @param folder  of the text that holds the link, from the project root: "docs/runbooks"
 * @param pages   name of the page of every file that has one, by its path from the project root
 * @returns null for a file of the project that has no page
 */
export function siteLink(
  href: string,
  { folder, pages }: { readonly folder: string; readonly pages: ReadonlyMap<string, string> },
): string | null {
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/|#)/i.test(href)) return href;
  const [, path, anchor] = /^([^#]*)(.*)$/s.exec(href)!;
  const page = pages.get(posix.join(folder, path));
  return page === undefined ? null : `${page}${anchor}`;
}
