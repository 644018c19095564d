import { createHash, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import { Problem } from "./Problem.js";

/** Whether an address is that of this machine alone. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, "$1").toLowerCase();
  return bare === "localhost" || bare === "::1" || (isIP(bare) === 4 && bare.startsWith("127."));
}

/** Of what is asked of a client. */
export interface Asking {
  readonly host?: string;
  readonly authorization?: string;
}

/**
 * Who may ask: whoever has the token; without one, whoever asks for this machine by its own name, which a page of
 * another site that found its way to it does not.
 *
 * @returns throws a Problem where somebody may not
 */
export function accessGuard({ host, token }: { readonly host: string; readonly token: string | null }): {
  readonly requireHost: (asking: Asking) => void;
  readonly requireToken: (asking: Asking) => void;
} {
  const wanted = token === null ? null : digest(token);
  return {
    requireHost({ host: asked }) {
      if (token !== null || !isLoopback(host)) return;
      const name = (asked ?? "").replace(/:\d+$/, "");
      if (!isLoopback(name))
        throw new Problem("host-unknown", "this server answers to localhost alone; ask for http://localhost");
    },
    requireToken({ authorization }) {
      if (wanted === null) return;
      const [, given] = /^Bearer (\S+)$/i.exec(authorization ?? "") ?? [];
      // Hashes have one length, and comparing them takes one time.
      if (given === undefined || !timingSafeEqual(digest(given), wanted))
        throw new Problem("token-missing", "send the token of this server as Authorization: Bearer …", {
          headers: { "www-authenticate": "Bearer" },
        });
    },
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
