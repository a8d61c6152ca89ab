import fc from "fast-check";
import { expect, test } from "vitest";
import type { Update, UpdateMember } from "../update.ts";
import { writeMergeRequestText } from "./merge-request-text.ts";

const digest = `sha256:0a8020af${"0".repeat(56)}`;

function member(changes: Partial<UpdateMember> = {}): UpdateMember {
  return {
    id: "compose:web/compose.yml#/services/web",
    file: "web/compose.yml",
    pointer: "/services/web",
    name: "web",
    from: "nginx:1.25.3",
    to: `nginx:1.27.1@${digest}`,
    domain: "docker.io",
    path: "library/nginx",
    tag: "1.27.1",
    ...changes,
  };
}

function update(members: readonly UpdateMember[], changes: Partial<Update> = {}): Update {
  return { source: "home", target: members[0]?.id ?? "", size: "minor", members: [...members], window: [], ...changes };
}

test("a request names its target, and says from where to where", () => {
  const text = writeMergeRequestText(update([member()]));
  expect(text.title).toBe("[Talos] web: nginx:1.25.3 -> nginx:1.27.1@0a8020af");
  expect(text.body).toContain(
    [
      "| File | Name | From | To |",
      "| --- | --- | --- | --- |",
      `| \`web/compose.yml\` | \`web\` | \`nginx:1.25.3\` | \`nginx:1.27.1@${digest}\` |`,
      "",
      "Size: **minor** update.",
    ].join("\n"),
  );
  expect(text.body).toMatch(/Made by Talos\.\n$/);
});

test("a group goes by its own name and lists all its members", () => {
  const members = [member(), member({ name: "worker", file: "worker/compose.yml" })];
  const text = writeMergeRequestText(update(members, { target: "group:shop", size: "digest" }));
  expect(text.title).toBe("[Talos] shop: nginx:1.25.3 -> nginx:1.27.1@0a8020af and 1 more");
  expect(text.body).toContain("`worker/compose.yml` | `worker`");
  expect(text.body).toContain("Size: **digest**, another build of the same version of 2 images, all or none.");
});

const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(fc.constantFrom("`", "|", "@ada", "\n", "\r", "/close", "<!--", "[x](y)", "\\", "#1", "Closes #1", " ", "a"))
    .map((parts) => parts.join("")),
);

test("names with Markdown, mentions and line breaks stay inside their code spans", () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (file, name, to) => {
      const lines = writeMergeRequestText(update([member({ file, name, to })])).body.split("\n");
      expect(lines[2]).toMatch(/^\|(?: (?:`[^`|\r\n]+`|–) \|){4}$/);
      expect(lines[3]).toBe("");
      expect(lines).toHaveLength(10);
    }),
  );
});

test("a title is one line that a forge takes, without mentions and numbers of issues", () => {
  fc.assert(
    fc.property(hostile, hostile, fc.boolean(), (name, to, isGroup) => {
      const target = isGroup ? `group:${name}` : "compose:a#/b";
      const { title } = writeMergeRequestText(update([member({ name, to })], { target }));
      expect(title.length).toBeLessThanOrEqual(250);
      expect(title).toMatch(/^\[Talos\] (?:->|[^\n\r`|#!<>*])*$/u);
      expect(title).not.toMatch(/(?<![\p{L}\p{N}_])@/u);
    }),
  );
  const { title } = writeMergeRequestText(update([member({ name: "n".repeat(400) })]));
  expect(title).toMatch(/^\[Talos\] n+…: nginx:1\.25\.3 -> nginx:1\.27\.1@0a8020af$/);
  expect(title).toHaveLength(250);
});
