import type { FastifyInstance } from "fastify";
import { InputError } from "../core/InputError.js";

/** Begins to listen. @throws InputError if the address cannot be had, and why */
export async function listen(
  app: FastifyInstance,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const refuse = (must: string, mend: string): InputError =>
      new InputError({ where: `${host}, port ${port}`, must, got: String(code), mend });
    if (code === "EADDRINUSE")
      throw refuse("no other program may listen there", "choose another --port; 0 takes a free one");
    if (code === "EACCES") throw refuse("this user must be allowed to listen there", "choose a --port of 1024 or more");
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EAI_AGAIN")
      throw refuse("the address must be one of this machine", "choose another --host");
    throw error;
  }
}
