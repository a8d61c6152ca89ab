import type { DeliveryPorts } from "../delivery-ports.ts";

const longestText = 500;

/**
 * What is remembered in a form that cannot be read would stand in the way of everything that is to be written in its
 * place. It is forgotten, with an event that holds its text. The queue's entries are set aside instead.
 */
export async function forgetUnreadable(
  source: string,
  { memory, store, events, now }: Pick<DeliveryPorts, "memory" | "store" | "events" | "now">,
): Promise<void> {
  const { questions, deadLetters, announced, delivered, quarantine, brokenGroups, intentions, throttles } = memory;
  const byTarget = { questions, deadLetters, announced, delivered, quarantine, brokenGroups };
  for (const [name, documents] of Object.entries(byTarget))
    for (const { key, value, version } of await documents.listUnreadable(`${source} `)) {
      const subject = key.slice(source.length + 1);
      const text = `what was remembered about ${subject} (${name}) cannot be read; it is forgotten`;
      const told = events.append({
        kind: "dropped",
        atMs: now(),
        actor: "talos",
        cause: "scan",
        source,
        subject,
        text,
        facts: { unreadable: value.slice(0, longestText) },
      });
      await store.write([documents.delete(key, version), told]);
    }
  for (const documents of [intentions, throttles])
    for (const { key, version } of await documents.listUnreadable(""))
      if (documents === throttles || key === source) await store.write([documents.delete(key, version)]);
}
