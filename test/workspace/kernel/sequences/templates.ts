/** What a name of a sequence holds. */
export type Kind = "number" | "text" | "numbers" | "point" | "function" | "async" | "generator" | "class" | "type";

/** What a template may use of the sequence so far. */
export interface Making {
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** A new name, which what follows may mention. */
  readonly declare: (kind: Kind, isAssignable?: boolean) => string;
  /** A new name that nothing else mentions. */
  readonly fresh: () => string;
  /** A name of that kind, if there is one. */
  readonly some: (kind: Kind, options?: { readonly isAssignable?: boolean }) => string | null;
  /** An expression whose value is a number. */
  readonly number: (depth?: number) => string;
  /** A statement that logs values. */
  readonly log: (...values: readonly string[]) => string;
}

/** A statement or several that type-check, or null if what they need is not there. */
type Template = (make: Making) => string | null;

const letTemplate: Template = ({ declare, number, pick }) => {
  const value = number();
  return [
    `${pick(["let", "let", "var", "export let"])} ${declare("number", true)}${pick([": number", ""])}`,
    `= ${pick(["+", "1 * "])}${value};`,
  ].join(" ");
};

/** Uses a variable that may be assigned to. */
const assigning =
  (text: (name: string, make: Making) => string): Template =>
  (make) => {
    const name = make.some("number", { isAssignable: true });
    return name === null ? null : text(name, make);
  };

const using =
  (kind: Kind, text: (name: string, make: Making) => string): Template =>
  (make) => {
    const name = make.some(kind);
    return name === null ? null : text(name, make);
  };

