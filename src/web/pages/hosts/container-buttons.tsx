import type { Container } from "../../../http/api/api-schemas.ts";
import { confirmOperation } from "../../client/acting/confirm-operation.ts";
import { mayRun } from "../../client/resources/operations.ts";
import { Button } from "../../parts/control/button.tsx";
import { containerActions } from "./container-action.ts";

/** What the reader may do with a container, each asked once more with the names of container and host. */
export function ContainerButtons({
  host,
  container,
  isCompact = false,
}: {
  readonly host: string;
  readonly container: Container;
  /** Icons alone. */
  readonly isCompact?: boolean;
}) {
  const { name } = container;
  const actions = containerActions(container).filter(({ operation }) => mayRun(operation));
  return (
    <span class="row-actions">
      {actions.map((action) => (
        <Button
          key={action.verb}
          isSmall
          icon={action.icon}
          isIconOnly={isCompact}
          look={isCompact ? "bare" : "plain"}
          onClick={() =>
            confirmOperation({
              title: `${action.verb} ${name} on ${host}`,
              operation: action.operation,
              values: { host, container: name },
              about: `The container ${name} on the host ${host} ${action.about}`,
              isDanger: action.isDanger,
            })
          }
        >
          {isCompact ? `${action.verb} ${name}` : action.verb}
        </Button>
      ))}
    </span>
  );
}
