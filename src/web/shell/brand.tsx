/** The mark: a ring that is watched over, and the name. */
export function Brand() {
  return (
    <span class="brand">
      <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
        <path class="brand-ring" d="M12 21a9 9 0 1 1 6.4-2.7" />
        <path class="brand-bar" d="M7.5 8.5h9M12 8.5v7.5" />
      </svg>
      Talos
    </span>
  );
}
