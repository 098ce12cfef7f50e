// Each kind of block: the fields it may have, where it may stand, and what must hold inside it.

import type { Json } from '../world/types.ts';
import { checkChart } from './charts.ts';
import type { Surroundings } from './check.ts';
import { checkElement, checkImage } from './elements.ts';
import { LIMITS } from './limits.ts';
import { isObject, listIn, oneOf, type Problems, stringIn } from './problems.ts';
import { checkRichText } from './rich-text.ts';
import { checkDataTable, checkTable } from './tables.ts';
import { checkText, checkTextObject } from './text.ts';

export interface Kind {
  fields: readonly string[];
  /** Shown in messages only, not in modals and Home tabs. */
  messageOnly?: true;
  check(problems: Problems, block: Json, path: string, around: Surroundings): void;
}

const title = (problems: Problems, block: Json, path: string) =>
  checkText(problems, block, 'title', path, { most: LIMITS.title, only: 'plain_text' });

export const KINDS: Record<string, Kind> = {
  divider: { fields: [], check: () => {} },
  header: {
    fields: ['text'],
    check: (problems, block, path) =>
      checkText(problems, block, 'text', path, { most: LIMITS.header, only: 'plain_text', required: true }),
  },
  section: {
    fields: ['text', 'fields', 'accessory', 'expand'],
    check: (problems, block, path, around) => {
      checkText(problems, block, 'text', path, { most: LIMITS.section, required: block.fields === undefined });
      if (block.fields !== undefined) {
        for (const [at, field] of listIn(problems, block, 'fields', path, LIMITS.fields).entries()) {
          checkTextObject(problems, field, `${path}/fields/${at}`, { most: LIMITS.field });
        }
      }
      if (block.accessory !== undefined) {
        checkElement(problems, block.accessory, `${path}/accessory`, 'section', around.fileReady);
      }
    },
  },
  context: {
    fields: ['elements'],
    check: (problems, block, path, around) => {
      for (const [at, each] of listIn(problems, block, 'elements', path, LIMITS.context.elements).entries()) {
        const place = `${path}/elements/${at}`;
        if (isObject(each) && each.type === 'image') checkImage(problems, each, place, around.fileReady);
        else checkTextObject(problems, each, place, { most: LIMITS.context.text });
      }
    },
  },
  actions: {
    fields: ['elements'],
    check: (problems, block, path, around) => {
      for (const [at, each] of listIn(problems, block, 'elements', path, LIMITS.actions).entries()) {
        checkElement(problems, each, `${path}/elements/${at}`, 'actions', around.fileReady);
      }
      const ids = [block.elements].flat().flatMap((each) => (isObject(each) && each.action_id ? [each.action_id] : []));
      if (new Set(ids).size < ids.length) problems.say(`${path}/elements`, '`action_id` already exists');
    },
  },
  context_actions: {
    fields: ['elements'],
    messageOnly: true,
    check: (problems, block, path, around) => {
      for (const [at, each] of listIn(problems, block, 'elements', path, LIMITS.contextActions).entries()) {
        checkElement(problems, each, `${path}/elements/${at}`, 'context_actions', around.fileReady);
      }
    },
  },
  image: {
    fields: ['image_url', 'slack_file', 'alt_text', 'title'],
    check: (problems, block, path, around) => {
      checkImage(problems, block, path, around.fileReady);
      title(problems, block, path);
    },
  },
  input: {
    fields: ['label', 'element', 'hint', 'optional', 'dispatch_action'],
    check: (problems, block, path, around) => {
      const label = { most: LIMITS.input.label, only: 'plain_text', required: true } as const;
      checkText(problems, block, 'label', path, label);
      checkText(problems, block, 'hint', path, { most: LIMITS.input.hint, only: 'plain_text' });
      if (block.element === undefined) problems.missing(path, 'element');
      else checkElement(problems, block.element, `${path}/element`, 'input', around.fileReady);
    },
  },
  markdown: {
    fields: ['text'],
    messageOnly: true,
    check: (problems, block, path) =>
      stringIn(problems, block, 'text', path, { most: LIMITS.markdown, required: true }),
  },
  rich_text: { fields: ['elements'], check: checkRichText },
  table: { fields: ['rows', 'column_settings'], messageOnly: true, check: checkTable },
  data_table: {
    fields: ['rows', 'caption', 'page_size', 'row_header_column_index'],
    messageOnly: true,
    check: checkDataTable,
  },
  data_visualization: { fields: ['title', 'chart'], messageOnly: true, check: checkChart },
  alert: {
    fields: ['text', 'level'],
    messageOnly: true,
    check: (problems, block, path) => {
      checkText(problems, block, 'text', path, { most: LIMITS.alert, required: true });
      oneOf(problems, block, 'level', path, ['default', 'info', 'warning', 'error', 'success']);
    },
  },
  task_card: {
    fields: ['task_id', 'title', 'details', 'output', 'sources', 'status'],
    messageOnly: true,
    check: (problems, block, path) => {
      stringIn(problems, block, 'task_id', path, { most: 255, required: true });
      stringIn(problems, block, 'title', path, { most: LIMITS.title, required: true });
      oneOf(problems, block, 'status', path, ['pending', 'in_progress', 'complete', 'error']);
    },
  },
  plan: {
    fields: ['title', 'tasks'],
    messageOnly: true,
    check: (problems, block, path) => stringIn(problems, block, 'title', path, { most: LIMITS.title, required: true }),
  },
  file: {
    fields: ['source', 'external_id'],
    messageOnly: true,
    check: (problems, block, path) => problems.say(`${path}/type`, `unsupported type: ${block.type}`),
  },
};
