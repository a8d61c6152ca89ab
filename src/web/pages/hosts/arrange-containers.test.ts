import { expect, test } from "vitest";
import type { Container } from "../../../http/api/api-schemas.ts";
import { arrangeContainers, isInTrouble } from "./arrange-containers.ts";

const container = (name: string, changes: Partial<Container> = {}): Container => ({
  id: name,
  name,
  image: `${name}:1`,
  state: "running",
  status: "Up 3 hours",
  createdMs: 0,
  ...changes,
});
const names = (containers: readonly Container[], text = "", isTroubleOnly = false) =>
  arrangeContainers(containers, { text, isTroubleOnly }).map((project) => [
    project.name,
    ...project.containers.map(({ name }) => name),
  ]);

test("projects by name, what is of none last, trouble first, numbers as numbers", () => {
  const all = [
    container("stray"),
    container("web-10", { project: "web" }),
    container("web-2", { project: "web" }),
    container("web-9", { project: "web", health: "unhealthy" }),
    container("db", { project: "immich" }),
  ];
  expect(names(all)).toEqual([
    ["immich", "db"],
    ["web", "web-9", "web-2", "web-10"],
    [undefined, "stray"],
  ]);
});

test("every word must be found, in whatever is known of the container", () => {
  const all = [
    container("web", { project: "shop", image: "ghcr.io/me/shop:1.2" }),
    container("db", { project: "shop" }),
  ];
  expect(names(all, "shop ghcr")).toEqual([["shop", "web"]]);
  expect(names(all, "  ")).toEqual([["shop", "db", "web"]]);
  expect(names(all, "nothing")).toEqual([]);
});

test.each([
  [{ health: "unhealthy" }, true],
  [{ state: "restarting" }, true],
  [{ state: "exited", status: "Exited (1) 2 hours ago" }, true],
  [{ state: "exited", status: "Exited (0) 2 hours ago" }, false],
  [{ state: "exited", status: "Exited (143) 2 hours ago" }, false],
  [{ state: "paused" }, false],
  [{}, false],
] as const)("%o is in trouble: %s", (changes, expected) => {
  expect(isInTrouble(container("web", changes))).toBe(expected);
  expect(names([container("web", changes)], "", true)).toHaveLength(expected ? 1 : 0);
});
