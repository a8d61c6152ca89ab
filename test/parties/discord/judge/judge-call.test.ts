import { expect, test } from "vitest";
import { judgeCall } from "./judge-call.ts";

const nobody = { parse: [] };
const post = "POST /channels/:channel/messages";
const callback = "POST /interactions/:interaction/:token/callback";
const register = "PUT /applications/:application/guilds/:guild/commands";

const button = (customId: string, more: object = {}) => ({
  type: 2,
  style: 1,
  label: "x",
  custom_id: customId,
  ...more,
});
const row = (...components: readonly object[]) => ({ type: 1, components });
const rows = (count: number) => Array.from({ length: count }, (_, index) => row(button(`b${index}`)));
const message = (more: object) => ({ content: "text", allowed_mentions: nobody, ...more });
const embeds = (...each: readonly object[]) => message({ embeds: each });
const components = (...each: readonly object[]) => message({ components: each });
const select = (count: number, more: object = {}) =>
  row({
    type: 3,
    custom_id: "s",
    options: Array.from({ length: count }, (_, index) => ({ label: `l${index}`, value: `v${index}` })),
    ...more,
  });
const option = (name: string, more: object = {}) => ({ type: 3, name, description: "what it is", ...more });
const subCommand = (name: string, ...options: readonly object[]) => ({ type: 1, name, description: "do it", options });
const command = (...options: readonly object[]) => [{ name: "t", description: "Talos", options }];
const many = (count: number) => Array.from({ length: count }, (_, index) => option(`o${index}`));

test.each([
  ["a plain message", post, message({ nonce: "n", enforce_nonce: true })],
  ["the longest description", post, embeds({ description: "x".repeat(4096) })],
  [
    "as many buttons as there can be",
    post,
    components(...Array.from({ length: 5 }, (_, r) => row(...[0, 1, 2, 3, 4].map((c) => button(`${r}${c}`))))),
  ],
  ["the longest select", post, components(select(25, { min_values: 0, max_values: 25 }))],
  ["a link", post, components(row({ type: 2, style: 5, label: "x", url: "https://example.com" }))],
  ["a closed code block", post, embeds({ description: "```\na \\`\\`\\` b\n```" })],
  [
    "an edit that takes away the buttons",
    "PATCH /channels/:channel/messages/:message",
    { components: [], allowed_mentions: nobody },
  ],
  ["an answer later", callback, { type: 5, data: { flags: 64 } }],
  ["no choices", callback, { type: 8, data: { choices: [] } }],
  [
    "commands and groups",
    register,
    command(subCommand("a", option("x", { required: true }), option("y")), {
      type: 2,
      name: "g",
      description: "a group",
      options: [subCommand("b", ...many(25))],
    }),
  ],
])("Allowed: %s.", (_, route, body) => {
  expect(judgeCall({ route, body, files: [] })).toEqual([]);
});

