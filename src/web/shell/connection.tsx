import { connection } from "../client/api/live.ts";
import { Icon } from "../parts/control/icon.tsx";

/** Says when what is shown may be out of date, and when that is over. */
export function ConnectionLine() {
  const isLost = connection.value === "lost";
  return (
    <div class="connection" role="status" data-connection={connection.value}>
      {isLost ? (
        <p>
          <Icon name="alert" /> The connection to Talos is lost. What you see may be out of date; it is being tried
          again.
        </p>
      ) : undefined}
    </div>
  );
}
