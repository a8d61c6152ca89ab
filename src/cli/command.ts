import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { TalosError } from "../talos-error.ts";
import type { ExitStatus } from "./exit-status.ts";
import type { Terminal } from "./terminal.ts";

/** A command as the table of commands knows it. */
export interface Command {
  /** `talos plan [target …]` */
  readonly usage: string;
  readonly about: string;
  readonly options: readonly OptionText[];
  run(args: readonly string[], terminal: Terminal): Promise<ExitStatus>;
}

/** One line of help. */
interface OptionText {
  /** `--only GLOB` */
  readonly form: string;
  readonly about: string;
}

type Options = Readonly<Record<string, Option>>;
type Option = ParseArgsOptionsConfig[string] & { readonly about: string; readonly value?: string };
type Values<T extends Options> = ReturnType<typeof parseArgs<{ options: T; allowPositionals: true }>>["values"];

interface CommandSpecification<T extends Options> {
  readonly usage: string;
  readonly about: string;
  readonly options: T;
  readonly run: (values: Values<T>, positionals: readonly string[], terminal: Terminal) => Promise<ExitStatus>;
}

/** A command whose options are known to be its own before it runs. Their values are texts that each command reads. */
export function defineCommand<const T extends Options>({
  usage,
  about,
  options,
  run,
}: CommandSpecification<T>): Command {
  return {
    usage,
    about,
    options: Object.entries(options).map(([name, option]) => formatOption(name, option)),
    run(args, terminal) {
      const { values, positionals } = parse(options, args, usage);
      return run(values, positionals, terminal);
    },
  };
}

function parse<T extends Options>(options: T, args: readonly string[], usage: string) {
  try {
    return parseArgs({ options, args: [...args], allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [sentence = error.message] = error.message.split(". ");
    const help = `${usage.split(" ", 2).join(" ")} --help`;
    throw new TalosError("usage", sentence, { hint: `usage: ${usage}; ${help} lists the options` });
  }
}

function formatOption(name: string, { value, about, short }: Option): OptionText {
  const long = value === undefined ? `--${name}` : `--${name} ${value}`;
  return { form: short === undefined ? long : `-${short}, ${long}`, about };
}
