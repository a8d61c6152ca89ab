import { describe, expect, test } from "vitest";
import type { Container } from "../../container.ts";
import { findContainer } from "./find-container.ts";

function container(name: string, id: string): Container {
  const rest = {
    image: "x",
    imageId: "sha256:1",
    state: "running",
    health: undefined,
    status: "Up",
    createdMs: 0,
    labels: {},
  } as const;
  return { name, id: id.padEnd(64, "0"), ...rest };
}

const containers = [
  container("web", "abcd1"),
  container("abcd", "1234"),
  container("db", "abce"),
  container("cafe1", "ffff"),
];
const find = (wanted: string, among = containers) => findContainer(wanted, among, "nas");

test("a container is found by its name, before any id that begins so", () => {
  expect(find("web").name).toBe("web");
  expect(find("/web").name).toBe("web");
  expect(find("abcd").name).toBe("abcd");
});

test("a container is found by the beginning of its id, where that is enough", () => {
  expect(find("abcd1").name).toBe("web");
  expect(find("abce").name).toBe("db");
  expect(find("ffff".padEnd(64, "0")).name).toBe("cafe1");
  expect(() => find("abc")).toThrow('host nas has no container "abc"');
  const alike = [...containers, container("other", "abcd11")];
  expect(() => find("abcd1", alike)).toThrow("2 containers whose id begins with abcd1");
});

describe("by its compose service", () => {
  const member = (name: string, service: string, more: Readonly<Record<string, string>> = {}): Container => ({
    ...container(name, name),
    labels: { "com.docker.compose.service": service, ...more },
  });
  const home = member("home-web-1", "web");
  const once = member("home-web-run-1", "web", { "com.docker.compose.oneoff": "True" });

  test.each([
    ["the only one of it", [home, member("home-db-1", "db")], "web", "home-web-1"],
    ["beside what was run once", [home, once], "web", "home-web-1"],
    ["after every name", [home, container("web", "1")], "web", "web"],
    ["after every id", [member("home-abcd-1", "abcd"), container("other", "abcd")], "abcd", "other"],
  ] as const)("a container is found: %s", (_, among, wanted, name) => {
    expect(find(wanted, [...among]).name).toBe(name);
  });

  test("several are too many, and what was run once is none", () => {
    expect(() => find("web", [home, member("blog-web-1", "web")])).toThrow(
      expect.objectContaining({ code: "ambiguous", hint: "write its name: home-web-1, blog-web-1" }),
    );
    expect(() => find("web", [once])).toThrow(expect.objectContaining({ code: "target-not-found" }));
  });
});

test.each(["../x?y", "web/json", "web?force=1", "%77eb", "*", "ABCD1", ""])("%j is nobody's name", (wanted) => {
  expect(() => find(wanted)).toThrow(expect.objectContaining({ code: "target-not-found" }));
});

test("who mistypes is helped", () => {
  expect(() => find("wbe")).toThrow(expect.objectContaining({ hint: "did you mean `web`?" }));
  expect(() => find("something")).toThrow(expect.objectContaining({ hint: "it has `web`, `abcd`, `db`, `cafe1`" }));
  expect(() => find("web", [])).toThrow(expect.objectContaining({ hint: "it has none at all" }));
  const many = Array.from({ length: 50 }, (_, index) => container(`many-${index}`, "e"));
  expect(() => find("zzzzzzz", many)).toThrow(expect.objectContaining({ hint: undefined }));
});
