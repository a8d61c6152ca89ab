import { suggestName } from "../../policy/nearest-name.ts";
import { readTraceLibrary, traceLibraries } from "../../telemetry/trace-libraries.ts";
import type { ConfigRemark } from "../config-node.ts";
import type { SettingPath, Shaped } from "../shape-settings.ts";
import { fault, type Given, keysAt } from "./shaped-settings.ts";

const libraries: SettingPath = ["TracingSettings", "IncludeTraceLibraries"];

/** A name that nobody knows switches nothing; those of the earlier program are let be. */
export function noticeTraceLibraries(settings: Shaped, given: Given): ConfigRemark[] {
  return keysAt(settings, libraries).flatMap((name) => {
    if (readTraceLibrary(name).kind !== "unknown") return [];
    return [fault([...libraries, name], `is no source of spans; ${suggestName(name, traceLibraries)}`, given)];
  });
}
