import { z } from "zod";
import type { Command } from "../src/cli/command.ts";
import { commands } from "../src/cli/commands.ts";
import { configJsonSchema } from "../src/config/config-json-schema.ts";
import { configReferenceMarkdown } from "../src/config/config-reference.ts";
import { planDocumentSchema } from "../src/updates/plan-document.ts";

/** The pages in docs/ that are written from the program itself, by their path from the root. */
export async function generatePages(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ["docs/cli.md", await writeCommandPage()],
    ["docs/configuration.md", writeConfigurationPage()],
    ["docs/plan.schema.json", formatSchema({ title: "talos plan --json", ...z.toJSONSchema(planDocumentSchema) })],
    ["docs/talos.schema.json", formatSchema(configJsonSchema())],
  ]);
}

const notice = "<!-- Written by `npm run docs` from the program itself. -->";

async function writeCommandPage(): Promise<string> {
  const sections = Object.entries(commands).map(async ([name, { load }]) => describeCommand(name, await load()));
  return `${notice}

# Commands

From a checkout a command is run as \`npm start -- plan <folder>\`; an installed Talos is called \`talos\`. Every command also
takes \`--help\`, and \`--no-color\` for output without colours; \`talos --version\` says which Talos it is.

${(await Promise.all(sections)).join("\n")}
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
  return `## ${name}\n\n    ${usage}\n\n${about.replaceAll("\n", "\n\n")}\n${table}`;
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
3. environment variables: \`__\` stands between the keys, as in \`RegistrySettings__CacheDuration=1h\`; a number replaces one
   element of a list
4. options on the command line

Keys match in any case. JSON may have comments and trailing commas. Any single value can come from a file: in a
configuration file as \`{ "File": "/run/secrets/token" }\`, in the environment as \`<Key>__FILE=/run/secrets/token\`.

The commands use \`RegistrySettings\`, \`SkopeoSettings.CacheDurationHours\` and \`ImageParserSettings\`. The other sections are for a
Talos that runs by itself and delivers, which is not there yet: they are checked, so that an existing configuration can be
carried over, and have no effect so far.

\`talos config check\` lists every fault with its place, \`talos config show\` prints what is set with secrets hidden, and
\`talos config schema\` prints the JSON Schema, which is also [talos.schema.json](talos.schema.json) beside this page.

A repository may say \`Glob\`, \`OptIn\` and \`Defaults\` about itself in \`.talos.yaml\` at its root, as they stand below
\`ImageUpdateSettings.Repositories[]\`; see [files](files.md).

${configReferenceMarkdown()}`;
}

function formatSchema(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
