import { expect, test } from "vitest";
import { containerOfMounts } from "./own-container.ts";

const id = "0123456789abcdef".repeat(4);

test.each([
  [
    "Docker",
    `1093 1086 254:1 /var/lib/docker/containers/${id}/hostname /etc/hostname rw,relatime - ext4 /dev/vda rw`,
    id,
  ],
  [
    "Docker with another root",
    `9 8 0:1 /srv/docker/containers/${id}/resolv.conf /etc/resolv.conf rw - ext4 /dev/a rw`,
    id,
  ],
  ["Podman", `9 8 0:1 /containers/overlay-containers/${id}/userdata/hosts /etc/hosts rw - tmpfs tmpfs rw`, id],
  [
    "another container's log that is mounted",
    `9 8 0:1 /containers/${id}/hostname /logs/hostname rw - ext4 /dev/a rw`,
    undefined,
  ],
  ["no container", "22 29 0:20 / /sys rw,nosuid - sysfs sysfs rw\n23 29 0:21 / /proc rw - proc proc rw\n", undefined],
])("the container one is in, as mounts tell: %s", (_title, mounts, expected) => {
  expect(containerOfMounts(`1 0 254:1 / / rw - overlay overlay rw\n${mounts}`)).toBe(expected);
});
