/** Root may read and write everything, so it steps down to another user meanwhile. */
export async function asNobody<T>(act: () => Promise<T>): Promise<T> {
  if (process.geteuid!() !== 0) return act();
  process.seteuid!(65534);
  try {
    return await act();
  } finally {
    process.seteuid!(0);
  }
}
