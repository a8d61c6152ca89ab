import type { View } from "../view.ts";

export const noHosts: View = [
  { type: "text", tone: "warning", text: "no host is configured" },
  { type: "text", text: "DockerSettings.Hosts names the Docker hosts" },
];
