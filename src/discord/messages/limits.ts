/** What Discord takes of a message: https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
export const limits = {
  embeds: 10,
  /** Of all embeds of a message together. */
  embedText: 6000,
  title: 256,
  description: 4096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1024,
  footer: 2048,
  rows: 5,
  buttonsOfRow: 5,
  buttonLabel: 80,
  buttonAddress: 512,
  customId: 100,
  options: 25,
  option: 100,
  placeholder: 150,
  files: 10,
  /** UTF-16 units, each of which takes three bytes at most; Discord takes ten million bytes. */
  fileText: 2_500_000,
} as const;
