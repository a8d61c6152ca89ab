/** What stands between backticks is something to type. */
export function MarkedText({ text }: { readonly text: string }) {
  return (
    <>{text.split(/`([^`\n]+)`/).map((piece, index) => (index % 2 === 1 ? <code key={index}>{piece}</code> : piece))}</>
  );
}
