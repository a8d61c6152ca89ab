/** What is wrong with a YAML text, where (an offset), and what to do, in one line. */
export interface YamlFault {
  readonly kind: "fault";
  readonly at: number;
  readonly text: string;
}
