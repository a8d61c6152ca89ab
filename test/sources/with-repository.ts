import { join } from "node:path";
import type { GitAccount, GitRepositoryOptions } from "../../src/sources/git-repository.ts";
import { openGitRepository } from "../../src/sources/open-git-repository.ts";
import { bareRepository, type GitRepository, gitRepository } from "../parties/git.ts";
import { type TemporaryFolder, temporaryFolder } from "../parties/temporary-folder.ts";

export const nobody: GitAccount = {
  username: "Talos",
  token: undefined,
  identityFile: undefined,
  knownHostsFile: undefined,
};

export interface RemoteAndWork extends AsyncDisposable {
  readonly folder: TemporaryFolder;
  /** A bare repository, `<folder>/a.git`. */
  readonly remote: string;
  /** A person's clone of it. */
  readonly person: GitRepository;
  /** Commits as that person, and pushes. */
  commit(files: Readonly<Record<string, string>>): Promise<string>;
  options(changes?: Partial<GitRepositoryOptions>): GitRepositoryOptions;
  open(changes?: Partial<GitRepositoryOptions>): ReturnType<typeof openGitRepository>;
}

export async function withRepository(files: Readonly<Record<string, string>> = { "compose.yml": "one\n" }) {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  const person = stack.use(await gitRepository(files));
  const remote = await bareRepository(folder.path, "a", person);
  const options = (changes: Partial<GitRepositoryOptions> = {}): GitRepositoryOptions => ({
    url: remote,
    branch: "main",
    workFolder: join(folder.path, "work"),
    account: nobody,
    author: { name: "Talos", email: "talos@example.com" },
    signing: undefined,
    deadlineSeconds: 20,
    ...changes,
  });
  const all = stack.move();
  const result: RemoteAndWork = {
    folder,
    remote,
    person,
    commit: async (changed) => {
      const id = await person.commit(changed);
      await person.git("push", "--quiet", remote, "HEAD");
      return id;
    },
    options,
    open: (changes) => openGitRepository(options(changes)),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
  return result;
}
