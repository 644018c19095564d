import type { Cell, Expression, Statement } from "./Program.js";
import { declare, isTyped } from "./programTypes.js";
import type { Declaration, Known } from "./programTypes.js";

type Value = number | string | undefined;
type Held =
  | { readonly value: Value; readonly member?: string }
  | { readonly call: () => Value }
  | { field: Value; readonly read: () => Value };
/** What a name means in the body of its class, also before it is bound. */
type Own = { readonly name: string; readonly held: Held };

/** What an object gives where a function of an earlier cell, not checked again, reads an enum as a value. */
const enumText = "[object Object]";

class Interrupted extends Error {}
/** The rules do not say what happens, but JavaScript does: a number is called, or a recursion does not end. */
export class Unforeseen extends Error {}

/**
 * What cells mean, by the documented rules.
 *
 * 1. All top-level names live in one scope, values and types apart (a class is both); the last declaration wins
 *    everywhere, also in functions of earlier cells, which are not type-checked again.
 * 2. A cell that does not type-check does not run and declares nothing.
 * 3. As a cell begins, its functions are bound and its `var`s exist, with the value of an earlier `var` of that name
 *    or undefined; its other names hide earlier ones until they are reached: to read one is a ReferenceError.
 * 4. A cell that fails or is interrupted keeps what it reached, with its types; the rest means what it meant before.
 */
export class ReferenceInterpreter {
  readonly #held = new Map<string, Held | null>();
  readonly #known: Known = { values: new Map(), types: new Map() };
  #calls = 0;

  /** @returns what the cell shows, and last how it ended: "ok", "types" (not run), "interrupted", or the error */
  run(cell: Cell): readonly string[] {
    const declared = cell.filter(isDeclaration);
    if (!isTyped(cell, declared, this.#known)) return ["types"];
    const before = new Map(this.#held);
    for (const one of declared) {
      if (one.kind === "function") this.#held.set(one.name, { call: () => this.#call(one) });
      else if (one.kind !== "var" && one.kind !== "type") this.#held.set(one.name, null);
      else if (one.kind === "var" && this.#known.values.get(one.name)?.kind !== "var")
        this.#held.set(one.name, { value: undefined });
    }
    const shown: string[] = [];
    const end = this.#try(() => cell.forEach((one) => this.#step(one, shown))) ?? "ok";
    for (const one of declared) {
      if (one.kind === "type" || this.#held.get(one.name) !== null) declare(this.#known, one);
      else if (before.has(one.name)) this.#held.set(one.name, before.get(one.name)!);
    }
    return [...shown, end];
  }

  #step(one: Statement, shown: string[]): void {
    if (one.kind === "let" || one.kind === "const" || one.kind === "var")
      this.#held.set(one.name, { value: this.#value(one.value) });
    if (one.kind === "class") {
      const held: Held = { field: undefined, read: () => this.#called(one.read, own) };
      const own: Own = { name: one.name, held };
      held.field = this.#value(one.field, own);
      this.#held.set(one.name, held);
    }
    if (one.kind === "enum") this.#held.set(one.name, { value: enumText, member: one.member });
    if (one.kind === "assign") this.#assign(one.name, this.#value(one.value));
    if (one.kind === "show") shown.push(String(this.#value(one.value)));
    if (one.kind === "throw") throw new RangeError(one.message);
    if (one.kind === "interrupt") throw new Interrupted();
    if (one.kind !== "try") return;
    const error = this.#try(() => shown.push(String(this.#value(one.value))));
    if (error !== null) shown.push(error);
  }

  #try(run: () => void): string | null {
    try {
      run();
      return null;
    } catch (error) {
      if (error instanceof Unforeseen) throw error;
      return error instanceof Interrupted ? "interrupted" : String(error);
    }
  }

  #call({ sets, value }: Extract<Statement, { readonly kind: "function" }>): Value {
    if (sets !== null) this.#assign(sets.name, this.#called(sets.value));
    return this.#called(value);
  }

  #called(value: Expression, own?: Own): Value {
    if (++this.#calls > 1000) throw new Unforeseen("a recursion does not end");
    return this.#value(value, own);
  }

  #assign(name: string, value: Value): void {
    this.#look(name);
    this.#held.set(name, { value });
  }

  #look(name: string): Held {
    const held = this.#held.get(name) ?? null;
    if (held === null) throw new ReferenceError(`Cannot access '${name}' before initialization`);
    return held;
  }

  #value(one: Expression, own?: Own): Value {
    if (one.kind === "literal") return one.value;
    if (one.kind === "sum") return (this.#value(one.left, own) as number) + (this.#value(one.right, own) as number);
    const held = one.name === own?.name ? own.held : this.#look(one.name);
    if (one.kind === "call" && "call" in held) return held.call();
    if (one.kind === "field" && "field" in held) return held.field;
    if (one.kind === "method" && "read" in held) return held.read();
    if (one.kind === "member" && "member" in held) return held.member;
    if (one.kind === "variable" && "value" in held) return held.value;
    throw new Unforeseen(`${one.kind} of ${one.name}`);
  }
}

function isDeclaration(one: Statement): one is Declaration {
  return "name" in one && one.kind !== "assign";
}
