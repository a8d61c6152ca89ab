import type { Operation } from "../src/operations/operation.ts";
import { operations } from "../src/operations/operations.ts";

const rights: Readonly<Record<Operation["access"], string>> = { read: "Read", operate: "Operate", admin: "Admin" };

/** docs/operations.md: what can be asked, who may, and how surfaces differ. */
export function operationsPage(notice: string): string {
  const rows = operations.map(
    ({ name, summary, access, deadlineSeconds, ...operation }) =>
      `| \`${name}\` | ${listArguments(operation)} | ${rights[access]} | ${formatSeconds(deadlineSeconds)} | ${summary} |`,
  );
  return `${notice}

# Operations

What a running Talos can be asked for is the same everywhere. The arguments in order are those that a command line takes as words; the
others are options there. In Discord a **right** is given by \`DiscordSettings.Access\`, see [Discord](discord.md#who-may-do-what); over HTTP by
the token. After its deadline
an operation is cancelled, as by hand.

| operation | arguments | right | deadline | |
|---|---|---|---|---|
${rows.join("\n")}

Every operation leaves an event: who asked, from where, for what, and the outcome. \`talos events --all\` shows also those that only looked.

## Where they can be asked

| | terminal | Discord | HTTP |
|---|---|---|---|
| how | \`talos container logs nas web --lines 50\` | \`/t container logs\`, with the arguments as options | \`POST /api/v1/operations/container.logs\`, with the arguments as JSON |
| who | the user that Talos runs as; no further right is needed | by the right | by the right of the token, or of who signed in |
| names | as they are; the nearest one is suggested | offered while typing | as they are |
| progress | a line that changes; \`--follow\` goes on | the answer is edited, at most once a second | as server-sent events, where \`Accept\` asks for them |
| cancel | Ctrl-C | **Cancel** | by ending the connection |
| what can be done next | is printed as a command | is a button, or a list | is a part of the answer |
| long answers | are printed whole | have pages; logs come as a file | come whole |
| for programs | \`--json\`: [answer.schema.json](answer.schema.json) | | the same, and \`/api/v1/openapi.json\` |
| ends | with an [exit status](cli.md#exit-status) | in green or red | with a status; failures are problem documents (RFC 9457) |

[The page](run.md) asks over HTTP too.
`;
}

function listArguments({ arguments: schema, positional }: Pick<Operation, "arguments" | "positional">): string {
  const quote = (name: string) => ["`", name, "`"].join("");
  const others = Object.keys(schema.shape).filter((name) => !positional.includes(name));
  const parts = [positional.map(quote).join(" "), others.map(quote).join(", ")];
  return parts.filter((part) => part !== "").join("; ");
}

function formatSeconds(seconds: number): string {
  if (seconds >= 86_400) return `${seconds / 86_400} days`;
  if (seconds >= 3600) return `${seconds / 3600} h`;
  return seconds > 60 ? `${seconds / 60} min` : `${seconds} s`;
}
