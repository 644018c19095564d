import { execFileSync } from "node:child_process";
import { projectPath } from "../../src/io/projectPath.js";

/** A Python that has all these packages: PEER_PYTHON if it does, else .twin/peers, or null. */
export function pythonWith(packages: readonly string[]): string | null {
  const folder = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  const candidates = [process.env.PEER_PYTHON, projectPath(".twin", "peers", ...folder)];
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
