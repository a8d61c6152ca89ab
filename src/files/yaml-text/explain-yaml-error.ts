/** What the parser found wrong, and what to do, in one line. */
export function explainYamlError({ code, message }: { readonly code: string; readonly message: string }): string {
  if (code === "TAB_AS_INDENT") return "A tab cannot indent YAML: use blanks.";
  if (code === "RESOURCE_EXHAUSTION") return "The YAML is nested too deeply to be read: make it flatter.";
  const line = message.replaceAll(/\s+/g, " ").replace(/[.:]$/, "");
  const cause = line.charAt(0).toLowerCase() + line.slice(1);
  const advice =
    code === "BAD_INDENT" ? "Indent it like its neighbours." : "Mend the line, or put quotes around its value.";
  return `This is not valid YAML: ${cause}. ${advice}`;
}
