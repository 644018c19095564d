/** What all trials of a thread share, made by the first of them that asks, once for equal options. */
export function madeOnce<Options, Made>(
  make: (options: Options) => Promise<Made>,
): (options: Options) => Promise<Made> {
  const all = new Map<string, Promise<Made>>();
  return (options) => {
    const key = JSON.stringify(options);
    const made = all.get(key) ?? make(options);
    all.set(key, made);
    return made;
  };
}
