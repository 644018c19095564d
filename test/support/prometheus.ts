import { execFileSync } from "node:child_process";

/** Whether Prometheus and promtool are on PATH; tests that need them then skip and say so. */
export const hasPrometheus: boolean = ["prometheus", "promtool"].every((name) => {
  try {
    execFileSync(name, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

if (!hasPrometheus)
  console.warn("Prometheus was not found: tests that ask it are skipped. Install the Debian package prometheus.");

/** What a test that is skipped for it says behind its title. */
export const withoutPrometheus: string = hasPrometheus ? "" : " (skipped: no prometheus and promtool on PATH)";
