// Is a regular expression cheap enough to compile and run? Refuses length, back-references, large or multiplied bounds, and
// a repeated group that itself repeats; SIMILAR TO has the same alphabet. Postgres compiles bounds by copying, so they multiply: five nested {1,255} take 157 MB.

const longest = 200;
const largestBound = 50;
const largestProduct = 1_000;

/** Null when the pattern may run, else why not, in words for the author. */
export function patternFault(pattern: string): string | null {
  if (pattern.length > longest) return `regexp patterns may have at most ${longest} characters`;
  // another dialect has other escapes, comments hide brackets: what is read here must be what Postgres reads
  if (pattern.startsWith('***')) return 'regexp patterns may not start with ***';
  const options = /^\(\?[a-z]+\)/.exec(pattern)?.[0] ?? '';
  if (/[^()?icnsm]/.test(options)) return 'of the options in a regexp pattern only (?i) and (?n) are available';
  // what the group being read would repeat inside it: `repeats` is an open-ended repeat, `copies` the product of bounds
  const open: { repeats: boolean; copies: number }[] = [{ repeats: false, copies: 1 }];
  let atom = { repeats: false, copies: 1 };
  for (let at = options.length; at < pattern.length; at += 1) {
    const char = pattern[at];
    const group = open.at(-1)!;
    if (char === '\\') {
      at += 1;
      const next = pattern[at] ?? '';
      if (/[1-9]/.test(next)) return 'regexp patterns may not refer back to a group (\\1)';
      atom = { repeats: false, copies: 1 };
    } else if (char === '[') {
      at = endOfClass(pattern, at);
      atom = { repeats: false, copies: 1 };
    } else if (char === '(') {
      open.push({ repeats: false, copies: 1 });
      const mark = /^\(\?(<?[=!]|:)/.exec(pattern.slice(at))?.[0];
      if (mark === undefined && pattern[at + 1] === '?')
        return 'of (?...) in regexp patterns only (?:...) and looks are available';
      at += (mark?.length ?? 1) - 1;
    } else if (char === ')') {
      if (open.length === 1) return 'the brackets in the regexp pattern do not match';
      atom = open.pop()!;
      const around = open.at(-1)!;
      around.repeats ||= atom.repeats;
      around.copies = Math.max(around.copies, atom.copies);
    } else if (char === '*' || char === '+' || char === '?' || char === '{') {
      const bound = boundAt(pattern, at);
      if (bound === null) return 'a bound in the regexp pattern cannot be read';
      at = bound.end;
      if (bound.most > largestBound) return `bounds in regexp patterns may be at most ${largestBound}`;
      const loops = bound.open || bound.most > 1;
      if (loops && atom.repeats && !bound.exact) return 'regexp patterns may not repeat a group that itself repeats';
      const copies = atom.copies * Math.max(1, bound.most);
      if (copies > largestProduct) return 'the bounds in the regexp pattern multiply to too much';
      group.repeats ||= loops && !bound.exact;
      group.copies = Math.max(group.copies, copies);
      atom = { repeats: group.repeats, copies };
    } else {
      atom = { repeats: false, copies: 1 };
    }
  }
  return open.length === 1 ? null : 'the brackets in the regexp pattern do not match';
}

/** The place of the `]` that ends a class; a `]` right after the opening and a named class inside do not. */
function endOfClass(pattern: string, start: number): number {
  let at = start + 1;
  if (pattern[at] === '^') at += 1;
  if (pattern[at] === ']') at += 1;
  while (at < pattern.length && pattern[at] !== ']') {
    const named = /^\[([:.=]).*?\1\]/.exec(pattern.slice(at))?.[0];
    at += named?.length ?? (pattern[at] === '\\' ? 2 : 1);
  }
  return at;
}

interface Bound {
  most: number;
  /** No upper end. */
  open: boolean;
  /** `{n}`: copies, but nothing to try. */
  exact: boolean;
  end: number;
}

function boundAt(pattern: string, at: number): Bound | null {
  const char = pattern[at];
  const lazy = (end: number): number => (pattern[end + 1] === '?' ? end + 1 : end);
  if (char === '*' || char === '+') return { most: 1, open: true, exact: false, end: lazy(at) };
  if (char === '?') return { most: 1, open: false, exact: false, end: lazy(at) };
  const match = /^\{(\d{1,6})(,?)(\d{0,6})\}/.exec(pattern.slice(at));
  if (match === null) return null;
  const [all, low = '0', comma, high = ''] = match;
  const open = comma === ',' && high === '';
  return {
    most: Math.max(Number(low), Number(high)),
    open,
    exact: comma === '',
    end: lazy(at + all.length - 1),
  };
}
