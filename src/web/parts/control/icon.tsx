/** Drawn on a grid of 16, with strokes. */
const shapes = {
  overview: "M2.5 7 8 2.5 13.5 7v6.5h-4v-4h-3v4h-4z",
  updates: "M8 13.5v-9M4.5 8 8 4.5 11.5 8M3 1.9h10",
  queue: "M2.5 4h8M2.5 8h8M2.5 12h5M12.5 9v5M10.5 12l2 2 2-2",
  hosts: "M2.5 2.5h11v4.5h-11zM2.5 9h11v4.5h-11zM5 4.75h.01M5 11.25h.01",
  history: "M8 4.5V8l2.5 1.5M2.6 6.2A5.75 5.75 0 1 1 2.3 9M2.3 3v3.3h3.3",
  settings: "M2 4.5h5M11 4.5h3M2 11.5h2M8 11.5h6M9 2.75v3.5M6 9.75v3.5",
  api: "M5.5 4 1.8 8l3.7 4M10.5 4l3.7 4-3.7 4",
  search: "M7 11.5a4.5 4.5 0 1 1 0-9 4.5 4.5 0 0 1 0 9M10.3 10.3l3.4 3.4",
  check: "M3 8.5 6.5 12 13 4.5",
  close: "M4 4l8 8M12 4l-8 8",
  right: "M6 3.5 10.5 8 6 12.5",
  left: "M10 3.5 5.5 8l4.5 4.5",
  up: "M3.5 10 8 5.5 12.5 10",
  stop: "M4 4h8v8H4z",
  recreate: "M2.5 6V2.5h11V6M5 10.5l3 3 3-3M8 5.5v8",
  down: "M3.5 6 8 10.5 12.5 6",
  sun: "M8 10.75a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5M8 1.5v1M8 13.5v1M1.5 8h1M13.5 8h1M3.4 3.4l.7.7M11.9 11.9l.7.7M3.4 12.6l.7-.7M11.9 4.1l.7-.7",
  moon: "M13.3 9.6A5.8 5.8 0 0 1 6.4 2.7a5.8 5.8 0 1 0 6.9 6.9",
  system: "M2 3h12v8H2zM6 14h4M8 11v3",
  leave: "M6.5 2.5h-4v11h4M10 5l3 3-3 3M13 8H6",
  again: "M13.2 6.5A5.5 5.5 0 1 0 13.4 9M13.5 3v3.5H10",
  alert: "M8 2 14.5 13.5h-13zM8 6.5v3M8 11.5h.01",
  info: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M8 7.5V11M8 5h.01",
  hold: "M5.5 3.5v9M10.5 3.5v9",
  go: "M4.5 3 12.5 8l-8 5z",
  later: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M8 5v3h2.5",
  ignore: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M3.8 3.8l8.4 8.4",
  out: "M9.5 2.5h4v4M13.5 2.5 7 9M11.5 9v4.5h-9v-9H7",
  more: "M3 8h.01M8 8h.01M13 8h.01",
  keys: "M1.5 4h13v8h-13zM4 6.5h.01M6.5 6.5h.01M9 6.5h.01M11.5 6.5h.01M5 9.5h6",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  question: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M6.2 6.3a1.8 1.8 0 1 1 2.7 1.6c-.6.3-.9.7-.9 1.3M8 11.3h.01",
  source:
    "M4.5 5.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M4.5 13.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M11.5 7a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M4.5 5.5v5M11.5 7c0 2.5-3 3-5.6 4",
} as const;

export type IconName = keyof typeof shapes;

/** For the eye alone: the words beside it, or the label of what it is in, say the same. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  );
}
