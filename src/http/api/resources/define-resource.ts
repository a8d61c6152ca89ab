import { z } from "zod";
import type * as mini from "zod/mini";
import type { Access } from "../../../config/access.ts";
import { suggestName } from "../../../policy/nearest-name.ts";
import { TalosError } from "../../../talos-error.ts";
import type { Caller, HttpContext } from "../../http-context.ts";

/** What is asked for by GET: the routes and the OpenAPI document are both made from the list of these. */
export interface Resource {
  /** Below /api/v1; `{name}` stands for one part. */
  readonly path: string;
  /** One line, without a full stop, in the imperative. */
  readonly summary: string;
  readonly access: Access;
  readonly query: z.ZodObject;
  readonly answer: mini.ZodMiniType;
  /** `given`: the query as it came; throws a TalosError `usage` where it is not what `query` reads. */
  read(asked: Asked, given: Readonly<Record<string, readonly string[]>>): Promise<unknown>;
}

interface Asked extends HttpContext {
  readonly caller: Caller;
  /** What stands for `{name}` in the path. */
  readonly name: string;
}

interface Definition<Shape extends z.ZodRawShape, Answer> extends Omit<Resource, "query" | "answer" | "read"> {
  readonly query: z.ZodObject<Shape>;
  readonly answer: mini.ZodMiniType<Answer>;
  read(asked: Asked, query: z.output<z.ZodObject<Shape>>): Promise<Answer>;
}

export function defineResource<const Shape extends z.ZodRawShape, Answer>(
  definition: Definition<Shape, Answer>,
): Resource {
  return {
    ...definition,
    read: async (asked, given) => definition.read(asked, readQuery(definition.query, given)),
  };
}

/** One that is not known is refused, as a misspelt filter would answer something else than was asked. */
export function readQuery<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  given: Readonly<Record<string, readonly string[]>>,
): z.output<z.ZodObject<Shape>> {
  const names = Object.keys(schema.shape);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const known = names.length === 0 ? "none is known here" : suggestName(unknown, names);
    throw new TalosError("usage", `the query has no \`${unknown}\`: ${known}`);
  }
  const repeated = Object.keys(given).find((name) => (given[name]?.length ?? 0) > 1);
  if (repeated !== undefined) throw new TalosError("usage", `\`${repeated}\` is given more than once`);
  const values = Object.entries(given).map(([name, [value]]) => [name, value]);
  const parsed = schema.safeParse(Object.fromEntries(values));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0] ?? "");
  throw new TalosError("usage", given[name] === undefined ? `\`${name}\` is missing` : `\`${name}\` ${issue?.message}`);
}

/** For resources without a query. */
export const noQuery = z.strictObject({});

/** Words to search for, or a place to go on from; longer than any name. */
export function freeText() {
  return z.string().max(8000, "must have 8000 characters at most").meta({ type: "string", maxLength: 8000 });
}
