interface DemoRelease {
  /** After the first scan could have been looked at. */
  readonly afterSeconds: number;
  readonly repository: string;
  readonly tag: string;
  readonly created: string;
  /** What becomes of it. */
  readonly consequence: string;
}

/** What is published while the demo is watched: the first is asked about, the second completes a group that waits for it. */
export const demoReleases: readonly DemoRelease[] = [
  {
    afterSeconds: 12,
    repository: "docker.io/library/nginx",
    tag: "1.28.0-alpine",
    created: "2025-04-23",
    consequence: "its policy asks you about steps of that size: answer on the page, and watch the commit",
  },
  {
    afterSeconds: 40,
    repository: "ghcr.io/immich-app/immich-machine-learning",
    tag: "v1.131.0",
    created: "2025-03-31",
    consequence: "the server of the same version waited for it; both are pushed together",
  },
];
