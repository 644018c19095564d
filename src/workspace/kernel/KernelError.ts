/** The kernel could not finish what it was asked: it ran out of time, or it ended. */
export class KernelError extends Error {
  override readonly name: "CellTimeout" | "KernelDied";
  readonly exitCode: number | null;

  constructor(name: "CellTimeout" | "KernelDied", message: string, exitCode: number | null = null) {
    super(message);
    this.name = name;
    this.exitCode = exitCode;
  }
}
