import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

export function useMedia(query: string): boolean {
  const matches = useSignal(matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const read = (): void => {
      matches.value = list.matches;
    };
    read();
    list.addEventListener("change", read);
    return () => list.removeEventListener("change", read);
  }, [query]);
  return matches.value;
}
