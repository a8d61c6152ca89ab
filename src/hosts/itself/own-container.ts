import { readFileSync } from "node:fs";

/** The id of the container that Talos itself runs in; undefined: none, as far as can be told. */
export function ownContainer(): string | undefined {
  try {
    return containerOfMounts(readFileSync("/proc/self/mountinfo", "utf8"));
  } catch {
    // Other systems than Linux have no such file, and no containers either.
    return undefined;
  }
}

/** An engine mounts the files of a container's network into it, from a folder that bears its id. */
export function containerOfMounts(mountInfo: string): string | undefined {
  for (const line of mountInfo.split("\n")) {
    const [root = "", place = ""] = line.split(" ").slice(3, 5);
    const id = /\/([0-9a-f]{64})\/(?:userdata\/)?[a-z.]+$/.exec(root)?.[1];
    if (id !== undefined && /^\/etc\/(hostname|hosts|resolv\.conf)$/.test(place)) return id;
  }
  return undefined;
}
