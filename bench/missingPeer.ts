/** What a benchmark prints in place of a ratio where a Python lacks the package of the peer. */
export function missingPeer(python: string, lacks: string, packages: string = lacks): string {
  return [
    `THE PEER IS MISSING: ${python} has no ${lacks}, so there is no ratio.`,
    "Set PEER_PYTHON to a Python that has it:",
    `python3 -m venv peer && peer/bin/pip install ${packages}`,
  ].join(" ");
}
