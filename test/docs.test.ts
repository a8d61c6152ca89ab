import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { generatePages } from "../scripts/generated-pages.ts";
import { noticeKinds } from "../src/config/notice-kinds.ts";
import { invitedScopes, inviteLink } from "../src/discord/invitation/invite-link.ts";
import { neededPermissions } from "../src/discord/invitation/needed-permissions.ts";
import { sizes } from "../src/images/size.ts";
import { explainShortForm } from "../src/policy/explain-short-form.ts";

const root = join(import.meta.dirname, "..");
const pages = globSync(["*.md", "docs/**/*.md", "examples/**/*.md", ".changeset/*.md"], { cwd: root });

test("generated pages are those that npm run docs writes", async () => {
  for (const [path, text] of await generatePages())
    expect(read(path) === text, `${path} is out of date: npm run docs`).toBe(true);
});

describe("the documents", () => {
  test.each(pages)("%s links only to what is there", (page) => {
    const text = read(page);
    const missing = relativeLinks(text).filter((link) => !leadsSomewhere(page, link));
    expect(missing).toEqual([]);
  });
});

test("docs/verdicts.md has a line for every reason code and for nothing else", () => {
  const declared = /export type ReasonCode =([^;]+);/.exec(read("src/updates/verdict.ts"))?.[1] ?? "";
  const codes = [...declared.matchAll(/"([\w-]+)"/g)].map(([, code = ""]) => code);
  const described = [...read("docs/verdicts.md").matchAll(/^\| `([\w-]+)` \|/gm)].map(([, code = ""]) => code);
  expect(codes.length).toBeGreaterThan(20);
  expect(described.toSorted()).toEqual(codes.toSorted());
});

describe("the examples in docs/policies.md", () => {
  const examples = [...read("docs/policies.md").matchAll(/^\| `([^`]+)` \| (\w+) \|((?: \w* ?\|){4})$/gm)];

  test.each(examples.map(([, short = "", bump, cells = ""]) => ({ short, bump, cells })))(
    "$short means what its row says",
    ({ short, bump, cells }) => {
      const explained = explainShortForm(short);
      const rows = explained.kind === "explained" ? explained.rows : [];
      const strategies = rows.map(({ strategy }) => (strategy === "above-bump" ? "" : strategy));
      expect(cells.split("|", sizes.length).map((cell) => cell.trim())).toEqual(strategies);
      expect(rows.findLast(({ strategy }) => strategy !== "above-bump")?.size).toBe(bump);
    },
  );
});

test("docs/architecture.md draws every room of src/", () => {
  const drawn = [...read("docs/architecture.md").matchAll(/^ {2}(\w+)\["\1<br>/gm)].map(([, room]) => room);
  const rooms = readdirSync(join(root, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(new Set(drawn)).toEqual(new Set(rooms.map(({ name }) => name)));
});

test("docs/discord.md invites the bot with the permissions it needs", () => {
  const page = read("docs/discord.md").replaceAll(/\s+/g, " ");
  expect(page).toContain(`\`${inviteLink("APPLICATION_ID")}\``);
  expect(page).toContain(`the scopes \`${invitedScopes.join("` and `")}\``);
  const names = neededPermissions.all.map(({ name }) => name);
  expect(page).toContain(`the permissions ${names.slice(0, -1).join(", ")} and ${names.at(-1)}.`);
});

test("docs/discord.md names every kind of notice", () => {
  const described = [...read("docs/discord.md").matchAll(/^\| `([A-Z]\w+)` \| /gm)].map(([, kind = ""]) => kind);
  expect(described.filter((kind) => !["Read", "Operate", "Admin"].includes(kind))).toEqual(noticeKinds);
});

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** `[text](target)` and `<img src="target">` without an address of the web. */
function relativeLinks(text: string): readonly string[] {
  const prose = text.replaceAll(/^(`{3,})[\s\S]*?^\1/gm, "").replaceAll(/`[^`\n]*`/g, "");
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)|<img[^>]*\ssrc="([^"]+)"/g)].map(
    ([, link, source]) => link ?? source ?? "",
  );
  return links.filter((link) => !/^[a-z]+:/i.test(link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = "", fragment] = link.split("#");
  const target = path === "" ? join(root, page) : join(root, dirname(page), path);
  if (!existsSync(target)) return false;
  return fragment === undefined || headingAnchors(readFileSync(target, "utf8")).includes(fragment);
}

/** As GitHub and GitLab make them from headings. */
function headingAnchors(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(/\s/g, "-"),
  );
}
