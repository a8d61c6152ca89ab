import { z } from "zod";
import type { Operation } from "../operations/operation.ts";
import { operations } from "../operations/operations.ts";
import { TalosError } from "../talos-error.ts";
import { type Command, defineCommand } from "./command.ts";
import type { ExitStatus } from "./exit-status.ts";
import { runOperationCommand } from "./run-operation-command.ts";

/** An operation as a command: its definition says all there is to say. */
export function operationCommand(name: string): Command {
  const operation = operations.find((one) => one.name === name);
  if (operation === undefined) throw new TalosError("usage", `there is no operation ${name}`);
  const usage = formatUsage(operation);
  return defineCommand({
    usage,
    about: describe(operation),
    options: {
      ...optionsOf(operation),
      json: { type: "boolean", about: "print the answer as one JSON document (docs/answer.schema.json)" },
      config: { type: "string", value: "FILE", about: "the configuration that the running Talos has" },
    },
    run: ({ json, config, ...options }, words, terminal): Promise<ExitStatus> => {
      const given = { ...options, ...inOrder(operation, words, usage) };
      return runOperationCommand({ operation, given, isJson: json === true, configFile: config, terminal });
    },
  });
}

function inOrder({ name, positional }: Operation, words: readonly string[], usage: string) {
  const tooMany = words[positional.length];
  if (tooMany !== undefined)
    throw new TalosError("usage", `${name} does not know what to do with ${tooMany}`, { hint: `usage: ${usage}` });
  return Object.fromEntries(words.map((word, index) => [positional[index] ?? "", word]));
}

/** `talos update answer <reference> push|defer|ignore` */
function formatUsage(operation: Operation): string {
  const words = operation.positional.map((argument) => {
    const { enum: choices } = jsonSchemaOf(operation, argument);
    if (!isRequired(operation, argument)) return `[${argument}]`;
    return choices === undefined ? `<${argument}>` : choices.join("|");
  });
  return ["talos", operation.name, ...words].join(" ");
}

function describe(operation: Operation): string {
  const { summary, positional } = operation;
  const sentence = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  const lines = positional.map((argument) => `${argument}: ${jsonSchemaOf(operation, argument).description}`);
  return [sentence, ...lines].join("\n");
}

function optionsOf(operation: Operation) {
  const names = Object.keys(operation.arguments.shape).filter((name) => !operation.positional.includes(name));
  return Object.fromEntries(
    names.map((name) => {
      const { type, description = "" } = jsonSchemaOf(operation, name);
      const about = description.charAt(0).toLowerCase() + description.slice(1).replace(/\.$/, "");
      const option = type === "boolean" ? ({ type: "boolean", about } as const) : undefined;
      return [name, option ?? ({ type: "string", value: name.toUpperCase(), about } as const)];
    }),
  );
}

function isRequired({ arguments: schema }: Operation, argument: string): boolean {
  return !z.safeParse(schema.shape[argument] ?? z.never(), undefined).success;
}

function jsonSchemaOf({ arguments: schema }: Operation, argument: string) {
  return z.toJSONSchema(schema.shape[argument] ?? z.never(), { io: "input" });
}
