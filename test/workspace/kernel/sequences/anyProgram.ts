import type { Random } from "../../../../src/core/random/Random.js";
import type { Assignment, Cell, Expression, Statement } from "./Program.js";

const names = ["a", "$b", "__c", "d", "größe"];
const uses = { variable: "let", call: "function", field: "class", method: "class", member: "enum" } as const;

type Kind = "let" | "function" | "class" | "enum" | "type";

/**
 * Cells that redefine names as anything, fail half way, do not type-check, and are interrupted. There are few names,
 * so that most are declared several times; what they are is guessed mostly right, so that most cells run.
 */
export function anyProgram(random: Random): Cell[] {
  const whole = (below: number): number => Math.floor(random() * below);
  const pick = <Item>(items: readonly Item[]): Item => items[whole(items.length)];
  const known = new Map<string, { kind: Kind; type: "number" | "string" }>();

  const named = (kind: Kind, type: "number" | "string"): string | null => {
    if (random() < 0.03) return pick(names);
    const found = [...known].filter(([, one]) => one.kind === kind && one.type === type);
    return found.length === 0 ? null : pick(found)[0];
  };
  const literal = (type: "number" | "string"): Expression => ({
    kind: "literal",
    value: (type === "number") === random() < 0.98 ? whole(10) : `t${whole(10)}`,
  });
  const expression = (type: "number" | "string", depth = 2): Expression => {
    if (depth > 0 && random() < 0.3)
      return {
        kind: "sum",
        left: expression(type, depth - 1),
        right: expression(type === "string" ? pick(["number", "string"] as const) : type, depth - 1),
      };
    const kind = pick(["variable", "variable", "call", "call", "field", "method", "member"] as const);
    const name = named(uses[kind], type);
    return name === null ? literal(type) : { kind, name };
  };
  const assignment = (): Assignment | null => {
    const type = pick(["number", "string"] as const);
    const name = named("let", type);
    return name === null ? null : { kind: "assign", name, value: expression(type) };
  };
  const statement = (free: string[]): Statement | null => {
    const type = pick(["number", "string"] as const);
    const declaring = pick(["let", "let", "const", "var", "function", "function", "class", "enum", "type"] as const);
    const chance = random();
    if (chance < 0.5 && free.length > 0) {
      const value = expression(type);
      const read = expression(type);
      const sets = random() < 0.4 ? assignment() : null;
      const alias = declaring === "type" || random() > 0.3 ? null : named("type", type);
      const [name] = free.splice(whole(free.length), 1);
      const isVariable = declaring === "let" || declaring === "const" || declaring === "var";
      const kind = isVariable ? "let" : declaring;
      known.set(name, { kind, type: declaring === "enum" ? "string" : type });
      if (declaring === "enum") return { kind: declaring, name, member: `m${whole(10)}` };
      if (declaring === "type") return { kind: declaring, name, type };
      if (declaring === "class") return { kind: declaring, name, type, field: value, read };
      if (declaring === "function") return { kind: declaring, name, type, sets, value };
      return { kind: declaring, name, type: alias === null ? type : { named: alias }, value };
    }
    if (chance < 0.6) return assignment();
    if (chance < 0.8) return { kind: "show", value: expression(type) };
    if (chance < 0.92) return { kind: "try", value: expression(type) };
    return pick([{ kind: "throw", message: `thrown ${whole(10)}` }, { kind: "await" }, { kind: "interrupt" }] as const);
  };
  return Array.from({ length: 3 + whole(3) }, () => {
    const free = [...names];
    return Array.from({ length: 1 + whole(5) }, () => statement(free)).filter((one) => one !== null);
  });
}
