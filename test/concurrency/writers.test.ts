import { expect, test } from "vitest";
import { openWorld } from "../daemon/world.ts";
import { describeWith } from "../parties/describe-with.ts";
import { runTestGit } from "../parties/git.ts";
import { writeTogether } from "./write-together.ts";

const byText = (one = "", other = "") => one.localeCompare(other);

describeWith(["git", "docker-registry"], "several writers on one branch", () => {
  test("Four Talos and a person: everything lands, nothing twice, in one line.", { timeout: 120_000 }, async () => {
    await using world = await openWorld();
    const { repository, notes, released, events } = await writeTogether(world, {
      writers: 4,
      rounds: 2,
      updatesPerRound: 5,
    });
    const subjects = await runTestGit(repository.path, "log", "--reverse", "--format=%s", "main");
    expect(subjects.split("\n").filter((subject) => subject.startsWith("Note "))).toEqual(notes);
    expect(await runTestGit(repository.path, "rev-list", "--merges", "--count", "main")).toBe("0");
    const messages = (await repository.commits()).map(({ message }) => message).join("\n");
    const landed = [...messages.matchAll(/^ {2}(\S+): \S+ -> \S+$/gm)].map(([, name]) => name);
    expect(landed.toSorted(byText)).toEqual([...released.keys()].toSorted(byText));
    const delivered = events.filter(({ kind }) => kind === "delivered");
    expect(delivered.map(({ members }) => members?.[0]?.name).toSorted(byText)).toEqual(
      [...released.keys()].toSorted(byText),
    );
    expect(events.filter(({ kind }) => ["retrying", "dead-lettered", "verified", "dropped"].includes(kind))).toEqual(
      [],
    );
    for (const [name, image] of released) {
      const [writer, number] = name.split("-");
      expect(await repository.read(`${writer}/s${number}/compose.yml`)).toContain(`    image: ${image} # kept\n`);
    }
  });
});
