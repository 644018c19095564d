import { loadTypescript } from "../kernel/loadTypescript.js";

/** A template string or block comment that a piece of code opens and does not close. */
export interface UnterminatedToken {
  readonly kind: "template string" | "block comment";
  /** Line on which it opens, counted from 0. */
  readonly line: number;
}

/**
 * Finds a template string or block comment still open at the end of some TypeScript. Cells are cut
 * at marker lines without parsing, so this tells a marker inside a string from a marker between cells.
 *
 * A full parse needs the compiler, 300 ms to load. A scanner that knows strings, templates, comments and regular
 * expressions (by the token before the slash) clears nearly all code, as only templates and block comments run over
 * line ends; code in which it finds something open is compiled, and cleared if it has no fault.
 */
export function unterminatedToken(code: string): UnterminatedToken | null {
  const open = scanned(code);
  return open === null || isFaultless(code) ? null : open;
}

function isFaultless(code: string): boolean {
  const { transpileModule, ScriptTarget, ModuleKind } = loadTypescript();
  const compilerOptions = { target: ScriptTarget.ESNext, module: ModuleKind.ESNext };
  return transpileModule(code, { compilerOptions, reportDiagnostics: true }).diagnostics?.length === 0;
}

function scanned(code: string): UnterminatedToken | null {
  const open: { readonly closer: "`" | "}" | "${}"; readonly at: number }[] = [];
  let at = 0;
  while (at < code.length) {
    const inner = open.at(-1);
    const token = match(inner?.closer === "`" ? inTemplate : inCode, code, at);
    if (token === null) break;
    if (token === "/*") return { kind: "block comment", line: lineAt(code, at) };
    if (token === "`") {
      if (inner?.closer === "`") open.pop();
      else open.push({ closer: "`", at });
    } else if (token === "${") open.push({ closer: "${}", at });
    else if (token === "{") open.push({ closer: "}", at });
    else if (token === "}" && inner !== undefined) open.pop();
    // A slash where a value may begin opens a regular expression; elsewhere it divides.
    const regex = token === "/" && startsValue.test(code.slice(0, at)) ? match(regexLiteral, code, at) : null;
    at += (regex ?? token).length;
  }
  const template = open.find(({ closer }) => closer === "`");
  return template === undefined ? null : { kind: "template string", line: lineAt(code, template.at) };
}

const inTemplate = /\\[^]|`|\$\{|[^\\`$]+|\$/y;
const inCode = /\/\/[^\n]*|\/\*[^]*?\*\/|\/\*|"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?|[`{}/]|[^"'`{}/]+/y;
const regexLiteral = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y;
const startsValue =
  /(?:^|[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|void|delete|throw|new|await|yield))\s*$/;

function match(pattern: RegExp, code: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(code)?.[0] ?? null;
}

function lineAt(code: string, at: number): number {
  return code.slice(0, at).split("\n").length - 1;
}
