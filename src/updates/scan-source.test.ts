import { expect, test } from "vitest";
import { digestOf, type MemoryImages, memoryRegistries } from "../../test/fixtures/memory-registries.ts";
import type { SourceText } from "../files/source-text.ts";
import { createMemoryStore } from "../store/memory-store.ts";
import { applyProposals } from "./apply-proposals.ts";
import { createFileRules } from "./file-rules.ts";
import { type ScanProgress, type ScanSettings, scanSource } from "./scan-source.ts";
import { openSightings } from "./sightings.ts";

type Texts = Readonly<Record<string, string>>;
const images: MemoryImages = {
  "docker.io/library/nginx": { "1.25.3": "a", "1.25.4": "b" },
  "docker.io/acme/server": { "1.0.0": "c", "1.1.0": "d" },
  "docker.io/acme/worker": { "1.0.0": "e", "1.1.0": "f" },
};
const b = `@${digestOf("b")}`;
const sync = (role: string, id: string) =>
  `x-talos: {bump: minor, strategy: push, sync: {role: ${role}, group: g, id: ${id}}}`;

const cases: readonly (readonly [title: string, texts: Texts, expected: readonly string[]])[] = [
  [
    "an anchor that all its users want to move is moved once",
    {
      "compose.yml":
        "x-web: &web nginx:1.25.3\nservices:\n  a: {image: *web, x-tl: ^!}\n  b: {image: *web, x-tl: ^!}\n",
    },
    ["a update nginx:1.25.4", "b update nginx:1.25.4"],
  ],
  [
    "an anchor is held when one user has not opted in",
    { "compose.yml": "x-web: &web nginx:1.25.3\nservices:\n  a: {image: *web, x-tl: ^!}\n  b: {image: *web}\n" },
    [
      "a held ambiguous-owner: &web is shared with compose.yml#services.b.image, which has not opted in",
      "b skipped not-opted-in",
    ],
  ],
  [
    "an anchor is held when its users would go to different versions",
    {
      "compose.yml":
        "x-web: &web nginx:1.25.3\nservices:\n  a: {image: *web, x-tl: ^!}\n  b: {image: *web, x-tl: '^?'}\n",
    },
    [
      "a held ambiguous-owner: &web is shared with compose.yml#services.b.image, which would go elsewhere",
      "b held ambiguous-owner: &web is shared with compose.yml#services.a.image, which would go elsewhere",
    ],
  ],
  [
    "a variable of two files is one place",
    {
      ".env": "V=1.25.3\n",
      "compose.yml": "services: {a: {image: 'nginx:${V}', x-tl: ^!}}\n",
      "docker-compose.yml": "services: {b: {image: 'nginx:${V}'}}\n",
    },
    [
      "a held ambiguous-owner: V is shared with docker-compose.yml#services.b.image, which has not opted in",
      "b skipped not-opted-in",
    ],
  ],
  [
    "a variable of two different images is held, whatever there is",
    {
      ".env": "V=1.0.0\n",
      "compose.yml": "services: {a: {image: 'acme/server:${V}', x-tl: ^!}, b: {image: 'acme/worker:${V}', x-tl: ^!}}\n",
    },
    [
      "a held ambiguous-owner: V also makes acme/worker:1.0.0 (b in compose.yml): give each image its own text or variable.",
      "b held ambiguous-owner: V also makes acme/server:1.0.0 (a in compose.yml): give each image its own text or variable.",
    ],
  ],
  [
    "who opts in at the variable speaks for its users",
    { ".env": "IMG=nginx:1.25.3\n# !tl ^!\n", "compose.yml": "services: {a: {image: '${IMG}'}}\n" },
    ["IMG update nginx:1.25.4", "a skipped not-opted-in"],
  ],
  [
    "a group goes together, across files",
    {
      "a/compose.yml": `services: {server: {image: "acme/server:1.0.0", ${sync("parent", "s")}}}\n`,
      "b/compose.yml": `services: {worker: {image: "acme/worker:1.0.0", ${sync("child", "w")}}}\n`,
    },
    ["server update acme/server:1.1.0", "worker update acme/worker:1.1.0"],
  ],
  [
    "a group stays when the text of one member cannot be changed",
    {
      "compose.yml": `x-s: &s acme/server:1.0.0\nservices:\n  server: {image: *s, ${sync("parent", "s")}}\n  worker: {image: "acme/worker:1.0.0", ${sync("child", "w")}}\n  other: {image: *s}\n`,
    },
    [
      "server held ambiguous-owner: &s is shared with compose.yml#services.other.image, which has not opted in",
      "worker held group-waiting: g waits for server, whose text cannot be changed",
      "other skipped not-opted-in",
    ],
  ],
  [
    "an included file under any name is read",
    {
      "compose.yml": "include: [parts/web.yaml]\nservices: {}\n",
      "parts/web.yaml": "services: {web: {image: 'nginx:${V}', x-tl: ^!}}\n",
      "parts/.env": "V=1.25.3\n",
    },
    ["web update nginx:1.25.4"],
  ],
];

