/** Lets a test wait for a condition: it is looked at again whenever something has happened. */
export interface Changes {
  readonly tell: () => void;
  /**
   * What `look` finds as soon as it finds something. Fails when it does not within the patience, and at once when the bot
   * has sent what Discord refuses.
   */
  until<Found>(what: string, look: () => Found | undefined | false): Promise<Found>;
}

/** `objection`: why waiting is in vain; `describe`: what is told when waiting was in vain. */
export function openChanges(patienceMs: number, objection: () => string | undefined, describe: () => string): Changes {
  const listeners = new Set<() => void>();
  return {
    tell: () => [...listeners].forEach((listener) => listener()),
    until(what, look) {
      return new Promise((resolve, reject) => {
        const settle = (end: () => void) => {
          listeners.delete(again);
          clearTimeout(timer);
          end();
        };
        const again = () => {
          const found = look();
          const wrong = objection();
          if (wrong !== undefined) settle(() => reject(new Error(`waiting for: ${what}\n${wrong}`)));
          else if (found !== undefined && found !== false) settle(() => resolve(found));
        };
        const timer = setTimeout(
          () => settle(() => reject(new Error(`this did not happen in Discord: ${what}\n${describe()}`))),
          patienceMs,
        );
        listeners.add(again);
        try {
          again();
        } catch (error) {
          settle(() => reject(error));
        }
      });
    },
  };
}
