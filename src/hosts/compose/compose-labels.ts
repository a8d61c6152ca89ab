/** What compose, of any version, writes on the containers that it makes. */
export const composeLabels = {
  project: "com.docker.compose.project",
  service: "com.docker.compose.service",
  folder: "com.docker.compose.project.working_dir",
  files: "com.docker.compose.project.config_files",
  environmentFiles: "com.docker.compose.project.environment_file",
  oneOff: "com.docker.compose.oneoff",
  /** V2: the id of the image. */
  image: "com.docker.compose.image",
} as const;

/** Made by `compose run`, once and for one thing. */
export function isOneOff(labels: Readonly<Record<string, string>>): boolean {
  return labels[composeLabels.oneOff]?.toLowerCase() === "true";
}
