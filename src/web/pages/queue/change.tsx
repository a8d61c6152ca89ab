import type { QueueEntry } from "../../../http/api/api-schemas.ts";
import { SizeBadge } from "../../parts/text/size-badge.tsx";
import { Versions } from "../../parts/text/versions.tsx";
import { Words } from "../../parts/text/words.tsx";

/** What is updated and how far; of a group each image. */
export function Change({
  name,
  size,
  members,
}: {
  readonly name: string;
  readonly size: QueueEntry["size"] | undefined;
  readonly members: QueueEntry["members"];
}) {
  const [first, ...others] = members;
  return (
    <div class="change">
      <div class="change-name">
        <Words>{name}</Words> {size === undefined ? undefined : <SizeBadge size={size} />}
      </div>
      {first === undefined ? undefined : others.length === 0 ? (
        <Versions from={first.from} to={first.to} />
      ) : (
        <details class="change-members">
          <summary>{members.length} images together</summary>
          <ul>
            {members.map((member) => (
              <li key={`${member.file}#${member.pointer}`}>
                <Words>{member.name}</Words> <Versions from={member.from} to={member.to} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
