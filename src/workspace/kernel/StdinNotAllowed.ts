/** A cell asked for input where nobody can give it. */
export class StdinNotAllowed extends Error {
  override readonly name = "StdinNotAllowed";

  constructor() {
    super(
      "input must come from a front end that says it can be asked, while the cell runs; this run has none; " +
        "write the value into a cell",
    );
  }
}
