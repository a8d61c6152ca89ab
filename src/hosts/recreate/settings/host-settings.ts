import type { ContainerInspection, Settings } from "./inspection.ts";

type Mounted = ContainerInspection["Mounts"][number];

/** How a container is to run, with the same volumes, also those that never got a name from anybody. */
export function hostSettings({ Config, HostConfig, Mounts }: ContainerInspection): Settings {
  const mounted = (path: string) =>
    Mounts.find(({ Type, Name, Destination }) => Type === "volume" && Name && plain(Destination) === plain(path));
  const isGiven = (path: string) =>
    [...(HostConfig.Binds ?? []).map(placeOf), ...(HostConfig.Mounts ?? []).map(({ Target }) => Target)].some(
      (place) => plain(place) === plain(path),
    );
  const anonymous = Object.keys(Config.Volumes ?? {})
    .filter((path) => !isGiven(path))
    .flatMap((path) => mounted(path) ?? []);
  return {
    ...HostConfig,
    ContainerIDFile: "",
    Binds: [...(HostConfig.Binds ?? []), ...anonymous.map(asBind)],
    ...(HostConfig.Mounts
      ? { Mounts: HostConfig.Mounts.map((mount) => named(mount, mounted(mount.Target)?.Name)) }
      : {}),
    ...(HostConfig.Links ? { Links: HostConfig.Links.map(asLink) } : {}),
  };
}

function named(
  mount: NonNullable<ContainerInspection["HostConfig"]["Mounts"]>[number],
  volume: string | null | undefined,
) {
  return mount.Type === "volume" && volume ? { ...mount, Source: volume } : mount;
}

function asBind({ Name, Destination, Mode, RW }: Mounted): string {
  const modes = [
    ...(Mode ?? "").split(",").filter((mode) => mode !== "" && mode !== "rw" && mode !== "ro"),
    RW ? "" : "ro",
  ];
  const mode = modes.filter((each) => each !== "").join(",");
  return `${Name}:${Destination}${mode === "" ? "" : `:${mode}`}`;
}

/** `/srv/data:/data:ro`, `volume:/data` */
function placeOf(bind: string): string {
  return bind.split(":")[1] ?? "";
}

/** It is asked for as `database:db`, and told as `/database:/web/db`. */
function asLink(link: string): string {
  const [target = "", alias = ""] = link.split(":");
  return `${target.replace(/^\//, "")}:${alias.replace(/^.*\//, "")}`;
}

function plain(path: string): string {
  return path.replace(/(?<=.)\/+$/, "");
}
