// Slack's limits on what is said, as its documents give them. In characters unless the name says otherwise.

export const LIMITS = {
  /** Longer text of a post is cut here. */
  messageText: 40_000,
  /** `chat.update` refuses more. */
  updatedText: 4000,
  /** A `markdown` block, all of a message together, and `markdown_text`. */
  markdown: 12_000,
  blocks: { message: 50, view: 100 },
  blockId: 255,
  actionId: 255,
  section: 3000,
  field: 2000,
  fields: 10,
  header: 150,
  context: { elements: 10, text: 2000 },
  actions: 25,
  contextActions: 5,
  button: { text: 75, value: 2000, url: 3000, label: 75 },
  option: { text: 75, value: 150, description: 75 },
  options: { static_select: 100, multi_static_select: 100, overflow: 5, checkboxes: 10, radio_buttons: 10 },
  optionGroups: 100,
  placeholder: 150,
  imageUrl: 3000,
  altText: 2000,
  title: 2000,
  input: { label: 2000, hint: 2000, initial: 3000 },
  confirm: { title: 100, text: 300, confirm: 30, deny: 30 },
  table: { rows: 100, columns: 20, characters: 10_000 },
  dataTable: { rows: { least: 2, most: 201 }, columns: 20, pageSize: 100 },
  alert: 200,
  chart: { perMessage: 2, title: 50, segments: 6, series: 6, categories: 20, label: 20 },
  view: { title: 24, button: 24, privateMetadata: 3000, callbackId: 255 },
} as const;
