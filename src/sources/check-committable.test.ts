import { expect, test } from "vitest";
import { describeWith } from "../../test/parties/describe-with.ts";
import { gitRepository } from "../../test/parties/git.ts";
import { temporaryFolder } from "../../test/parties/temporary-folder.ts";
import { checkCommittable } from "./check-committable.ts";

describeWith(["git"], "files that are to be committed", () => {
  test("may be written where nobody else has changed them", async () => {
    await using repository = await gitRepository({ "a.yml": "1", "b c.yml": "1" });
    await repository.write({ "a.yml": "2" });
    await expect(checkCommittable(repository.path, ["b c.yml"])).resolves.toBeUndefined();
  });

  test.each([
    ["a.yml", "a.yml has changes that are not committed; nothing was written"],
    ["new.yml", "new.yml is not tracked by git; nothing was written"],
  ])("are refused when %s is a person's own", async (path, message) => {
    await using repository = await gitRepository({ "a.yml": "1", "b.yml": "1" });
    await repository.write({ [path]: "2" });
    await expect(checkCommittable(repository.path, ["b.yml", path])).rejects.toThrow(message);
  });

  test("are refused outside of a repository", async () => {
    await using folder = await temporaryFolder();
    await folder.write({ "a.yml": "1" });
    await expect(checkCommittable(folder.path, ["a.yml"])).rejects.toThrow(/not a git repository/);
  });
});