test.each(cases)("%s", async (_title, texts, expected) => {
  const { result } = await scan(texts);
  expect(
    result.references.map(({ found, verdict, proposed }) => {
      const [proposal] = proposed;
      const [reason] = verdict.reasons;
      const told =
        proposal === undefined
          ? `${reason?.code}${verdict.kind === "held" ? `: ${reason?.text}` : ""}`
          : proposal.proposal.to;
      return `${found.name} ${verdict.kind} ${told.replace(/@.*/, "")}`;
    }),
  ).toEqual(expected);
});

test("the same image is looked up once, and only what is wanted", async () => {
  const services = Array.from({ length: 10 }, (_, index) => `  s${index}: {image: "nginx:1.25.4${b}", x-tl: ^!}`);
  const texts = { "compose.yml": `services:\n${services.join("\n")}\n  other: {image: acme/server:1.0.0, x-tl: ^!}\n` };
  const { asked } = await scan(texts, { isWanted: ({ found }) => found.name !== "other" });
  expect(asked).toEqual(["tags docker.io/library/nginx", "digest docker.io/library/nginx:1.25.4"]);
});

test("what is applied reads back as proposed, and again is nothing to apply", async () => {
  const texts = {
    ".env": "V=1.25.3 # web\n",
    "compose.yml":
      "services:\n  a: {image: 'nginx:${V}', x-tl: ^!} # front\n  b: {image: \"acme/server:1.0.0\", x-tl: ^!}\n",
  };
  const { result, rules, source } = await scan(texts);
  const chosen = result.references.flatMap((reference) =>
    reference.proposed.map((proposed) => ({ reference, proposed })),
  );
  const applied = applyProposals(source, rules, chosen);
  const after =
    applied.kind === "changed" ? Object.fromEntries(applied.files.map((file) => [file.path, file.after])) : {};
  expect(after).toEqual({
    ".env": `V=1.25.4${b} # web\n`,
    "compose.yml": `services:\n  a: {image: 'nginx:\${V}', x-tl: ^!} # front\n  b: {image: "acme/server:1.1.0@${digestOf("d")}", x-tl: ^!}\n`,
  });
  const again = await scan({ ...texts, ...after });
  expect(again.result.references.map(({ verdict }) => verdict.kind)).toEqual(["current", "current"]);
});

test("a text that has moved since is refused", async () => {
  const { result, rules } = await scan({ "compose.yml": "services: {a: {image: 'nginx:1.25.3', x-tl: ^!}}\n" });
  const chosen = result.references.flatMap((reference) =>
    reference.proposed.map((proposed) => ({ reference, proposed })),
  );
  const moved = sourceOf({ "compose.yml": "services: {a: {image: 'nginx:1.25.2', x-tl: ^!}}\n" });
  expect(applyProposals(moved, rules, chosen)).toMatchObject({
    kind: "refused",
    text: expect.stringContaining("look again"),
  });
});

test("a digest is remembered from the day it was first seen", async () => {
  const sightings = openSightings(createMemoryStore().collection("sightings"));
  await sightings.record("a:1", "d1", 1000);
  await sightings.save();
  await sightings.record("a:1", "d1", 2000);
  expect(await sightings.record("a:1", "d2", 3000)).toEqual([
    { digest: "d1", firstSeenMs: 1000 },
    { digest: "d2", firstSeenMs: 3000 },
  ]);
});

test("the progress ends with everything decided", async () => {
  const { progress } = await scan({
    "compose.yml": "services: {a: {image: 'nginx:1.25.3', x-tl: ^!}, b: {image: nginx}}\n",
  });
  expect(progress.at(-1)).toEqual({ files: 1, references: 2, decided: 2 });
});

async function scan(texts: Texts, more: Pick<ScanSettings, "isWanted"> = {}) {
  const registries = memoryRegistries(images);
  const rules = createFileRules({}, { unannotated: undefined, bump: undefined, isWrittenInFull: false });
  const source = sourceOf(texts);
  const progress: ScanProgress[] = [];
  const result = await scanSource(
    source,
    { rules, ...more },
    {
      registries,
      sightings: openSightings(createMemoryStore().collection("sightings")),
      moment: { nowMs: 0, timeZone: "UTC" },
      onProgress: (one) => progress.push(one),
    },
  );
  return { result, rules, source, progress, asked: registries.asked };
}

function sourceOf(texts: Texts) {
  const text: SourceText = (path) => {
    const found = texts[path];
    return found === undefined ? { kind: "missing" } : { kind: "text", text: found };
  };
  return { paths: Object.keys(texts).sort(), text };
}
