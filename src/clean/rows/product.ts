// What a report writes around a product's name, cut off as the vendor definition says.

/** `131362 - Tester Radio Child EDP 100ml` gives `Tester Radio Child EDP 100ml`; a word before the number stays. */
export function articleName(text: string, strip: 'article-number' | 'nothing'): string {
  if (strip === 'nothing') return text;
  return text.replace(/^(\p{L}+ )?\d{4,} [-\u2013] (?=\S)/u, '$1');
}
