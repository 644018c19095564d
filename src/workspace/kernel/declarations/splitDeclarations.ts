import type ts from "typescript";
import {
  canBeSplit,
  hasPrivate,
  isImport,
  isLink,
  isModuleOfScript,
  isPrivateType,
  reachableStatements,
  statementsOfModule,
} from "./reachableStatements.js";

/** Declarations of a script, those of its modules in so far as its globals need them. */
export interface SplitDeclarations {
  /** What globals reach, with a block for each module. */
  readonly base: string;
  /** By module: the rest of it, as a script that stands beside the base. */
  readonly rests: ReadonlyMap<string, string>;
  /** By the name that is imported: the module whose rest has all that the base lacks of its exports. */
  readonly restOf: ReadonlyMap<string, string>;
}

/**
 * Splits a script of global declarations and blocks `declare module "NAME" { … }` into what its globals depend on and
 * the rest of each module, which a compiler need not read before someone imports the module.
 *
 * @param options.text     the script, with all that it imports
 * @param options.ignores  what of it is not followed (see reachableStatements)
 */
export function splitDeclarations({
  typescript,
  text,
  ignores,
}: {
  readonly typescript: typeof ts;
  readonly text: string;
  readonly ignores: (node: ts.Node) => boolean;
}): SplitDeclarations {
  const { program, file } = programOf(typescript, text);
  const checker = program.getTypeChecker();
  const reached = reachableStatements({ typescript, program, entry: null, inside: [file], ignores });
  const blocks = new Map<string, ts.ModuleDeclaration[]>();
  for (const one of file.statements)
    if (isModuleOfScript(typescript, one)) blocks.set(one.name.text, [...(blocks.get(one.name.text) ?? []), one]);

  const isWanted = (block: ts.ModuleDeclaration, one: ts.Statement): boolean =>
    reached.has(one) || (isLink(typescript, one) && keepsLinks(block));
  const keepsLinks = (block: ts.ModuleDeclaration): boolean => {
    const all = statementsOfModule(typescript, block);
    const hasOwn = all.some((one) => reached.has(one)) || all.every((one) => isLink(typescript, one));
    return hasOwn || canBeSplit(typescript, all);
  };
  const leftOut = new Set<ts.Statement>();
  const rests = new Map<string, string>();
  for (const [name, all] of blocks) {
    const pieces = all.flatMap((block) => {
      const statements = statementsOfModule(typescript, block);
      const rest = statements.filter((one) => !isWanted(block, one));
      rest.forEach((one) => leftOut.add(one));
      if (rest.length === 0) return [];
      const isPrivate = hasPrivate(typescript, statements);
      const written = statements
        .filter(
          (one) => !isWanted(block, one) || isImport(typescript, one) || (isPrivate && isPrivateType(typescript, one)),
        )
        .map((one) => fullText(file, one));
      return [inBlock(block, [...written, ...(isPrivate ? ["export {};"] : [])])];
    });
    if (pieces.length > 0) rests.set(name, pieces.join("\n"));
  }

  const base = file.statements
    .map((one) =>
      isModuleOfScript(typescript, one)
        ? inBlock(
            one,
            statementsOfModule(typescript, one)
              .filter((inner) => isWanted(one, inner))
              .map((inner) => fullText(file, inner)),
          )
        : fullText(file, one),
    )
    .join("\n");

  const ownerOf = (declaration: ts.Node): string | null => {
    let node = declaration;
    while (!typescript.isSourceFile(node)) {
      if (leftOut.has(node as ts.Statement)) return (node.parent.parent as ts.ModuleDeclaration).name.text;
      node = node.parent;
    }
    return null;
  };
  /** Modules in whose rests exports of a module are declared, its own among them. */
  const needsOf = (block: ts.ModuleDeclaration): ReadonlySet<string> => {
    const found = new Set<string>();
    const seen = new Set<ts.Symbol>();
    const visit = (module: ts.Symbol): void => {
      if (seen.has(module)) return;
      seen.add(module);
      const whole = module.exports?.get(typescript.InternalSymbolName.ExportEquals);
      for (const exported of [...(whole === undefined ? [] : [whole]), ...checker.getExportsOfModule(module)]) {
        const isAlias = (exported.flags & typescript.SymbolFlags.Alias) !== 0;
        const target = isAlias ? checker.getAliasedSymbol(exported) : exported;
        for (const declaration of target.declarations ?? [])
          if (isModuleOfScript(typescript, declaration)) visit(target);
          else found.add(ownerOf(declaration) ?? block.name.text);
      }
    };
    visit(checker.getSymbolAtLocation(block.name)!);
    return found;
  };
  const restOf = new Map<string, string>();
  for (const [name, [block]] of blocks) {
    const others = [...needsOf(block)].filter((one) => one !== name).sort();
    const hasOwn = rests.has(name);
    if (!hasOwn && others.length === 0) continue;
    restOf.set(name, hasOwn || others.length > 1 ? name : others[0]);
    if (restOf.get(name) !== name || others.length === 0) continue;
    const imported = inBlock(
      block,
      others.map((other) => `import ${JSON.stringify(other)};`),
    );
    rests.set(name, [...(hasOwn ? [rests.get(name)!] : []), imported].join("\n"));
  }
  return { base, rests, restOf };
}

function programOf(
  typescript: typeof ts,
  text: string,
): { readonly program: ts.Program; readonly file: ts.SourceFile } {
  const path = "/all.d.ts";
  const file = typescript.createSourceFile(path, text, typescript.ScriptTarget.ES2022, true);
  const program = typescript.createProgram(
    [path],
    { noLib: true, types: [] },
    {
      getSourceFile: (name) => (name === path ? file : undefined),
      getDefaultLibFileName: () => "",
      writeFile: () => undefined,
      getCurrentDirectory: () => "/",
      getCanonicalFileName: (name) => name,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => "\n",
      fileExists: (name) => name === path,
      readFile: (name) => (name === path ? text : undefined),
    },
  );
  return { program, file };
}

function inBlock({ name }: ts.ModuleDeclaration, statements: readonly string[]): string {
  return [`declare module ${JSON.stringify(name.text)} {`, ...statements, "}"].join("\n");
}

/** With the comments before it, and not those of its neighbours. */
function fullText(file: ts.SourceFile, statement: ts.Statement): string {
  return file.text.slice(statement.pos, statement.end);
}
