import type { FastifyInstance } from "fastify";
import * as z from "zod";
import { problemKinds, type ProblemKind } from "./Problem.js";
import { problemShape } from "./requestShapes.js";

/** What a route takes and gives, as zod holds it: the same schemas check requests and are published. */
export interface RouteShapes {
  readonly summary: string;
  readonly tag: "predictions" | "rollout" | "operation";
  readonly body?: z.ZodType;
  readonly query?: z.ZodType;
  /** Of the answer that is one; a text where it is no JSON. */
  readonly answer: z.ZodType | "text/plain";
  readonly problems: readonly ProblemKind[];
  /** Whether it needs the token, where the server has one. */
  readonly isOpen?: boolean;
}

declare module "fastify" {
  interface FastifyContextConfig {
    readonly shapes?: RouteShapes;
  }
}

/**
 * Publishes routes as OpenAPI 3.1 under /openapi.json, and a page to try them under /docs, which loads nothing from
 * elsewhere. To be registered before the routes.
 */
export async function openApi(app: FastifyInstance, { version }: { readonly version: string }): Promise<void> {
  const { default: swagger } = await import("@fastify/swagger");
  const { default: swaggerUi } = await import("@fastify/swagger-ui");
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "cspbbr3-twin",
        version,
        description:
          "Phases of CsPbBr3 syntheses with their limits. Every prediction is experimental: confirm it in the lab.",
      },
      tags: [{ name: "predictions" }, { name: "rollout" }, { name: "operation" }],
      components: { securitySchemes: { token: { type: "http", scheme: "bearer" } } },
    },
    transform: ({ schema, url, route }) => ({
      schema: published(route.config?.shapes) ?? { ...schema, hide: true },
      url,
    }),
  });
  await app.register(swaggerUi, {
    routePrefix: "/docs",
    uiConfig: { validatorUrl: null, docExpansion: "list", tryItOutEnabled: true },
    theme: { title: "cspbbr3-twin" },
  });
  app.get("/openapi.json", { config: {} }, (_, reply) => reply.send(app.swagger()));
}

/** A route as the plugin takes it; undefined where it is not published. */
function published(shapes: RouteShapes | undefined): object | undefined {
  if (shapes === undefined) return undefined;
  const { summary, tag, body, query, answer, problems, isOpen = false } = shapes;
  const statuses = [...new Set(problems.map((kind) => problemKinds[kind][0]))];
  const problem = { "application/problem+json": { schema: jsonSchema(problemShape) } };
  const titles = (status: number): string =>
    problems.flatMap((kind) => (problemKinds[kind][0] === status ? [problemKinds[kind][1]] : [])).join("; or: ");
  return {
    summary,
    tags: [tag],
    ...(body === undefined ? {} : { body: jsonSchema(body) }),
    ...(query === undefined ? {} : { querystring: jsonSchema(query) }),
    ...(isOpen ? {} : { security: [{ token: [] }, {}] }),
    response: {
      200: {
        description: "The answer",
        content:
          answer === "text/plain"
            ? { "text/plain": { schema: { type: "string" } } }
            : { "application/json": { schema: jsonSchema(answer) } },
      },
      ...Object.fromEntries(statuses.map((status) => [status, { description: titles(status), content: problem }])),
    },
  };
}

function jsonSchema(shape: z.ZodType): object {
  const { $schema: _, ...schema } = z.toJSONSchema(shape) as Record<string, unknown>;
  return schema;
}
