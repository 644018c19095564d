import type { TokenizerAndRendererExtension } from "marked";
import { escapeHtml } from "./escapeHtml.js";
import { sanitizeHtml } from "./sanitizeHtml.js";

export interface Heading {
  readonly level: number;
  /** Anchor on the page. */
  readonly id: string;
  /** Inline HTML without links, for a table of contents. */
  readonly html: string;
}

/** The Markdown of one page: heading ids are unique over all texts it renders. */
export interface PageMarkdown {
  html(source: string): string;
  /** The paragraphs that begin with the label in bold ("**Takeaway.**"), as inline HTML without it. */
  labelled(label: "Question" | "Takeaway", source: string): string[];
  /** Headings of all texts rendered so far, in order. */
  readonly headings: readonly Heading[];
}

/**
 * Loads the Markdown and formula renderers. Formulas ($...$, $$...$$) become MathML, which
 * browsers draw without fonts or scripts of ours; raw HTML passes sanitizeHtml.
 *
 * @returns a maker of page renderers; `linkOf` turns the address of a link into that of the site, or null where
 *   the site has no page of it: then its words stand with the file's path
 */
export async function loadMarkdown(): Promise<(linkOf: (href: string) => string | null) => PageMarkdown> {
  const [{ Marked, Renderer }, { default: katex }] = await Promise.all([import("marked"), import("katex")]);

  return (linkOf) => {
    const formulas: string[] = [];
    const headings: Heading[] = [];
    const ids = new Set<string>();
    // Formulas are put back after sanitizing: between these two private-use characters stands their number.
    const formula = (tex: string, displayMode: boolean): string => {
      const math = katex.renderToString(tex, { displayMode, output: "mathml", throwOnError: false, strict: "ignore" });
      formulas.push(displayMode ? `<div class="formula">${math}</div>` : math);
      return `\uE000${formulas.length - 1}\uE001`;
    };
    const finished = (html: string): string =>
      sanitizeHtml(html).replace(/\uE000(\d+)\uE001/g, (_, index: string) => formulas[Number(index)]);
    const marked = new Marked({ gfm: true });
    marked.use({
      extensions: [blockFormula(formula), inlineFormula(formula)],
      renderer: {
        heading({ tokens, depth }) {
          const html = this.parser.parseInline(tokens);
          const id = uniqueId(plainText(html), ids);
          headings.push({ level: depth, id, html: finished(html.replace(/<\/?a\b[^>]*>/g, "")) });
          return `<h${depth} id="${id}">${html}</h${depth}>\n`;
        },
        table(token) {
          // A wide table scrolls in its own box and not the page.
          return `<div class="table-box">${Renderer.prototype.table.call(this, token)}</div>\n`;
        },
        tablecell(token) {
          const html = Renderer.prototype.tablecell.call(this, token) as string;
          // A corner without words heads nothing.
          return token.header && token.tokens.length === 0 ? html.replace(/^<th\b([\s\S]*)<\/th>/, "<td$1</td>") : html;
        },
        paragraph({ tokens, text }) {
          const ownClass = isLabelled("Takeaway", text) ? ' class="takeaway"' : "";
          return `<p${ownClass}>${this.parser.parseInline(tokens)}</p>\n`;
        },
        checkbox({ checked }) {
          return checked ? "☑ " : "☐ ";
        },
        link(token) {
          const href = linkOf(token.href);
          if (href !== null) return Renderer.prototype.link.call(this, { ...token, href }) as string;
          const path = token.href.replace(/^(?:\.{1,2}\/)+/, "");
          return `${this.parser.parseInline(token.tokens)} (<code>${escapeHtml(path)}</code>)`;
        },
      },
    });
    const clean = (source: string): string => source.replace(/[\uE000\uE001]/g, "");
    return {
      headings,
      html: (source) => finished(marked.parse(clean(source), { async: false })),
      labelled: (label, source) =>
        marked
          .lexer(clean(source))
          .filter((token) => token.type === "paragraph" && isLabelled(label, token.raw))
          .map(({ raw }) =>
            finished(marked.parseInline(raw.trim(), { async: false })).replace(
              new RegExp(`^<strong>${label}[.:]?</strong>[.:]?\\s*`),
              "",
            ),
          ),
    };
  };
}

function isLabelled(label: string, text: string): boolean {
  return text.trimStart().startsWith(`**${label}`);
}

type Formula = (tex: string, displayMode: boolean) => string;

function blockFormula(formula: Formula): TokenizerAndRendererExtension {
  return {
    name: "blockFormula",
    level: "block",
    start: (source) => source.match(/^ {0,3}\$\$/m)?.index,
    tokenizer(source) {
      const match = /^ {0,3}\$\$([\s\S]+?)\$\$[ \t]*(?:\n+|$)/.exec(source);
      return match === null ? undefined : { type: "blockFormula", raw: match[0], tex: match[1].trim() };
    },
    renderer: (token) => `${formula(token["tex"] as string, true)}\n`,
  };
}

/**
 * Pandoc's rule tells formulas from prices: no space inside the dollars, no digit after
 * the second; and code in between makes it none.
 */
function inlineFormula(formula: Formula): TokenizerAndRendererExtension {
  return {
    name: "inlineFormula",
    level: "inline",
    start: (source) => {
      const index = source.indexOf("$");
      return index < 0 ? undefined : index;
    },
    tokenizer(source) {
      const match = /^\$\$([^$]+)\$\$|^\$(?!\s)((?:\\.|[^$\\`\n])+?)(?<!\s)\$(?!\d)/.exec(source);
      return match === null
        ? undefined
        : { type: "inlineFormula", raw: match[0], tex: match[1] ?? match[2], displayMode: match[1] !== undefined };
    },
    renderer: (token) => formula(token["tex"] as string, token["displayMode"] as boolean),
  };
}

function plainText(html: string): string {
  return html.replace(/<[^>]*>|&[#\w]+;|\uE000\d+\uE001/g, " ");
}

/** Words of the heading joined by hyphens; a later heading with the same words gets a number. */
function uniqueId(text: string, taken: Set<string>): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ["section"];
  const base = escapeHtml(words.join("-"));
  let id = base;
  for (let i = 2; taken.has(id); i++) id = `${base}-${i}`;
  taken.add(id);
  return id;
}
