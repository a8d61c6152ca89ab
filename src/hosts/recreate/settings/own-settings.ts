import { isDeepStrictEqual } from "node:util";
import type { ContainerInspection, Settings } from "./inspection.ts";

interface OwnSettings extends Settings {
  readonly Labels: Readonly<Record<string, string>>;
}

const wholes = ["WorkingDir", "User", "StopSignal", "Shell"];
const maps = ["Volumes", "ExposedPorts"];

/** Of a container's settings, those that did not come from its image and were not made up by the engine. */
export function ownSettings({ Id, Config, HostConfig }: ContainerInspection, image: Settings): OwnSettings {
  const own: Record<string, unknown> = { ...Config };
  for (const name of wholes) if (isSame(own[name], image[name])) delete own[name];
  for (const name of maps) own[name] = without(own[name], image[name]);
  own.Healthcheck = without(own.Healthcheck, image.Healthcheck);
  if (isEmpty(own.Healthcheck)) delete own.Healthcheck;
  own.Env = list(Config.Env).filter((variable) => !list(image.Env).includes(variable));
  for (const name of ["Entrypoint", "Cmd", "OnBuild", "ArgsEscaped"]) delete own[name];
  const sharesNetwork = HostConfig.NetworkMode?.startsWith("container:") === true;
  const hasOwnName = !sharesNetwork && HostConfig.UTSMode !== "host" && Config.Hostname !== Id.slice(0, 12);
  return {
    ...own,
    ...command(Config, image),
    ...(hasOwnName ? {} : { Hostname: "" }),
    // The other container's names and ports are the other's.
    ...(sharesNetwork ? { Domainname: "", ExposedPorts: {} } : {}),
    Labels: Object.fromEntries(
      Object.entries(Config.Labels ?? {}).filter(([name, value]) => record(image.Labels)[name] !== value),
    ),
  };
}

/** An image's command counts only where its entry point does; an entry point of one empty word takes the image's away. */
function command(config: Settings, image: Settings): Settings {
  const { Entrypoint, Cmd } = config;
  const hasOwnEntrypoint = !isSame(Entrypoint, image.Entrypoint) || (isEmpty(Cmd) && !isEmpty(image.Cmd));
  if (hasOwnEntrypoint) return { Entrypoint: isEmpty(Entrypoint) ? [""] : Entrypoint, Cmd };
  return isSame(Cmd, image.Cmd) ? {} : { Cmd };
}

function without(own: unknown, image: unknown): Settings {
  const inherited = record(image);
  return Object.fromEntries(
    Object.entries(record(own)).filter(([name, value]) => !(name in inherited && isSame(value, inherited[name]))),
  );
}

/** Engines write nothing as null, "", [] or {}. */
function isSame(one: unknown, other: unknown): boolean {
  return (isEmpty(one) && isEmpty(other)) || isDeepStrictEqual(one, other);
}

function isEmpty(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === "";
}

function record(value: unknown): Settings {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
