/** Text as it is, line by line; a unified diff with what comes and goes in colour. */
export function Code({ text, label = "Text" }: { readonly text: string; readonly label?: string }) {
  const lines = text.replace(/\n$/, "").split("\n");
  const isDiff = lines.some((line) => line.startsWith("@@ "));
  return (
    <pre class={isDiff ? "code diff" : "code"} tabIndex={0} role="group" aria-label={isDiff ? "Changes" : label}>
      {isDiff ? lines.map((line, index) => <DiffLine key={index} line={line} />) : lines.join("\n")}
    </pre>
  );
}

function DiffLine({ line }: { readonly line: string }) {
  const kind = kindOf(line);
  // Told apart by the sign as well as by the colour.
  return <span class={`diff-line diff-${kind}`}>{`${line}\n`}</span>;
}

function kindOf(line: string): "file" | "place" | "added" | "removed" | "same" {
  if (/^(---|\+\+\+|diff |index )/.test(line)) return "file";
  if (line.startsWith("@@")) return "place";
  if (line.startsWith("+")) return "added";
  return line.startsWith("-") ? "removed" : "same";
}
