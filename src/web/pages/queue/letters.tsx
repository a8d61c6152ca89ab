import { useSignal } from "@preact/signals";
import type { DeadLetter } from "../../../http/api/api-schemas.ts";
import { mayRun } from "../../client/resources/operations.ts";
import { Button } from "../../parts/control/button.tsx";
import { Empty } from "../../parts/layout/empty.tsx";
import { Table } from "../../parts/layout/table.tsx";
import { ConfirmLetters, type LetterAction } from "./confirm-letters.tsx";
import { type AskAboutLetters, type LetterActing, letterColumns } from "./letter-columns.tsx";

interface Asked {
  readonly action: LetterAction;
  readonly letters: readonly DeadLetter[];
}

/** What failed for good: to be replayed or dropped, one, several or all. */
export function Letters({ letters }: { readonly letters: readonly DeadLetter[] }) {
  const asked = useSignal<Asked | undefined>(undefined);
  const ask: AskAboutLetters = (action, some) => {
    asked.value = { action, letters: some };
  };
  return (
    <>
      {letters.length === 0 ? (
        <Empty icon="check" title="Nothing failed for good">
          An update comes here when trying again does not help.
        </Empty>
      ) : (
        <LetterTable letters={letters} ask={ask} />
      )}
      {asked.value === undefined ? undefined : (
        <ConfirmLetters {...asked.value} onClose={() => (asked.value = undefined)} />
      )}
    </>
  );
}

function LetterTable({ letters, ask }: { readonly letters: readonly DeadLetter[]; readonly ask: AskAboutLetters }) {
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  const [mayReplay, mayDrop] = [mayRun("replaydeadletters"), mayRun("cleardeadletters")];
  const mayAct = mayReplay || mayDrop;
  const choose = (keys: readonly string[], isChosen: boolean) => {
    const rest = [...chosen.value].filter((key) => !keys.includes(key));
    chosen.value = new Set(isChosen ? [...rest, ...keys] : rest);
  };
  return (
    <>
      {mayAct ? <Bar {...{ letters, chosen: chosen.value, choose, ask, mayReplay, mayDrop }} /> : undefined}
      <div class={mayAct ? "card letter-table letter-table-acts" : "card letter-table"}>
        <Table
          caption="Dead letters"
          rows={letters}
          keyOf={({ key }) => key}
          columns={letterColumns({ mayReplay, mayDrop, chosen: chosen.value, choose, ask })}
        />
      </div>
    </>
  );
}

/** Acts on what is chosen, or on all. */
function Bar({
  letters,
  chosen,
  choose,
  ask,
  mayReplay,
  mayDrop,
}: LetterActing & { readonly letters: readonly DeadLetter[] }) {
  const selected = letters.filter(({ key }) => chosen.has(key));
  const target = selected.length > 0 ? selected : letters;
  const suffix = selected.length > 0 ? `${selected.length} chosen` : "all";
  const keys = letters.map(({ key }) => key);
  return (
    <div class="action-bar">
      <label class="action-bar-check">
        <input
          type="checkbox"
          checked={selected.length === letters.length}
          indeterminate={selected.length > 0 && selected.length < letters.length}
          onChange={({ currentTarget }) => choose(keys, currentTarget.checked)}
        />
        Choose all
      </label>
      {mayReplay ? (
        <Button isSmall icon="again" onClick={() => ask("replay", target)}>
          {`Replay ${suffix}`}
        </Button>
      ) : undefined}
      {mayDrop ? (
        <Button isSmall look="danger" icon="close" onClick={() => ask("drop", target)}>
          {`Drop ${suffix}`}
        </Button>
      ) : undefined}
    </div>
  );
}
