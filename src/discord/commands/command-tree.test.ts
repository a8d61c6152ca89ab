import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  ApplicationCommandCreateRequestSchema,
} from "discord-api-spec/zod";
import type { APIApplicationCommandOption } from "discord-api-types/v10";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkArguments } from "../../operations/check-arguments.ts";
import { operations } from "../../operations/operations.ts";
import { commandTree } from "./command-tree.ts";
import { type CommandOption, readCommand, readTyping } from "./read-command.ts";
import { toChoices } from "./to-choices.ts";

const [tree] = commandTree(operations);
const entries = tree?.options ?? [];

test("Discord takes the commands of all operations", () => {
  ApplicationCommandCreateRequestSchema.parse(tree);
  expect(tree).toMatchObject({ name: "t", description: "Talos" });
  expect(countText(tree)).toBeLessThanOrEqual(8000);
  expectLevel(entries);
});

function expectLevel(options: readonly APIApplicationCommandOption[]): void {
  expect(options.length).toBeLessThanOrEqual(25);
  expect(new Set(options.map(({ name }) => name)).size).toBe(options.length);
  const required = options.map((option) => option.required === true);
  expect(required).toEqual(required.toSorted((one, other) => Number(other) - Number(one)));
  for (const option of options) {
    expect(option.name).toMatch(/^[-_\p{L}\p{N}]{1,32}$/u);
    expect(option.name).toBe(option.name.toLowerCase());
    expect(option.description).toMatch(/^.{1,100}$/);
    if ("choices" in option) expect(option.choices?.length).toBeLessThanOrEqual(25);
    if ("options" in option) expectLevel(option.options ?? []);
  }
}

/** What Discord counts towards the 8000 characters of a command: names, descriptions and values. */
function countText(part: unknown): number {
  if (typeof part !== "object" || part === null) return 0;
  return Object.entries(part).reduce((total, [key, value]) => {
    const isCounted = ["name", "description", "value"].includes(key) && typeof value === "string";
    return total + (isCounted ? String(value).length : countText(value));
  }, 0);
}

test("arguments keep their kinds, and those that are needed come first", () => {
  const find = (name: string) => entries.find((entry) => entry.name === name);
  expect(find("events")).toEqual({
    type: 1,
    name: "events",
    description: "List what happened last, and with follow what happens from then on",
    options: [
      {
        type: 4,
        name: "number",
        description: "How many of the latest; not given: 20",
        required: false,
        min_value: 1,
        max_value: 1000,
      },
      { type: 5, name: "follow", description: "Go on with what happens, until it is cancelled", required: false },
      { type: 5, name: "all", description: "With operations that only read, too", required: false },
    ],
  });
  expect(find("update")).toMatchObject({
    type: 2,
    description: "Update: answer, hold, unhold, diff",
    options: [
      {
        name: "answer",
        options: [
          { name: "reference", type: 3, required: true, autocomplete: true },
          {
            name: "answer",
            type: 3,
            required: true,
            choices: [{ name: "push" }, { name: "defer" }, { name: "ignore" }],
          },
          { name: "question", required: false },
        ],
      },
      { name: "hold" },
      { name: "unhold" },
      { name: "diff" },
    ],
  });
});

test.each(operations.map((operation) => [operation.name, operation] as const))("%s comes back", (name, operation) => {
  const words = name.split(" ");
  const given = Object.fromEntries(
    Object.keys(operation.arguments.shape).map((argument) => [argument, valueOf(argument)]),
  );
  const options: readonly CommandOption[] = Object.entries(given).map(([argument, value]) => ({
    name: argument,
    value,
  }));
  const data = {
    name: "t",
    options: words.reduceRight<readonly CommandOption[]>((inner, word) => [{ name: word, options: inner }], options),
  };
  const command = readCommand(data, operations);
  expect(command).toEqual({ operation, given });
  expect(checkArguments(operation, command?.given).kind).toBe("right");
});

function valueOf(argument: string): string | number | boolean {
  if (["follow", "all"].includes(argument)) return true;
  if (["number", "lines"].includes(argument)) return 5;
  const words: Readonly<Record<string, string>> = {
    answer: "push",
    integration: "github",
    access: "read",
    expires: "90d",
  };
  return words[argument] ?? "web";
}

test("what is being typed comes with the other arguments", () => {
  const typed = (focused: string) => ({
    name: "t",
    options: [
      {
        name: "container",
        options: [
          {
            name: "logs",
            options: [
              { name: "host", value: "nas" },
              { name: "container", value: focused, focused: true },
            ],
          },
        ],
      },
    ],
  });
  expect(readTyping(typed("we"), operations)).toMatchObject({
    operation: { name: "container logs" },
    given: { host: "nas" },
    argument: "container",
    typed: "we",
  });
  expect(
    readTyping(
      { name: "t", options: [{ name: "image", options: [{ name: "host", value: "", focused: true }] }] },
      operations,
    ),
  ).toMatchObject({
    operation: { name: "image" },
    given: {},
    argument: "host",
    typed: "",
  });
});

test.each([
  { name: "u", options: [{ name: "queue" }] },
  { name: "t" },
  { name: "t", options: [] },
  { name: "t", options: [{ name: "nothing" }] },
  { name: "t", options: [{ name: "container" }] },
  { name: "t", options: [{ name: "container", options: [{ name: "nothing" }] }] },
  { name: "t", options: [{ name: "queue", options: [{ name: "queue", options: [] }] }] },
])("a command that Talos does not know is none: %j", (data) => {
  expect(readCommand(data, operations)).toBeUndefined();
  expect(readTyping(data, operations)).toBeUndefined();
});

test("Discord takes whatever is offered while typing", () => {
  const candidate = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ minLength: 90, maxLength: 120 }),
    fc.constant("\u200b"),
  );
  fc.assert(
    fc.property(fc.array(candidate, { maxLength: 60 }), (candidates) => {
      const choices = toChoices(candidates);
      ApplicationCommandAutocompleteCallbackRequestSchema.parse({ type: 8, data: { choices } });
      for (const { name, value } of choices) {
        expect(candidates).toContain(value);
        expect(name).toMatch(/^.{1,100}$/u);
        expect(value.length).toBeLessThanOrEqual(100);
      }
    }),
    { numRuns: 50, endOnFailure: true },
  );
});
