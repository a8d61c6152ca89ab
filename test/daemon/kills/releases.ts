import type { DockerRegistry } from "../../parties/docker-registry.ts";

interface Published {
  readonly tag: string;
  readonly digest: string;
}

/** Images of one lane, as the registry has offered them over time, the newest last. */
export interface Releases {
  /** By the name of the service, which is the last part of the repository. */
  readonly published: ReadonlyMap<string, readonly Published[]>;
  /** The whole text of a version. */
  readonly text: (name: string, version: Published) => string;
  readonly newest: (name: string) => string;
  files(): Readonly<Record<string, string>>;
  /** Publishes the next version of one image, or of both of the group. */
  publish(random: () => number): Promise<void>;
}

const singles = ["web", "api", "db"];
/** Always of one version. */
export const group = ["server", "ml"] as const;

export async function openReleases(registry: DockerRegistry, lane: string): Promise<Releases> {
  const published = new Map<string, Published[]>();
  const publish = async (names: readonly string[]) => {
    const versions = await Promise.all(names.map((name) => push(name)));
    // A group of which one member is there already is waited for, not delivered.
    names.forEach((name, index) =>
      published.set(name, [...(published.get(name) ?? []), ...versions.slice(index, index + 1)]),
    );
  };
  const push = async (name: string): Promise<Published> => {
    const tag = `1.0.${published.get(name)?.length ?? 0}`;
    const { digest } = await registry.push({ repository: `${lane}/${name}`, tags: [tag], content: `${name} ${tag}` });
    return { tag, digest };
  };
  const text = (name: string, { tag, digest }: Published) => `${registry.host}/${lane}/${name}:${tag}@${digest}`;
  const newest = (name: string) => {
    const version = published.get(name)?.at(-1);
    return version === undefined ? "" : text(name, version);
  };
  await publish([...singles, ...group]);
  return {
    published,
    text,
    newest,
    publish: (random) => publish(choose(random)),
    files: () => ({
      "a/compose.yml": `services:\n${single("web")}${single("api")}`,
      "b/compose.yml": `services:\n${single("db")}${parent()}`,
      "c/compose.yml": `services:\n${child()}`,
      "notes.md": "Mine.\n",
    }),
  };

  function single(name: string): string {
    return `  ${name}:\n    image: ${newest(name)}\n    x-tl: ^!\n`;
  }
  function parent(): string {
    const sync = "{ role: parent, group: both, id: server, children: [ml] }";
    return `  server:\n    image: ${newest("server")}\n    x-talos: { bump: minor, strategy: push, sync: ${sync} }\n`;
  }
  function child(): string {
    return `  ml:\n    image: ${newest("ml")}\n    x-talos: { sync: { role: child, group: both, id: ml } }\n`;
  }
}

function choose(random: () => number): readonly string[] {
  const all = [...singles.map((name) => [name]), [...group]];
  return all[Math.floor(random() * all.length)] ?? group;
}
