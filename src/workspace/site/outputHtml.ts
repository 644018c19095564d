import type { MimeBundle, Output } from "../notebooks/Notebook.js";
import { escapeHtml } from "./escapeHtml.js";
import { sanitizeHtml } from "./sanitizeHtml.js";

/**
 * An output of a code cell that is not a figure.
 *
 * @param markdown  renders text/markdown displays
 */
export function outputHtml(output: Output, markdown: (source: string) => string): string {
  switch (output.output_type) {
    case "stream":
      return output.name === "stdout"
        ? textHtml(output.text)
        : `<div class="output warning"><p class="output-label">Standard error</p>${textHtml(output.text)}</div>\n`;
    case "error":
      return errorHtml(output);
    case "display_data":
    case "execute_result":
      return displayHtml(output.data, markdown);
  }
}

function errorHtml({ ename, evalue, traceback }: Extract<Output, { output_type: "error" }>): string {
  const lines = terminalText(traceback.join("\n"));
  const parts = [
    `<p class="output-label">Error: ${escapeHtml(ename)}</p>`,
    `<p class="error-message">${escapeHtml(terminalText(evalue))}</p>`,
    lines === "" ? "" : textHtml(lines),
  ];
  return `<div class="output error">${parts.join("")}</div>\n`;
}

/** The richest form that a static page can show. */
function displayHtml(data: MimeBundle, markdown: (source: string) => string): string {
  const text = (type: string): string | null => (typeof data[type] === "string" ? data[type] : null);
  const html = text("text/html");
  if (html !== null) return `<div class="output rich">${sanitizeHtml(html)}</div>\n`;
  const source = text("text/markdown");
  if (source !== null) return `<div class="output prose">${markdown(source)}</div>\n`;
  const tex = text("text/latex");
  if (tex !== null) return `<div class="output prose">${markdown(tex)}</div>\n`;
  for (const type of ["image/png", "image/jpeg", "image/gif"]) {
    const base64 = text(type)?.replace(/\s/g, "");
    if (base64 === undefined) continue;
    const alt = escapeHtml(text("text/plain") ?? "Picture");
    return `<div class="output rich"><img src="data:${type};base64,${escapeHtml(base64)}" alt="${alt}"></div>\n`;
  }
  if ("application/json" in data) return textHtml(JSON.stringify(data["application/json"], null, 2));
  return textHtml(
    text("text/plain") ?? `[a display of ${Object.keys(data).join(", ") || "nothing"}, which a page cannot show]`,
  );
}

function textHtml(text: string): string {
  return `<pre class="output text">${escapeHtml(terminalText(text))}</pre>\n`;
}

/**
 * What a terminal would have left standing: no colour codes, and of lines
 * rewritten with a carriage return only the last form.
 */
function terminalText(text: string): string {
  return text
    .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, "")
    .replace(/\r\n/g, "\n")
    .replace(/^.*\r(?=[^\n])/gm, "")
    .replace(/\r$/gm, "");
}
