import type { DeadLetter } from "../../../http/api/api-schemas.ts";
import { Button } from "../../parts/control/button.tsx";
import type { Column } from "../../parts/layout/table.tsx";
import { Time } from "../../parts/text/time.tsx";
import { Words } from "../../parts/text/words.tsx";
import { Change } from "./change.tsx";
import type { LetterAction } from "./confirm-letters.tsx";

export type AskAboutLetters = (action: LetterAction, letters: readonly DeadLetter[]) => void;

export interface LetterActing {
  readonly mayReplay: boolean;
  readonly mayDrop: boolean;
  /** Keys. */
  readonly chosen: ReadonlySet<string>;
  readonly choose: (keys: readonly string[], isChosen: boolean) => void;
  readonly ask: AskAboutLetters;
}

export function letterColumns(acting: LetterActing): readonly Column<DeadLetter>[] {
  const facts: readonly Column<DeadLetter>[] = [
    { title: "Update", kind: "name", show: (letter) => <What letter={letter} /> },
    { title: "Why", show: (letter) => <Why letter={letter} /> },
    { title: "Failed", show: (letter) => <When letter={letter} /> },
  ];
  if (!acting.mayReplay && !acting.mayDrop) return facts;
  return [
    { title: "Choose", show: (letter) => <Choose letter={letter} acting={acting} /> },
    ...facts,
    { title: "Actions", kind: "actions", show: (letter) => <Actions letter={letter} acting={acting} /> },
  ];
}

interface LetterProps {
  readonly letter: DeadLetter;
}

function Choose({ letter, acting: { chosen, choose } }: LetterProps & { readonly acting: LetterActing }) {
  return (
    <input
      type="checkbox"
      aria-label={`Choose ${nameOf(letter)}`}
      checked={chosen.has(letter.key)}
      onChange={({ currentTarget }) => choose([letter.key], currentTarget.checked)}
    />
  );
}

function Actions({ letter, acting: { mayReplay, mayDrop, ask } }: LetterProps & { readonly acting: LetterActing }) {
  const label = (verb: string) => ({ "aria-label": `${verb} ${nameOf(letter)}` });
  return (
    <span class="row-actions">
      {mayReplay ? (
        <Button isSmall icon="again" onClick={() => ask("replay", [letter])} more={label("Replay")}>
          Replay
        </Button>
      ) : undefined}
      {mayDrop ? (
        <Button isSmall icon="close" onClick={() => ask("drop", [letter])} more={label("Drop")}>
          Drop
        </Button>
      ) : undefined}
    </span>
  );
}

function What({ letter }: LetterProps) {
  return (
    <div class="stack">
      <Change name={nameOf(letter)} size={letter.size} members={letter.members ?? []} />
      <span class="soft">
        <Words>{letter.source ?? "it cannot be read"}</Words>
      </span>
    </div>
  );
}

function Why({ letter: { reason, error } }: LetterProps) {
  return (
    <div class="stack">
      <Words>{reason}</Words>
      {error === undefined || reason.includes(error) ? undefined : (
        <code class="error-text">
          <Words>{error}</Words>
        </code>
      )}
    </div>
  );
}

function When({ letter: { atMs, attempts } }: LetterProps) {
  return (
    <div class="stack">
      {atMs === undefined ? undefined : <Time atMs={atMs} />}
      {attempts === undefined ? undefined : (
        <span class="soft">{attempts === 1 ? "after 1 try" : `after ${attempts} tries`}</span>
      )}
    </div>
  );
}

/** One that cannot be read has its key alone. */
function nameOf({ name, key }: DeadLetter): string {
  return name ?? key;
}
