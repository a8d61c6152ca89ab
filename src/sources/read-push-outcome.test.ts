import { expect, test } from "vitest";
import { readPushOutcome } from "./read-push-outcome.ts";
import type { GitAnswer } from "./run-git.ts";

const ref = "1f0c:refs/heads/main";

function failure(line: string, complaint = ""): GitAnswer {
  const output = line === "" ? "" : `To https://git.example.com/a.git\n!\t${ref}\t${line}\nDone\n`;
  const errors = `${complaint}\nerror: failed to push some refs to 'https://git.example.com/a.git'\n`;
  return { kind: "failed", complaint: errors, exitCode: 1, output };
}

const at = "is at 0ce1 but expected 9a3b";

test.each([
  "[rejected] (fetch first)",
  "[rejected] (non-fast-forward)",
  "[rejected] (stale info)",
  "[rejected] (remote ref updated since checkout)",
  "[remote rejected] (non-fast-forward)",
  "[remote rejected] (failed to update ref)",
  "[remote rejected] (failed to lock)",
  `[remote rejected] (cannot lock ref 'refs/heads/main': ${at})`,
  "[remote rejected] (cannot lock ref 'refs/heads/main': Unable to create '/srv/a.git/refs/heads/main.lock': File exists.)",
  "[remote rejected] (cannot lock ref 'refs/heads/talos/web': reference already exists)",
  "[remote rejected] (reference already exists)",
  "[remote rejected] (incorrect old value provided)",
])("the branch has moved: %s", (line) => {
  expect(readPushOutcome(failure(line))).toEqual({ kind: "moved" });
});

test.each([
  [
    "git, a hook",
    "[remote rejected] (pre-receive hook declined)",
    "remote: Fridays are holy.        ",
    "pre-receive hook declined",
  ],
  [
    "git, an update hook",
    "[remote rejected] (hook declined)",
    "remote: error: hook declined to update",
    "hook declined",
  ],
  [
    "GitLab, a protected branch",
    "[remote rejected] (pre-receive hook declined)",
    "remote: GitLab: You are not allowed to push code to protected branches on this project.        ",
    "protected branches on this project",
  ],
  [
    "GitLab, no right, over HTTPS",
    "",
    "remote: You are not allowed to push code to this project.\nfatal: unable to access 'https://gitlab.com/a/b.git/': The requested URL returned error: 403",
    "not allowed to push code",
  ],
  [
    "GitLab, no right, over SSH",
    "",
    "remote: \nremote: ERROR: You are not allowed to push code to this project.\nremote: \nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.",
    "not allowed to push code",
  ],
  [
    "GitLab, a wrong token",
    "",
    "remote: HTTP Basic: Access denied. If a password was provided for Git authentication, the password was incorrect\nfatal: Authentication failed for 'https://gitlab.com/a/b.git/'",
    "Access denied",
  ],
  [
    "GitHub, a protected branch",
    "[remote rejected] (protected branch hook declined)",
    "remote: error: GH006: Protected branch update failed for refs/heads/main.        \nremote: error: At least 1 approving review is required by reviewers with write access.        ",
    "GH006",
  ],
  [
    "GitHub, a rule set",
    "[remote rejected] (push declined due to repository rule violations)",
    "remote: error: GH013: Repository rule violations found for refs/heads/main.        ",
    "GH013",
  ],
  [
    "GitHub, no right, over HTTPS",
    "",
    "remote: Permission to ada/b.git denied to talos.\nfatal: unable to access 'https://github.com/ada/b.git/': The requested URL returned error: 403",
    "denied to talos",
  ],
  [
    "GitHub, a key that only reads",
    "",
    "ERROR: The key you are authenticating with has been marked as read only.\nfatal: Could not read from remote repository.",
    "read only",
  ],
  [
    "GitHub, archived",
    "",
    "remote: This repository was archived so it is read-only.\nfatal: unable to access 'https://github.com/a/b.git/': The requested URL returned error: 403",
    "archived",
  ],
  [
    "Gitea, a protected branch",
    "[remote rejected] (pre-receive hook declined)",
    "remote: \nremote: Gitea: Not allowed to push to protected branch main        \nremote: error: hook declined to update refs/heads/main",
    "Not allowed to push to protected branch main",
  ],
  [
    "Gitea, no right",
    "",
    "remote: User permission denied for writing.\nfatal: unable to access 'https://gitea.example.com/a/b.git/': The requested URL returned error: 403",
    "permission denied for writing",
  ],
  ["Gitea, over SSH", "", "Gitea: Unauthorized\nfatal: Could not read from remote repository.", "Unauthorized"],
  [
    "git, a checked out branch",
    "[remote rejected] (branch is currently checked out)",
    "remote: error: refusing to update checked out branch: refs/heads/main",
    "checked out",
  ],
  [
    "git, no write access",
    "[remote rejected] (unpacker error)",
    "remote: error: remote unpack failed",
    "unpacker error",
  ],
  [
    "sshd, a key that is not known",
    "",
    "git@git.example.com: Permission denied (publickey).\nfatal: Could not read from remote repository.",
    "Permission denied (publickey)",
  ],
  [
    "too large",
    "",
    "error: RPC failed; HTTP 413 curl 22 The requested URL returned error: 413\nfatal: the remote end hung up unexpectedly",
    "413",
  ],
])("%s: refused, with the words of the server", (_case, line, complaint, words) => {
  const outcome = readPushOutcome(failure(line, complaint));
  expect(outcome).toMatchObject({ kind: "refused", text: expect.stringContaining(words) });
  expect(outcome).toMatchObject({ hint: expect.any(String), text: expect.not.stringContaining("\n") });
});

