// What stands beside an image becomes its policy. A policy with one mistake is `invalid` as a whole, with every mistake
// at its place: half a policy is not followed. Defaults are under the long form key by key; the short form says bump
// and strategy in full, so of the defaults only the rest remains. Specification: updates, section 3.
import { readLongForm } from "./long-form.ts";
import type { Policy } from "./policy.ts";
import type { PolicyReading, Setting, WrittenPolicy } from "./setting.ts";
import { parseShortForm } from "./short-form.ts";

/** `defaults` holds for what is not written. Nothing written, or nothing in what is written, is `absent`. */
export function parsePolicy(written: WrittenPolicy, defaults: Policy): PolicyReading {
  const long = isNothing(written.long) ? undefined : written.long;
  const short = isNothing(written.short) ? undefined : written.short;
  if (long === undefined) return short === undefined ? { kind: "absent" } : readShortForm(short, defaults);
  const reading = readLongForm(long, defaults);
  if (short === undefined || reading.kind !== "valid") return reading;
  const text = "the short form is ignored: the long form stands beside the same image and counts; remove one of them";
  return { ...reading, warnings: [...reading.warnings, { at: short.at, text }] };
}

/**
 * The defaults of a repository or a kind of file: the long form without `sync`, laid over `base`. The answer is the
 * `defaults` that `parsePolicy` takes.
 */
export function applyPolicyDefaults(written: Setting | undefined, base: Policy): PolicyReading {
  if (written === undefined || isNothing(written)) return { kind: "valid", policy: base, warnings: [] };
  const sync = written.kind === "map" ? written.entries.find(({ key }) => /^sync(?:\.|$)/i.test(key)) : undefined;
  if (sync === undefined) return readLongForm(written, base);
  return invalid(sync.keyAt, "`sync` belongs beside an image: it cannot be a default, as every image has its own id");
}

function readShortForm(setting: Setting, defaults: Policy): PolicyReading {
  if (setting.kind !== "scalar") {
    return invalid(
      setting.at,
      "the short form is one text such as `^:!!?.`, written once; keys and values belong in the long form (x-talos, !talos)",
    );
  }
  const form = parseShortForm(setting.text);
  switch (form.kind) {
    case "skip":
      return { kind: "valid", policy: { ...defaults, skip: true }, warnings: [] };
    case "rules":
      return {
        kind: "valid",
        policy: { ...defaults, skip: false, bump: form.bump, strategy: form.strategy },
        warnings: [],
      };
    case "invalid": {
      const at = { line: setting.at.line, column: setting.at.column + form.index };
      return invalid(at, `the short form \`${setting.text}\` ${form.problem}`);
    }
  }
}

function isNothing(setting: Setting | undefined): boolean {
  return setting === undefined || (setting.kind === "scalar" && setting.text.trim() === "");
}

function invalid(at: Setting["at"], text: string): PolicyReading {
  return { kind: "invalid", problems: [{ at, text }] };
}