/** One of each way in which TypeScript declares, reads and changes names; variables come more than once. */
export const templates: readonly Template[] = [
  letTemplate,
  letTemplate,
  letTemplate,
  ({ declare, number }) => `const ${declare("number")} = ${number()};`,
  ({ declare, number }) => `const ${declare("point")} = { x: ${number()}, y: ${number()} };`,
  ({ declare, number }) => `export const ${declare("numbers")}: number[] = [${number()}, ${number()}, 3];`,
  ({ declare, number, fresh }) => {
    const [first, second] = [number(1), number(1)];
    const key = fresh();
    return [
      `let { x: ${declare("number", true)}, y: { z: ${declare("number", true)} = ${first}, ...${fresh()} }`,
      `} = { x: ${second}, y: { z: undefined as number | undefined, ${key}: 1 } };`,
    ].join(" ");
  },
  ({ declare, number }) => {
    const value = number(1);
    const first = declare("number", true);
    return [
      `var [${first}, ${declare("number", true)} = ${first} + 1, ...${declare("numbers")}] = [${value}, ,`,
      `4, 5] as [number, number?, ...number[]];`,
    ].join(" ");
  },
  ({ declare, number }) => {
    const value = number(1);
    const name = declare("number", true);
    return `{ var ${name} = ${value}; } for (var ${declare("number", true)} = 0; ${name} < 0; ) break;`;
  },
  ({ declare, number, log }) => {
    const value = number(1);
    const name = declare("number", true);
    return `for (var ${name} of [${value}, 2]) { ${log(name)} } var ${name} = 1;`;
  },
  ({ fresh, log }) => {
    const name = fresh();
    return `for (var ${name} in { p: 1, q: 2 }) { ${log(name)} }`;
  },
  ({ declare, fresh, number, log }) => {
    const [count, top] = [fresh(), fresh()];
    const value = number(1);
    return [
      `for (var ${count} = 0, ${top} = ${count} + 2; ${count} < ${top}; ${count}++) { ${log(count)} }`,
      `var ${declare("number", true)} = ${value}, ${declare("number", true)} = ${count};`,
    ].join(" ");
  },
  assigning(
    (name, { number, pick }) =>
      `${name} ${pick(["=", "+=", "-=", "*=", "%=", "|=", "??=", "||=", "&&="])} ${number()};`,
  ),
  assigning((name, { pick, log }) => pick([`${name}++;`, `--${name};`, log(`${name}++ + ++${name}`)])),
  assigning((name, { number, some }) => {
    const other = some("number", { isAssignable: true })!;
    return `[${name}, ${other}] = [${number(1)}, ${name}];`;
  }),
  assigning((name, { number, fresh }) => {
    const rest = fresh();
    return `let ${rest}: object; ({ x: ${name} = ${number(1)}, ...${rest} } = { x: ${number(1)}, k: 1 });`;
  }),
  assigning((name, { number }) =>
    [
      `({ ${name} } = { ["${name}"]: ${number(1)} } as { ${name}: number }); ({ ${name} = ${number(1)} }`,
      `= {} as { ${name}?: number });`,
    ].join(" "),
  ),
  assigning((name, { number, log }) => `for (${name} of [${number(1)}, 5]) { ${log(name)} }`),
  assigning((name, { number }) => `for ([${name}] of [[${number(1)}], [6]]) if (${name} > 5) break;`),
  assigning(
    (name, { log }) =>
      `for (let ${name} = 0; ${name} < 2; ${name}++) { ${log(name)} } { const ${name} = 3; ${log(name)} }`,
  ),
  assigning(
    (name, { declare, number }) =>
      `function ${declare("function")}(by: number): number { ${name} += by; return ${name} + ${number(1)}; }`,
  ),
  assigning(
    (name, { declare, log }) => `const ${declare("function")} = (by: number): number => (${name} = by); ${log(name)}`,
  ),
  assigning(
    (name, { declare }) =>
      `async function ${declare("async")}(by: number): Promise<number> { await null; ${name} = by; return ${name}; }`,
  ),
  assigning(
    (name, { number, log }) =>
      `await Promise.resolve(); ${name} = (await Promise.resolve(${number(1)})) + ${name}; ${log(name)}`,
  ),
  assigning(
    (name, { log }) =>
      `try { ${name}++; throw new RangeError("thrown"); } catch (${name}) { ${log(name)} } finally { ${name} += 2; }`,
  ),
  assigning(
    (name, { number, log }) =>
      `switch (${name}) { case ${number(1)}: ${log("1")} break; default: let inner = 3; ${name} = inner; ${log("2")} }`,
  ),
  using("numbers", (name, { number }) => `${name}.push(${number(1)}); ${name}[1] += 1; [${name}[0]] = [${number(1)}];`),
  using("point", (name, { number, log }) =>
    [
      `${name}.x = ${number(1)}; ${name}.y++; for (${name}.x of [1, 2]) {`,
      `${log(`JSON.stringify({ ...${name}, name: { "${name}": ${name}.x } })`)} }`,
    ].join(" "),
  ),
  using("number", (name, { log, number }) =>
    log(`JSON.stringify({ ["${name}"]: ${name}, other: ${number()}, [${name}]: 1 })`),
  ),
  using("number", (name, { log }) =>
    name === "__proto__"
      ? log(`Object.hasOwn({ ${name} }, "${name}")`)
      : log(`JSON.stringify({ ${name}, method: { ${name}() { return ${name}; } }.${name}() })`),
  ),
  using("number", (name, { log }) =>
    log(
      [
        `((strings: TemplateStringsArray,`,
        `...values: number[]) => strings.raw.join("|") + values)\`a\${${name}}\\n\${1}\``,
      ].join(" "),
    ),
  ),
  using("number", (name, { log }) =>
    log(`typeof ${name}`, `(function (${name}: number) { return arguments.length + ${name}; })(2)`),
  ),
  ({ declare, number }) => {
    const value = number(1);
    const [even, odd] = [declare("function"), declare("function")];
    return [
      `function ${even}(n: number): number { return n > 0 && n < 5 ? ${odd}(n - 1) : ${value};`,
      `}\nfunction ${odd}(n: number): number { return n > 0 && n < 5 ? ${even}(n - 1) : 1; }`,
    ].join(" ");
  },
  ({ fresh, log }) => {
    const name = fresh();
    return `${log(`${name}(1)`, `${name}.name`)} function ${name}(n: number): number { return n + ${name}.length; }`;
  },
  ({ declare, fresh }) =>
    `const ${declare("function")} = function ${fresh()}(n: number = 1): number { return n * 2; };`,
  ({ fresh, log, number }) => {
    const [late, read] = [fresh(), fresh()];
    return [
      `function ${read}(): number { return ${late}; } try { ${log(`${read}()`)} } catch (error) {`,
      `${log("error")} } const ${late} = ${number(1)}; ${log(`${read}()`)}`,
    ].join(" ");
  },
  ({ fresh, log }) => {
    const [late, read] = [fresh(), fresh()];
    return [
      `const ${read} = (): string => typeof ${late}; try { ${log(`${read}()`)} } catch (error) {`,
      `${log("error")} } class ${late} {} ${log(`${read}()`)}`,
    ].join(" ");
  },
  ({ fresh, log }) => {
    const [name, set] = [fresh(), fresh()];
    return [
      `const ${set} = (): void => { ${name} = 4; }; try { ${set}(); } catch (error) { ${log("error")} }`,
      `let ${name} = 1; ${set}(); ${log(name)}`,
    ].join(" ");
  },
  ({ fresh, log }) => {
    const name = fresh();
    return [
      `let ${name}: { (): number; readonly name: string } = () => 1; ${log(`${name}.name`)} ${name}`,
      `= () => 2; ${log(`${name}.name`, `${name}()`)} ${name} = function () { return 3; };`,
      `${log(`${name}.name`)} [${name} = () => 4] = []; ${log(`${name}.name`)} ({ a: ${name} = () => 5 }`,
      `= {}); ${log(`${name}.name`)}`,
    ].join(" ");
  },
  ({ fresh, log }) => {
    const name = fresh();
    return [
      `let ${name}: (new () => object) | null = null; ${name} ??= class { static made = 1; };`,
      `${log(`${name}.name`)}`,
    ].join(" ");
  },
  ({ declare, number }) => {
    const value = number(1);
    const name = declare("class");
    return [
      `class ${name} { static made = 0; static #count = 0; readonly #value: number;`,
      `constructor(value: number) { this.#value = value; ${name}.made++; ${name}.#count++; }`,
      `static of(value: number): ${name} { return new ${name}(value); } read(): number {`,
      `return this.#value + ${value}; } static { this.made += 1; } }`,
    ].join(" ");
  },
  using("class", (base, { declare, number }) => {
    const value = number(1);
    const name = declare("class");
    return [
      `class ${name} extends ${base} { field = ${value}; override read(): number {`,
      `return super.read() + this.field; } static override of(value: number): ${name} {`,
      `return new ${name}(value); } get twice(): number { return 2 * this.read(); } }`,
    ].join(" ");
  }),
  using("class", (name, { number, log, fresh }) => {
    const one = fresh();
    return [
      `const ${one}: ${name} = new ${name}(${number(1)});`,
      `${log(`${one} instanceof ${name}`, `${one}.read()`, `${name}.name`, `${name}.made`)}`,
    ].join(" ");
  }),
  ({ fresh, number, log, pick }) => {
    const name = fresh();
    return [
      `${pick(["", "const "])}enum ${name} { One = 1, Two = One * 2, Three = ${"Two + One"} }`,
      `${log(`${name}.Two`, `${name}.Three + ${number(1)}`)}`,
    ].join(" ");
  },
  ({ fresh, number, log }) => {
    const name = fresh();
    return [
      `enum ${name} { One = ${number(1)} > 0 ? 1 : 2, Text = "text" }`,
      `${log(`${name}.Text`, `JSON.stringify(${name})`)}`,
    ].join(" ");
  },
  ({ fresh, number, log }) => {
    const name = fresh();
    return [
      `namespace ${name} { export let inner = ${number(1)}; export function next(): number {`,
      `return ++inner; } export namespace Deep { export const value = inner; } export type Kind = "a"; }`,
      `${log(`${name}.next()`, `${name}.inner`, `${name}.Deep.value`)} ${name}.inner = 3;`,
      `${log(`${name}.next()`)}`,
    ].join(" ");
  },
  ({ declare }) =>
    `namespace ${declare("type")} { export interface Shape { readonly side: number } export type Value = number; }`,
  using("type", (name, { log, number }) =>
    log(`(({ side: ${number(1)} }) as ${name}.Shape satisfies ${name}.Shape).side`),
  ),
  ({ fresh, number, log }) => {
    const [kind, type, name] = [fresh(), fresh(), fresh()];
    return [
      `interface ${kind}<T> { readonly held: T } type ${type} = ${kind}<number> | null;`,
      `let ${name}: ${type} = null as ${type}; ${name} = { held: ${number(1)} };`,
      `${log(`(${name} as ${type})?.held`)}`,
    ].join(" ");
  },
  ({ declare, number }) =>
    `function* ${declare("generator")}(n: number): Generator<number> { yield n; yield* [${number(1)}, 2]; return 0; }`,
  using("generator", (name, { number, log, fresh }) => {
    const one = fresh();
    return `for (const ${one} of ${name}(${number(1)})) { ${log(one)} } ${log(`[...${name}(1)].length`)}`;
  }),
  using("generator", (name, { number, log, fresh }) => {
    const one = fresh();
    return `for await (const ${one} of ${name}(${number(1)})) { if (${one} > 100) continue; ${log(one)} }`;
  }),
  ({ fresh, number, log }) => {
    const [make, one] = [fresh(), fresh()];
    return [
      `async function* ${make}(): AsyncGenerator<number> { try { yield ${number(1)}; yield 2; } finally {`,
      `${log("1")} } } outer: for (const turn of [1, 2]) for await (const ${one} of ${make}()) {`,
      `${log(one)} if (turn === 1) continue outer; else break outer; }`,
    ].join(" ");
  },
  using("async", (name, { number, log }) =>
    log(`await ${name}(${number(1)})`, `(await Promise.all([${name}(1), ${name}(2)])).join()`),
  ),
  using("function", (name, { number, log }) =>
    [
      `try { ${name}(${number(1)}); throw new TypeError("made", { cause: ${name} }); } catch (error) {`,
      `${log("(error as Error).message", `(error as Error).cause === ${name}`)} }`,
    ].join(" "),
  ),
  using("function", (name, { log }) =>
    log(
      `[${name}].map((one) => one(1)).length`,
      `(${name} as typeof ${name} | undefined)?.(2)`,
      `${name}.name`,
      `((${name}))(1)`,
      `${name}!(1)`,
    ),
  ),
  ({ fresh, log }) => {
    const name = fresh();
    return [
      `function ${name}(this: unknown): string { return typeof this; }`,
      `${log(`${name}()`, `(${name})()`, `${name}?.()`, `${name}!()`, `((): string => typeof this)()`)}`,
    ].join(" ");
  },
  ({ fresh, log }) => {
    const name = fresh();
    return [
      `let ${name} = function (this: unknown): string { return typeof this; };`,
      `${log(`${name}()`, `(${name})()`, `${name}?.()`, `${name}!()`)}`,
    ].join(" ");
  },
  ({ fresh, log }) => {
    const name = fresh();
    return [
      `let ${name} = function (this: unknown, strings: TemplateStringsArray): string {`,
      `return typeof this + strings[0]; }; ${log(`${name}\`x\``)}`,
    ].join(" ");
  },
  ({ fresh, number, log }) => {
    const name = fresh();
    return [
      `let ${name}: (() => number)[] = []; for (let turn = 0; turn < 3;`,
      `turn++) ${name}.push(() => turn + ${number(1)}); ${log(`${name}.map((one) => one()).join()`)}`,
    ].join(" ");
  },
  ({ fresh, number, log }) => {
    const [name, value] = [fresh(), number(1)];
    return [
      `const ${name} = (first: number = ${value}, { second = first, ...rest }: { second?: number }`,
      `= {}): string => \`\${first} \${second} \${JSON.stringify(rest)}\`;`,
      `${log(`${name}()`, `${name}(1, { second: 2 })`)}`,
    ].join(" ");
  },
  ({ fresh, log }) => {
    const name = fresh();
    return [
      `function ${name}(one: number): string; function ${name}(one: string): number;`,
      `function ${name}(one: unknown): unknown { return typeof one; } ${log(`${name}(1)`)}`,
    ].join(" ");
  },
  ({ fresh, log }) => {
    const name = fresh();
    return [
      `abstract class ${name} { declare kept: number; abstract area(): number; static #made = 0;`,
      `static accessor last = ${"1"}; static next(): number { return ++this.#made; } }`,
      `${log(`${name}.next() + ${name}.last`)}`,
    ].join(" ");
  },
  ({ fresh, log }) => {
    const [decorate, name] = [fresh(), fresh()];
    return [
      `function ${decorate}<T extends new (...given: never[]) => object>(made: T,`,
      `context: ClassDecoratorContext): T { ${log("context.name")} return made; } @${decorate}`,
      `class ${name} { static self = ${name}; static read(): boolean { return ${name} === this; } }`,
      `${log(`${name}.self === ${name}`, `${name}.read()`)}`,
    ].join(" ");
  },
  ({ fresh, log }) => {
    const name = fresh();
    return [
      `{ using ${name} = { [Symbol.dispose]() { ${log("1")} } }; ${log(`typeof ${name}`)} } {`,
      `await using ${name} = { async [Symbol.asyncDispose]() { await null; ${log("2")} } };`,
      `${log(`typeof ${name}`)} }`,
    ].join(" ");
  },
  ({ fresh, log }) => {
    const [name, short] = [fresh(), fresh()];
    return [
      `import ${name}, { join as ${short} } from "node:path";`,
      `${log(`${short}("a", "b")`, `${name}.join === ${short}`)}`,
    ].join(" ");
  },
  ({ fresh, log }) => {
    const [all, counted] = [fresh(), fresh()];
    return [
      `import * as ${all} from "./counter"; import { counted as ${counted} } from "./counter";`,
      `${all}.restart(); ${all}.count(2); ${log(`${all}.counted`, counted)}`,
    ].join(" ");
  },
  ({ fresh, log }) => {
    const [made, counted, count] = [fresh(), fresh(), fresh()];
    return [
      `import ${made}, { type Counted as Counted${made}, counted as ${counted}, count as ${count},`,
      `restart as restart${made} } from "./counter"; restart${made}();`,
      `${log(`new ${made}(3).next()`, `${count}()`, `JSON.stringify({ ${counted} })`)}`,
      `const look${counted} = (): number => ${counted}; ${count}(4);`,
      `${log(`look${counted}()`, `({ total: ${counted} } as Counted${made}).total`)}`,
    ].join(" ");
  },
  ({ fresh, log }) => {
    const name = fresh();
    return `const { restart: ${name} } = await import("./counter"); ${log(`typeof ${name}`)}`;
  },
  ({ log }) => log("this === undefined", "((): boolean => this === undefined)()"),
  ({ number }) => `if (${number(1)} > 1e3) throw new RangeError("ended");`,
  ({ number }) => `${number()};`,
];
