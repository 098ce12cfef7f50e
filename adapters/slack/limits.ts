// What Slack takes in a message, as its reference gives it (docs.slack.dev/reference/block-kit, 2026): numbers of characters unless
// the name says otherwise. A message that keeps to them is never refused for its size.

export const limits = {
  /** The text beside the blocks; Slack cuts far later, people stop reading sooner. */
  text: 3_900,
  blocks: 50,
  header: 150,
  /** Of one rich text; Slack gives no figure, sections take 3,000. */
  richText: 3_000,
  context: 2_000,
  actions: 25,
  button: { text: 75, value: 2_000 },
  actionId: 255,
  alt: 2_000,
  table: { rows: 100, columns: 20, characters: 10_000 },
  input: { label: 2_000, placeholder: 150 },
} as const;
