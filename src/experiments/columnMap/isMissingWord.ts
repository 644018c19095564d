/** Whether a text, as `plainWord` gives it, stands for no phase or route that was told. */
export function isMissingWord(plain: string): boolean {
  return /^(?:|-|n\/?a|nan|\?)$/.test(plain);
}
