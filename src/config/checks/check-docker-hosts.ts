import type { ConfigRemark } from "../config-node.ts";
import { formatPath, type SettingPath, type Shaped } from "../shape-settings.ts";
import { fault, type Given, keysAt, textAt } from "./shaped-settings.ts";

const hosts: SettingPath = ["DockerSettings", "Hosts"];
const longestName = 100;

/** Names are what people pick hosts by, in a chat and on a command line. */
export function checkDockerHosts(settings: Shaped, given: Given): ConfigRemark[] {
  return keysAt(settings, hosts).flatMap((name) => {
    const problem = checkName(name);
    return [
      ...(problem === undefined ? [] : [fault([...hosts, name], problem, given)]),
      ...checkHostKey(settings, [...hosts, name, "SSHConfig"], given),
    ];
  });
}

function checkName(name: string): string | undefined {
  if (!/^[^\s\p{C}]+$/u.test(name)) return "must be named without blanks, as people pick it by this name";
  if (name.length > longestName) return `must have a name of at most ${longestName} characters`;
  return name.startsWith("-") ? "must have a name that does not begin with `-`" : undefined;
}

/** A key that is pinned decides alone, so a file beside it would only seem to count. */
function checkHostKey(settings: Shaped, ssh: SettingPath, given: Given): ConfigRemark[] {
  const path = [...ssh, "KnownHostsFile"];
  if (textAt(settings, path) === undefined || textAt(settings, [...ssh, "HostKey"]) === undefined) return [];
  return [fault(path, `has no effect beside ${formatPath([...ssh, "HostKey"])}; keep one of them`, given)];
}
