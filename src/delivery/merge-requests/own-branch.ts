import { createHash } from "node:crypto";

const longestName = 60;

/**
 * The branch of Talos's own for one target: `talos/web-compose-web-1a2b3c4d5e`. What can be read is the end of the
 * target; the digits tell targets apart that read the same, and stay the same for ever. `source` is needed where
 * several branches of one repository are sources: their targets have the same names.
 */
export function ownBranch(target: string, source = ""): string {
  const digits = createHash("sha256")
    .update(JSON.stringify([source, target]))
    .digest("hex")
    .slice(0, 10);
  const words = target
    .replace(/^[a-z]+:/, "")
    .replace(/\.ya?ml(?=#|$)/i, "")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "" && word !== "services" && word !== "image");
  const name = words.join("-").slice(-longestName).replace(/^-/, "");
  return `talos/${[name, digits].filter((part) => part !== "").join("-")}`;
}
