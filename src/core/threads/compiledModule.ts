/**
 * URL of what a module of src compiles to in dist, wherever it is named: threads run compiled code only.
 *
 * @param module  URL of the .ts file as it stands in src, or would stand in dist; others stay as they are
 */
export function compiledModule(module: string): string {
  return module.replace(/^(.*)\/(?:src|dist)\/(.*)\.ts$/, "$1/dist/$2.js");
}
