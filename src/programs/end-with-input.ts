/**
 * The same command, in a form that ends when its standard input does: it and everything in its process group are told to
 * end, and are killed after the grace period. So nothing outlives a Talos that was killed, for the other end of the pipe is
 * then gone; over SSH nothing outlives the connection. It needs a process group of its own (`detached`, or a session of
 * sshd), and has no input itself. Its exit code is the command's; 127: there is no such program.
 */
export function endWithInput(command: readonly string[], graceSeconds: number): readonly string[] {
  return ["/bin/sh", "-c", script, String(graceSeconds), ...command];
}

/** The command takes the place of the shell, so that `$$` is its id: while it is there, the group has that name. */
const script = `exec 3<&0 </dev/null
(
  trap '' TERM
  while read -r line <&3; do :; done
  kill -TERM 0
  left=$0
  while [ "$left" -gt 0 ] && kill -0 $$; do sleep 1; left=$((left - 1)); done
  kill -KILL 0
) >/dev/null 2>&1 &
exec 3<&-
exec "$@"`;
