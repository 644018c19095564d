// @ts-nocheck: AssemblyScript; asc checks it
import { MemoryMap } from "../memoryMap";
import { constant } from "../../../core/assembly/arithmetic";

/** A parameter in all four lanes. */
@inline
export function parameter(slot: i32): v128 {
  return constant(MemoryMap.parameters + (slot << 2));
}
