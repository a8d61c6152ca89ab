import { expect, test } from "vitest";
import { z } from "zod";
import { configJsonSchema } from "./config-json-schema.ts";
import { configReferenceMarkdown } from "./config-reference.ts";
import { configSchema } from "./schema.ts";
import { takeApart } from "./schema-parts.ts";

test("every setting has a sentence that says what it is", () => {
  const without: string[] = [];
  collect(configSchema, "", without);
  expect(without).toEqual([]);
});

function collect(schema: z.core.$ZodType, path: string, without: string[]): void {
  const { core, description } = takeApart(schema);
  if (path !== "" && !path.endsWith("]") && !path.endsWith(">") && !/^[A-Z`].*[.]$/s.test(description))
    without.push(path);
  if (core instanceof z.ZodObject) {
    for (const [name, inner] of Object.entries(core.shape)) collect(inner, `${path}.${name}`, without);
  }
  if (core instanceof z.ZodRecord) collect(core.valueType, `${path}.<name>`, without);
  if (core instanceof z.ZodArray) collect(core.element, `${path}[]`, without);
}

test("the JSON Schema checks what editors can check", () => {
  const schema = z.fromJSONSchema(JSON.parse(JSON.stringify(configJsonSchema())));
  const isValid = (settings: unknown) => schema.safeParse(settings).success;
  expect(isValid({})).toBe(true);
  expect(isValid({ ApiSettings: { Port: 80 }, $schema: "./talos.schema.json" })).toBe(true);
  expect(isValid({ DiscordSettings: { BotToken: { File: "/run/secrets/x" }, GuildId: "1" } })).toBe(true);
  expect(
    isValid({ ImageUpdateSettings: { Repositories: [{ Url: "/a", Glob: { Yaml: { AncestorPath: "/" } } }] } }),
  ).toBe(true);
  expect(isValid({ ImageUpdateSettings: { Repositories: [{ Url: "/a", Defaults: { bump: "minor" } }] } })).toBe(true);
  expect(isValid({ ApiSettings: { Port: "eighty" } })).toBe(false);
  expect(isValid({ ApiSettings: { Prt: 80 } })).toBe(false);
  expect(isValid({ ImageUpdateSettings: { Repositories: [{}] } })).toBe(false);
});

test("the JSON Schema says defaults, sentences and what is secret", () => {
  const text = JSON.stringify(configJsonSchema());
  expect(text).toContain('"description":"The port to listen on."');
  expect(text).toContain('"default":8080');
  expect(text).toContain('"default":"15m"');
  expect(text).toContain('"writeOnly":true');
  expect(text).not.toContain("isTree");
});

test("the reference has a row for each setting", () => {
  const reference = configReferenceMarkdown();
  expect(reference).toContain("| `Port` | integer | `8080` | The port to listen on. |");
  expect(reference).toContain(
    "| `Hosts.<name>.Token` | text |  | The access token for HTTPS and the server's API. Secret. |",
  );
  expect(reference).toContain("| `Domains.<name>.Per` |");
  expect(reference).toContain("| `Repositories[].Glob.Yaml[].AncestorPath` |");
  expect(reference).toContain("## RegistrySettings\n\nHow registries are asked.\n");
});
