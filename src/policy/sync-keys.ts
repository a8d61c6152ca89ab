import type { Sync } from "./policy.ts";
import type { Setting } from "./setting.ts";
import { readBoolean, readText, readTexts, readWord, refuse, type WrittenKeys } from "./written-keys.ts";

export const syncKeys = ["sync.role", "sync.group", "sync.id", "sync.children", "sync.digest"] as const;
const roles = ["parent", "child"] as const;

/** undefined when no `sync` is written, or when it is not whole: then a problem says what is missing. */
export function readSync(written: WrittenKeys): Sync | undefined {
  const first = ["sync", ...syncKeys].map((key) => written.settings.get(key)).find((setting) => setting !== undefined);
  if (first === undefined) return undefined;
  const whole = written.settings.get("sync")?.value;
  if (whole !== undefined && whole.kind !== "map") {
    return refuse(written, whole, "`sync` must be a map with role, group and id");
  }
  const missing = syncKeys.slice(0, 3).filter((key) => !written.settings.has(key));
  if (missing.length > 0) {
    const names = missing.map((key) => `\`${key}\``).join(" and ");
    written.problems.push({
      at: first.keyAt,
      text: `\`sync\` needs role, group and id; ${names} ${missing.length === 1 ? "is" : "are"} missing`,
    });
  }
  const role = readWord(written, "sync.role", roles);
  const group = readText(written, "sync.group", "the name of the group")?.text;
  const id = readText(written, "sync.id", "the name of this image within the group")?.text;
  const digest = readBoolean(written, "sync.digest");
  const children = readChildren(written, id);
  if (role === undefined || group === undefined || id === undefined) return undefined;
  if (role === "parent") return { role, group, id, children, digest: digest ?? false };
  warnOfParentKeys(written);
  return { role, group, id };
}

/** An empty list says nothing: whichever children are there make up the group. */
function readChildren(written: WrittenKeys, parentId: string | undefined): readonly string[] | undefined {
  const texts = readTexts(written, "sync.children", (text) => text.split(","))?.filter(({ text }) => text !== "");
  if (texts === undefined || texts.length === 0) return undefined;
  const seen = new Set<string>();
  for (const { text, at } of texts) {
    const place: Setting = { kind: "scalar", text, at };
    if (text === parentId)
      refuse(written, place, `\`sync.children\` names \`${text}\`, which is the image itself; list the others only`);
    if (seen.has(text)) refuse(written, place, `\`sync.children\` names \`${text}\` twice`);
    seen.add(text);
  }
  return [...seen];
}

function warnOfParentKeys(written: WrittenKeys): void {
  for (const key of ["sync.children", "sync.digest"]) {
    const setting = written.settings.get(key);
    if (setting === undefined) continue;
    written.warnings.push({
      at: setting.keyAt,
      text: `\`${key}\` is ignored here: only the parent of a group decides it`,
    });
  }
}
