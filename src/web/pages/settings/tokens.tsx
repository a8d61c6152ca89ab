import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { View } from "../../../operations/view.ts";
import { confirmOperation } from "../../client/acting/confirm-operation.ts";
import { firstText } from "../../client/acting/run-operation.ts";
import { toast } from "../../client/acting/toasts.ts";
import { useOperation } from "../../client/acting/use-operation.ts";
import { describedOperation, mayRun } from "../../client/resources/operations.ts";
import { Button } from "../../parts/control/button.tsx";
import { OperationOutcome } from "../../parts/control/operation-outcome.tsx";
import { Loading } from "../../parts/layout/loading.tsx";
import { Section } from "../../parts/layout/section.tsx";
import { Table } from "../../parts/layout/table.tsx";
import { ShowCell } from "../../parts/view/show-cell.tsx";
import { ShowView } from "../../parts/view/show-view.tsx";
import { CreateToken } from "./create-token.tsx";
import { cellText, tableOf } from "./token-table.ts";

/** Who is let in: programs and people by the API, servers by webhooks. */
export function Tokens() {
  const { state, run } = useOperation();
  const isCreating = useSignal(false);
  const load = (): void => void run("token list", {});
  useEffect(load, []);
  const create = describedOperation("token create");
  return (
    <Section
      title="Tokens"
      actions={
        create?.isAllowed === true ? (
          <Button isSmall onClick={() => (isCreating.value = true)}>
            Create a token
          </Button>
        ) : undefined
      }
    >
      {state.kind === "done" ? (
        <TokenList view={state.view} outcome={<OperationOutcome state={state} />} onChange={load} />
      ) : (
        <Loading lines={3} />
      )}
      {isCreating.value && create !== undefined ? (
        <CreateToken
          operation={create}
          onClose={() => {
            isCreating.value = false;
            load();
          }}
        />
      ) : undefined}
    </Section>
  );
}

/** The table of the answer, with a button in each row; any other answer as it is. */
function TokenList({
  view,
  outcome,
  onChange,
}: {
  readonly view: View;
  readonly outcome: ComponentChildren;
  readonly onChange: () => void;
}) {
  const table = tableOf(view);
  if (table === undefined) return <>{outcome}</>;
  const { columns, rows } = table;
  const rest = view.filter((part) => part !== table && (part.type !== "text" || part.tone !== undefined));
  const shown = columns.map((title, index) => ({
    title,
    ...(index === 0 ? { kind: "name" as const } : {}),
    show: (row: (typeof rows)[number]) => <ShowCell cell={row[index] ?? ""} />,
  }));
  const act = {
    title: "Actions",
    kind: "actions" as const,
    show: (row: (typeof rows)[number]) => (
      <Button
        isSmall
        look="danger"
        onClick={() => askToRevoke(cellText(row[0]), onChange)}
        more={{ "aria-label": `Revoke ${cellText(row[0])}` }}
      >
        Revoke
      </Button>
    ),
  };
  return (
    <>
      <div class="card">
        <Table
          caption="Tokens"
          columns={mayRun("token revoke") ? [...shown, act] : shown}
          rows={rows}
          keyOf={(row) => cellText(row[0])}
        />
      </div>
      {rest.length === 0 ? undefined : <ShowView view={rest} />}
    </>
  );
}

function askToRevoke(name: string, onChange: () => void): void {
  confirmOperation({
    title: `Revoke ${name}`,
    operation: "token revoke",
    values: { name },
    about: `Whoever uses the token ${name} is shut out at once. It cannot be brought back.`,
    isDanger: true,
    onAnswer: (view) => {
      toast(firstText({ ok: true, view }));
      onChange();
    },
  });
}
