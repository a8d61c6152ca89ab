import { configJsonSchema } from "../config/config-json-schema.ts";
import { formatRemark } from "../config/config-node.ts";
import { formatConfig } from "../config/format-config.ts";
import { TalosError } from "../talos-error.ts";
import { type ExitStatus, exitStatus } from "./exit-status.ts";
import { loadCommandConfig } from "./read-command-config.ts";
import type { Terminal } from "./terminal.ts";

/** `file`: the one that was named, if any. */
export function runConfig(
  file: string | undefined,
  [action, ...others]: readonly string[],
  terminal: Terminal,
): ExitStatus {
  if (others.length > 0) throw wrongAction(others.join(" "));
  switch (action) {
    case "schema":
      terminal.out(JSON.stringify(configJsonSchema(), null, 2));
      return exitStatus.done;
    case "show":
    case "check": {
      const reading = loadCommandConfig(file);
      for (const notice of reading.notices) terminal.err(`note: ${formatRemark(notice)}`);
      if (reading.kind === "faulty") {
        for (const fault of reading.faults) terminal.out(formatRemark(fault));
        return exitStatus.failed;
      }
      const files = reading.files.length === 0 ? "no file, defaults only" : reading.files.join(", ");
      terminal.out(action === "show" ? formatConfig(reading).trimEnd() : `the configuration is right (${files})`);
      return exitStatus.done;
    }
    case undefined:
    default:
      throw wrongAction(action);
  }
}

function wrongAction(action: string | undefined): TalosError {
  const text = action === undefined ? "config needs to know what to do" : `config cannot ${action}`;
  return new TalosError("usage", text, { hint: "talos config check, talos config show or talos config schema" });
}
