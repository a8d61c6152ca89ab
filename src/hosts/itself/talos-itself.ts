import { TalosError } from "../../talos-error.ts";
import type { Container } from "../container.ts";

export interface TalosPlace {
  readonly own: string | undefined;
  readonly hostname: string;
}

/**
 * `own`: the id of Talos's container, where it can be told. Else there is the name of the machine, which Docker calls by the
 * beginning of the container's id; then only a container of the local engine can be Talos.
 */
export function isTalosItself(
  container: Pick<Container, "id">,
  { own, hostname }: TalosPlace,
  isRemote: boolean,
): boolean {
  if (own !== undefined) return container.id === own;
  return !isRemote && /^[0-9a-f]{12,64}$/.test(hostname) && container.id.startsWith(hostname);
}

/** `act`: `stop`. Who is stopped can neither finish nor answer. */
export function refuseOnTalosItself(act: string, container: Pick<Container, "name">, host: string): TalosError {
  return new TalosError("host-refused", `Talos does not ${act} ${container.name} on ${host}: it runs in it`, {
    hint: `do it on the machine itself, such as \`docker ${act === "stop" ? "stop" : "compose up -d"}\``,
  });
}
