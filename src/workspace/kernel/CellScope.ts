/**
 * The variable behind a name that cells declare at their top level. Every mention of the name in every cell reads
 * and writes `v` of this one object, so that a function of an earlier cell sees what a later one assigns.
 *
 * `v` is an own property from the moment the declaration is reached. Before, the accessor of the prototype answers,
 * which refuses as JavaScript does in the temporal dead zone. Each name has a prototype of its own: V8 then keeps
 * numbers of one variable unboxed whatever the others hold.
 */
export interface Binding {
  v: unknown;
  /** Takes the value of the declaration when it is reached. */
  i: unknown;
}

/** The bindings of all cells of a kernel, by name. */
export class CellScope {
  readonly #bindings = new Map<string, Binding>();

  /** The binding of a name, made when it is first asked for. */
  binding(name: string): Binding {
    const known = this.#bindings.get(name);
    if (known !== undefined) return known;
    const made = newBinding(name);
    this.#bindings.set(name, made);
    return made;
  }

  /** Whether a declaration of the name has been reached. */
  isReached(name: string): boolean {
    const binding = this.#bindings.get(name);
    return binding !== undefined && Object.hasOwn(binding, "v");
  }

  /**
   * Puts names back before their declaration, as the cell begins that declares them.
   *
   * @returns gives those that the cell did not reach the value that they had
   */
  hide(names: readonly string[]): () => void {
    const hidden = names.flatMap((name) => {
      const binding = this.binding(name);
      const before = Object.getOwnPropertyDescriptor(binding, "v");
      delete (binding as Partial<Binding>).v;
      return before === undefined ? [] : [{ binding, before }];
    });
    return () => {
      for (const { binding, before } of hidden)
        if (!Object.hasOwn(binding, "v")) Object.defineProperty(binding, "v", before);
    };
  }

  /**
   * Binds a name to whatever the getter gives when it is read: the export of a module, or a global.
   *
   * @param set  takes what is assigned (default: nothing may be)
   */
  link(name: string, get: () => unknown, set: (value: unknown) => void = refuseToAssign): void {
    Object.defineProperty(this.binding(name), "v", { get, set, enumerable: true, configurable: true });
  }

  /** Forgets all names. Functions of cells that ran keep what they hold. */
  clear(): void {
    this.#bindings.clear();
  }
}

function refuseToAssign(): never {
  throw new TypeError("Assignment to constant variable.");
}

function newBinding(name: string): Binding {
  const refuse = (): never => {
    throw new ReferenceError(`Cannot access '${name}' before initialization`);
  };
  const prototype = Object.defineProperties(
    {},
    {
      v: { get: refuse, set: refuse },
      i: {
        set(this: Binding, value: unknown) {
          Object.defineProperty(this, "v", { value, writable: true, enumerable: true, configurable: true });
        },
      },
    },
  );
  return Object.create(prototype) as Binding;
}
