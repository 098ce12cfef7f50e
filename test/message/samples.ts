// Five very different messages for the renderers: a receipt, an answer, a warning with choices, hostile text, a digest.

import { composeDigest } from '../../src/digest/compose.ts';
import type { Message } from '../../src/message/message.ts';
import { digestInput } from '../digest/sample.ts';

export const samples: Record<string, Message> = {
  receipt: {
    title: 'sell out 04-2025.xlsx is loaded',
    blocks: [
      {
        kind: 'fields',
        fields: [
          { label: 'Vendor', value: 'Perfumeria Łódź' },
          { label: 'Period', value: 'Jan 2025 – Apr 2025' },
          { label: 'Rows', value: '120 read = 110 loaded + 4 merged + 3 held back + 3 left out' },
        ],
      },
      {
        kind: 'table',
        title: 'Totals',
        columns: [
          { key: 'c', label: 'Currency', kind: 'text' },
          { key: 'q', label: 'Units', kind: 'number', format: 'integer' },
          { key: 'a', label: 'Amount', kind: 'number', format: 'decimal' },
        ],
        rows: [
          { c: 'EUR', q: 1234, a: 45678.9 },
          { c: 'PLN', q: -5, a: null },
        ],
      },
      {
        kind: 'actions',
        actions: [
          { id: 'undo', label: 'Undo', value: 'x', style: 'danger' },
          { id: 'rows', label: 'Show rows held back', value: 'y' },
        ],
      },
    ],
  },
  answer: {
    blocks: [
      { kind: 'text', text: 'Top products in 2025, by sales:' },
      {
        kind: 'table',
        columns: [
          { key: 'n', label: 'Product', kind: 'text' },
          { key: 'm', label: 'Month', kind: 'month' },
          { key: 's', label: 'Sales', kind: 'number', format: 'money', currency: 'EUR' },
          { key: 'p', label: 'Share', kind: 'number', format: 'percent' },
        ],
        rows: [
          { n: '東京の香り 50 ml', m: '2025-03', s: 1234567.5, p: 61.25 },
          {
            n: 'Świeca zapachowa 🕯️ 310 g with a name that is much longer than any column would like',
            m: '2025-03',
            s: -12,
            p: null,
          },
        ],
        more: 40,
      },
      {
        kind: 'chart',
        alt: 'Bar chart: Sales (EUR). A 12; B 3.',
        attachment: 'sales chart.png',
        chart: {
          type: 'bar',
          title: 'Sales',
          labels: ['A', 'B'],
          series: [{ name: 's', values: [12, 3] }],
          format: 'money',
          currency: 'EUR',
          unit: 'Sales (EUR)',
        },
      },
      { kind: 'context', text: 'From 12 files; last load 3 May 2025.' },
    ],
  },
  warning: {
    title: 'Which vendor is it?',
    blocks: [
      { kind: 'text', style: 'warning', text: 'The layout is not known.\nNothing was stored.' },
      { kind: 'text', style: 'code', text: 'SELECT 1\n  FROM t' },
      { kind: 'divider' },
      { kind: 'input', id: 'v', label: 'Vendor', placeholder: 'its name' },
      { kind: 'text', style: 'strong', text: 'Choose:' },
      { kind: 'actions', actions: [{ id: 'a', label: 'One', value: '1' }] },
      { kind: 'actions', actions: [{ id: 'b', label: 'Two', value: '2', style: 'primary' }] },
    ],
  },
  hostile: {
    title: '<img src=x onerror=alert(1)>\u202Egpj.exe',
    blocks: [
      {
        kind: 'text',
        text: 'red \u001b[31mtext\u001b[0m, bell \u0007, <script>alert("x")</script> & \'quotes\'\r\nnext\u2028line \ud800',
      },
      { kind: 'fields', fields: [{ label: '"><b>', value: 'zero\u200bwidth \u2066isolated\u2069' }] },
      {
        kind: 'table',
        title: '</table>',
        columns: [{ key: 'x', label: '<th>\n', kind: 'text' }],
        rows: [{ x: "=cmd|' /C calc'!A0\nsecond line\t<td>" }, {}],
      },
      { kind: 'image', alt: '" onload="alert(1)', attachment: '"><script>' },
    ],
  },
  digest: composeDigest(digestInput()),
};
