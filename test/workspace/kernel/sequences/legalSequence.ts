import type { Random } from "../../../../src/core/random/Random.js";
import { templates } from "./templates.js";
import type { Kind, Making } from "./templates.js";

/** Names that are words elsewhere, or that code could stumble over: those of the kernel's own variables among them. */
const hardNames = [
  ..."$ _ __proto__ constructor exports get größe hasOwnProperty i module name of require toString v ǃa".split(" "),
  ..."caught d error handed iterator open step turns".split(" "),
];

interface Known {
  readonly name: string;
  readonly kind: Kind;
  readonly isAssignable: boolean;
}

/**
 * Cells that are legal as one module: joined by line breaks they are a module that type-checks and ends, with the
 * same log and the same thrown error as the cells one after the other. Each cell logs what it sees.
 *
 * Left out is what differs by its nature: promises that nobody awaits and that run on into later cells; `using` at
 * the top level, which ends with the cell; functions and variables that an earlier cell mentions, and parts of one
 * interface or namespace in two cells (cells see what was declared before them, and the last declaration wins);
 * `import.meta`; and the words in which V8 cites code ("x is not a function"), which a cell that catches the error
 * reads with the kernel's names in them.
 *
 * @param without  names that are not used
 */
export function legalSequence(
  random: Random,
  { without = [] }: { readonly without?: readonly string[] } = {},
): string[] {
  const whole = (below: number): number => Math.floor(random() * below);
  const pick = <Item>(items: readonly Item[]): Item => items[whole(items.length)];
  const known: Known[] = [];
  const names = hardNames.filter((name) => !without.includes(name));
  let made = 0;
  let logged = 0;
  const fresh = (): string =>
    random() < 0.4 && names.length > 0
      ? names.splice(whole(names.length), 1)[0]
      : `${pick(["a", "$b", "__c", "é"])}${made++}`;
  const cell = (statements: number): string => {
    const parts: string[] = [];
    for (let at = 0; at < statements; at++) {
      const declared: Known[] = [];
      const some: Making["some"] = (kind, { isAssignable = false } = {}) => {
        const found = known.filter((one) => one.kind === kind && (!isAssignable || one.isAssignable));
        return found.length === 0 ? null : pick(found).name;
      };
      const make: Making = {
        pick,
        fresh,
        some,
        number: (depth = 2) => number(make, depth),
        declare: (kind, isAssignable = false) => {
          const name = fresh();
          declared.push({ name, kind, isAssignable });
          return name;
        },
        log: (...values) => `console.log(${[`"${logged++}"`, ...values.map((one) => `String(${one})`)].join(", ")});`,
      };
      const text = pick(templates)(make);
      if (text === null) continue;
      known.push(...declared);
      parts.push(text);
    }
    const numbers = known.filter(({ kind }) => kind === "number").map(({ name }) => name);
    return [...parts, `console.log("cell", ${numbers.map((name) => `String(${name})`).join(", ")});`].join("\n");
  };
  return Array.from({ length: 2 + whole(2) }, () => cell(1 + whole(4)));
}

/** An expression whose value is a number. */
function number({ pick, some, fresh, number: inner }: Making, depth: number): string {
  const leaf = some("number") ?? pick(["1", "2.5", "7"]);
  if (depth === 0) return leaf;
  const of = (kind: Kind, texts: (name: string) => readonly string[]): string => {
    const name = some(kind);
    return name === null ? leaf : pick(texts(name));
  };
  const one = (): string => inner(depth - 1);
  return pick([
    () => leaf,
    () => `(${one()} ${pick(["+", "-", "*", "%", "&"])} ${one()})`,
    () => `(Math.abs(${one()}) ${pick(["||", "&&"])} ${one()})`,
    () => `(${one()} > ${one()} ? ${one()} : ${one()})`,
    () => `\`\${${one()}}-\`.length`,
    () =>
      of("point", (name) => [`${name}.x`, `${name}["y"]`, `({ ...${name} }).y`, `{ ${name} }.${name}.x`].map(grouped)),
    () => of("numbers", (name) => [`${name}.length`, `${name}[0]`, `Math.max(...${name})`, `${name}?.[1]`]),
    () =>
      of("function", (name) => [`${name}(${one()})`, `${name}?.(${one()})`, `[1, 2].map((each) => ${name}(each))[1]`]),
    () => of("class", (name) => [`new ${name}(${one()}).read()`, `${name}.of(${one()}).read()`, `${name}.made`]),
    () => {
      // A parameter with the name of a variable hides it.
      const name = some("number") ?? fresh();
      return `((${name}: number) => ${name} + 1)(${one()})`;
    },
  ])();
}

function grouped(text: string): string {
  return text.startsWith("{") ? `(${text.replace(/\}\./, "}).")}` : text;
}
