// What operations on hosts are given, and what is offered for it while it is typed.
import { optional, required, words } from "../argument-types.ts";
import type { Talos } from "../talos.ts";
import { matchHosts } from "./find-host.ts";

export const theHost = required(words(), "The host's name.");
export const theContainer = required(words(), "The container's name, the beginning of its id, or its compose service.");
export const theProject = required(words(), "The compose project's name.");
export const onlyService = optional(words(), "Only this service of the project.");

/** From memory: on the host that is given already, or on all. */
export async function completeOnHost(
  argument: string,
  talos: Talos,
  given: Readonly<Record<string, unknown>>,
): Promise<readonly string[]> {
  if (argument === "host") return talos.hosts.all.map(({ name }) => name);
  const hosts = typeof given.host === "string" ? matchHosts(talos, given.host.trim()) : talos.hosts.all;
  if (argument === "container") return hosts.flatMap((host) => host.known().map(({ name }) => name));
  const projects = hosts.flatMap((host) => host.projects());
  if (argument === "project") return projects.map(({ name }) => name);
  if (argument !== "service") return [];
  const wanted = projects.filter(({ name }) => given.project === undefined || given.project === name);
  return wanted.flatMap(({ services }) => services);
}