test.each([
  ["", "error: RPC failed; HTTP 502 curl 22 The requested URL returned error: 502\nfatal: the remote end hung up"],
  ["", "fatal: unable to access 'https://git.example.com/a.git/': The requested URL returned error: 503"],
  ["", "fatal: unable to access 'https://git.example.com/a.git/': The requested URL returned error: 429"],
  ["", "fatal: unable to access 'https://h/': Failed to connect to h port 443: Connection refused"],
  ["", "fatal: unable to access 'https://h/': Could not resolve host: h"],
  ["", "ssh: connect to host h port 22: Connection timed out\nfatal: Could not read from remote repository."],
  ["", "send-pack: unexpected disconnect while reading sideband packet\nfatal: the remote end hung up unexpectedly"],
  ["", "client_loop: send disconnect: Broken pipe"],
  ["", "something that nobody has seen before"],
  ["[remote failure] (remote failed to report status)", ""],
  ["[remote rejected] (Internal Server Error)", ""],
  ["[remote rejected] (pre-receive hook declined)", "remote: GitLab: Internal API unreachable"],
])("nobody knows: %s %s", (line, complaint) => {
  expect(readPushOutcome(failure(line, complaint))).toMatchObject({ kind: "uncertain", text: expect.any(String) });
});

test("a deadline is uncertain, an answer that came before the connection broke is not", () => {
  expect(readPushOutcome({ kind: "too-slow", deadlineSeconds: 5 })).toMatchObject({ kind: "uncertain" });
  const output = `To https://h/a.git\n \t${ref}\t9a3b..1f0c\n`;
  const answer: GitAnswer = { kind: "failed", complaint: "fatal: the remote end hung up", exitCode: 1, output };
  expect(readPushOutcome(answer)).toEqual({ kind: "pushed" });
});

test("what never came to pushing is no outcome", () => {
  expect(readPushOutcome({ kind: "absent" })).toBeUndefined();
  expect(readPushOutcome(failure("", "error: src refspec 1f0c does not match any"))).toBeUndefined();
});

test("no text holds a secret or control characters", () => {
  const complaint = "remote: \u001b[31mno\u001b[K\u0007\nfatal: unable to access 'https://ada:secret@h/': error: 403";
  const outcome = readPushOutcome(failure("", complaint));
  expect(outcome).toMatchObject({ kind: "refused" });
  expect(JSON.stringify(outcome)).not.toMatch(/secret|\\u00/);
});
