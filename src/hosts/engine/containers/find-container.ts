import { nearestName } from "../../../policy/nearest-name.ts";
import { TalosError } from "../../../talos-error.ts";
import { composeLabels, isOneOff } from "../../compose/compose-labels.ts";
import type { Container } from "../../container.ts";

/** The container of that name, else the one whose id alone begins so, else the only one of that compose service. */
export function findContainer(wanted: string, containers: readonly Container[], host: string): Container {
  const name = wanted.replace(/^\//, "");
  const named = containers.find((container) => container.name === name);
  if (named !== undefined) return named;
  const begun = isIdStart(name) ? containers.filter(({ id }) => id.startsWith(name)) : [];
  const [only, ...others] = begun;
  if (only !== undefined && others.length === 0) return only;
  if (only !== undefined)
    throw new TalosError("ambiguous", `host ${host} has ${begun.length} containers whose id begins with ${name}`, {
      hint: `write more of it, or a name: ${begun.map((each) => each.name).join(", ")}`,
    });
  const [member, ...more] = containers.filter((container) => isOfService(container, name));
  if (member !== undefined && more.length === 0) return member;
  if (member !== undefined)
    throw new TalosError("ambiguous", `host ${host} has ${more.length + 1} containers of a compose service ${name}`, {
      hint: `write its name: ${[member, ...more].map((each) => each.name).join(", ")}`,
    });
  const hint = whatToTry(name, containers);
  throw new TalosError(
    "target-not-found",
    `host ${host} has no container ${JSON.stringify(wanted)}`,
    hint === undefined ? {} : { hint },
  );
}

/** What `compose run` has started is not what a person means by the service. */
function isOfService({ labels }: Container, service: string): boolean {
  return labels[composeLabels.service] === service && !isOneOff(labels);
}

/** Fewer characters might be any of hundreds. */
function isIdStart(text: string): boolean {
  return /^[0-9a-f]{4,64}$/.test(text);
}

const fewNames = 10;

function whatToTry(name: string, containers: readonly Container[]): string | undefined {
  if (containers.length === 0) return "it has none at all";
  const names = containers.map((container) => container.name);
  const nearest = nearestName(name, names);
  if (nearest !== undefined) return `did you mean \`${nearest}\`?`;
  return names.length > fewNames ? undefined : `it has ${names.map((each) => `\`${each}\``).join(", ")}`;
}
