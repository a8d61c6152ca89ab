/** What a REST call is answered. */
export interface RestAnswer {
  readonly status: number;
  readonly body?: object | readonly object[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Discord's own codes: https://discord.com/developers/docs/topics/opcodes-and-status-codes */
const messages = {
  10003: [404, "Unknown Channel"],
  10004: [404, "Unknown Guild"],
  10007: [404, "Unknown Member"],
  10008: [404, "Unknown Message"],
  10013: [404, "Unknown User"],
  10015: [404, "Unknown Webhook"],
  10062: [404, "Unknown interaction"],
  10063: [404, "Unknown application command"],
  40060: [400, "Interaction has already been acknowledged."],
  50001: [403, "Missing Access"],
  50005: [403, "Cannot edit a message authored by another user"],
  50006: [400, "Cannot send an empty message"],
  50013: [403, "Missing Permissions"],
  50027: [401, "Invalid Webhook Token"],
  50083: [400, "Thread is archived"],
} as const;

export function refuse(code: keyof typeof messages): RestAnswer {
  const [status, message] = messages[code];
  return { status, body: { message, code } };
}

export function answer(body: object): RestAnswer {
  return { status: 200, body };
}
