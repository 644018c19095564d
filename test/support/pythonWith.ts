import { execFileSync } from "node:child_process";
import { projectPath } from "../../src/io/projectPath.js";

/**
 * A Python that has all these packages: PEER_PYTHON if it does, else .twin/peers, or null.
 *
 * @param options.folder    below .twin, where packages do not go with those of the others
 * @param options.variable  that names a Python instead
 */
export function pythonWith(
  packages: readonly string[],
  { folder = "peers", variable = "PEER_PYTHON" }: { readonly folder?: string; readonly variable?: string } = {},
): string | null {
  const within = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  const candidates = [process.env[variable], projectPath(".twin", folder, ...within)];
  const needed = `from importlib.util import find_spec\nassert all(map(find_spec, "${packages.join(" ")}".split()))`;
  for (const python of candidates) {
    if (python === undefined || python === "") continue;
    try {
      execFileSync(python, ["-c", needed], { stdio: "ignore" });
      return python;
    } catch {
      // None there, or one without the packages.
    }
  }
  return null;
}
