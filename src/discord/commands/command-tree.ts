/**
 * All operations as Discord's one command `/t`: a sub-command each, `container logs` in a group. They are registered as a
 * whole, so what this returns says all there is; it is the same for the same operations.
 *
 * Discord wants required options first and takes 25 entries on each level; names may differ from ours in no way, because
 * what comes back is looked up by them.
 */
import type {
  APIApplicationCommandBasicOption,
  APIApplicationCommandSubcommandGroupOption,
  APIApplicationCommandSubcommandOption,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord-api-types/v10";
import type { Operation } from "../../operations/operation.ts";
import { label } from "../text/label.ts";
import { commandOptions } from "./command-options.ts";

type Entry = APIApplicationCommandSubcommandOption | APIApplicationCommandSubcommandGroupOption;
const longestDescription = 100;

export function commandTree(
  operations: readonly Operation[],
): readonly RESTPostAPIChatInputApplicationCommandsJSONBody[] {
  const entries = new Map<string, Entry>();
  for (const operation of operations) {
    const [first = "", second] = operation.name.split(" ");
    if (second === undefined) {
      entries.set(first, describe(operation, first));
      continue;
    }
    const group = entries.get(first);
    const others = group?.type === 2 ? (group.options ?? []) : [];
    const options = [...others, describe(operation, second)];
    entries.set(first, { type: 2, name: first, description: describeGroup(first, options), options });
  }
  return [{ name: "t", description: "Talos", options: [...entries.values()] }];
}

function describe(operation: Operation, name: string): APIApplicationCommandSubcommandOption {
  const { summary } = operation;
  const description = sentence(summary);
  const options: APIApplicationCommandBasicOption[] = [...commandOptions(operation)];
  return { type: 1, name, description, options };
}

/** `Container: logs, start, stop` */
function describeGroup(name: string, options: readonly { readonly name: string }[]): string {
  return label(`${sentence(name)}: ${options.map((option) => option.name).join(", ")}`, longestDescription);
}

function sentence(text: string): string {
  return label(text.charAt(0).toUpperCase() + text.slice(1), longestDescription);
}
