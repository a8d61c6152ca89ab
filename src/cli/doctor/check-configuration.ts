import { type ConfigRemark, formatRemark } from "../../config/config-node.ts";
import type { ConfigReading } from "../../config/load-config.ts";
import { type Finding, fails, notes, passes } from "./finding.ts";

const name = "configuration";

export function checkConfiguration(reading: ConfigReading): readonly Finding[] {
  const remarks = reading.notices.map((notice) => notes(name, formatRemark(notice)));
  if (reading.kind === "faulty") return [...reading.faults.map(toFault), ...remarks];
  const { files, config } = reading;
  const { length } = config.ImageUpdateSettings.Repositories;
  const read = files.length === 0 ? "no file was read" : `read from ${files.join(", ")}`;
  if (length > 0)
    return [passes(name, `${read}; ${length === 1 ? "1 repository" : `${length} repositories`}`), ...remarks];
  const text = `${read}; no repository is named, so there is nothing to keep current`;
  return [notes(name, text, "talos init makes a first one"), ...remarks];
}

function toFault(remark: ConfigRemark): Finding {
  return fails(name, formatRemark(remark), "docs/configuration.md lists every setting");
}
