// Buttons, selects and inputs -> HTML that the page's script sends back as what a person did.

import type { Json } from '../world/types.ts';
import { emoji } from './emoji.ts';
import { escapeHtml, unescapeSlack } from './escape.ts';

/** A text object that is not mrkdwn. */
export function plain(text: unknown): string {
  const value = typeof text === 'object' && text !== null ? (text as Json).text : text;
  return emoji(escapeHtml(unescapeSlack(String(value ?? ''))));
}

/** @param target what it belongs to: `message CHANNEL TS` or `view ID` */
export function elementHtml(element: Json, target: string): string {
  const press = `data-target="${escapeHtml(target)}" data-action="${escapeHtml(String(element.action_id ?? ''))}"`;
  const choice = (value: unknown) => `data-choice="${escapeHtml(String(value ?? ''))}"`;
  switch (element.type) {
    case 'button': {
      const style = element.style === 'primary' || element.style === 'danger' ? ` ${element.style}` : '';
      return `<button type="button" class="press${style}" ${press}>${plain(element.text)}</button>`;
    }
    case 'feedback_buttons': {
      const both = [element.positive_button, element.negative_button] as Json[];
      const signs = ['👍', '👎'];
      const one = (each: Json, at: number) =>
        `<button type="button" class="press quiet" ${press} ${choice(each.value)} title="${plain(each.text)}">${signs[at]}</button>`;
      return both.map(one).join('');
    }
    case 'icon_button':
      return `<button type="button" class="press quiet" ${press}>${plain(element.text)}</button>`;
    case 'overflow':
    case 'static_select':
    case 'radio_buttons':
    case 'checkboxes': {
      const options = optionsOf(element).map(
        (each) => `<option value="${escapeHtml(String(each.value))}">${plain(each.text)}</option>`,
      );
      const first = `<option value="">${plain(element.placeholder) || (element.type === 'overflow' ? '⋯' : 'Choose…')}</option>`;
      return `<select class="press" ${press}>${first}${options.join('')}</select>`;
    }
    default:
      return `<span class="unknown">[${escapeHtml(String(element.type))}]</span>`;
  }
}

/** An input of a modal; its name is the action id. */
export function inputHtml(element: Json): string {
  const name = escapeHtml(String(element.action_id));
  const value = escapeHtml(String(element.initial_value ?? element.initial_date ?? element.initial_time ?? ''));
  const hint = plain(element.placeholder);
  switch (element.type) {
    case 'plain_text_input':
      return element.multiline
        ? `<textarea name="${name}" rows="4" placeholder="${hint}">${value}</textarea>`
        : `<input name="${name}" value="${value}" placeholder="${hint}">`;
    case 'static_select':
    case 'radio_buttons':
    case 'multi_static_select':
    case 'checkboxes': {
      const several = element.type === 'checkboxes' || element.type === 'multi_static_select' ? ' multiple' : '';
      const chosen = [element.initial_option, ...((element.initial_options as unknown[] | undefined) ?? [])] as Json[];
      const values = chosen.map((each) => each?.value);
      const option = (each: Json) =>
        `<option value="${escapeHtml(String(each.value))}"${values.includes(each.value) ? ' selected' : ''}>${plain(each.text)}</option>`;
      return `<select name="${name}"${several}>${optionsOf(element).map(option).join('')}</select>`;
    }
    case 'datepicker':
      return `<input type="date" name="${name}" value="${value}">`;
    case 'timepicker':
      return `<input type="time" name="${name}" value="${value}">`;
    case 'number_input':
      return `<input type="number" step="any" name="${name}" value="${value}" placeholder="${hint}">`;
    default:
      return `<input name="${name}" value="${value}" placeholder="${hint || escapeHtml(String(element.type))}">`;
  }
}

function optionsOf(element: Json): Json[] {
  const groups = (element.option_groups as { options: Json[] }[] | undefined)?.flatMap((each) => each.options) ?? [];
  return [...((element.options as Json[] | undefined) ?? []), ...groups];
}
