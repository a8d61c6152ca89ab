import fc from "fast-check";
import { expect, test } from "vitest";
import { findOperation } from "../../test/fixtures/ask-operation.ts";
import { fakeContainer, fakeHost, fakeProject } from "../../test/fixtures/fake-host.ts";
import { fakeTalos } from "../../test/fixtures/fake-talos.ts";
import { offerCompletions } from "./offer-completions.ts";

const media = fakeProject("media", ["web", "db"]);
const talos = fakeTalos([], {
  hosts: [
    fakeHost("nas", { projects: [media.project], containers: media.containers }),
    fakeHost("Attic", { containers: ["web", "WebDAV", "old-web", "db"].map((name) => fakeContainer(name)) }),
  ],
});

const offer = (operation: string, argument: string, typed: string, given = {}) =>
  offerCompletions(findOperation(operation), argument, typed, given, talos);

test.each([
  ["image", "host", "", {}, ["nas", "Attic"]],
  ["image", "host", "at", {}, ["Attic"]],
  ["containers", "host", "A", {}, ["Attic", "nas"]],
  ["image", "container", "web", {}, ["WebDAV", "web", "media-web-1", "old-web"]],
  ["image", "container", "WEB", { host: "attic" }, ["WebDAV", "web", "old-web"]],
  ["image", "container", "web", { host: "nowhere" }, []],
  ["image", "container", "zzz", {}, []],
  ["project up", "project", "me", { host: "nas" }, ["media"]],
  ["project up", "project", "", { host: "Attic" }, []],
  ["project up", "service", "", { host: "nas", project: "media" }, ["web", "db"]],
  ["project up", "service", "", { project: "other" }, []],
  ["container logs", "lines", "1", { host: "nas" }, []],
  ["queue", "source", "", {}, []],
])("%s offers for its %s `%s` %j: %j", async (operation, argument, typed, given, offered) => {
  expect(await offer(operation, argument, typed, given)).toEqual(offered);
});

test("what begins so comes first, each once, at most 25, none longer than it may be", async () => {
  const name = fc.oneof(fc.string({ minLength: 1, maxLength: 3 }), fc.string({ minLength: 99, maxLength: 102 }));
  await fc.assert(
    fc.asyncProperty(fc.array(name, { maxLength: 60 }), fc.string({ maxLength: 2 }), async (names, typed) => {
      const operation = { ...findOperation("image"), complete: async () => names };
      const offered = await offerCompletions(operation, "container", typed, {}, talos);
      const wanted = typed.trim().toLowerCase();
      const places = offered.map((text) => Math.min(1, text.toLowerCase().indexOf(wanted)));
      expect(places).toEqual(places.toSorted((one, other) => one - other));
      expect(new Set(offered).size).toBe(offered.length);
      const fitting = new Set(names.filter((text) => text.length <= 100 && text.toLowerCase().includes(wanted)));
      expect(offered.length).toBe(Math.min(25, fitting.size));
      for (const text of offered) expect(fitting).toContain(text);
    }),
  );
});
