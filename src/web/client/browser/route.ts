/** Where the reader is: the path below the page's base, and the query. The address is the only place that remembers it. */
import { computed, signal } from "@preact/signals";

interface Route {
  /** The first word of the path; "" is the overview. */
  readonly page: string;
  /** The words after it, decoded. */
  readonly rest: readonly string[];
  readonly query: URLSearchParams;
}

const current = signal(readRoute());
export const route = computed(() => current.value);

window.addEventListener("popstate", () => {
  current.value = readRoute();
});

/** `to` is below the base: `updates?verdict=update`. */
export function navigate(to: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  const url = address(to);
  if (url === location.href) return;
  const isOtherPage = readPath(url)[0] !== readPath(location.href)[0];
  if (replace) history.replaceState(null, "", url);
  else history.pushState(null, "", url);
  current.value = readRoute();
  if (isOtherPage) scrollTo(0, 0);
}

/** The same page with another query; empty values are left out. */
export function setQuery(
  changes: Readonly<Record<string, string | undefined>>,
  options: { readonly replace?: boolean } = {},
): void {
  const { page, rest, query } = current.value;
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === "") next.delete(name);
    else next.set(name, value);
  }
  const path = [page, ...rest.map(encodeURIComponent)].join("/");
  navigate(next.size === 0 ? path : `${path}?${next}`, options);
}

export function address(to: string): string {
  return new URL(to === "" ? "." : to, document.baseURI).href;
}

function readRoute(): Route {
  const [page = "", ...rest] = readPath(location.href);
  return { page, rest, query: new URLSearchParams(location.search) };
}

function readPath(url: string): readonly string[] {
  const base = new URL(".", document.baseURI).pathname;
  const { pathname } = new URL(url);
  const below = pathname.startsWith(base) ? pathname.slice(base.length) : "";
  return below.split("/").map(decode);
}

function decode(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
