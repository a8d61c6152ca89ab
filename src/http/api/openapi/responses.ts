import { problemSchema } from "../../problem.ts";
import { schemaRef } from "./component-schemas.ts";

/** What may be answered instead, by status; all are problem documents. */
const refusals = {
  400: "What was asked is not understood.",
  401: "Nobody has signed in, or the token is not known.",
  403: "The caller may not.",
  404: "What is named is not there.",
  405: "It is asked for by another method.",
  409: "What is named could be several things.",
  413: "The body is too long.",
  415: "The body is no JSON.",
  422: "It could not be done; `view` is what the operation says.",
  429: "Too many wrong tokens came from this address.",
  500: "A fault of Talos. The log says more under the id in `detail`.",
  503: "The store is away, or Talos ends. Ask again in a while.",
} as const;

export type RefusalStatus = keyof typeof refusals;

const always = [401, 403, 405, 429, 500, 503] as const;

export function refusalResponses(statuses: readonly RefusalStatus[]): Readonly<Record<string, unknown>> {
  const all = [...always, ...statuses].toSorted((one, other) => one - other);
  return Object.fromEntries(all.map((status) => [status, { $ref: `#/components/responses/${status}` }]));
}

/** `components.responses` */
export function componentResponses(): Readonly<Record<string, unknown>> {
  const content = { "application/problem+json": { schema: schemaRef(problemSchema) } };
  return Object.fromEntries(
    Object.entries(refusals).map(([status, description]) => [status, { description, content }]),
  );
}
