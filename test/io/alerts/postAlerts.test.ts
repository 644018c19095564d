import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { postAlerts, webhookAddress } from "../../../src/io/alerts/postAlerts.js";

const alert = { id: "data-unit", severity: "stop", key: "a", numbers: {}, text: "looks like min" } as const;
const servers: Server[] = [];

async function listening(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts`;
}
const quick = { waitSecond: 0.01, timeoutSecond: 0.5 };

afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

describe("postAlerts", () => {
  it("posts alerts as JSON", async () => {
    const bodies: string[] = [];
    const address = await listening((request, response) => {
      let body = `${request.method} ${request.headers["content-type"]} `;
      request.on("data", (piece: Buffer) => (body += piece.toString()));
      request.on("end", () => {
        bodies.push(body);
        response.writeHead(204).end();
      });
    });
    expect(await postAlerts(address, [alert], quick)).toEqual({ delivered: true, tries: 1, reason: null });
    expect(bodies).toEqual([`POST application/json ${JSON.stringify({ alerts: [alert] })}`]);
  });

  it("tries again what may pass, and not what will not", async () => {
    let count = 0;
    const shaky = await listening((_, response) => response.writeHead(++count < 3 ? 503 : 200).end());
    expect(await postAlerts(shaky, [alert], quick)).toEqual({ delivered: true, tries: 3, reason: null });
    const refusing = await listening((_, response) => response.writeHead(403).end());
    expect(await postAlerts(refusing, [alert], quick)).toEqual({
      delivered: false,
      tries: 1,
      reason: "HTTP status 403",
    });
  });

  it("follows no redirect", async () => {
    let followed = 0;
    const there = await listening((_, response) => {
      followed++;
      response.end();
    });
    const here = await listening((_, response) => response.writeHead(307, { location: there }).end());
    const { delivered, reason } = await postAlerts(here, [alert], quick);
    expect([delivered, reason, followed]).toEqual([false, "HTTP status 307, a redirect, which is not followed", 0]);
  });

  it("waits no longer than it may, and tells that nobody listens", async () => {
    const silent = await listening(() => undefined);
    expect(await postAlerts(silent, [alert], { ...quick, timeoutSecond: 0.05, tries: 2 })).toEqual({
      delivered: false,
      tries: 2,
      reason: "no answer in 0.05 s",
    });
    const server = servers.at(-1)!;
    const gone = await listening(() => undefined);
    await new Promise((resolve) => servers.at(-1)!.close(resolve));
    expect(server).not.toBe(servers.at(-1));
    expect(await postAlerts(gone, [alert], { ...quick, tries: 1 })).toMatchObject({
      delivered: false,
      reason: "ECONNREFUSED",
    });
  });

  it("does not read an answer that never ends", async () => {
    const endless = await listening((_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("x".repeat(1000)), 1);
      response.on("close", () => clearInterval(timer));
    });
    expect((await postAlerts(endless, [alert], quick)).delivered).toBe(true);
  });

  it("takes http and https addresses alone", () => {
    expect(webhookAddress("https://alerts.example.org/x").host).toBe("alerts.example.org");
    for (const bad of ["file:///etc/passwd", "ftp://a", "alerts", "", "https://name:word@a.org"])
      expect(() => webhookAddress(bad)).toThrow("must be an address that begins with http:// or https://");
    expect(() => webhookAddress("https://name:word@a.org")).not.toThrow("word@");
  });
});
