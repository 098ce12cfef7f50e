// Interactive elements and images inside blocks: buttons, selects, inputs, feedback buttons.

import type { Json } from '../world/types.ts';
import { LIMITS } from './limits.ts';
import { isObject, listIn, oneOf, type Problems, stringIn } from './problems.ts';
import { checkText } from './text.ts';

/** How an image is named, and whether that file may be shown now. */
export type FileReady = (id: string) => boolean;

type Check = (problems: Problems, element: Json, path: string) => void;

const select: Check = (problems, element, path) => {
  checkText(problems, element, 'placeholder', path, { most: LIMITS.placeholder, only: 'plain_text' });
};

const choices =
  (most: number): Check =>
  (problems, element, path) => {
    select(problems, element, path);
    if (element.option_groups !== undefined && element.options === undefined) {
      const groups = listIn(problems, element, 'option_groups', path, LIMITS.optionGroups);
      for (const [at, group] of groups.entries()) {
        if (isObject(group)) checkOptions(problems, group, `${path}/option_groups/${at}`, most);
      }
      return;
    }
    checkOptions(problems, element, path, most);
  };

const written: Check = (problems, element, path) => {
  select(problems, element, path);
  stringIn(problems, element, 'initial_value', path, { most: LIMITS.input.initial, least: 0 });
};

const ELEMENTS: Record<string, Check> = {
  button: (problems, element, path) => {
    checkText(problems, element, 'text', path, { most: LIMITS.button.text, only: 'plain_text', required: true });
    stringIn(problems, element, 'value', path, { most: LIMITS.button.value });
    stringIn(problems, element, 'url', path, { most: LIMITS.button.url });
    stringIn(problems, element, 'accessibility_label', path, { most: LIMITS.button.label });
    oneOf(problems, element, 'style', path, ['primary', 'danger']);
    checkConfirm(problems, element, path);
  },
  workflow_button: (problems, element, path) => {
    checkText(problems, element, 'text', path, { most: LIMITS.button.text, only: 'plain_text', required: true });
    if (!isObject(element.workflow)) problems.missing(path, 'workflow');
  },
  icon_button: (problems, element, path) => {
    stringIn(problems, element, 'icon', path, { most: 75, required: true });
    checkText(problems, element, 'text', path, { most: LIMITS.button.text, only: 'plain_text', required: true });
  },
  feedback_buttons: (problems, element, path) => {
    for (const field of ['positive_button', 'negative_button']) {
      const button = element[field];
      if (!isObject(button)) problems.missing(path, field);
      else {
        const rule = { most: LIMITS.button.text, only: 'plain_text', required: true } as const;
        checkText(problems, button, 'text', `${path}/${field}`, rule);
        stringIn(problems, button, 'value', `${path}/${field}`, { most: LIMITS.button.value, required: true });
      }
    }
  },
  overflow: choices(LIMITS.options.overflow),
  checkboxes: choices(LIMITS.options.checkboxes),
  radio_buttons: choices(LIMITS.options.radio_buttons),
  static_select: choices(LIMITS.options.static_select),
  multi_static_select: choices(LIMITS.options.multi_static_select),
  users_select: select,
  multi_users_select: select,
  channels_select: select,
  multi_channels_select: select,
  conversations_select: select,
  multi_conversations_select: select,
  external_select: select,
  multi_external_select: select,
  datepicker: select,
  datetimepicker: select,
  timepicker: select,
  plain_text_input: written,
  rich_text_input: select,
  email_text_input: written,
  url_text_input: written,
  number_input: (problems, element, path) => {
    written(problems, element, path);
    if (typeof element.is_decimal_allowed !== 'boolean') problems.missing(path, 'is_decimal_allowed');
  },
  file_input: () => {},
};

/** Which elements a place takes. */
export const PLACES = {
  section: /^(button|workflow_button|overflow|checkboxes|radio_buttons|image|datepicker|timepicker|.*_select)$/,
  actions:
    /^(button|workflow_button|overflow|checkboxes|radio_buttons|datepicker|datetimepicker|timepicker|rich_text_input|.*_select)$/,
  input: /^(.*_input|checkboxes|radio_buttons|datepicker|datetimepicker|timepicker|.*_select)$/,
  context_actions: /^(feedback_buttons|icon_button)$/,
};

export function checkElement(
  problems: Problems,
  element: unknown,
  path: string,
  place: keyof typeof PLACES,
  fileReady: FileReady,
): void {
  if (!isObject(element)) {
    problems.say(path, 'must be an object');
    return;
  }
  const type = String(element.type);
  if (!PLACES[place].test(type)) {
    problems.say(`${path}/type`, `unsupported type: ${type}`);
    return;
  }
  if (type === 'image') {
    checkImage(problems, element, path, fileReady);
    return;
  }
  const check = ELEMENTS[type];
  if (!check) {
    problems.say(`${path}/type`, `unsupported type: ${type}`);
    return;
  }
  stringIn(problems, element, 'action_id', path, { most: LIMITS.actionId });
  check(problems, element, path);
}

export function checkImage(problems: Problems, image: Json, path: string, fileReady: FileReady): void {
  stringIn(problems, image, 'alt_text', path, { most: LIMITS.altText, least: 0, required: true });
  const file = image.slack_file;
  if (image.image_url === undefined && file === undefined) {
    problems.missing(path, 'image_url');
    return;
  }
  if (image.image_url !== undefined && file !== undefined) problems.say(path, 'only one of image_url and slack_file');
  if (image.image_url !== undefined) {
    stringIn(problems, image, 'image_url', path, { most: LIMITS.imageUrl });
    if (!/^https?:\/\//.test(String(image.image_url))) problems.say(`${path}/image_url`, 'must be a valid URL');
    return;
  }
  const id = isObject(file) ? String(file.id ?? /-(F\w+)\//.exec(String(file.url ?? ''))?.[1] ?? '') : '';
  if (!fileReady(id)) problems.say(`${path}/slack_file`, 'invalid slack file');
}

function checkOptions(problems: Problems, holder: Json, path: string, most: number): void {
  for (const [at, option] of listIn(problems, holder, 'options', path, most).entries()) {
    const place = `${path}/options/${at}`;
    if (!isObject(option)) problems.say(place, 'must be an object');
    else {
      checkText(problems, option, 'text', place, { most: LIMITS.option.text, required: true });
      stringIn(problems, option, 'value', place, { most: LIMITS.option.value });
      checkText(problems, option, 'description', place, { most: LIMITS.option.description });
    }
  }
}

function checkConfirm(problems: Problems, element: Json, path: string): void {
  const { confirm } = element;
  if (confirm === undefined) return;
  if (!isObject(confirm)) {
    problems.say(`${path}/confirm`, 'must be an object');
    return;
  }
  const place = `${path}/confirm`;
  checkText(problems, confirm, 'title', place, { most: LIMITS.confirm.title, only: 'plain_text' });
  checkText(problems, confirm, 'text', place, { most: LIMITS.confirm.text, required: true });
  checkText(problems, confirm, 'confirm', place, { most: LIMITS.confirm.confirm, only: 'plain_text' });
  checkText(problems, confirm, 'deny', place, { most: LIMITS.confirm.deny, only: 'plain_text' });
}
