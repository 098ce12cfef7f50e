// Currency signs and codes, as ISO 4217 codes. A sign that several currencies share is not resolved.

const SIGNS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  '£': 'GBP',
  $: '$',
  '¥': '¥',
  r: 'ZAR',
  zł: 'PLN',
  kr: 'kr',
  'kr.': 'kr',
};

const CODES = new Set(
  'AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KRW KWD LTL LVL MAD MXN MYR NGN NOK NZD PEN PHP PLN QAR RON RSD SAR SEK SGD THB TRY TWD UAH USD VND ZAR'.split(
    ' ',
  ),
);

/** Which codes a shared sign may stand for. */
const SHARED: Readonly<Record<string, readonly string[]>> = {
  $: ['USD', 'AUD', 'CAD', 'NZD', 'SGD', 'HKD', 'MXN', 'ARS', 'CLP', 'COP', 'TWD'],
  '¥': ['JPY', 'CNY'],
  kr: ['SEK', 'NOK', 'DKK', 'ISK'],
};

/** A code, or the sign itself where it is shared (`$`, `¥`, `kr`); null when it is no currency. */
export function currencyOf(token: string): string | null {
  const upper = token.trim().toUpperCase();
  if (CODES.has(upper)) return upper;
  return SIGNS[token.trim().toLowerCase()] ?? null;
}

/** An ISO code in use, from a cell; null for anything else. */
export function currencyCode(text: string): string | null {
  const found = currencyOf(text);
  return found !== null && CODES.has(found) ? found : null;
}

/** Whether what stands beside a figure fits the currency of its column. */
export function fitsCurrency(beside: string, currency: string): boolean {
  return beside === currency || (SHARED[beside]?.includes(currency) ?? false);
}

/** The one ISO code or unshared sign that a heading names, for example `Sales (EUR)`; null when none or several. */
export function currencyInHeading(heading: string): string | null {
  const found = new Set<string>();
  for (const word of heading.split(/[^\p{L}\p{N}€£ł]+/u)) {
    if (word.length < 1 || word.toLowerCase() === 'r') continue;
    const code = /[€£]/.test(word) ? currencyCode(/[€£]/.exec(word)![0]) : currencyCode(word);
    if (code !== null) found.add(code);
  }
  return found.size === 1 ? [...found][0]! : null;
}
