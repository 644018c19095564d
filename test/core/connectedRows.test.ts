import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connectedRows } from "../../src/core/connectedRows.js";

describe("connectedRows", () => {
  it("names each row's component after its lowest row, as spreading the lowest along the joins does", () => {
    const joins = fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 30 });
    fc.assert(
      fc.property(joins, (pairs) => {
        const connected = connectedRows(20);
        const lowest = Array.from({ length: 20 }, (_, row) => row);
        for (const [one, other] of pairs) connected.join(one, other);
        for (let round = 0; round < 20; round++)
          for (const [one, other] of pairs) lowest[one] = lowest[other] = Math.min(lowest[one], lowest[other]);
        expect([...connected.components()]).toEqual(lowest);
        const sizes = lowest.map((own) => lowest.filter((other) => other === own).length);
        expect(sizes.map((_, row) => connected.sizeOf(row))).toEqual(sizes);
        expect(connected.largest()).toBe(Math.max(...sizes));
        expect(lowest.map((_, row) => connected.headOf(row) === connected.headOf(0))).toEqual(
          lowest.map((own) => own === lowest[0]),
        );
      }),
    );
  });

  it("gives a copy that is joined further without the original", () => {
    const first = connectedRows(3);
    first.join(0, 1);
    const second = first.copy();
    second.join(1, 2);
    expect([first.largest(), second.largest()]).toEqual([2, 3]);
    expect([...first.components()]).toEqual([0, 0, 2]);
  });

  it("holds no row without complaint", () => {
    expect([connectedRows(0).largest(), connectedRows(0).components().length]).toEqual([0, 0]);
  });
});
