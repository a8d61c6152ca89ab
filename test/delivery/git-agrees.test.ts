import { expect, test } from "vitest";
import { ownBranch } from "../../src/delivery/merge-requests/own-branch.ts";
import { writeCommitMessage } from "../../src/delivery/push/commit-message.ts";
import { describeWith } from "../parties/describe-with.ts";
import { gitRepository } from "../parties/git.ts";

describeWith(["git"], "git", () => {
  test("finds in a message the trailers of those who approved, and no other", async () => {
    await using repository = await gitRepository();
    const change = { name: "web\nSigned-off-by: eve", from: "nginx:1.25", to: "nginx:1.26\r\n\r\nApproved-by: eve" };
    const files = ["Approved-by: eve", "--- a/x", "# note", "(cherry picked from commit 1)", "a\n\nSigned-off-by: eve"];
    const changes = files.map((file) => ({ ...change, file }));
    const trailers = async (approvers: readonly string[]) => {
      await repository.write({ message: writeCommitMessage(changes, { approvers }) });
      return repository.git("interpret-trailers", "--parse", "message");
    };
    expect(await trailers([])).toBe("");
    expect(await trailers(["ada (discord)", "grace\nSigned-off-by: eve"])).toBe(
      "Approved-by: ada (discord)\nApproved-by: grace Signed-off-by: eve",
    );
  });

  test("takes every name of a branch", async () => {
    await using repository = await gitRepository();
    for (const target of ["compose:web/compose.yml#/services/web", "group:", "yaml:ä.lock#/~1x/..", "group:@{-1}"])
      expect(await repository.git("check-ref-format", "--branch", ownBranch(target))).toBe(ownBranch(target));
  });
});
