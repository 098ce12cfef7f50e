// Finds what a person would press or fill in among blocks, and writes the action or the state that Slack makes of it.

import type { Json } from '../world/types.ts';

export interface Found {
  block: Json;
  element: Json;
}

/** Every element that a person can act on, with the block around it. */
export function elementsIn(blocks: readonly Json[]): Found[] {
  return blocks.flatMap((block) => {
    const inside = [block.accessory, block.element, ...(Array.isArray(block.elements) ? block.elements : [])];
    return inside
      .filter((each): each is Json => typeof each === 'object' && each !== null && 'action_id' in each)
      .map((element) => ({ block, element }));
  });
}

/** By action id or by what is written on it. */
export function findElement(blocks: readonly Json[], idOrLabel: string): Found | undefined {
  const all = elementsIn(blocks);
  return (
    all.find(({ element }) => element.action_id === idOrLabel) ??
    all.find(({ element }) => labelsOf(element).includes(idOrLabel))
  );
}

/** @param choice what was pressed or chosen: a label or value, where the element offers several. */
export function actionOf({ block, element }: Found, choice: string, ts: string): Json {
  const base = { action_id: element.action_id, block_id: block.block_id, type: element.type, action_ts: ts };
  if (element.type === 'feedback_buttons') {
    const buttons = [element.positive_button, element.negative_button] as Json[];
    const pressed = buttons.find((each) => textOf(each.text) === choice || each.value === choice) ?? buttons[0];
    return { ...base, text: pressed?.text, value: pressed?.value };
  }
  if (element.type === 'button' || element.type === 'icon_button') {
    const { text, value, url, style } = element;
    return {
      ...base,
      text,
      ...(value !== undefined && { value }),
      ...(url !== undefined && { url }),
      ...(style !== undefined && { style }),
    };
  }
  return { ...base, ...stateOf(element, choice) };
}

/** The state of one input or choice. @param value text, a label or value of an option, or several of them. */
export function stateOf(element: Json, value: string | string[]): Json {
  const type = String(element.type);
  const one = Array.isArray(value) ? (value[0] ?? '') : value;
  const many = Array.isArray(value) ? value : [value];
  if (type === 'checkboxes' || type === 'multi_static_select' || type === 'multi_external_select') {
    return { type, selected_options: many.map((each) => optionOf(element, each)) };
  }
  if (type === 'static_select' || type === 'external_select' || type === 'radio_buttons' || type === 'overflow') {
    return { type, selected_option: optionOf(element, one) };
  }
  const plural = /^multi_(user|channel|conversation)s_select$/.exec(type)?.[1];
  if (plural) return { type, [`selected_${plural}s`]: many };
  const single = /^(user|channel|conversation)s_select$/.exec(type)?.[1];
  if (single) return { type, [`selected_${single}`]: one };
  if (type === 'datepicker') return { type, selected_date: one };
  if (type === 'timepicker') return { type, selected_time: one };
  if (type === 'datetimepicker') return { type, selected_date_time: Number(one) };
  return { type, value: one };
}

/** What an element holds before a person touched it; nothing when it holds nothing. */
export function initialOf(element: Json): string | string[] | undefined {
  const option = element.initial_option as Json | undefined;
  const options = element.initial_options as Json[] | undefined;
  if (option) return String(option.value);
  if (options) return options.map((each) => String(each.value));
  const field = ['initial_value', 'initial_date', 'initial_time', 'initial_user', 'initial_channel'].find(
    (each) => typeof element[each] === 'string',
  );
  return field === undefined ? undefined : String(element[field]);
}

function optionOf(element: Json, labelOrValue: string): Json {
  const groups = (element.option_groups as { options: Json[] }[] | undefined)?.flatMap((each) => each.options) ?? [];
  const options = [...((element.options as Json[] | undefined) ?? []), ...groups];
  const found = options.find((each) => each.value === labelOrValue || textOf(each.text) === labelOrValue);
  if (!found && element.type !== 'external_select') {
    throw new Error(
      `There is no option ${labelOrValue}; there are ${options.map((each) => textOf(each.text)).join(', ')}.`,
    );
  }
  return found ?? { text: { type: 'plain_text', text: labelOrValue }, value: labelOrValue };
}

function labelsOf(element: Json): unknown[] {
  const buttons = [element, element.positive_button, element.negative_button] as (Json | undefined)[];
  return buttons.map((each) => textOf(each?.text));
}

function textOf(text: unknown): unknown {
  return typeof text === 'object' && text !== null ? (text as Json).text : text;
}
