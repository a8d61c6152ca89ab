import { Cron } from "croner";

/** What other programs understand and we ask to be written out, so that there is one form to explain. */
const nicknames: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};

/** Any will do from which a leap day of every weekday is still to come. */
const searchFrom = new Date(Date.UTC(2026, 0, 1));

/** Five fields that come true some day. `problem` follows the name of the setting. */
export function parseCronExpression(written: string): { readonly value: string } | { readonly problem: string } {
  const fields = written.split(/\s+/);
  if (fields.length !== 5) return { problem: explainFields(written, fields) };
  try {
    const cron = new Cron(fields.join(" "), { paused: true, mode: "5-part", timezone: "UTC" });
    if (cron.nextRun(searchFrom) !== null) return { value: fields.join(" ") };
    return { problem: `never comes: no month named in \`${written}\` has such a day` };
  } catch (error) {
    return { problem: `is not a cron expression: ${explainRefusal(error)}, in \`${written}\`` };
  }
}

function explainFields(written: string, fields: readonly string[]): string {
  const spelledOut = nicknames[written.toLowerCase()];
  if (spelledOut !== undefined) return `must be written out: \`${spelledOut}\` instead of \`${written}\``;
  if (fields.length === 6) {
    return `must be five fields, without seconds: \`${fields.slice(1).join(" ")}\` instead of \`${written}\``;
  }
  return `must be five fields such as \`0 4 * * *\`, not \`${written}\``;
}

function explainRefusal(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const reason = message.replace(/^CronPattern: (?:Syntax error, )?/, "").replace(/\.(?: Use .*)?$/, "");
  return reason.charAt(0).toLowerCase() + reason.slice(1);
}
