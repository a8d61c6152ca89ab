import { chmod, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { programPath } from "../../parties/find-program.ts";
import type { TemporaryFolder } from "../../parties/temporary-folder.ts";
import type { Life } from "./death.ts";

/** A `git` for the path of daemons, which counts their calls and does to them what their life has in store. */
export interface GitWrapper {
  /** The environment of a daemon that lives this life. */
  environment(number: number, life: Life): Promise<Readonly<Record<string, string>>>;
  /** To be told right after the start, as the wrapper must not end anything else. */
  begin(number: number, pid: number | undefined): Promise<void>;
  /** How many there were in a life. */
  calls(number: number): Promise<number>;
  /** Lets everything go on that was kept back, and waits until it is done. */
  releaseAll(): Promise<void>;
}

const pollMs = 50;

/** `name` is that of a folder of its own below `folder`; `clone` is a work tree from which a person pushes. */
export async function gitWrapper(folder: TemporaryFolder, name: string, clone: string): Promise<GitWrapper> {
  const place = join(folder.path, name);
  await folder.write({ [`${name}/bin/git`]: script, [`${name}/release`]: "" });
  await chmod(join(place, "bin/git"), 0o755);
  return {
    async environment(number, { death, lateAt, person }) {
      const isHere = death?.at === "git";
      const lines = [
        `at=${isHere ? death.step : 0}`,
        `moment=${isHere ? death.moment : "none"}`,
        `late_at=${lateAt}`,
        `person_at=${person?.at ?? 0}`,
        `person_file=${person?.file ?? "none"}`,
        `git=${programPath("git")}`,
        `place=${place}`,
        `clone=${clone}`,
      ];
      await folder.write({ [`${name}/life-${number}/plan`]: `${lines.join("\n")}\n` });
      return { PATH: `${join(place, "bin")}:${process.env["PATH"]}`, TALOS_LIFE: join(place, `life-${number}`) };
    },
    begin: (number, pid) => writeFile(join(place, `life-${number}/pid`), `${pid}\n`),
    calls: async (number) =>
      (await readdir(join(place, `life-${number}`))).filter((file) => file.startsWith("call-")).length,
    async releaseAll() {
      await writeFile(join(place, "release"), "all");
      while ((await readdir(place)).some((file) => file.startsWith("waiting-"))) await delay(pollMs);
    },
  };
}

/**
 * What is `late` waits until the file `release` names its life, or half a minute; whoever releases it waits until it is done.
 * Only the daemon that the harness has started is ever killed.
 */
const script = `#!/bin/sh
. "$TALOS_LIFE/plan" || exit 1
n=1
set -C
while ! { echo "$*" > "$TALOS_LIFE/call-$n"; } 2>/dev/null; do
  n=$((n + 1))
  [ -d "$TALOS_LIFE" ] || exit 1
done
set +C

kill_talos() {
  read -r pid < "$TALOS_LIFE/pid"
  if [ "$pid" = "$PPID" ]; then kill -9 "$pid"; fi
}
wait_for() {
  tries=0
  while ! "$@" && [ "$tries" -lt 600 ]; do sleep 0.05; tries=$((tries + 1)); done
}
is_released() { [ -s "$place/release" ]; }
none_waits() { ! ls "$place" | grep -q '^waiting-'; }
push_as_a_person() {
  for name in $(env | sed -n 's/^\\(GIT_[A-Z0-9_]*\\)=.*/\\1/p'); do unset "$name"; done
  export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
  cd "$clone" || return
  "$git" fetch --quiet origin && "$git" reset --quiet --hard origin/main
  echo "# $n" >> "$person_file"
  "$git" commit --quiet --all --message "By hand" && "$git" push --quiet origin HEAD:main
}

case " $* " in
*" push "*)
  if [ "$at" = push ]; then at=$n; fi
  if [ "$late_at" = push ]; then late_at=$n; fi ;;
esac
if [ "$n" = "$late_at" ]; then
  echo go > "$place/release"
  wait_for none_waits
  : > "$place/release"
fi
if [ "$n" = "$person_at" ]; then (push_as_a_person) </dev/null >/dev/null 2>&1; fi
if [ "$n" != "$at" ]; then exec "$git" "$@"; fi
case $moment in
before)
  kill_talos ;;
after)
  "$git" "$@"
  status=$?
  kill_talos
  exit "$status" ;;
late)
  : > "$place/waiting-$$"
  kill_talos
  wait_for is_released
  "$git" "$@"
  rm -f "$place/waiting-$$" ;;
esac
`;
