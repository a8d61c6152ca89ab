/** Stands where lines of text will be. */
export function Loading({ lines = 4, label = "Loading" }: { readonly lines?: number; readonly label?: string }) {
  return (
    <div class="loading" role="status">
      <span class="unseen">{label}</span>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} class="loading-line" />
      ))}
    </div>
  );
}
