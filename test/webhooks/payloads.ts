/** What GitLab, and a forge of the kind of Gitea, say of a repository at that address. */
export function payloadsOf(origin: string, path = "home/infra") {
  const web = `${origin}/${path}`;
  let second = 0;
  const time = (atSeconds: number) => new Date(Date.UTC(2026, 10, 21, 12) + atSeconds * 1000).toISOString();
  return {
    /** GitLab's pipeline of that number; a state without a time begins a second after the one before. */
    pipeline: (
      number: number,
      status: string,
      sha: string,
      facts: { readonly ref?: string; readonly at?: number } = {},
    ) => {
      second += 1;
      const isOver = ["success", "failed", "canceled"].includes(status);
      const at = facts.at ?? second;
      return {
        object_kind: "pipeline",
        object_attributes: {
          id: number,
          source: "push",
          status,
          sha,
          ref: facts.ref ?? "main",
          created_at: time(0),
          queued_duration: isOver || status === "pending" ? null : at,
          ...(isOver ? { finished_at: time(at), duration: 62 } : {}),
        },
        project: { path_with_namespace: path, web_url: web, git_http_url: `${web}.git` },
        commit: { id: sha, title: "A commit", message: "A commit\n\nof someone\n", url: `${web}/-/commit/${sha}` },
      };
    },
    /** A push as Gitea tells it. */
    push: (after: string, branch = "main") => ({
      ref: `refs/heads/${branch}`,
      before: "0".repeat(40),
      after,
      commits: [],
      repository: { full_name: path, html_url: web, clone_url: `${web}.git`, ssh_url: "" },
    }),
  };
}