test.each([
  ["an open mention", post, { content: "text" }, "allowed_mentions"],
  ["a mention of everybody", post, message({ allowed_mentions: { parse: ["everyone"] } }), "allowed_mentions"],
  ["a mention of one user", post, message({ allowed_mentions: { parse: [], users: ["1"] } }), "allowed_mentions"],
  ["an unknown property", post, message({ colour: 1 }), "colour"],
  ["an unknown property of an embed", post, embeds({ description: "x", colour: 1 }), "embeds[0].colour"],
  [
    "an unknown property of a button",
    post,
    components(row(button("a", { colour: 1 }))),
    "components[0].components[0].colour",
  ],
  ["nothing to say", post, { allowed_mentions: nobody }, ""],
  ["a long text", post, message({ content: "x".repeat(4001) }), "content"],
  ["a long description", post, embeds({ description: "x".repeat(4097) }), "embeds[0].description"],
  [
    "6001 characters in all",
    post,
    embeds({ description: "x".repeat(4000) }, { description: "x".repeat(2001) }),
    "embeds",
  ],
  [
    "26 fields",
    post,
    embeds({ fields: Array.from({ length: 26 }, () => ({ name: "n", value: "v" })) }),
    "embeds[0].fields",
  ],
  ["a field without a value", post, embeds({ fields: [{ name: "n", value: " " }] }), "embeds[0].fields[0].value"],
  ["an empty embed", post, embeds({ color: 1 }), "embeds[0]"],
  ["an open code block", post, embeds({ description: "```\nx" }), "embeds[0]"],
  ["half a character", post, embeds({ description: "\ud83d" }), "embeds[0].description"],
  ["six rows", post, components(...rows(6)), "components"],
  [
    "six buttons in a row",
    post,
    components(row(...[1, 2, 3, 4, 5, 6].map((each) => button(`${each}`)))),
    "components[0].components",
  ],
  ["a custom id twice", post, components(row(button("a"), button("a"))), "components"],
  ["a long custom id", post, components(row(button("x".repeat(101)))), "components[0].components[0].custom_id"],
  ["a long label", post, components(row(button("a", { label: "x".repeat(81) }))), "components[0].components[0].label"],
  ["a button without a label", post, components(row(button("a", { label: "" }))), "components[0].components[0]"],
  [
    "a button without a custom id",
    post,
    components(row({ type: 2, style: 1, label: "x" })),
    "components[0].components[0]",
  ],
  [
    "a link with a custom id",
    post,
    components(row(button("a", { style: 5, url: "https://example.com" }))),
    "components[0].components[0]",
  ],
  ["26 things to select from", post, components(select(26)), "components[0].components[0].options"],
  [
    "a value to select twice",
    post,
    components(
      select(1, {
        options: [
          { label: "a", value: "v" },
          { label: "b", value: "v" },
        ],
      }),
    ),
    "components[0].components[0]",
  ],
  ["more to select than there is", post, components(select(2, { max_values: 3 })), "components[0].components[0]"],
  ["a select beside a button", post, components(row(button("a"), ...select(2).components)), "components[0]"],
  ["a long nonce", post, message({ nonce: "x".repeat(26) }), "nonce"],
  ["a nonce to enforce that is not there", post, message({ enforce_nonce: true }), "nonce"],
  ["an open mention in an edit", "PATCH /channels/:channel/messages/:message", { content: "x" }, "allowed_mentions"],
  ["an open mention in an answer", callback, { type: 4, data: { content: "x" } }, "data.allowed_mentions"],
  [
    "an open mention in an edited answer",
    "PATCH /webhooks/:application/:token/messages/:message",
    { content: "x" },
    "allowed_mentions",
  ],
  ["an open mention in a further answer", "POST /webhooks/:application/:token", { content: "x" }, "allowed_mentions"],
  [
    "an open code block in a changed message",
    callback,
    { type: 7, data: { ...embeds({ description: "```" }) } },
    "data.embeds[0]",
  ],
  [
    "26 choices",
    callback,
    { type: 8, data: { choices: Array.from({ length: 26 }, (_, each) => ({ name: `${each}`, value: `${each}` })) } },
    "data.choices",
  ],
  [
    "a choice without a name",
    callback,
    { type: 8, data: { choices: [{ name: "", value: "a" }] } },
    "data.choices[0].name",
  ],
  ["a command name with capitals", register, command(subCommand("Logs")), "[0].options[0].name"],
  ["a command name with a blank", register, [{ name: "t x", description: "Talos", options: [] }], "[0].name"],
  ["a command without a description", register, [{ name: "t", options: [] }], "[0].description"],
  [
    "26 sub-commands",
    register,
    command(...Array.from({ length: 26 }, (_, each) => subCommand(`c${each}`))),
    "[0].options",
  ],
  [
    "26 sub-commands in a group",
    register,
    command({
      type: 2,
      name: "g",
      description: "d",
      options: Array.from({ length: 26 }, (_, each) => subCommand(`c${each}`)),
    }),
    "[0].options[0].options",
  ],
  ["26 options", register, command(subCommand("a", ...many(26))), "[0].options[0].options"],
  ["two sub-commands of one name", register, command(subCommand("a"), subCommand("a")), "[0].options"],
  [
    "a required option behind another",
    register,
    command(subCommand("a", option("x"), option("y", { required: true }))),
    "[0].options[0].options",
  ],
  ["options beside sub-commands", register, command(subCommand("a"), option("x")), "[0].options"],
  [
    "a group in a group",
    register,
    command({ type: 2, name: "g", description: "d", options: [{ type: 2, name: "h", description: "d", options: [] }] }),
    "[0].options[0].options[0].type",
  ],
  [
    "choices that are completed, too",
    register,
    command(subCommand("a", option("x", { autocomplete: true, choices: [{ name: "a", value: "a" }] }))),
    "[0].options[0].options[0]",
  ],
  [
    "a long description of an option",
    register,
    command(subCommand("a", option("x", { description: "x".repeat(101) }))),
    "[0].options[0].options[0].description",
  ],
  [
    "8001 characters of commands",
    register,
    command(
      ...Array.from({ length: 25 }, (_, each) =>
        subCommand(
          `c${each}`,
          ...Array.from({ length: 4 }, (_unused, index) => option(`o${index}`, { description: "x".repeat(90) })),
        ),
      ),
    ),
    "[0]",
  ],
  ["a body where none belongs", "GET /channels/:channel/messages", {}, ""],
])("Refused: %s.", (_, route, body, path) => {
  expect(judgeCall({ route, body, files: [] }).map((violation) => violation.path)).toContain(path);
});
