import type { Failure } from "../../client/api/ask.ts";
import { Button } from "../control/button.tsx";
import { Icon } from "../control/icon.tsx";
import { MarkedText } from "../text/marked-text.tsx";

/** What went wrong, why, and what to do. */
export function Failed({ failure, onRetry }: { readonly failure: Failure; readonly onRetry?: () => void }) {
  const { title, detail, hint } = failure;
  return (
    <div class="failed" role="alert">
      <Icon name="alert" />
      <div>
        <p class="failed-title">{title}</p>
        {detail === undefined ? undefined : <p>{detail}</p>}
        {hint === undefined ? undefined : (
          <p class="soft">
            <MarkedText text={hint} />
          </p>
        )}
        {onRetry === undefined ? undefined : (
          <Button icon="again" isSmall onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}
