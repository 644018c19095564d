import { describe, expect, test } from "vitest";
import type ts from "typescript";
import { parseDocumentation } from "../../../../src/workspace/kernel/declarations/parseDocumentation.js";
import { loadTypescript } from "../../../../src/workspace/kernel/loadTypescript.js";

const typescript = loadTypescript();

const declarations = `
/** A function. @param one  its argument */
declare function called(one: number): void;
/** An overload. */
declare function called(one: string): void;
/** A constant, see {@link called}. */
declare const constant: 1;
/** In a script. */
var plain = 1;
/** What it is. */
interface Shape {
  /** How wide, in nm. */
  width: number;
  /** Grows. @deprecated it shrinks */
  grow(): void;
}
declare const shape: Shape;
declare const bare: 1;
`;
const cell = "called(1); called(''); constant; plain; shape.width; shape.grow(); bare; const s: Shape = { width: 1 }";

function service(jsDocParsingMode: ts.JSDocParsingMode): ts.LanguageService {
  const files: Readonly<Record<string, string>> = { "/all.d.ts": declarations, "/cell.ts": cell };
  return typescript.createLanguageService({
    getCompilationSettings: () => ({ noLib: true, types: [] }),
    getScriptFileNames: () => Object.keys(files),
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) =>
      files[path] === undefined ? undefined : typescript.ScriptSnapshot.fromString(files[path]),
    getCurrentDirectory: () => "/",
    getDefaultLibFileName: () => "",
    fileExists: (path) => path in files,
    readFile: (path) => files[path],
    jsDocParsingMode,
  });
}

describe("parseDocumentation", () => {
  const whole = service(typescript.JSDocParsingMode.ParseAll);
  const quick = service(typescript.JSDocParsingMode.ParseForTypeInfo);

  test.each(["called(1", "called(''", "constant", "plain", "shape.width", "shape.grow", "bare", "Shape", "width: 1"])(
    "gives a tooltip of %s that is the one of a file whose comments were all parsed",
    (text) => {
      const at = cell.lastIndexOf(text) + (text.startsWith("shape.") ? "shape.".length : 0);
      parseDocumentation(typescript, quick, "/cell.ts", at);
      expect(quick.getQuickInfoAtPosition("/cell.ts", at)).toEqual(whole.getQuickInfoAtPosition("/cell.ts", at));
    },
  );
});
