/**
 * Text as a terminal shows it in the end: what follows a carriage return is written over its line from the start, a
 * backspace goes back, and takes away a last character.
 */
export function overwritten(text: string): string {
  if (!/[\r\b]/.test(text)) return text;
  return text.split("\n").map(overwrittenLine).join("\n");
}

function overwrittenLine(line: string): string {
  if (!/[\r\b]/.test(line)) return line;
  const shown: string[] = [];
  let at = 0;
  for (const character of line) {
    if (character === "\r") at = 0;
    else if (character === "\b") {
      if (at === shown.length) shown.pop();
      at = Math.max(0, at - 1);
    } else shown[at++] = character;
  }
  return shown.join("");
}
