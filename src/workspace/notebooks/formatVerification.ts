import { formatFailure } from "./formatRun.js";
import type { Verification } from "./verifyNotebooks.js";

/** What a verification found, for the terminal: every file that is not as it stands, then the verdict. */
export function formatVerification({
  passed,
  equal,
  different,
  missing,
  extra,
  failed,
  recorded,
}: Verification): string {
  const lines = [
    ...failed.map(({ name, failure }) => `failed     ${formatFailure(name, failure)}`),
    ...different.flatMap(({ path, where, standing, rerun }) => [
      `different  ${path}, ${where}`,
      `             stands: ${standing}`,
      `             re-run: ${rerun}`,
    ]),
    ...missing.map(({ path }) => `missing    ${path} (the re-run wrote it)`),
    ...extra.map(({ path }) => `extra      ${path} (no notebook writes it)`),
    ...recorded.map((path) => `recorded   ${path} (an input is not on this machine: compared, not recomputed)`),
  ];
  const counts = [
    `${equal.length} equal`,
    `${different.length} different`,
    `${missing.length} missing`,
    `${extra.length} extra`,
    ...(failed.length > 0 ? [`${failed.length} failed to run`] : []),
  ];
  return [...lines, `${passed ? "Verified" : "NOT verified"}: ${counts.join(", ")}`].join("\n");
}
