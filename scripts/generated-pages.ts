import { z } from "zod";
import type { Command } from "../src/cli/command.ts";
import { commands } from "../src/cli/commands.ts";
import { configJsonSchema } from "../src/config/config-json-schema.ts";
import { configReferenceMarkdown } from "../src/config/config-reference.ts";
import { openApiDocument } from "../src/http/api/openapi/open-api-document.ts";
import { operations } from "../src/operations/operations.ts";
import { answerSchema } from "../src/operations/view-schema.ts";
import { planDocumentSchema } from "../src/updates/plan-document.ts";
import { metricsPage } from "./metrics-page.ts";
import { operationsPage } from "./operations-page.ts";

/** The pages in docs/ that are written from the program itself, by their path from the root. */
export async function generatePages(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ["docs/cli.md", await writeCommandPage()],
    ["docs/configuration.md", writeConfigurationPage()],
    ["docs/metrics.md", metricsPage(notice)],
    ["docs/operations.md", operationsPage(notice)],
    ["docs/answer.schema.json", formatSchema({ title: "The answer of an operation", ...z.toJSONSchema(answerSchema) })],
    ["docs/openapi.json", formatSchema(openApiDocument(operations, "http://localhost:8080/api/v1"))],
    ["docs/plan.schema.json", formatSchema({ title: "talos plan --json", ...z.toJSONSchema(planDocumentSchema) })],
    ["docs/talos.schema.json", formatSchema(configJsonSchema())],
  ]);
}

const notice = "<!-- Written by `npm run docs` from the program itself. -->";

async function writeCommandPage(): Promise<string> {
  const describe = (isWanted: (isRemote: boolean) => boolean) =>
    Object.entries(commands)
      .filter(([, { isRemote }]) => isWanted(isRemote === true))
      .map(async ([name, { load }]) => describeCommand(name, await load()));
  const own = await Promise.all(describe((isRemote) => !isRemote));
  const remote = await Promise.all(describe((isRemote) => isRemote));
  return `${notice}

# Commands

From a checkout a command is run as \`npm start -- plan <folder>\`; an installed Talos is called \`talos\`. Every command also
takes \`--help\`, and \`--no-color\` for output without colours; \`talos --version\` says which Talos it is.

${own.join("\n")}
## Asking a running Talos

The commands below, and \`why\`, ask the Talos that runs with the same configuration on this machine, through a socket in its
\`DataDirectory\` that only its own user can open. In a container: \`docker exec <container> talos updates\`. Ctrl-C cancels what
was asked for. Where that directory's path is too long for a socket, a file \`talos.sock.path\` in it says where the socket is.

A reference is named as for \`why\`: by a name, an image, \`file#pointer\` or an id; also \`group:<name>\` for a whole sync group, and
the source before the id where several sources have it: \`'github.com/me/infra compose:compose.yml#services.web.image'\`.

A host is named as below \`DockerSettings.Hosts\`, in any case; a container by its name, the beginning of its id, or its compose service. \`containers\`
without a host lists all hosts; one that is down is shown with the reason. \`host prune\` removes nothing by itself: it lists what
nothing uses, with the command that removes exactly that. Containers and volumes are never among it.

Every operation leaves an event: who asked, for what, and the outcome.

${remote.join("\n")}
## Exit status

| status | meaning |
|---|---|
| 0 | done |
| 1 | could not be done; one line says why |
| 2 | with \`--exit-code\`: there are updates |
| 3 | done, but some references are \`unknown\`; this wins over 2 |
| 64 | the command line is wrong |
`;
}

function describeCommand(name: string, { usage, about, options }: Command): string {
  const rows = options.map(({ form, about: text }) => `| \`${form}\` | ${escapeCell(text)} |`);
  const table = rows.length === 0 ? "" : `\n| option | meaning |\n|---|---|\n${rows.join("\n")}\n`;
  return `## ${name}\n\n    ${usage}\n\n${about.replaceAll("<", "&lt;").replaceAll("\n", "\n\n")}\n${table}`;
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

function writeConfigurationPage(): string {
  return `${notice}

# Configuration

\`plan\`, \`apply\` and \`why\` need no configuration. Where there is one, it is put together from these layers; a higher one wins
key by key, and a list replaces the whole list below it:

1. \`appsettings.json\`, \`talos.yaml\`, \`talos.json\`, \`talos.toml\` in \`$TALOS_CONFIG_DIR\`, else in \`/app\` or the current folder
2. \`appsettings.<Environment>.json\`, where the environment is \`$TALOS_ENVIRONMENT\`, else \`Production\`
3. environment variables: \`__\` stands between the keys, as in \`RegistrySettings__CacheDuration=1h\` or
   \`ImageUpdateSettings__Repositories__0__Url=…\`; a number replaces one element of a list
4. options on the command line

Keys match in any case. JSON may have comments and trailing commas. Any single value can come from a file: in a
configuration file as \`{ "File": "/run/secrets/token" }\`, in the environment as \`<Key>__FILE=/run/secrets/token\`.

This is the configuration of \`talos run\`: [running Talos](run.md) explains what it is for, and \`talos init\` writes a first file. \`plan\`,
\`apply\` and \`why\` look at the folder they are given and use only \`RegistrySettings\`, \`SkopeoSettings.CacheDurationHours\` and
\`ImageParserSettings\`. [Docker hosts](hosts.md), [Discord](discord.md) and [traces](tracing.md) have pages of their own.

Relative paths count from the folder of the configuration for \`{ "File": … }\`, and from the folder Talos is started in for everything
else.

\`talos config check\` lists every fault with its place, \`talos config show\` prints what is set with secrets hidden, and
\`talos config schema\` prints the JSON Schema, which is also [talos.schema.json](talos.schema.json) beside this page.

A repository may say \`Glob\`, \`OptIn\` and \`Defaults\` about itself in \`.talos.yaml\` at its root, as they stand below
\`ImageUpdateSettings.Repositories[]\`; see [files](files.md). Where the configuration says something about that repository it wins:
\`Glob\` as a whole, \`Defaults\` key by key.

${configReferenceMarkdown()}`;
}

function formatSchema(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
