import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  ApplicationCommandCreateRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  IncomingWebhookInteractionRequestSchema,
  IncomingWebhookUpdateRequestPartialSchema,
  MessageCreateRequestSchema,
  MessageEditRequestPartialSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from "discord-api-spec/zod";
import * as z from "zod/mini";
import { messageBody, type RestCall } from "../rest/rest-call.ts";
import type { CommandBody } from "../state/commands.ts";
import { judgeCommand, judgeCommands } from "./judge-commands.ts";
import { judgeMessage, judgeNewMessage } from "./judge-message.ts";
import { judgeSchema } from "./judge-schema.ts";
import { at, type Violation } from "./violation.ts";

/**
 * What is wrong with a body: by Discord's own description of its API, by the rules that description leaves out, and by what
 * this program never may do (allow a mention). The finer rules presume the form, so they are asked only when it is right.
 */
export function judgeCall(call: Pick<RestCall, "route" | "body" | "files">): readonly Violation[] {
  const judge = judges[call.route];
  if (judge === undefined) return call.body === undefined ? [] : [{ path: "", what: "a body where none belongs" }];
  return [...halfCharacters(call.body, ""), ...judge(call.body, call.files.length)];
}

/** The only change of a channel that Talos has a reason for. */
const openThread = z.object({ archived: z.literal(false) });

type Judge = (body: unknown, fileCount: number) => readonly Violation[];

const judges: Readonly<Record<string, Judge>> = {
  "POST /channels/:channel/messages": after(MessageCreateRequestSchema, (body, files) =>
    judgeNewMessage(messageBody(body), files, ""),
  ),
  "PATCH /channels/:channel/messages/:message": after(MessageEditRequestPartialSchema, (body, files) =>
    judgeMessage(messageBody(body), files, ""),
  ),
  "PATCH /channels/:channel": (body) => judgeSchema(openThread, body),
  "POST /webhooks/:application/:token": after(IncomingWebhookInteractionRequestSchema, (body, files) =>
    judgeNewMessage(messageBody(body), files, ""),
  ),
  "PATCH /webhooks/:application/:token/messages/:message": after(
    IncomingWebhookUpdateRequestPartialSchema,
    (body, files) => judgeMessage(messageBody(body), files, ""),
  ),
  "POST /interactions/:interaction/:token/callback": judgeCallback,
  "PUT /applications/:application/guilds/:guild/commands": judgeOverwrite,
  "PUT /applications/:application/commands": judgeOverwrite,
  "POST /applications/:application/guilds/:guild/commands": after(ApplicationCommandCreateRequestSchema, (body) =>
    judgeCommand(body as CommandBody, ""),
  ),
  "PATCH /applications/:application/guilds/:guild/commands/:command": after(
    ApplicationCommandCreateRequestSchema,
    (body) => judgeCommand(body as CommandBody, ""),
  ),
};

function after(schema: z.ZodMiniType, judge: Judge): Judge {
  return (body, fileCount) => {
    const wrong = judgeSchema(schema, withTextIds(body));
    return wrong.length > 0 ? wrong : judge(body, fileCount);
  };
}

/** Files are numbered in Discord's own examples, though its description wants text. */
function withTextIds(body: unknown): unknown {
  if (typeof body !== "object" || body === null) return body;
  if ("data" in body) return { ...body, data: withTextIds(body.data) };
  if (!("attachments" in body) || !Array.isArray(body.attachments)) return body;
  return { ...body, attachments: body.attachments.map((each) => ({ ...each, id: String(each.id) })) };
}

function judgeOverwrite(body: unknown): readonly Violation[] {
  if (!Array.isArray(body)) return [{ path: "", what: "must be a list of commands" }];
  const wrong = body.flatMap((command, index) =>
    judgeSchema(ApplicationCommandCreateRequestSchema, command).map(({ path, what }) => ({
      path: `[${index}].${path}`,
      what,
    })),
  );
  return wrong.length > 0 ? wrong : judgeCommands(body as CommandBody[], "");
}

function judgeCallback(body: unknown, fileCount: number): readonly Violation[] {
  const { type, data } = (body ?? {}) as { readonly type?: number; readonly data?: unknown };
  if (type === 4)
    return after(CreateMessageInteractionCallbackRequestSchema, () =>
      judgeNewMessage(messageBody(data), fileCount, "data"),
    )(body, fileCount);
  if (type === 5) return judgeSchema(CreateMessageInteractionCallbackRequestSchema, body);
  if (type === 6)
    return data === undefined || data === null ? [] : [{ path: "data", what: "does not belong to type 6" }];
  if (type === 7)
    return after(UpdateMessageInteractionCallbackRequestSchema, () =>
      judgeMessage(messageBody(data), fileCount, "data"),
    )(body, fileCount);
  if (type === 8) return judgeSchema(ApplicationCommandAutocompleteCallbackRequestSchema, body);
  return [{ path: "type", what: `${type} is no answer that Talos gives` }];
}

/** Half of a surrogate pair: a text that was cut in the middle of a character. */
function halfCharacters(value: unknown, path: string): readonly Violation[] {
  if (typeof value === "string") return value.isWellFormed() ? [] : [{ path, what: "half a character" }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    halfCharacters(each, at(path, Array.isArray(value) ? Number(key) : key)),
  );
}
