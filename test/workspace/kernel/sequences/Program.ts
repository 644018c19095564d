/** A type of values: the one that a name stands for, where it is the name of a type. */
export type Type = "number" | "string" | { readonly named: string };

export type Expression =
  | { readonly kind: "literal"; readonly value: number | string }
  /** A variable; `name()`; `Name.field` and `Name.read()` of a class; `Name.Member` of an enum. */
  | { readonly kind: "variable" | "call" | "field" | "method" | "member"; readonly name: string }
  | { readonly kind: "sum"; readonly left: Expression; readonly right: Expression };

export interface Assignment {
  readonly kind: "assign";
  readonly name: string;
  readonly value: Expression;
}

export type Statement =
  | Assignment
  | { readonly kind: "let" | "const" | "var"; readonly name: string; readonly type: Type; readonly value: Expression }
  | {
      readonly kind: "function";
      readonly name: string;
      readonly type: "number" | "string";
      readonly sets: Assignment | null;
      readonly value: Expression;
    }
  | {
      readonly kind: "class";
      readonly name: string;
      readonly type: "number" | "string";
      readonly field: Expression;
      readonly read: Expression;
    }
  | { readonly kind: "enum"; readonly name: string; readonly member: string }
  | { readonly kind: "type"; readonly name: string; readonly type: "number" | "string" }
  /** Shows a value; `try` shows the error in its place. */
  | { readonly kind: "show" | "try"; readonly value: Expression }
  | { readonly kind: "throw"; readonly message: string }
  /** Gives way, or waits for an interrupt, which comes. */
  | { readonly kind: "await" | "interrupt" };

/** A cell of the little language in which sequences with redefinition, failure and interrupt are generated. */
export type Cell = readonly Statement[];

/** The module that the cells of programs import; what it does is up to who observes them. */
export const programModule = `const observer = globalThis as unknown as {
  readonly show: (value: number | string) => void;
  readonly interrupted: () => Promise<void>;
};
export function show(value: number | string): void { observer.show(value); }
export function interrupted(): Promise<void> { return observer.interrupted(); }
export function sum(left: number, right: number): number;
export function sum(left: number | string, right: number | string): string;
export function sum(left: unknown, right: unknown): unknown { return (left as number) + (right as number); }
`;

/** The cell in TypeScript. */
export function cellText(cell: Cell): string {
  return [`import { interrupted, show, sum } from "./program";`, ...cell.map(statementText)].join("\n");
}

function statementText(one: Statement): string {
  switch (one.kind) {
    case "assign":
      return `${one.name} = ${text(one.value)};`;
    case "let":
    case "const":
    case "var": {
      const type = typeof one.type === "string" ? one.type : one.type.named;
      return `${one.kind} ${one.name}: ${type} = ${text(one.value)};`;
    }
    case "function": {
      const sets = one.sets === null ? "" : `${statementText(one.sets)} `;
      return `function ${one.name}(): ${one.type} { ${sets}return ${text(one.value)}; }`;
    }
    case "class": {
      const read = `static read(): ${one.type} { return ${text(one.read)}; }`;
      return `class ${one.name} { #own = 0; static field: ${one.type} = ${text(one.field)}; ${read} }`;
    }
    case "enum":
      return `enum ${one.name} { Member = ${JSON.stringify(one.member)} }`;
    case "type":
      return `type ${one.name} = ${one.type};`;
    case "show":
      return `show(${text(one.value)});`;
    case "try":
      return `try { show(${text(one.value)}); } catch (error) { show(String(error)); }`;
    case "throw":
      // What follows is reached, as far as the type checker knows.
      return `(() => { throw new RangeError(${JSON.stringify(one.message)}); })();`;
    case "await":
      return "await null;";
    case "interrupt":
      return "await interrupted();";
  }
}

function text(one: Expression): string {
  switch (one.kind) {
    case "literal":
      return JSON.stringify(one.value);
    case "variable":
      return one.name;
    case "call":
      return `${one.name}()`;
    case "field":
      return `${one.name}.field`;
    case "method":
      return `${one.name}.read()`;
    case "member":
      return `${one.name}.Member`;
    case "sum":
      return `sum(${text(one.left)}, ${text(one.right)})`;
  }
}
