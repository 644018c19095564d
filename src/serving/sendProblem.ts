import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance, FastifyReply } from "fastify";
import { Problem, problemBody, type ProblemKind, problemKinds } from "./Problem.js";

const problemJson = "application/problem+json; charset=utf-8";

/** Of errors of Fastify, by their status. */
const kindOfStatus: Readonly<Record<number, ProblemKind>> = {
  400: "invalid-request",
  // Of a path that leads out of the pages.
  403: "not-found",
  404: "not-found",
  408: "timeout",
  413: "too-large",
  415: "media-type",
  429: "too-many",
  431: "headers-too-large",
  503: "not-ready",
};

/** A client is told what it can mend, and never what went wrong inside. */
export function problemOf(error: Error & { readonly statusCode?: number }): Problem {
  if (error instanceof Problem) return error;
  const kind = kindOfStatus[error.statusCode ?? 500];
  if (kind === undefined) return new Problem("failed", "the request could not be answered; the server's log says why");
  return new Problem(kind, error.message);
}

/** Answers with a problem in place of what was asked for. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const body = problemBody(problem);
  return reply
    .code(body.status)
    .headers({ ...problem.headers, "cache-control": "no-store" })
    .type(problemJson)
    .send(Buffer.from(JSON.stringify(body)));
}

/** What is no request of HTTP gets an answer, too, where somebody still listens. */
export function refuseConnection(this: FastifyInstance, error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed) return;
  const kind: ProblemKind =
    error.code === "ERR_HTTP_REQUEST_TIMEOUT"
      ? "timeout"
      : error.code === "HPE_HEADER_OVERFLOW"
        ? "headers-too-large"
        : "invalid-request";
  const detail = kind === "invalid-request" ? "what came is no request of HTTP" : problemKinds[kind][1];
  const body = JSON.stringify(problemBody(new Problem(kind, detail)));
  const [status] = problemKinds[kind];
  if (socket.writable)
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: ${problemJson}\r\n` +
        `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
    );
  socket.destroySoon();
}
