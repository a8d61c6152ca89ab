import { z } from "zod";
import type * as mini from "zod/mini";
import { answerSchema, viewPartSchema } from "../../../operations/view-schema.ts";
import { problemSchema } from "../../problem.ts";
import {
  answerRequestSchema,
  completionsSchema,
  containerSchema,
  containersSchema,
  deadLetterSchema,
  deadLettersSchema,
  eventsSchema,
  hostSchema,
  hostsSchema,
  loggedEventSchema,
  operationSchema,
  operationsSchema,
  queueEntrySchema,
  queueSchema,
  referenceSchema,
  referencesSchema,
  sessionSchema,
  settingsSchema,
  sourceSchema,
  sourcesSchema,
  statisticsSchema,
  updateSchema,
  updatesSchema,
} from "../api-schemas.ts";

const named: Readonly<Record<string, mini.ZodMiniType>> = {
  Problem: problemSchema,
  Answer: answerSchema,
  ViewPart: viewPartSchema,
  AnswerRequest: answerRequestSchema,
  Session: sessionSchema,
  Sources: sourcesSchema,
  Source: sourceSchema,
  References: referencesSchema,
  Reference: referenceSchema,
  Updates: updatesSchema,
  Update: updateSchema,
  Queue: queueSchema,
  QueueEntry: queueEntrySchema,
  DeadLetters: deadLettersSchema,
  DeadLetter: deadLetterSchema,
  Events: eventsSchema,
  Event: loggedEventSchema,
  Hosts: hostsSchema,
  Host: hostSchema,
  Containers: containersSchema,
  Container: containerSchema,
  Operations: operationsSchema,
  Operation: operationSchema,
  Completions: completionsSchema,
  Statistics: statisticsSchema,
  Settings: settingsSchema,
};

/** `components.schemas`. Objects may have more fields than are named: fields are added in time. */
export function componentSchemas(): Readonly<Record<string, unknown>> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io: "input",
    uri: refTo,
    override: ({ jsonSchema }) => dropBounds(jsonSchema),
  });
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema: _schema, $id: _id, ...json }]) => [id, json]));
}

/** `#/components/schemas/Sources` */
export function schemaRef(schema: mini.ZodMiniType): { readonly $ref: string } {
  const [name] = Object.entries(named).find(([, one]) => one === schema) ?? [];
  if (name === undefined) throw new Error("a schema of the API has no name in its document");
  return { $ref: refTo(name) };
}

function refTo(name: string): string {
  return `#/components/schemas/${name}`;
}

/** Those of every whole number in JavaScript say nothing to a reader. */
function dropBounds(json: { minimum?: number; maximum?: number }): void {
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
}
