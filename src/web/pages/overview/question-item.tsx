import type { Update } from "../../../http/api/api-schemas.ts";
import { argumentsOf, describedActions } from "../../client/acting/actions.ts";
import { actOn, busyKeys } from "../../client/acting/outcomes.ts";
import { mayRun } from "../../client/resources/operations.ts";
import { Button } from "../../parts/control/button.tsx";
import { Icon } from "../../parts/control/icon.tsx";
import { PageLink } from "../../parts/control/link.tsx";
import { SizeBadge } from "../../parts/text/size-badge.tsx";
import { Time } from "../../parts/text/time.tsx";
import { Versions } from "../../parts/text/versions.tsx";
import { Words } from "../../parts/text/words.tsx";

/** So many members of a group are named. */
const shownMembers = 3;

/** An open question, and what it can be answered. */
export function QuestionItem({ question }: { readonly question: Update }) {
  const { name, size, sinceMs, members, source } = question;
  const [first] = members;
  const id = first === undefined ? undefined : `${source} ${question.target}`;
  const isGroup = question.target.startsWith("group:");
  const to =
    isGroup || id === undefined
      ? `updates?q=${encodeURIComponent(name)}`
      : `updates?reference=${encodeURIComponent(id)}`;
  return (
    <li class="need">
      <span class="need-icon tone-accent">
        <Icon name="question" />
      </span>
      <div class="need-text">
        <p class="need-title">
          <PageLink to={to} class="need-name">
            <Words>{isGroup ? name : (first?.name ?? name)}</Words>
          </PageLink>
          {size === undefined ? undefined : <SizeBadge size={size} />}
        </p>
        {members.slice(0, shownMembers).map((member) => (
          <p key={`${member.file}#${member.pointer}`} class="need-member">
            {isGroup ? (
              <span class="soft">
                <Words>{member.name}</Words>{" "}
              </span>
            ) : undefined}
            <Versions from={member.from} to={member.to} />
          </p>
        ))}
        <p class="need-about">
          {members.length > shownMembers ? `and ${members.length - shownMembers} more, ` : undefined}
          <Words>{first?.file ?? source}</Words>
          {sinceMs === undefined ? undefined : (
            <>
              , asked <Time atMs={sinceMs} />
            </>
          )}
        </p>
      </div>
      <Answers question={question} />
    </li>
  );
}

function Answers({ question: { key, name, question } }: { readonly question: Update }) {
  const isBusy = busyKeys.value.has(key);
  return (
    <div class="need-actions">
      {(["push", "defer", "ignore"] as const)
        .filter((action) => mayRun(describedActions[action].operation))
        .map((action) => {
          const { text, icon, about, operation } = describedActions[action];
          return (
            <Button
              key={action}
              isSmall
              icon={icon}
              look={action === "push" ? "plain" : "bare"}
              title={about}
              isBusy={isBusy}
              onClick={() => void actOn({ key, name }, operation, argumentsOf(action, { key, question }))}
              more={{ "aria-label": `${text} ${name}` }}
            >
              {text}
            </Button>
          );
        })}
    </div>
  );
}
