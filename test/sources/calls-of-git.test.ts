import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { withRepository } from "./with-repository.ts";

afterEach(() => void vi.unstubAllEnvs());

test("each step takes few calls of git", async () => {
  await using world = await withRepository({ "compose.yml": "one\n", "web/compose.yml": "one\n" });
  const repository = world.open();
  const calls = async <T>(work: () => Promise<T>) => {
    const folder = join(world.folder.path, "trace");
    await mkdir(folder);
    vi.stubEnv("GIT_TRACE2_EVENT", folder);
    const result = await work();
    vi.unstubAllEnvs();
    const traces = await Promise.all(
      (await readdir(folder)).toSorted().map((name) => readFile(join(folder, name), "utf8")),
    );
    await rm(folder, { recursive: true });
    return [result, traces.map(commandOf).filter((command) => command !== undefined)] as const;
  };
  const [head, readHead] = await calls(() => repository.readHead());
  expect(readHead).toEqual(["ls-remote"]);
  await repository.open(head);
  const [, open] = await calls(() => repository.open(head));
  expect(open).toEqual(["cat-file"]);
  const files = ["compose.yml", "web/compose.yml"].map((path) => ({ path, text: "two\n" }));
  const [commit, make] = await calls(() => repository.makeCommit({ parent: head.commit, files, message: "Update" }));
  expect(make).toEqual(["hash-object", "update-index", "write-tree", "commit-tree"]);
  const [, push] = await calls(() => repository.push(commit, head));
  expect(push).toEqual(["merge-base", "push"]);
  await world.person.git("pull", "--quiet", world.remote, "main");
  await world.commit({ "compose.yml": "three\n" });
  const [moved, refresh] = await calls(() => repository.refresh(head));
  expect(refresh).toEqual(["fetch", "rev-parse"]);
  const [, openMoved] = await calls(() => repository.open(moved));
  expect(openMoved).toEqual(["ls-tree", "cat-file"]);
});

/** undefined: started by another git. */
function commandOf(trace: string): string | undefined {
  const events = trace
    .trim()
    .split("\n")
    .map((line): { event: string; sid: string; name?: string } => JSON.parse(line));
  return events.find(({ event, sid }) => event === "cmd_name" && !sid.includes("/"))?.name;
}
