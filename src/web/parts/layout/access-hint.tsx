import type { Access } from "../../../config/access.ts";
import { hasAccess } from "../../client/api/session.ts";
import { Icon } from "../control/icon.tsx";

/** Stands once where buttons are missing because of what the reader may do. */
export function AccessHint({ wanted, to }: { readonly wanted: Access; readonly to: string }) {
  if (hasAccess(wanted)) return null;
  return (
    <p class="access-hint">
      <Icon name="info" /> You may look. To {to}, sign in with a token of access <code>{wanted}</code>.
    </p>
  );
}
