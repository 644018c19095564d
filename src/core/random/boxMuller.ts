/**
 * Two independent standard normal numbers from two uniform ones: √(-2 ln u1) times cos and sin of 2πu2.
 *
 * @param u1  in (0, 1]
 * @param u2  in [0, 1]
 * @see Box and Muller 1958, doi:10.1214/aoms/1177706645
 */
export function boxMuller(u1: number, u2: number): readonly [number, number] {
  const radius = Math.sqrt(-2 * Math.log(u1));
  return [radius * Math.cos(2 * Math.PI * u2), radius * Math.sin(2 * Math.PI * u2)];
}
